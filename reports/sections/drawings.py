"""Drawings that stand beside the table with their numbers, each told in words as well."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from core import prose
from incidents.rollups import Group, HarmSum
from reports import pictures
from reports.blocks import Block
from reports.figures import Issue, Ledger


def trend(issue: Issue, ledger: Ledger, periods: list[dict[str, Any]]) -> Block:
    """The data of the section `trend` as bars over time."""
    title = _("Incidents and people killed, %(first)s to %(last)s") % {
        "first": periods[0]["label"],
        "last": periods[-1]["label"],
    }
    drawn = pictures.trend(issue, title, [_group(period) for period in periods])
    return ledger.draw("trend", drawn, title=title, alt=_in_words(periods), table="trend")


def _group(period: dict[str, Any]) -> Group:
    numbers = {name: period["killed"][name] for name in HarmSum._fields}
    return Group(dt.date.fromisoformat(period["start"]), period["incidents"], HarmSum(**numbers))


def _in_words(periods: list[dict[str, Any]]) -> str:
    """What the drawing shows, for those who do not see it."""
    most = max(periods, key=lambda one: one["incidents"])
    deadliest = max(periods, key=lambda one: one["killed"]["best"])
    said = _(
        "Bars by period. Most incidents: %(incidents)s, %(when)s. Most people killed: %(killed)s, "
        "%(deadliest)s. %(last)s: incidents %(last_incidents)s, people killed %(last_killed)s."
    )
    return said % {
        "incidents": prose.count(most["incidents"]),
        "when": most["label"],
        "killed": deadliest["killed"]["short"],
        "deadliest": deadliest["label"],
        "last": periods[-1]["label"],
        "last_incidents": prose.count(periods[-1]["incidents"]),
        "last_killed": periods[-1]["killed"]["short"],
    }
