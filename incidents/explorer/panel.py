"""The question as a panel of controls: facets with counts, dates, numbers, the record's moment."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Actor
from core import prose
from core.names import search_key
from incidents.explorer.asking import Asked
from incidents.explorer.controls import Control, control
from incidents.forms import LABELS, Text, names_of, signed

# Facets in the order of the panel; those from the fold on start closed.
FACETS = (
    "dataset", "country", "actor", "role", "group", "type", "target", "weapon",
    "tactic", "attribution", "precision", "campaign", "body", "region", "area",
)  # fmt: skip
OPEN = ("dataset", "country", "actor", "group")
# So many values stand in the panel; the others are found by their name.
SHORT = 8
PLURALS: dict[str, Text] = {
    "dataset": gettext_lazy("data sets"),
    "country": gettext_lazy("countries"),
    "actor": gettext_lazy("actors"),
    "role": gettext_lazy("roles"),
    "group": gettext_lazy("groups of types"),
    "type": gettext_lazy("types"),
    "target": gettext_lazy("targets"),
    "weapon": gettext_lazy("weapons"),
    "tactic": gettext_lazy("tactics"),
    "attribution": gettext_lazy("attributions"),
    "precision": gettext_lazy("precisions of the date"),
    "campaign": gettext_lazy("campaigns"),
    "body": gettext_lazy("bodies"),
    "region": gettext_lazy("regions"),
    "area": gettext_lazy("areas"),
}


@dataclass(frozen=True)
class Choice:
    """One value of a facet: `sent` is what its box sends, `left_out` the view without it.

    `incidents` is None where the question was not understood: then no number is said.
    """

    sent: str
    label: str
    incidents: int | None
    is_chosen: bool
    html_id: str
    left_out: str = ""


@dataclass(frozen=True)
class Facet:
    """One attribute: any of the chosen values, or none of them where it `is_excluding`.

    `turned` is the view with "any of" and "none of" exchanged.
    """

    name: str
    label: Text
    plural: Text
    choices: list[Choice]
    total: int
    is_open: bool
    is_excluding: bool = False
    turned: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def is_long(self) -> bool:
        return self.total > SHORT


@dataclass(frozen=True)
class Preset:
    """A usual stretch of time or band of deaths, and the view with it or, if chosen, without."""

    label: Text
    query: str
    is_chosen: bool
    incidents: int | None = None


@dataclass(frozen=True)
class Panel:
    """Everything that may be asked, as it was asked."""

    words: Control
    dates: list[Control]
    presets: list[Preset]
    facets: list[Facet]
    lineage: Control | None
    deaths: list[Control]
    bands: list[Preset]
    place: list[Control]
    as_of: Control
    hidden: list[tuple[str, str]]


def panel(asked: Asked, counts: Mapping[str, Sequence[Any]] | None) -> Panel:
    """The panel of a view. `counts` by facet, from `Answer.facets()`; None: say no number."""

    def controls(*names: str) -> list[Control]:
        return [control(asked, name) for name in names]

    has_actor = "actor" in asked.question.asked
    return Panel(
        words=control(asked, "q"),
        dates=controls("from", "to"),
        presets=presets(asked, prose.today()),
        facets=[
            facet(asked, name, None if counts is None else counts.get(name, ()))
            for name in FACETS
            if name != "role" or has_actor
        ],
        lineage=control(asked, "lineage") if has_actor else None,
        deaths=controls("killed_min", "killed_max"),
        bands=bands(asked, (counts or {}).get("killed", ())),
        place=controls("near", "bbox"),
        as_of=control(asked, "as_of"),
        hidden=hidden(asked),
    )


def facet(asked: Asked, name: str, values: Sequence[Any] | None, *, most: int = SHORT) -> Facet:
    """One facet: chosen values first, then the `most` frequent ones."""
    text = asked.question.asked.get(name, "")
    chosen, is_excluding = signed(text)
    counted = {row.value: row.incidents for row in values or ()}
    # A value that was chosen stays in sight where no incident has it.
    terms = [*chosen, *(term for term in counted if term not in set(chosen))]
    shown = terms[: max(most, len(chosen))]
    names = names_of(name, [t for t in shown if counted.get(t)], in_record=True)
    names |= names_of(name, [t for t in shown if not counted.get(t)])
    sign = "-" if is_excluding else ""
    may_leave_out = not chosen and asked.question.is_valid()
    return Facet(
        name=name,
        label=LABELS[name],
        plural=PLURALS[name],
        choices=[
            Choice(
                sent=sign + term,
                label=names.get(term, term),
                incidents=None if values is None else counted.get(term, 0),
                is_chosen=term in chosen,
                html_id=f"f-{name}-{term}",
                left_out=asked.query(**{name: f"-{term}"}) if may_leave_out else "",
            )
            for term in shown
        ],
        total=len(terms),
        is_open=name in OPEN or bool(chosen),
        is_excluding=is_excluding,
        turned=_turned(asked, name, chosen, is_excluding=is_excluding),
        errors=asked.errors.get(name, []),
    )


def matching(name: str, values: Sequence[Any], words: str) -> list[Any]:
    """Those values of a facet whose name contains the words, accents and case ignored; actors
    also by their other names."""
    if not words:
        return list(values)
    key = search_key(words)
    names = names_of(name, [row.value for row in values if row.incidents], in_record=True)
    also: set[str] = set()
    if name == "actor":
        also.update(Actor.objects.told().with_name_like(words).values_list("slug", flat=True))
    return [
        row
        for row in values
        if row.is_chosen
        or row.value in also
        or (key and key in search_key(names.get(row.value, row.value)))
    ]


def _turned(asked: Asked, name: str, chosen: list[str], *, is_excluding: bool) -> str:
    if not chosen:
        return ""
    sign = "" if is_excluding else "-"
    return asked.query(**{name: ",".join(sign + term for term in chosen)})


def presets(asked: Asked, today: dt.date) -> list[Preset]:
    """Stretches of time that end today, and the two last years of the calendar."""
    year = today.year
    stretches: list[tuple[Text, str | None, str | None]] = [
        (_("30 days"), (today - dt.timedelta(days=29)).isoformat(), None),
        (_("90 days"), (today - dt.timedelta(days=89)).isoformat(), None),
        (_("12 months"), (today - dt.timedelta(days=364)).isoformat(), None),
        (str(year), str(year), None),
        (str(year - 1), str(year - 1), str(year - 1)),
        (_("all"), None, None),
    ]
    now = (asked.question.asked.get("from"), asked.question.asked.get("to"))
    return [
        Preset(label, asked.query(from_=start, to=end), (start, end) == now)
        for label, start, end in stretches
    ]


def bands(asked: Asked, values: Sequence[Any]) -> list[Preset]:
    """How many incidents have how many deaths: `0`, `1-4` … `100-`, fewest deaths first."""
    found = []
    for row in sorted(values, key=lambda row: int(row.value.split("-")[0])):
        least, dash, most = row.value.partition("-")
        bounds = (None, None) if row.is_chosen else (least, most or (None if dash else least))
        label = f"{least}–{most}" if most else _("%(n)s or more") % {"n": least} if dash else least
        query = asked.query(killed_min=bounds[0], killed_max=bounds[1])
        found.append(Preset(label, query, row.is_chosen, row.incidents))
    return found


DRAWN = {"q", "from", "to", "lineage", "killed_min", "killed_max", "near", "bbox", "as_of"}
TIMELINE = ("interval", "stack", "lanes")
MAP = ("drawn", "layer", "measure", "baseline")
LIST = ("ordering", "limit", "columns", "by_day")


def hidden(asked: Asked) -> list[tuple[str, str]]:
    """What was asked and has no control on the page: it travels along with the form."""
    drawn = DRAWN | set(FACETS)
    if asked.is_valid:
        options = asked.options
        for name, controls in (("timeline", TIMELINE), ("map", MAP), ("list", LIST)):
            drawn |= set(controls) if options.shows(name) else set()
    everything = asked.question.asked | asked.shown
    left = sorted(everything.keys() - drawn - {"open", "cursor"})
    return [(name, everything[name]) for name in left]
