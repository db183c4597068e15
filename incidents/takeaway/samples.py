"""Invented drawings of every kind of chart, for the gallery of components."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core import lanes as core_lanes
from core.timeline import Axis, Span
from incidents.charts.bars import breakdown
from incidents.charts.histogram import FULL, histogram, side_by_side
from incidents.charts.picture import Panel
from incidents.charts.spans import spans
from incidents.columns import Place
from incidents.maps import drawing
from incidents.maps.shades import Shade
from incidents.maps.sums import Gathered
from incidents.rollups import Cell, Group, HarmSum
from incidents.sentences import NAMES
from incidents.takeaway import lanes, standing, world
from incidents.takeaway.kinds import DIVIDED
from incidents.takeaway.parts import OVER_TIME
from regions.outlines import countries

FIRST = 2019
# Incidents and deaths of five years: one without incidents, a wide range, an open one.
YEARS = ((3, 5, 9, 14), (7, 20, 26, 31), (0, 0, 0, 0), (5, 12, 20, None), (9, 31, 40, 64))
STATES = ("MLI", "BFA", "NER")
LAST = dt.date(2025, 12, 31)


@dataclass(frozen=True)
class Sample:
    """A drawing of a kind of chart (a key of `takeaway.kinds.KINDS`), with the title over it.

    `is_paper`: it carries its own colours, for white paper.
    """

    kind: str
    title: str
    panel: Panel
    is_paper: bool = True


def samples() -> list[Sample]:
    """One or several of each kind."""
    rows = [
        (Group(dt.date(FIRST + n, 1, 1), number, HarmSum(low, best, high)), str(FIRST + n))
        for n, (number, low, best, high) in enumerate(YEARS)
    ]
    sides = side_by_side([rows, list(reversed(rows))])
    return [
        Sample("timeline", _("Over time"), Panel(histogram(rows), OVER_TIME), is_paper=False),
        *(
            Sample("compare", _("Side by side"), Panel(side, OVER_TIME), is_paper=False)
            for side in sides
        ),
        Sample("breakdown", _("Divided"), Panel(breakdown(rows), DIVIDED), is_paper=False),
        Sample("lanes", _("One by one, in lanes"), Panel(_lanes(), lanes.DRAWN)),
        *_maps(),
        *(_spans(kind, title, periods) for kind, title, periods in _standing()),
    ]


def _lanes() -> lanes.Lanes:
    """Exact days, several days, an uncertain date, a suspected attribution."""
    marks = [
        lanes.Mark("point", "", 120, 120, 40, 3, 0.85),
        lanes.Mark("point", "", 300, 300, 40, 7, 0.85),
        lanes.Mark("days", "", 420, 480, 40, 3, 0.85),
        lanes.Mark("band", "", 600, 700, 40, 3, 0.85),
        lanes.Mark("point", "", 820, 820, 40, 5, 0.4),
    ]
    found = [lanes.Lane(_("A group"), 18, 60, marks)]
    found.append(
        lanes.Lane(_("Another group"), 78, 120, [lanes.Mark("point", "", 500, 500, 100, 5, 0.85)])
    )
    step = FULL / len(YEARS)
    ticks = [lanes.Tick(n * step, str(FIRST + n), "start") for n in range(len(YEARS))]
    return lanes.Lanes(found, ticks, 120)


def _maps() -> list[Sample]:
    """Places as widely as they are known, countries by a figure, and by its change."""
    names = NAMES["country"](list(countries()))
    frame = drawing.frame_of(STATES, None)
    found = Gathered(
        [Cell(14.5, -4.0, 12, 0, HarmSum()), Cell(13.6, 0.5, 3, 0, HarmSum())],
        [
            Place("route", "BFA", "", 12.4, -1.5, 1, HarmSum()),
            Place("country", "NER", "", None, None, 2, HarmSum()),
        ],
        drawing.grid_of(frame),
        ("exact",),
    )
    places = drawing.of_places(found, frame, names, ["NER"])
    levels = dict(zip(STATES, (4, 2, 1), strict=True))
    changes = dict(zip(STATES, (5, 1, 3), strict=True))
    return [
        _map(_("Map of incidents"), places, changes=False),
        _map(_("Map of people killed"), _shaded(levels, names), changes=False),
        _map(_("Map of the change in incidents"), _shaded(changes, names), changes=True),
    ]


def _shaded(levels: Mapping[str, int], names: Mapping[str, str]) -> drawing.Drawing:
    shades = [Shade(code, (code,), 1, HarmSum(), level=level) for code, level in levels.items()]
    return drawing.of_shades(shades, "countries", drawing.frame_of(STATES, None), names, {})


def _map(title: str, drawn: drawing.Drawing, *, changes: bool) -> Sample:
    return Sample("map", title, Panel(world.coloured(drawn, changes=changes), world.DRAWN))


def _standing() -> list[tuple[str, str, list[Span]]]:
    """Kinds of bars, each with periods of its own."""
    first, middle, later = dt.date(2010, 2, 1), dt.date(2017, 3, 2), dt.date(2023, 6, 1)
    member, suspended = Span(first, None, "member"), Span(middle, later, "suspended")
    existing, fighting = Span(first, middle, "self"), Span(middle, None, "rival_of")
    return [
        ("members", _("Members of a body"), [member, suspended]),
        ("relations", _("Relations of an actor"), [existing, fighting]),
        ("phases", _("Phases of a campaign"), [Span(middle, later, "phase")]),
    ]


def _spans(kind: str, title: str, periods: list[Span]) -> Sample:
    axis = Axis.around(periods, LAST)
    lane = core_lanes.Lane(_("A name"), _("What is said of it."), [axis.bar(s) for s in periods])
    drawn = core_lanes.Drawing(axis, [lane], [], axis.x(dt.date(2022, 1, 1)))
    return Sample(kind, title, Panel(spans(drawn), standing.DRAWN))
