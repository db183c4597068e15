"""Two to four questions side by side: shared parameters, and those of each side with its letter.

    /incidents/compare/?actor=al-shabaab&interval=year&a.country=KEN&b.country=SOM

asks `actor=al-shabaab&country=KEN` on one side and `…&country=SOM` on the other. A parameter with
a letter replaces the shared one of its name. `interval` and `axis` are of the whole drawing.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from core import intervals, prose
from core.questions import ParametersRefused, Refusal
from incidents.charts import series
from incidents.charts.series import Extent, Series
from incidents.columns import select
from incidents.filters import ComparedFilter
from incidents.models import PublishedIncident
from incidents.sentences import NAMES, either, sentence

LETTERS = ("a", "b", "c", "d")
DATES = {"begun", "from", "to"}


@dataclass(frozen=True)
class Side:
    """One question of a comparison, and which of its parameters are its own."""

    letter: str
    question: ComparedFilter
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """What sets this side apart: "Kenya", "1 January – 30 June 2024", else a sentence."""
        asked = {name: value for name, value in self.question.cleaned.items() if name in self.names}
        if asked.keys() <= DATES:
            return _dates(asked)
        only = next(iter(asked))
        if len(asked) == 1 and only in NAMES and not getattr(asked[only], "excluded", False):
            known = NAMES[only](asked[only])
            return either([str(known.get(term, term)) for term in asked[only]])
        if {"role", "lineage"} & asked.keys():
            asked["actor"] = self.question.cleaned["actor"]
        return sentence(asked)


def _dates(asked: dict[str, dt.date]) -> str:
    begin, end = asked.get("begun") or asked.get("from"), asked.get("to")
    if begin and end:
        return prose.days(begin, end)
    if begin:
        return _("since %(day)s") % {"day": prose.day(begin)}
    return _("until %(day)s") % {"day": prose.day(end)} if end else ""


class Comparison:
    """What was asked, side by side. Nothing is counted before `demand()` found no fault."""

    def __init__(self, data: QueryDict) -> None:
        self.shared_asked = QueryDict(mutable=True)
        self.own_asked: dict[str, QueryDict] = defaultdict(lambda: QueryDict(mutable=True))
        self._early: list[Refusal] = []
        for name, values in data.lists():
            self._sort(name, values)
        self.shared = ComparedFilter(self.shared_asked)

    def _sort(self, name: str, values: list[str]) -> None:
        letter, dot, parameter = name.partition(".")
        if not dot:
            self.shared_asked.setlist(name, values)
        elif letter not in LETTERS:
            detail = _("Sides are called %(letters)s.") % {"letters": ", ".join(LETTERS)}
            self._early.append(Refusal(name[:80], ",".join(values)[:80], detail))
        elif parameter in ComparedFilter.presentation:
            detail = _("This belongs to the whole drawing: write it without a letter.")
            self._early.append(Refusal(name, ",".join(values)[:80], detail))
        elif any(value.strip() for value in values):
            self.own_asked[letter].setlist(parameter, values)

    @cached_property
    def sides(self) -> list[Side]:
        """The sides that were asked, in the order of their letters."""
        return [
            Side(letter, ComparedFilter(self._joined(own)), tuple(own))
            for letter, own in sorted(self.own_asked.items())
        ]

    def _joined(self, own: QueryDict) -> QueryDict:
        both = self.shared_asked.copy()
        for name, values in own.lists():
            both.setlist(name, values)
        return both

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to compare yet: a page without sides shows its form."""
        return bool(self.own_asked or self._early)

    @cached_property
    def refusals(self) -> list[Refusal]:
        """What was not understood; a parameter of one side is named with its letter."""
        found = [*self._early]
        if not self.own_asked:
            return [*found, *self.shared.refusals]
        if len(self.sides) < 2:
            other = next(letter for letter in LETTERS if letter not in self.own_asked)
            detail = _("A comparison needs two questions: add a parameter that begins with %(x)s.")
            found.append(Refusal(f"{other}.", "", detail % {"x": f"{other}."}))
        for side in self.sides:
            for one in side.question.refusals:
                is_own = one.parameter in side.names
                name = f"{side.letter}.{one.parameter}" if is_own else one.parameter
                found.append(Refusal(name, one.value, one.detail))
        return list(dict.fromkeys(found))

    def demand(self) -> None:
        """Raise ParametersRefused if anything was not understood."""
        if self.refusals:
            raise ParametersRefused(self.refusals)

    def as_query(self, **changes: str | None) -> str:
        """The comparison as a canonical query string; `changes` set or remove shared parameters."""
        kept: dict[str, str | None] = dict(self.shared.asked)
        for side in self.sides:
            own = {name: side.question.asked.get(name) for name in side.names}
            kept |= {f"{side.letter}.{name}": text for name, text in own.items()}
        kept |= changes
        pairs = sorted((name, text) for name, text in kept.items() if text is not None)
        return urlencode(pairs, safe=",:")

    @property
    def title(self) -> str:
        """ "Kenya against Somalia", "Mali, Niger, Chad"."""
        labels = [side.label for side in self.sides]
        if len(labels) == 2:
            return _("%(first)s against %(second)s") % {"first": labels[0], "second": labels[1]}
        return ", ".join(labels)

    def sentence(self) -> str:
        """What all sides have in common."""
        own = {name for side in self.sides for name in side.names}
        asked = self.sides[0].question.cleaned
        return sentence({name: value for name, value in asked.items() if name not in own})


@dataclass(frozen=True)
class Compared:
    """The answer: one series a side, all of the same length, on one axis."""

    interval: str
    axis: str
    series: list[Series]
    # Incidents that answer the question of more than one side, and so stand in each of them.
    in_several: int
    # Sides, by their place, whose answer spans data sets that must not be added.
    datasets: list[list[str]]

    @property
    def is_empty(self) -> bool:
        return not any(one.totals.incidents for one in self.series)

    @property
    def is_mixed(self) -> bool:
        return any(len(sets) > 1 for sets in self.datasets)


def answered(comparison: Comparison, *, most: int | None = None) -> Compared:
    """Count every side. Raises ParametersRefused where the comparison was not understood.

    With `most`, by longer periods than were asked for where all sides together have more of them.
    """
    comparison.demand()
    sides = comparison.sides
    extents = [series.extent(side.question) for side in sides]
    spanned = [one for one in extents if one] or [Extent(prose.today(), prose.today())]
    axis = sides[0].question.cleaned.get("axis") or _axis(sides)
    whole = spanned[0]
    for one in spanned[1:]:
        whole = whole.joined(one)
    drawn = [whole] * len(sides) if axis == "calendar" else spanned
    interval = series.interval_for(drawn, sides[0].question.cleaned.get("interval"))
    if most is not None:
        interval = _shortened(drawn, interval, most)
    found = [
        series.series(
            side.question, side.label, interval, whole if axis == "calendar" else own or whole, own
        )
        for side, own in zip(sides, extents, strict=True)
    ]
    length = max(len(one.groups) for one in found)
    return Compared(
        interval=interval,
        axis=axis,
        series=[series.padded(one, length) for one in found],
        in_several=_in_several(sides),
        datasets=[[g.key for g in select(side.question).by("dataset")] for side in sides],
    )


def _shortened(extents: list[Extent], interval: str, most: int) -> str:
    """The interval, or the next longer one that leaves at most so many periods, else the year."""
    longer = intervals.INTERVALS[intervals.INTERVALS.index(interval) :]
    fitting = (
        one
        for one in longer
        if sum(intervals.number(e.first, e.last, one) for e in extents) <= most
    )
    return next(fitting, longer[-1])


def _axis(sides: list[Side]) -> str:
    dates = [{name: s.question.asked.get(name) for name in DATES} for s in sides]
    return "calendar" if all(one == dates[0] for one in dates) else "start"


def _in_several(sides: list[Side]) -> int:
    """How many incidents answer more than one side, by their public ids."""
    keys = [side.question.qs.order_by().values("public_id") for side in sides]
    rows = PublishedIncident.objects.none().values("public_id")
    pairs = [
        first.filter(public_id__in=second)
        for place, first in enumerate(keys)
        for second in keys[place + 1 :]
    ]
    return rows.union(*pairs).count()


def before_and_after(day: dt.date, months: int) -> dict[str, str]:
    """Parameters of two sides of equal length around a day, which itself belongs to the later.

    `begun`, not `from`: an incident that lasts over the day counts once, by its first day.
    """
    begin, after = intervals.shifted(day, -months), intervals.shifted(day, months)
    eve = dt.timedelta(days=1)
    return {
        "a.begun": begin.isoformat(),
        "a.to": (day - eve).isoformat(),
        "b.begun": day.isoformat(),
        "b.to": (after - eve).isoformat(),
    }
