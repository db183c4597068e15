"""The form of a comparison: what all sides share, and what sets each of them apart."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from actors.models import Actor
from core.intervals import INTERVALS
from incidents.charts.series import AXES
from incidents.choices import Dataset, TypeGroup
from incidents.compare.comparing import DATES, LETTERS, Comparison
from incidents.explorer.controls import INTERVAL_LABELS
from incidents.forms import LABELS, names_of, signed
from incidents.sentences import NAMES
from regions.models import Country, RegionalBody

Option = tuple[str, str | Promise]
SHARED = ("actor", "country", "body", "group", "from", "to", "dataset", "interval", "axis")
OWN = ("country", "actor", "group", "begun", "to")
AROUND = ("country", "actor", "body", "dataset")
USUAL = 2  # sides; one more is offered than was asked
MONTHS = (3, 6, 12, 24)
AXIS_LABELS = {
    "calendar": gettext_lazy("the calendar"),
    "start": gettext_lazy("the first day of each"),
}
# What a blank choice means where it is not "any".
FITTING = {
    "interval": gettext_lazy("fitting"),
    "axis": gettext_lazy("by the dates"),
}


@dataclass(frozen=True)
class Control:
    """One parameter as a control: a choice where there are options, else a date as text."""

    name: str
    label: str | Promise
    value: str
    options: list[Option] = field(default_factory=list)
    any_label: str | Promise = ""
    ident: str = ""

    @property
    def is_date(self) -> bool:
        return self.name.rpartition(".")[2] in DATES

    @property
    def html_id(self) -> str:
        return self.ident or f"f-{self.name.replace('.', '-')}"


@dataclass(frozen=True)
class SideForm:
    letter: str
    controls: list[Control]


@dataclass(frozen=True)
class CompareForm:
    """Shared controls, the sides that were asked or are usual, and one more behind a fold."""

    shared: list[Control]
    usual: list[SideForm]
    more: list[SideForm]
    # For two sides of equal length around a day.
    around: list[Control]


def compare_form(comparison: Comparison) -> CompareForm:
    """The controls, filled with what was asked."""
    options = _options()
    own = comparison.own_asked
    sides = []
    used = max(USUAL, *(LETTERS.index(letter) + 1 for letter in own), 0)
    for letter in LETTERS[: used + 1 if own else used]:
        asked = own[letter].dict() if letter in own else {}
        names = [*OWN, *(name for name in asked if name in LABELS and name not in OWN)]
        controls = [_control(f"{letter}.{n}", n, str(asked.get(n, "")), options) for n in names]
        sides.append(SideForm(letter, controls))
    # Figures of several data sets are never added, so that the usual choice is one of them.
    shared = comparison.shared.asked or {"dataset": str(Dataset.VIGIL)}
    names = [*SHARED, *(name for name in shared if name in LABELS and name not in SHARED)]
    return CompareForm(
        [_control(name, name, shared.get(name, ""), options) for name in names],
        sides[:used],
        sides[used:],
        [
            replace(_control(name, name, shared.get(name, ""), options), ident=f"f-around-{name}")
            for name in AROUND
        ],
    )


def _control(name: str, parameter: str, value: str, options: dict[str, list[Option]]) -> Control:
    label = gettext_lazy("Start both at") if parameter == "axis" else LABELS[parameter]
    choices = options.get(parameter, [])
    if choices and value and value not in dict(choices):
        choices = [(value, _named(parameter, value)), *choices]
    return Control(name, label, value, choices, FITTING.get(parameter, gettext_lazy("any")))


def _named(parameter: str, value: str) -> str:
    if parameter not in NAMES:
        return value
    terms, is_excluding = signed(value)
    known = names_of(parameter, terms)
    text = ", ".join(known.get(term, term) for term in terms)
    return f"− {text}" if is_excluding else text


def _options() -> dict[str, list[Option]]:
    bodies = RegionalBody.objects.filter(memberships__isnull=False).distinct()
    found = {
        "country": Country.objects.filter(in_scope=True).values_list("iso3", flat=True),
        "actor": Actor.objects.told().curated().values_list("slug", flat=True),
        "body": bodies.values_list("slug", flat=True),
        "group": TypeGroup.values,
        "dataset": Dataset.values,
    }
    options: dict[str, list[Option]] = {n: _sorted(n, terms) for n, terms in found.items()}
    options["interval"] = [(word, INTERVAL_LABELS[word]) for word in INTERVALS]
    options["axis"] = [(word, AXIS_LABELS[word]) for word in AXES]
    return options


def _sorted(name: str, terms: Iterable[str]) -> list[Option]:
    known = sorted(names_of(name, list(terms)).items(), key=lambda one: one[1].casefold())
    return list(known)
