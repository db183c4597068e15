"""The explorer on light pages: as much as fits into 60 kB with the style sheets, and it says so."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import intervals, prose
from incidents import timelines
from incidents.explorer.asking import Asked
from incidents.explorer.controls import INTERVAL_LABELS
from incidents.maps import Panel
from incidents.timelines import Timeline

# A row of the list takes about 75 bytes on the line, a period some 40 and more where it is divided.
MOST_ROWS = 100
MOST_PERIODS = 160
MOST_PLACES = 60


def rows_note(asked: Asked) -> str:
    """That a page of the list holds fewer incidents than were asked for; else empty."""
    if asked.question.limit_asked <= MOST_ROWS:
        return ""
    return _(
        "Light pages list at most %(n)s incidents; the next page goes on where this one ends."
    ) % {"n": prose.count(MOST_ROWS)}


def timeline(asked: Asked, answer: Any) -> Timeline | None:
    """The timeline by the periods that were asked for, or by longer ones where they are many."""
    options = asked.options
    built = timelines.build(asked.question, answer, options, asked.query)
    if built is None or _periods(built) <= MOST_PERIODS:
        return built
    finer = built.interval
    for interval in intervals.INTERVALS[intervals.INTERVALS.index(finer) + 1 :]:
        longer = replace(options, interval=interval)
        built = timelines.build(asked.question, answer, longer, asked.query) or built
        if _periods(built) <= MOST_PERIODS:
            break
    note = _(
        "Light pages show these days by %(longer)s, not by %(finer)s. Each period leads to its "
        "days alone."
    ) % {"longer": INTERVAL_LABELS[built.interval], "finer": INTERVAL_LABELS[finer]}
    return replace(built, notes=[note, *built.notes])


def places_note(found: Panel) -> str:
    """That the table of the map holds fewer rows than the map; else empty."""
    left_out = len(found.rows) - MOST_PLACES
    if left_out <= 0:
        return ""
    return ngettext(
        "Light pages leave out the last %(n)s row of this table; full pages and the files have it.",
        "Light pages leave out the last %(n)s rows of this table; full pages and the files have "
        "them.",
        left_out,
    ) % {"n": prose.count(left_out)}


def places(found: Panel) -> Panel:
    """The map with as many rows as fit."""
    return replace(found, rows=found.rows[:MOST_PLACES])


def _periods(built: Timeline) -> int:
    return sum(len(one.periods) * (1 + len(one.parts) // 3) for one in built.sets)
