"""What a reader of a comparison must know to read it right."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import intervals, prose
from incidents import words
from incidents.choices import Dataset
from incidents.compare.comparing import Compared, Comparison, Side
from incidents.profiles import covered_until


def notes(comparison: Comparison, answer: Compared) -> tuple[str, ...]:
    """Sentences beside the drawing and in its files; none where nothing needs saying."""
    sides = comparison.sides
    found = [*_overlap(answer.in_several), *_ended(sides, answer)]
    if len({side.question.as_query() for side in sides}) < len(sides):
        found.insert(0, _("Sides with the same figures: they ask the same question."))
    if any(_is_cut(side, answer.interval) for side in sides):
        found.append(
            _("Periods follow the calendar: those at either end hold only the days asked about.")
        )
    return tuple(found)


def _overlap(in_several: int) -> Iterator[str]:
    if in_several:
        text = ngettext(
            "%(n)s incident answers more than one question and stands on each of those sides.",
            "%(n)s incidents answer more than one question and stand on each of those sides.",
            in_several,
        )
        yield text % {"n": prose.count(in_several)}


def _is_cut(side: Side, interval: str) -> bool:
    """Whether a side begins after its first period does, or ends before its last one does."""
    asked = side.question.cleaned
    begin, end = asked.get("begun") or asked.get("from"), asked.get("to")
    return bool(
        (begin and begin != intervals.start(begin, interval))
        or (end and end != intervals.last_day(intervals.start(end, interval), interval))
    )


def _ended(sides: Iterable[Side], answer: Compared) -> Iterator[str]:
    """Of each imported data set that ends before its drawing does: nothing after is not zero."""
    latest: dict[str, dt.date] = {}
    for side, sets, series in zip(sides, answer.datasets, answer.series, strict=True):
        name = next(iter(sets or side.question.cleaned.get("dataset", ())), Dataset.VIGIL)
        for key, group in zip(series.keys, series.groups, strict=True):
            if key and group:
                latest[name] = max(key, latest.get(name, key))
    latest.pop(Dataset.VIGIL, None)
    for name, last in latest.items():
        end = covered_until(name, prose.today())
        if last > end:
            text = _("The data set %(name)s ends on %(day)s: what is empty after it is not zero.")
            yield text % {"name": words.in_words(name, "dataset"), "day": prose.day(end)}
