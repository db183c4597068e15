"""Surges by published rules, and how the rules would have done before: pure arithmetic on days.

Highest   the deaths (best estimates) of the last 30 days are at least 10 and more than in any 30
          days of the year (three years) before them, as in HDX Signals
C1 C2 C3  incidents of a week against the weeks before it, after the Early Aberration Reporting
          System (Hutwagner et al. 2003): C1 the seven weeks before, C2 seven weeks that end two
          weeks earlier, both above the mean by three standard deviations (of at least one
          incident); C3 what the last three weeks exceeded their C2 means by, in standard deviations
          above one, is more than 2

A flag of the past is a *hit* if the time that followed (30 days; a week) held more than 1.25 times
the mean of the year before the flag, and at least the minimum; else a *false alarm*. Such a time
without a flag before it is a *miss*.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from statistics import fmean, stdev

SPAN, WEEK, YEAR = 30, 7, 365  # days
HISTORY = {"three_years": 3 * YEAR, "year": YEAR}  # the longer first
MINIMUM_DEATHS, MINIMUM_INCIDENTS = 10, 3
SIGMAS, LEAST_SIGMA, C3_ALARM = 3, 1.0, 2.0
BASELINE, LAG = 7, 2  # weeks
RAISED = 1.25
# Points of the past at which the rules are judged: two years of each.
PAST_SPANS, PAST_WEEKS = 24, 104
# Days of history that everything above reads.
REACH = SPAN * (PAST_SPANS + 1) + HISTORY["three_years"] + SPAN


class Days:
    """Numbers by day, dense, the last entry being the last day; sums in constant time."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self.sums = [0, *accumulate(numbers)]

    def __len__(self) -> int:
        return len(self.sums) - 1

    def total(self, end: int, days: int) -> int:
        """Of the `days` that end `end` days before the last; days before the first hold nothing."""
        stop = max(len(self) - end, 0)
        return self.sums[stop] - self.sums[max(stop - days, 0)]


@dataclass(frozen=True)
class Series:
    """One place: incidents and deaths by day."""

    incidents: Days
    deaths: Days


@dataclass(frozen=True)
class Highest:
    """30 days with more deaths than any before: `of` year or three_years; `end` as in `Days`."""

    of: str
    deaths: int
    most_before: int
    end_of_most: int


@dataclass(frozen=True)
class Week:
    """A week above a threshold: `rules` names C1, C2, C3; `threshold` is the lowest passed."""

    end: int
    incidents: int
    rules: tuple[str, ...]
    mean: float
    threshold: float


@dataclass
class Score:
    """How a rule did at past points. `raised` are the points that a raised time followed."""

    points: int = 0
    flags: int = 0
    hits: int = 0
    raised: int = 0

    @property
    def false_alarms(self) -> int:
        return self.flags - self.hits

    @property
    def misses(self) -> int:
        return self.raised - self.hits

    def add(self, *, flagged: bool, raised: bool) -> None:
        self.points += 1
        self.flags += flagged
        self.raised += raised
        self.hits += flagged and raised


def highest(deaths: Days, end: int, known: int) -> Highest | None:
    """The flag of the 30 days that end `end` days before the last.

    `known` is the number of days for which the data set was kept: a year before is asked of only
    where it was.
    """
    now = deaths.total(end, SPAN)
    if now < MINIMUM_DEATHS:
        return None
    for of, reach in HISTORY.items():
        if known - end < reach + SPAN:
            continue
        ends = range(end + SPAN, end + reach + 1)
        most, where = max((deaths.total(other, SPAN), -other) for other in ends)
        if now > most:
            return Highest(of, now, most, -where)
    return None


def week(incidents: Days, end: int, known: int) -> Week | None:
    """The EARS-type flags of the week that ends `end` days before the last."""
    now = incidents.total(end, WEEK)
    if now < MINIMUM_INCIDENTS or known - end < WEEK * (BASELINE + 2 * LAG + 1):
        return None
    passed: dict[str, tuple[float, float]] = {}
    for name, lag in (("C1", 0), ("C2", LAG)):
        mean, sigma = _baseline(incidents, end, lag)
        if now > mean + SIGMAS * sigma:
            passed[name] = (mean, mean + SIGMAS * sigma)
    if _c3(incidents, end) > C3_ALARM:
        mean, sigma = _baseline(incidents, end, LAG)
        passed["C3"] = (mean, mean + sigma)
    if not passed:
        return None
    mean, threshold = next(iter(passed.values()))
    return Week(end, now, tuple(passed), mean, threshold)


def _baseline(incidents: Days, end: int, lag: int) -> tuple[float, float]:
    weeks = [
        incidents.total(end + WEEK * (1 + lag + back), WEEK) for back in range(BASELINE)
    ]  # fmt: skip
    return fmean(weeks), max(stdev(weeks), LEAST_SIGMA)


def _c3(incidents: Days, end: int) -> float:
    total = 0.0
    for back in range(3):
        mean, sigma = _baseline(incidents, end + WEEK * back, LAG)
        total += max(0.0, (incidents.total(end + WEEK * back, WEEK) - mean) / sigma - 1)
    return total


def judge_highest(deaths: Days, known: int, score: Score) -> None:
    """Add the points of one series at which the 30-day rule could have flagged."""
    for back in range(1, PAST_SPANS + 1):
        end = SPAN * back
        if known - end < YEAR + SPAN:
            break
        usual = deaths.total(end + SPAN, YEAR) / YEAR * SPAN
        after = deaths.total(end - SPAN, SPAN)
        raised = after >= MINIMUM_DEATHS and after > RAISED * usual
        score.add(flagged=highest(deaths, end, known) is not None, raised=raised)


def judge_weeks(incidents: Days, known: int, scores: dict[str, Score]) -> None:
    """The same for the weekly rules, each with a score of its own."""
    for back in range(1, PAST_WEEKS + 1):
        end = WEEK * back
        if known - end < YEAR + WEEK:
            break
        usual = incidents.total(end + WEEK, YEAR) / YEAR * WEEK
        after = incidents.total(end - WEEK, WEEK)
        raised = after >= MINIMUM_INCIDENTS and after > RAISED * usual
        found = week(incidents, end, known)
        for name, score in scores.items():
            score.add(flagged=found is not None and name in found.rules, raised=raised)
