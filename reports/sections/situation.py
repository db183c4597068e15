"""One arrow for each situation: worse, better or unchanged, by the rule of `reports.rules.arrows`.

Three windows are read once each for all places: the period, the one before, the four before.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core import prose
from incidents import rollups
from incidents.rollups import HarmSum
from reports import scope
from reports.blocks import Cell, Section, column, items, section, table, text
from reports.blocks import prose as paragraphs
from reports.figures import Ask, Issue, Ledger, count_cell, harm_cell, harm_figure
from reports.rules import arrows
from reports.rules.arrows import Arrow, Measure
from reports.sentences import Sentence, linked, told

MEAN_OF = 4  # periods before this one
MOST_PARTS = 15


@dataclass
class Reading:
    """What one window holds for one place."""

    incidents: int = 0
    killed: HarmSum = field(default_factory=HarmSum)
    versions: list[list[Any]] = field(default_factory=list)


Readings = dict[str, Reading]
WHOLE = ""


def situation(issue: Issue, ledger: Ledger) -> Section:
    """Arrows for the whole and for its parts that have at least a minimum of activity."""
    part = scope.part_of(issue)
    windows = _windows(issue)
    read = {name: _read(ask, part) for name, ask in windows.items()}
    keys = [WHOLE, *_active(read)]
    names = scope.part_names(part, keys[1:]) | {WHOLE: scope.whole_name(issue)}
    told_of = [
        _place(ledger, key, names.get(key, key), part, windows, read) for key in keys
    ]  # fmt: skip
    title = _("Situation: worse, better or unchanged")
    opening, *others = [place["sentence"] for place in told_of]
    return section(
        "situation",
        title,
        paragraphs(opening),
        items(others),
        table("situation", title, _columns(), [place.pop("cells") for place in told_of],
              note=arrows.rule()),
        places=told_of,
    )  # fmt: skip


def _windows(issue: Issue) -> dict[str, Ask]:
    period = issue.period
    return {
        "now": issue.asked,
        "before": issue.before,
        "four": issue.during(period.shifted(-MEAN_OF), period.previous),
    }


def _read(ask: Ask, part: str | None) -> Readings:
    """Sums and versions of the window, for the whole and for each part."""
    rows = ask.rows()
    whole = rollups.totals(rows)
    found: Readings = defaultdict(Reading)
    found[WHOLE] = Reading(whole.incidents, whole.killed)
    if part:
        for group in rollups.by(rows, part):
            found[group.key] = Reading(group.incidents, group.killed)
    columns = ("public_id", "version", part or "dataset")
    for public_id, version, key in rows.order_by("public_id").values_list(*columns):
        found[WHOLE].versions.append([public_id, version])
        if part and key:
            found[key].versions.append([public_id, version])
    return found


def _active(read: dict[str, Readings]) -> list[str]:
    """Parts with at least the minimum now or in the period before, the most deaths first."""
    now, before = read["now"], read["before"]
    active = [
        key for key in {*now, *before} - {WHOLE} if _is_active(now[key]) or _is_active(before[key])
    ]

    def weight(key: str) -> tuple[int, int, str]:
        return -now[key].killed.best, -now[key].incidents, key

    return sorted(active, key=weight)[:MOST_PARTS]


def _is_active(reading: Reading) -> bool:
    return arrows.is_active(reading.incidents, reading.killed.best)


def _place(
    ledger: Ledger,
    key: str,
    name: str,
    part: str | None,
    windows: dict[str, Ask],
    read: dict[str, Readings],
) -> dict[str, Any]:
    """The arrow of one place, its sentence and its row."""
    figures = {}
    for window, ask in windows.items():
        found = read[window][key]
        asked = ask.narrowed(**{part: key}) if part and key else ask
        figures[window] = ledger.enter(
            f"situation.{window}.{key or 'all'}",
            asked,
            versions=found.versions,
            label=name,
            incidents=found.incidents,
            killed=harm_figure(found.killed, found.incidents),
        )
    incidents = _measure(read, key, "incidents", arrows.FEW_INCIDENTS)
    killed = _measure(read, key, "killed", arrows.FEW_DEATHS)
    arrow = arrows.arrow(incidents, killed)
    if not any(_is_active(read[window][key]) for window in ("now", "before")):
        arrow = Arrow("unchanged", _("Too little is recorded to tell a direction."))
    said = _sentence(name, arrow, figures, incidents, killed)
    return {
        "key": key,
        "name": name,
        "arrow": arrow.direction,
        "reason": arrow.reason,
        "incidents": _as_data(incidents),
        "killed": _as_data(killed),
        "sentence": said,
        "cells": _cells(name, arrow, figures, incidents, killed),
    }


def _measure(read: dict[str, Readings], key: str, what: str, few: int) -> Measure:
    numbers = [
        one.incidents if what == "incidents" else one.killed.best
        for one in (read[window][key] for window in ("now", "before", "four"))
    ]
    return Measure(numbers[0], numbers[1], numbers[2] / MEAN_OF, few)


def _as_data(measure: Measure) -> dict[str, Any]:
    return {
        "now": measure.now,
        "before": measure.before,
        "mean_of_four": measure.mean,
        "change_percent": measure.percent,
        "change_class": measure.change,
    }


def _mean(value: float) -> str:
    """ "9.5" in the active language; whole numbers without a decimal."""
    return number_format(value, decimal_pos=0 if value == int(value) else 1, force_grouping=True)


def _sentence(
    name: str, arrow: Arrow, figures: dict[str, Any], incidents: Measure, killed: Measure
) -> Sentence:
    template = _(
        "%(place)s: %(arrow)s. %(reason)s Incidents: %(now)s, against %(before)s in the period "
        "before and %(mean)s on average of the four before; people killed (best estimates): "
        "%(killed)s, against %(killed_before)s and %(killed_mean)s."
    )
    now, before, four = figures["now"], figures["before"], figures["four"]
    return told(
        template,
        place=name,
        arrow=arrow.words,
        reason=arrow.reason,
        now=linked(now, prose.count(incidents.now)),
        before=linked(before, prose.count(incidents.before)),
        mean=linked(four, _mean(incidents.mean)),
        killed=linked(now, prose.count(killed.now)),
        killed_before=linked(before, prose.count(killed.before)),
        killed_mean=linked(four, _mean(killed.mean)),
    )


def _cells(
    name: str, arrow: Arrow, figures: dict[str, Any], incidents: Measure, killed: Measure
) -> list[Cell]:
    now, before, four = figures["now"], figures["before"], figures["four"]
    cells = [text(name), text(f"{arrow.sign} {arrow.words}", value=arrow.direction)]
    for measure, harm in ((incidents, False), (killed, True)):
        cells += [
            _reading(now, harm),
            _reading(before, harm),
            text(_mean(measure.mean), value=measure.mean, key=four["key"], query=four["query"]),
            text(
                arrows.percent_words(measure),
                value=measure.percent,
                note=arrows.change_words(measure),
            ),
        ]
    return cells


def _reading(figure: dict[str, Any], harm: bool) -> Cell:
    if harm:
        return harm_cell(figure, figure["killed"])
    return count_cell(figure, figure["incidents"])


def _columns() -> list[dict[str, str]]:
    return [
        column("place", _("Place")),
        column("situation", _("Situation")),
        column("incidents", _("Incidents"), "count"),
        column("incidents_before", _("Period before"), "count"),
        column("incidents_mean", _("Mean of four"), "count"),
        column("incidents_change", _("Change"), "percent"),
        column("killed", _("People killed"), "harm"),
        column("killed_before", _("Killed, period before"), "harm"),
        column("killed_mean", _("Killed, mean of four"), "count"),
        column("killed_change", _("Change in killed"), "percent"),
    ]
