"""The situation in a few neutral sentences, from the figures alone; written last, read first.

Language is that of the domain reference D1: killed, wounded and abducted apart, "at least" where
something is missing, attackers never among the victims, no judgement.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from reports.blocks import Section, items, section
from reports.blocks import prose as paragraphs
from reports.figures import Issue, Ledger
from reports.scope import whole_name
from reports.sentences import Sentence, joined, linked, paged, told


def summary(issue: Issue, ledger: Ledger) -> Section:
    """Headline, what is recorded, how it compares, the arrow, waves and conditions."""
    figures = ledger.data("totals")
    title = _("Summary")
    if not figures["incidents"]["count"]:
        none = _("%(place)s, %(period)s: the record holds no incident that began in the period.")
        empty = told(none, place=whole_name(issue), period=issue.period.label)
        lasting = [one["sentence"] for one in ledger.data("campaigns")["conditions"]]
        return section("summary", title, paragraphs(empty), items(lasting), headline=[])
    leading = ledger.data("notable")["leading"]
    situation = ledger.data("situation")["places"][0]["sentence"]
    happened = ledger.data("campaigns")
    return section(
        "summary",
        title,
        paragraphs(
            joined([_recorded(issue, figures), *_harm(figures)]),
            joined([_compared(row) for row in ledger.data("comparison")["against"]]),
            situation,
        ),
        paragraphs(told(_("Lead incidents:"))) if leading else None,
        items(_headline(leading)),
        items(
            [one["sentence"] for one in happened["waves"]]
            + [one["sentence"] for one in happened["conditions"]]
        ),
        headline=[{key: one[key] for key in ("id", "title", "path")} for one in leading],
    )


def _recorded(issue: Issue, figures: dict[str, Any]) -> Sentence:
    number = figures["incidents"]["count"]
    template = ngettext(
        "%(place)s, %(period)s: %(incidents)s incident is recorded.",
        "%(place)s, %(period)s: %(incidents)s incidents are recorded.",
        number,
    )
    return told(
        template,
        place=whole_name(issue),
        period=issue.period.label,
        incidents=linked(figures["incidents"], prose.count(number)),
    )


def _harm(figures: dict[str, Any]) -> list[Sentence]:
    """Killed, wounded and abducted apart; attackers in a sentence of their own."""
    harmed = {
        harm: linked(figures[harm], figures[harm]["text"])
        for harm in ("killed", "wounded", "abducted")
    }
    said = [told(_("People killed: %(killed)s; wounded: %(wounded)s; abducted: %(abducted)s."),
                 **harmed)]  # fmt: skip
    attackers = figures["attackers_killed"]
    if attackers["missing"] < figures["incidents"]["count"]:
        template = _("Attackers killed, not included above: %(number)s.")
        said.append(told(template, number=linked(attackers, attackers["text"])))
    return said


def _compared(row: dict[str, Any]) -> Sentence:
    count = row["incidents"]["count"]
    values = {"period": row["label"], "relation": row["relation"]}
    if not count:
        none = _("For comparison, %(period)s (%(relation)s): no incident recorded.")
        return told(none, **values)
    template = _("For comparison, %(period)s (%(relation)s): incidents %(incidents)s, people "
                 "killed %(killed)s.")  # fmt: skip
    return told(
        template,
        **values,
        incidents=linked(row["incidents"], prose.count(count)),
        killed=linked(row["killed"], row["killed"]["text"]),
    )


def _headline(leading: list[dict[str, Any]]) -> list[Sentence]:
    template = _("%(title)s (%(day)s)")
    return [
        told(template, title=paged(one["title"], one["path"]), day=one["when"]) for one in leading
    ]
