"""The question of the list as a form: every parameter with a label, its choices and its error."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from actors.models import Actor
from core.questions import Question
from incidents import choices
from incidents.filters import ORDERINGS
from incidents.models import Campaign, IncidentType
from incidents.sentences import NAMES
from regions.choices import AuRegion
from regions.models import Country, RegionalBody

Option = tuple[str, str]
Text = str | Promise


@dataclass(frozen=True)
class Field:
    """One parameter as a control. `kind`: text, search, date, number, select or checkbox."""

    name: str
    label: Text
    kind: str
    value: str = ""
    options: list[Option] = field(default_factory=list)
    groups: list[tuple[str, list[Option]]] = field(default_factory=list)
    help: Text = ""
    errors: list[str] = field(default_factory=list)
    is_wide: bool = False
    placeholder: str = ""

    @property
    def html_id(self) -> str:
        return f"f-{self.name}"


@dataclass(frozen=True)
class FilterForm:
    """The common parameters, and the rarer ones behind a fold."""

    common: list[Field]
    more: list[Field]

    @property
    def uses_more(self) -> bool:
        return any(f.value or f.errors for f in self.more)


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
    "target": gettext_lazy("Target"),
    "weapon": gettext_lazy("Weapon"),
    "campaign": gettext_lazy("Campaign"),
    "killed_min": gettext_lazy("Killed, at least"),
    "killed_max": gettext_lazy("Killed, at most"),
    "near": gettext_lazy("Near a point"),
    "bbox": gettext_lazy("Within a box"),
    "as_of": gettext_lazy("As known on"),
    "limit": gettext_lazy("Incidents on a page"),
}
DATE_HELP = gettext_lazy("2022, 2022-07 or 2022-07-21")
HELP: dict[str, Text] = {
    "from": DATE_HELP,
    "to": DATE_HELP,
    "as_of": gettext_lazy("A past date: what Vigil said then"),
    "near": gettext_lazy("latitude,longitude,km"),
    "bbox": gettext_lazy("west,south,east,north"),
    "area": gettext_lazy("Its code, such as mli-gao"),
}
PLACEHOLDERS = {"from": "2022-07", "to": "2022-07-31", "as_of": "2026-01-15"}
NUMBERS = ("killed_min", "killed_max", "limit")
ORDER_LABELS: dict[str, Text] = {
    "-date": gettext_lazy("Latest first"),
    "date": gettext_lazy("Earliest first"),
    "-killed": gettext_lazy("Most killed first"),
    "killed": gettext_lazy("Fewest killed first"),
    "-published": gettext_lazy("Latest published first"),
    "published": gettext_lazy("First published first"),
}


COMMON = ("q", "from", "to", "country", "type", "actor", "body", "dataset", "ordering")
NARROW = ("from", "to", *NUMBERS)


def filter_form(question: Question) -> FilterForm:
    """The controls of a question, filled with what was asked and what was wrong with it."""
    names = _names()
    options = _options(names)

    def control(name: str) -> Field:
        value = question.asked.get(name, "")
        return Field(
            name=name,
            label=LABELS[name],
            kind=_kind(name, options),
            value=value,
            options=_with_asked(name, options.get(name, []), value),
            groups=_types(names, value) if name == "type" else [],
            help=HELP.get(name, ""),
            errors=question.errors.get(name, []),
            is_wide=name not in NARROW,
            placeholder=PLACEHOLDERS.get(name, ""),
        )

    return FilterForm(
        [control(name) for name in COMMON],
        [control(name) for name in LABELS if name not in COMMON],
    )


def _options(names: Any) -> dict[str, list[Option]]:
    """The choices of every parameter that has some, in the reader's language and its order."""
    bodies = RegionalBody.objects.filter(memberships__isnull=False).distinct()
    by_name: dict[str, list[Option]] = {
        "country": [(c.iso3, names(c)) for c in Country.objects.filter(in_scope=True)],
        "actor": [(a.slug, str(a)) for a in Actor.objects.told().curated()],
        "body": [(b.slug, names(b, "short_name") or names(b)) for b in bodies],
        "campaign": [(c.slug, c.name) for c in Campaign.objects.all()],
        "target": _labels(choices.TargetType),
        "weapon": _labels(choices.Weapon),
    }
    for options in by_name.values():
        options.sort(key=lambda option: option[1].casefold())
    return by_name | {
        "dataset": _labels(choices.Dataset),
        "region": _labels(AuRegion),
        "group": _labels(choices.TypeGroup),
        "role": _labels(choices.Role),
        "attribution": _labels(choices.Attribution),
        "ordering": [(key, str(ORDER_LABELS[key])) for key in ORDERINGS],
    }


def _kind(name: str, options: dict[str, list[Option]]) -> str:
    if name in options or name == "type":
        return "select"
    if name in NUMBERS:
        return "number"
    return {"q": "search", "lineage": "checkbox"}.get(name, "text")


def _names() -> Any:
    french = (get_language() or "").startswith("fr")

    def name(row: Any, column: str = "name") -> str:
        local = str(getattr(row, f"{column}_fr", "")) if french else ""
        return local or str(getattr(row, column))

    return name


def _labels(vocabulary: Any) -> list[Option]:
    return [(value, str(label)) for value, label in vocabulary.choices]


def _with_asked(name: str, options: list[Option], value: str) -> list[Option]:
    """The options, and the value that was asked where it is several at once or not among them."""
    if not value or name not in NAMES or value in dict(options):
        return options
    return [(value, ", ".join(label for _term, label in named_terms(name, value))), *options]


def _types(names: Any, value: str) -> list[tuple[str, list[Option]]]:
    grouped: dict[str, list[Option]] = {}
    for row in IncidentType.objects.order_by("group", "label"):
        label = str(choices.TypeGroup(row.group).label)
        grouped.setdefault(label, []).append((row.code, names(row, "label")))
    known = {code for group in grouped.values() for code, _label in group}
    if value and value not in known:
        asked = ", ".join(label for _term, label in named_terms("type", value))
        return [(_("asked"), [(value, asked)]), *grouped.items()]
    return list(grouped.items())


def named_terms(name: str, value: str) -> list[Option]:
    """Each term of a list parameter with its name; a term that nobody knows keeps its text."""
    terms = [term.strip() for term in value.split(",") if term.strip()]
    try:
        known = NAMES[name](terms)
    except ValueError:
        known = {}
    return [(term, str(known.get(term, term))) for term in terms]


def faults(question: Question) -> list[tuple[str, str, list[str]]]:
    """What was not understood: label, parameter and what to do, in the order of the errors."""
    return [
        (str(LABELS.get(name, "")), name, messages) for name, messages in question.errors.items()
    ]


@dataclass(frozen=True)
class Chip:
    """One thing that was asked, and the question without it."""

    label: str
    query: str


def chips(question: Question) -> Iterable[Chip]:
    """What was asked, one chip a term, each with the query string that leaves it out."""
    for name, value in question.asked.items():
        if name not in LABELS or name in question.presentation:
            continue
        terms = named_terms(name, value) if name in NAMES else [(value, value)]
        for term, label in terms:
            rest = ",".join(other for other, _label in terms if other != term) or None
            keyword = "from_" if name == "from" else name
            said = str(LABELS[name])
            if name != "lineage":
                said = _("%(label)s: %(value)s") % {"label": said, "value": label}
            yield Chip(said, question.as_query(**{keyword: rest}))
