"""Each data set of an answer counted by period, whole and divided; two sets are never added."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core import intervals
from incidents.choices import Dataset
from incidents.columns import Answer, StackedGroup
from incidents.sentences import NAMES
from incidents.timelines.histograms import Column

MOST_PARTS = 7
MOST_ACTORS = 6
# One value for each incident: its parts stand on one another. An incident with several actors
# counts once for each, so actors get rows of their own.
STACKED = ("group", "type", "country")
ROWS = {"actor": "actors"}
# The precisions that are vaguer than a period.
VAGUER = {
    "day": ("day_range", "week", "month", "quarter", "year"),
    "week": ("month", "quarter", "year"),
    "month": ("quarter", "year"),
    "quarter": ("year",),
    "year": (),
}


@dataclass(frozen=True)
class Counted:
    """One data set by period: totals, incidents by part, and those that are dated more vaguely.

    `keys` are the parts that are told apart, most incidents first.
    """

    dataset: str
    totals: Sequence[StackedGroup]
    keys: Sequence[str] = ()
    parts: Mapping[str, Mapping[dt.date, int]] = field(default_factory=dict)
    vague: Mapping[dt.date, int] = field(default_factory=dict)


def largest(answer: Answer, stack: str) -> tuple[list[str], bool]:
    """The parts of a stack with most incidents, one order for all data sets; are there more?"""
    if stack not in STACKED:
        return [], False
    groups = sorted(answer.by(stack), key=lambda group: (-group.incidents, str(group.key)))
    return [str(group.key) for group in groups[:MOST_PARTS]], len(groups) > MOST_PARTS


def counted(answer: Answer, interval: str, stack: str, keys: Sequence[str]) -> list[Counted]:
    """Every data set of the answer by period, Vigil's own first; `keys` divide a stack."""
    totals: dict[str, list[StackedGroup]] = defaultdict(list)
    for group in answer.by_period(interval, "dataset"):
        totals[str(group.stack)].append(group)
    names = sorted(totals, key=lambda name: (name != Dataset.VIGIL, name))
    wholes = [Counted(name, totals[name], keys) for name in names]
    if stack not in (*STACKED, *ROWS) and not VAGUER[interval]:
        return wholes
    return [_divided(one, answer.of_set(one.dataset), interval, stack) for one in wholes]


def _divided(whole: Counted, answer: Answer, interval: str, stack: str) -> Counted:
    """One data set with its parts; the actors with most incidents are chosen here."""
    parts: dict[str, dict[dt.date, int]] = defaultdict(dict)
    if stack in STACKED:
        groups = answer.by_period(interval, stack)
    elif stack in ROWS:
        groups = answer.by_period(interval, ROWS[stack], MOST_ACTORS)
    else:
        groups = []
    for group in groups:
        parts[group.stack or ""][group.key] = group.incidents
    keys = whole.keys
    if stack in ROWS:
        keys = sorted(filter(None, parts), key=lambda key: (-sum(parts[key].values()), key))
    return replace(whole, keys=keys, parts=parts, vague=_vague(answer, interval))


def _vague(answer: Answer, interval: str) -> Mapping[dt.date, int]:
    found: Counter[dt.date] = Counter()
    for group in answer.by_period(interval, "date_precision") if VAGUER[interval] else ():
        if group.stack in VAGUER[interval]:
            found[group.key] += group.incidents
    return found


def named(keys: Sequence[str], stack: str) -> list[str]:
    names = NAMES[stack](list(keys))
    return [names.get(key, key) for key in keys]


def columns(one: Counted, interval: str, *, has_rest: bool) -> list[Column]:
    """The periods of one data set that hold incidents, in order.

    `parts` has a number for each of its keys, and with `has_rest` one for all the others.
    """
    found = []
    for group in one.totals:
        parts = [one.parts.get(key, {}).get(group.key, 0) for key in one.keys]
        if has_rest:
            parts.append(group.incidents - sum(parts))
        found.append(
            Column(
                first=group.key,
                last=intervals.last_day(group.key, interval),
                incidents=group.incidents,
                killed=group.killed,
                parts=parts,
                vague=one.vague.get(group.key, 0),
            )
        )
    return found
