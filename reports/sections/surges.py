"""Surges in the period by the rules of `reports.rules.surge_rules`, with the rules' record so far.

One query reads the days of every place; only what is flagged is asked for again, for its rows.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import prose
from incidents import rollups
from reports import scope
from reports.blocks import Section, items, section
from reports.blocks import prose as paragraphs
from reports.figures import Ask, Issue, Ledger, harm_figure
from reports.rules import surge_rules
from reports.rules.surge_rules import SPAN, WEEK, Days, Highest, Series, Week
from reports.sections import surge_record
from reports.sentences import Sentence, Value, linked, told

MOST = 12  # flags that are told
WHOLE = ""
# Dates known no better than this stand on a day that says nothing.
VAGUE = "-month,-quarter,-year"


# What is said of 30 days that were higher than any before, and of the first deaths on record.
HIGHER = {
    "year": gettext_lazy(
        "%(place)s: %(killed)s people killed in the 30 days to %(day)s (best estimates), more "
        "than in any 30 days of the year before (most: %(most)s, in the 30 days to %(then)s)."
    ),
    "three_years": gettext_lazy(
        "%(place)s: %(killed)s people killed in the 30 days to %(day)s (best estimates), more "
        "than in any 30 days of the three years before (most: %(most)s, in the 30 days to "
        "%(then)s)."
    ),
}
FIRST = {
    "year": gettext_lazy(
        "%(place)s: %(killed)s people killed in the 30 days to %(day)s (best estimates); no death "
        "is recorded in the year before."
    ),
    "three_years": gettext_lazy(
        "%(place)s: %(killed)s people killed in the 30 days to %(day)s (best estimates); no death "
        "is recorded in the three years before."
    ),
}


@dataclass
class Found:
    """Everything that was read: series by place, days known, the last day."""

    part: str | None
    last: dt.date
    known: int = 0
    series: dict[str, Series] = field(default_factory=dict)

    def days(self, end: int, length: int) -> tuple[dt.date, dt.date]:
        """First and last day of a window that ends `end` days before the last."""
        last = self.last - dt.timedelta(days=end)
        return last - dt.timedelta(days=length - 1), last


def surges(issue: Issue, ledger: Ledger) -> Section:
    """What passed a rule in the period, and how the rules did in the two years before it."""
    found = _read(issue)
    names = scope.part_names(found.part, [key for key in found.series if key])
    names[WHOLE] = scope.whole_name(issue)
    flags = _flags(found, issue)
    shown = [
        _told(ledger, issue, found, key, names.get(key, key), flag) for key, flag in flags[:MOST]
    ]
    title = _("Surges")
    scores = surge_record.scores(found.series.values(), found.known)
    return section(
        "surges",
        title,
        paragraphs(_opening(len(flags), len(found.series))),
        items([surge["sentence"] for surge in shown]),
        surge_record.record(_asked(issue), ledger, scores),
        paragraphs(
            *surge_record.behind(_asked(issue), scores),
            *surge_record.rules(),
        ),
        surges=shown,
        examined=len(found.series),
        record={name: surge_record.as_data(score) for name, score in scores.items()},
    )


def _asked(issue: Issue) -> Ask:
    """The incidents of all days that the rules look at."""
    last = issue.period.last
    first = last - dt.timedelta(days=surge_rules.REACH - 1)
    days = {"begun": first.isoformat(), "to": last.isoformat()}
    return issue.everything().narrowed(**days, precision=VAGUE)


def _read(issue: Issue) -> Found:
    """Days by place, in one query. A toll for several incidents counts by their own shares."""
    part = scope.part_of(issue)
    by = (part, "date_start") if part else ("date_start",)
    rows = (
        _asked(issue)
        .rows()
        .order_by()
        .values_list(*by)
        .annotate(n=Count("seq"), dead=Coalesce(Sum(Coalesce("killed_best", "killed_low")), 0))
    )
    found = Found(part, issue.period.last)
    by_place: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for *key, day, number, dead in rows:
        ago = (found.last - day).days
        by_place[WHOLE].append((ago, number, dead))
        if key and key[0]:
            by_place[key[0]].append((ago, number, dead))
    for place in sorted(by_place):
        found.series[place] = _series(by_place[place])
    found.known = max((ago for ago, _n, _dead in by_place[WHOLE]), default=0) + 1
    return found


def _series(entries: list[tuple[int, int, int]]) -> Series:
    numbers, dead = [0] * surge_rules.REACH, [0] * surge_rules.REACH
    for ago, number, killed in entries:
        numbers[-1 - ago] += number
        dead[-1 - ago] += killed
    return Series(Days(numbers), Days(dead))


def _flags(found: Found, issue: Issue) -> list[tuple[str, Highest | Week]]:
    """Flags of the period: the 30 days to its end, and its newest week that passed a rule."""
    flags: list[tuple[str, Highest | Week]] = []
    weeks = max(issue.period.days // WEEK, 1)
    for key, series in found.series.items():
        top = surge_rules.highest(series.deaths, 0, found.known)
        flags += [(key, top)] if top else []
        several = (surge_rules.week(series.incidents, WEEK * n, found.known) for n in range(weeks))
        flags += [(key, week) for week in several if week][:1]

    def order(flag: tuple[str, Highest | Week]) -> tuple[bool, bool, int, str]:
        key, one = flag
        weight = one.deaths if isinstance(one, Highest) else one.incidents
        return isinstance(one, Week), key != WHOLE, -weight, key

    return sorted(flags, key=order)


def _told(
    ledger: Ledger, issue: Issue, found: Found, key: str, name: str, flag: Highest | Week
) -> dict[str, Any]:
    if isinstance(flag, Highest):
        return _told_highest(ledger, issue, found, key, name, flag)
    ask = _window(issue, found, key, flag.end, WEEK)
    totals = rollups.totals(ask.rows())
    figure = _enter(ledger, f"surge.week.{key or 'all'}", ask, name, totals)
    template = _(
        "%(place)s: %(incidents)s incidents in the week of %(days)s, above the threshold of "
        "%(threshold)s (%(rules)s; mean of the seven weeks of comparison: %(mean)s)."
    )
    said = told(
        template,
        place=name,
        incidents=linked(figure, prose.count(totals.incidents)),
        days=prose.days(*found.days(flag.end, WEEK)),
        threshold=_decimal(flag.threshold),
        rules=", ".join(flag.rules),
        mean=_decimal(flag.mean),
    )
    more = {"rules": list(flag.rules), "threshold": round(flag.threshold, 2)}
    return {"key": key, "name": name, "rule": "week", "figure": figure, "sentence": said} | more


def _told_highest(
    ledger: Ledger, issue: Issue, found: Found, key: str, name: str, flag: Highest
) -> dict[str, Any]:
    ask = _window(issue, found, key, 0, SPAN)
    figure = _enter(ledger, f"surge.days.{key or 'all'}", ask, name, rollups.totals(ask.rows()))
    values: dict[str, Value] = {
        "place": name,
        "killed": linked(figure, prose.count(figure["killed"]["best"])),
        "day": prose.day(found.last),
    }
    surge = {"key": key, "name": name, "rule": "highest", "of": flag.of, "figure": figure}
    if not flag.most_before:
        return surge | {"sentence": told(str(FIRST[flag.of]), **values)}
    before = _window(issue, found, key, flag.end_of_most, SPAN)
    most = _enter(
        ledger, f"surge.before.{key or 'all'}", before, name, rollups.totals(before.rows())
    )
    values |= {
        "most": linked(most, prose.count(most["killed"]["best"])),
        "then": prose.day(found.days(flag.end_of_most, SPAN)[1]),
    }
    return surge | {"before": most, "sentence": told(str(HIGHER[flag.of]), **values)}


def _window(issue: Issue, found: Found, key: str, end: int, length: int) -> Ask:
    first, last = found.days(end, length)
    days = {"begun": first.isoformat(), "to": last.isoformat(), "precision": VAGUE}
    place = {found.part: key} if found.part and key else {}
    return issue.everything().narrowed(**days, **place)


def _enter(ledger: Ledger, key: str, ask: Ask, name: str, totals: rollups.Totals) -> dict[str, Any]:
    killed = harm_figure(totals.killed, totals.incidents)
    return ledger.enter(key, ask, label=name, incidents=totals.incidents, killed=killed)


def _decimal(value: float) -> str:
    return number_format(value, decimal_pos=1)


def _opening(flags: int, examined: int) -> Sentence:
    if not flags:
        return told(_("No place passed a rule in the period."))
    opening = ngettext(
        "%(flags)s flag in the period; places examined: %(examined)s.",
        "%(flags)s flags in the period; places examined: %(examined)s.",
        flags,
    )
    return told(opening, flags=prose.count(flags), examined=prose.count(examined))
