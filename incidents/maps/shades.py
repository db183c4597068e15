"""Countries and areas coloured by a measure: values in, classes out. Colours are the style sheet's.

Five classes on a logarithmic scale with round bounds; a change has five classes around "about the
same", and one for numbers that are too small to tell.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.prose import today
from incidents.columns import select
from incidents.maps.features import outlines_of
from incidents.presentation import Options
from incidents.questions import IncidentQuestion
from incidents.rollups import Group, HarmSum
from regions.outlines import countries

CLASSES = 5
# Below so many incidents, before and now together, a change is chance.
FEW = 10
# Ratio of now to before at which the classes of a change begin.
RATIOS = (0.5, 0.9, 1.1, 2.0)
COLUMNS = {"countries": "country", "areas": "area"}


@dataclass(frozen=True)
class Shade:
    """One outline with its figures. `keys`: the countries or areas that it stands for.

    `outline` is empty where none is at hand. `before`: incidents of the baseline. `level` runs
    from 1 to 5; 0 has nothing to colour: no incident, or a change too small to tell.
    """

    outline: str
    keys: tuple[str, ...]
    incidents: int
    killed: HarmSum
    before: int | None = None
    level: int = 0


@dataclass(frozen=True)
class Shades:
    """All outlines of an answer, with the lower bounds of the classes from the second on.

    `apart` counts incidents without an area on record. `baseline` is None where a change was
    wanted and the question has no first day to measure it from.
    """

    shades: list[Shade]
    bounds: list[int]
    apart: int
    baseline: IncidentQuestion | None = None


def shades(question: IncidentQuestion, options: Options) -> Shades:
    """The answer by country or first-level area, most first."""
    column = COLUMNS[options.layer]
    groups = {str(group.key): group for group in select(question).by(column)}
    baseline = baseline_of(question, options) if options.measure == "change" else None
    before: dict[str, int] = {}
    if baseline:
        before = {str(g.key): g.incidents for g in select(baseline).by(column)}
    apart = groups.pop("", None)
    before.pop("", None)
    found = by_outline(options.layer, groups, before if baseline else None)
    bounds = [] if options.measure == "change" else class_bounds(_most(found, options.measure))
    return Shades(
        shades=[replace(s, level=level(s, options.measure, bounds)) for s in found],
        bounds=bounds,
        apart=apart.incidents if apart else 0,
        baseline=baseline,
    )


def by_outline(
    layer: str, groups: Mapping[str, Group], before: Mapping[str, int] | None = None
) -> list[Shade]:
    """Countries or areas by the outline that stands for them, most incidents first.

    `before`: incidents of a baseline, by the same keys.
    """
    keys = [*groups, *(key for key in before or () if key not in groups)]
    known = dict.fromkeys(countries()) if layer == "countries" else outlines_of(set(keys))
    members: dict[str, list[str]] = {}
    for key in keys:
        outline = (key if layer == "countries" else known[key]) if key in known else ""
        # What has no outline stays a line of its own.
        members.setdefault(outline or f" {key}", []).append(key)
    none = Group("", 0, HarmSum())
    found = []
    for outline, several in members.items():
        lines = [groups.get(key, none) for key in several]
        found.append(
            Shade(
                outline=outline if not outline.startswith(" ") else "",
                keys=tuple(several),
                incidents=sum(line.incidents for line in lines),
                killed=sum((line.killed for line in lines), HarmSum()),
                before=None if before is None else sum(before.get(key, 0) for key in several),
            )
        )
    return sorted(found, key=lambda shade: (-shade.incidents, shade.keys))


def _most(found: list[Shade], measure: str) -> int:
    return max((value(shade, measure) for shade in found), default=0)


def value(shade: Shade, measure: str) -> int:
    """What the colour stands for: incidents, or the best estimate of deaths."""
    return shade.killed.best if measure == "killed" else shade.incidents


def class_bounds(most: int) -> list[int]:
    """Round lower bounds of the second to the last class, up to `most`; each differs."""
    rounded = [_round(most ** (step / CLASSES)) for step in range(1, CLASSES)]
    return sorted({bound for bound in rounded if 1 < bound <= most})


def _round(number: float) -> int:
    """The nearest of 1, 2, 5, 10, 20, 50 …"""
    powers = [factor * 10**power for power in range(8) for factor in (1, 2, 5)]
    return min(powers, key=lambda one: abs(one - number))


def level(shade: Shade, measure: str, bounds: list[int]) -> int:
    """The class of a shade, from 1; 0: nothing to colour."""
    if measure == "change":
        if shade.before is None or shade.incidents + shade.before < FEW:
            return 0
        ratio = shade.incidents / shade.before if shade.before else float("inf")
        return 1 + bisect_right(RATIOS, ratio)
    number = value(shade, measure)
    return 1 + bisect_right(bounds, number) if number else 0


def baseline_of(question: IncidentQuestion, options: Options) -> IncidentQuestion | None:
    """The same question about as many days before, or about the same days a year before.

    None where the question has no first day. Without a last one it ends today, or at `as_of`.
    """
    asked = question.cleaned
    name = "from" if "from" in asked else "begun"
    if name not in asked:
        return None
    moment = asked.get("as_of")
    start = asked[name]
    end = asked.get("to") or (moment.date() if moment else today())
    if end < start:
        return None
    if options.baseline == "year":
        first, last = _year_before(start), _year_before(end)
    else:
        first, last = start - (end - start) - dt.timedelta(1), start - dt.timedelta(1)
    kept = {k: v for k, v in question.asked.items() if k not in question.presentation}
    dates = {name: first.isoformat(), "to": last.isoformat()}
    return IncidentQuestion(kept | dates, at=question.at)


def _year_before(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
