"""What a report tells, section by section, in the order in which it is written.

A section is a function of the issue and the ledger so far; later ones may read the data of
earlier ones. Each module holds one kind: see `reports.blocks` for what a section is made of.
"""

from collections.abc import Callable

from reports.blocks import Section
from reports.figures import Issue, Ledger
from reports.sections import (
    campaigns,
    changes,
    context,
    corrections,
    header,
    kidnappings,
    means,
    method,
    notable,
    notes,
    parties,
    places,
    situation,
    summary,
    surges,
    totals,
    victims,
    where,
)

Writer = Callable[[Issue, Ledger], Section]

SECTIONS: tuple[tuple[str, Writer], ...] = (
    ("header", header.header),
    ("totals", totals.totals),
    ("comparison", totals.comparison),
    ("trend", totals.trend),
    ("map", where.where),
    ("countries", places.countries),
    ("areas", places.areas),
    ("regions", places.au_regions),
    ("actors", parties.actors),
    ("attributions", parties.attributions),
    ("targets", means.targets),
    ("weapons", means.weapons),
    ("tactics", means.tactics),
    ("types", means.types),
    ("victims", victims.victims),
    ("kidnappings", kidnappings.kidnappings),
    ("situation", situation.situation),
    ("surges", surges.surges),
    ("campaigns", campaigns.campaigns),
    ("notable", notable.notable),
    ("incidents", notable.incidents),
    ("changes", changes.changes),
    ("context", context.context),
    ("corrections", corrections.corrections),
    ("notes", notes.notes),
    ("method", method.method),
    ("summary", summary.summary),
)
# Read first, in this order, whenever they were written: the summary is written last.
READ_FIRST = ("header", "summary", "situation")
