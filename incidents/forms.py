"""A question in words: labels of its parameters, names of its values, chips, what was wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.questions import Question, Refusal
from incidents.sentences import NAMES, NAMES_IN_RECORD

Text = str | Promise

LABELS: dict[str, Text] = {
    "q": gettext_lazy("Words"),
    "from": gettext_lazy("From"),
    "to": gettext_lazy("To"),
    "country": gettext_lazy("Country"),
    "type": gettext_lazy("Type of event"),
    "actor": gettext_lazy("Actor"),
    "body": gettext_lazy("Member of (on the day)"),
    "dataset": gettext_lazy("Data set"),
    "ordering": gettext_lazy("Order"),
    "region": gettext_lazy("Region"),
    "area": gettext_lazy("Area"),
    "group": gettext_lazy("Group of types"),
    "role": gettext_lazy("Role of the actor"),
    "lineage": gettext_lazy("Predecessors of the actor too"),
    "attribution": gettext_lazy("Attribution"),
    "precision": gettext_lazy("Precision of the date"),
    "target": gettext_lazy("Target"),
    "weapon": gettext_lazy("Weapon"),
    "tactic": gettext_lazy("Tactic"),
    "campaign": gettext_lazy("Campaign"),
    "killed_min": gettext_lazy("Killed, at least"),
    "killed_max": gettext_lazy("Killed, at most"),
    "near": gettext_lazy("Near a point"),
    "bbox": gettext_lazy("Within a box"),
    "as_of": gettext_lazy("As known on"),
    "begun": gettext_lazy("Begun on or after"),
    "limit": gettext_lazy("Incidents on a page"),
    "cursor": gettext_lazy("Place in the list"),
    "view": gettext_lazy("View"),
    "interval": gettext_lazy("Periods"),
    "stack": gettext_lazy("Divided by"),
    "lanes": gettext_lazy("Lanes"),
    "layer": gettext_lazy("Show"),
    "measure": gettext_lazy("Colour by"),
    "baseline": gettext_lazy("Against"),
    "drawn": gettext_lazy("Data set"),
    "columns": gettext_lazy("Columns"),
    "by_day": gettext_lazy("Group by day"),
    "open": gettext_lazy("Incident beside the list"),
}
ORDER_LABELS: dict[str, Text] = {
    "-date": gettext_lazy("Latest first"),
    "date": gettext_lazy("Earliest first"),
    "-killed": gettext_lazy("Most killed first"),
    "killed": gettext_lazy("Fewest killed first"),
    "-published": gettext_lazy("Latest published first"),
    "published": gettext_lazy("First published first"),
}


def signed(text: str) -> tuple[list[str], bool]:
    """The terms of a list parameter, and whether they are left out (`-MLI,-NER`)."""
    terms = [term.strip() for term in text.split(",") if term.strip()]
    is_excluding = bool(terms) and all(term.startswith("-") for term in terms)
    return [term[1:] for term in terms] if is_excluding else terms, is_excluding


def names_of(name: str, terms: list[str], *, in_record: bool = False) -> dict[str, str]:
    """Terms of a list parameter with their names; those that nobody knows are absent.

    `in_record`: the terms were read from the public record, not from an address.
    """
    if not terms:
        return {}
    known = NAMES_IN_RECORD if in_record else NAMES
    try:
        return {term: str(label) for term, label in known[name](terms).items()}
    except ValueError:
        return {}


def faults(refusals: Iterable[Refusal]) -> list[tuple[str, Refusal]]:
    """What was not understood, each with the label of its parameter, empty for an unknown one."""
    return [(str(LABELS.get(one.parameter, "")), one) for one in refusals]


@dataclass(frozen=True)
class Chip:
    """One thing that was asked, and the question without it."""

    label: str
    query: str


def chips(question: Question, shown: Mapping[str, str] | None = None) -> Iterable[Chip]:
    """What was asked, one chip a term, each with the view that leaves it out.

    `shown` are parameters of the presentation that stay.
    """
    kept = dict(shown or {})
    for name, text in question.asked.items():
        if name not in LABELS or name in question.presentation:
            continue
        keyword = "from_" if name == "from" else name
        if name not in NAMES:
            said = str(LABELS[name])
            label = said if name == "lineage" else _with_value(said, text)
            yield Chip(label, question.as_query(**kept, **{keyword: None}))
            continue
        terms, is_excluding = signed(text)
        names = names_of(name, terms)
        sign = "-" if is_excluding else ""
        for term in terms:
            rest = ",".join(sign + other for other in terms if other != term)
            changes: dict[str, str | None] = {keyword: rest or None}
            if name == "actor" and not rest:
                changes |= {"role": None, "lineage": None}
            value = names.get(term, term)
            if is_excluding:
                value = _("not %(value)s") % {"value": value}
            label = _with_value(str(LABELS[name]), value)
            yield Chip(label, question.as_query(**kept, **changes))


def _with_value(label: str, value: str) -> str:
    return _("%(label)s: %(value)s") % {"label": label, "value": value}
