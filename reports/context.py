"""The sections of a report that rest on reference data: conditions, waves, members, missions.

Reference tables have no record time. A report freezes what they said when it was built.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core import prose
from incidents.choices import CampaignKind, CampaignStatus, ConditionType, Dataset
from incidents.models import Campaign
from regions.choices import MembershipStatus
from regions.models import Country, Membership, Mission
from reports.figures import Issue, Ledger

# A start that is known to the year only says nothing about a month.
EXACT_ENOUGH = ("day", "month")


def api(path: str) -> str:
    return f"/api/v1/{path}/"


def country_name(country: Country) -> str:
    return country.name_fr if (get_language() or "").startswith("fr") else country.name


def countries_of(issue: Issue) -> list[Country]:
    """The country, or the members of the body on the last day of the period."""
    country, body = issue.schedule.country, issue.schedule.body
    if body is not None:
        return list(Country.objects.members_as_of(body, issue.month.last))
    return [country] if country is not None else []


def conditions(issue: Issue, ledger: Ledger) -> list[dict[str, Any]]:
    """Blockades, sieges and the like in force in the period, with their days to its end."""
    month = issue.month
    found = (
        Campaign.objects.told()
        .filter(
            kind=CampaignKind.CONDITION,
            countries__in=countries_of(issue),
            starts_on__isnull=False,
        )
        .between(month.first, month.last)
        .distinct()
        .order_by("starts_on", "slug")
    )
    return [_condition(campaign, issue, ledger) for campaign in found]


def _condition(campaign: Campaign, issue: Issue, ledger: Ledger) -> dict[str, Any]:
    days = campaign.days_in_force(issue.month.last) or 0
    is_exact = campaign.start_precision == "day"
    ended = campaign.ends_on is not None and campaign.ends_on <= issue.month.last
    values = {
        "name": campaign.name,
        "start": prose.partial(campaign.starts_on, campaign.start_precision),
        "days": prose.count(days),
        "end": prose.partial(campaign.ends_on, campaign.end_precision),
    }
    if ended:
        text = _("%(name)s: from %(start)s to %(end)s, after %(days)s days.") % values
    elif is_exact:
        text = _("%(name)s: since %(start)s, for %(days)s days at the end of the period.") % values
    else:
        text = _("%(name)s: since %(start)s, for about %(days)s days at the end of the period.") % (
            values
        )
    if campaign.ends_on is None and campaign.status == CampaignStatus.UNKNOWN:
        text += " " + _("Whether it still holds has not been verified.")
    return ledger.note(
        f"condition.{campaign.slug}",
        api(f"campaigns/{campaign.slug}"),
        name=campaign.name,
        kind=campaign.condition_type,
        kind_label=str(ConditionType(campaign.condition_type).label),
        starts_on=_iso(campaign.starts_on),
        start_precision=campaign.start_precision,
        ends_on=_iso(campaign.ends_on),
        status=campaign.status,
        days_in_force=days,
        text=text,
    )


def waves(issue: Issue, ledger: Ledger) -> list[dict[str, Any]]:
    """Episodes and series whose number of incidents a source tells, and how many are recorded."""
    if issue.schedule.dataset != Dataset.VIGIL:
        return []  # only Vigil's own incidents are tied to episodes and series
    month = (issue.month.first, issue.month.last)
    found = Campaign.objects.told().filter(
        Q(expected_on__range=month) | Q(expected_on__isnull=True, starts_on__range=month),
        expected_incident_count__isnull=False,
        countries__in=countries_of(issue),
    )
    return [
        _wave(campaign, issue, ledger)
        for campaign in found.distinct().order_by("starts_on", "slug")
    ]


def _wave(campaign: Campaign, issue: Issue, ledger: Ledger) -> dict[str, Any]:
    ask = issue.everything()
    scope = {"dataset": issue.schedule.dataset, "campaign": campaign.slug}
    if campaign.expected_on:
        day = campaign.expected_on.isoformat()
        scope |= {"begun": day, "to": day}
    ask = type(ask)(scope | {"as_of": ask.parameters["as_of"]}, ask.at)
    recorded, expected = ask.rows().count(), campaign.expected_incident_count or 0
    values = {
        "name": campaign.name,
        "day": prose.day(campaign.expected_on or campaign.starts_on),
        "expected": prose.spelled(expected),
        "recorded": prose.spelled(recorded) if recorded else prose.count(0),
    }
    text = ngettext(
        "%(name)s: %(expected)s incident expected for %(day)s, %(recorded)s recorded.",
        "%(name)s: %(expected)s incidents expected for %(day)s, %(recorded)s recorded.",
        expected,
    )
    return ledger.enter(
        f"wave.{campaign.slug}",
        ask,
        name=campaign.name,
        campaign=campaign.slug,
        expected=expected,
        expected_on=_iso(campaign.expected_on),
        recorded=recorded,
        is_complete=recorded == expected,
        text=text % values,
    )


def changes(issue: Issue, ledger: Ledger) -> list[dict[str, Any]]:
    """Who joined, left or was suspended, and which missions began or ended, in the period."""
    found = [*_membership_changes(issue), *_mission_changes(issue)]
    found.sort(key=lambda change: (change["on"], change["text"]))
    return [
        ledger.note(f"change.{number}", change.pop("query"), **change)
        for number, change in enumerate(found, 1)
    ]


def _membership_changes(issue: Issue) -> Iterator[dict[str, Any]]:
    schedule = issue.schedule
    rows = Membership.objects.select_related("body", "country")
    if schedule.country is not None:
        rows = rows.filter(country=schedule.country)
    else:
        rows = rows.filter(body=schedule.body)
    for row in rows.order_by("body__slug", "country__iso3", "status", "starts_on"):
        names = {"country": country_name(row.country), "body": str(row.body)}
        for day, precision, text in _events(row):
            if day and issue.month.first <= day <= issue.month.last and precision in EXACT_ENOUGH:
                yield {
                    "on": day.isoformat(),
                    "date_text": prose.partial(day, precision),
                    "text": text % names,
                    "query": api(f"bodies/{row.body.slug}"),
                }


def _events(row: Membership) -> Iterator[tuple[dt.date | None, str, str]]:
    if row.status == MembershipStatus.SUSPENDED:
        yield row.starts_on, row.start_precision, _("%(body)s suspended %(country)s.")
        lifted = row.ends_on + dt.timedelta(days=1) if row.ends_on else None
        yield lifted, row.start_precision, _("The suspension of %(country)s from %(body)s ended.")
    elif row.status == MembershipStatus.MEMBER:
        yield row.starts_on, row.start_precision, _("%(country)s became a member of %(body)s.")
        announced = _("%(country)s announced that it would leave %(body)s; it remains a member.")
        yield row.exit_announced_on, row.exit_precision, announced
        left = _("%(country)s ceased to be a member of %(body)s.")
        yield row.exit_effective_on, row.exit_precision, left


def _mission_changes(issue: Issue) -> Iterator[dict[str, Any]]:
    about = Q(area__in=countries_of(issue))
    if issue.schedule.body is not None:
        about |= Q(mandating_body=issue.schedule.body)
    for mission in Mission.objects.filter(about).distinct().order_by("slug"):
        for day, precision, text in (
            (mission.starts_on, mission.start_precision, _("The mission %(mission)s began.")),
            (mission.ends_on, mission.end_precision, _("The mission %(mission)s ended.")),
        ):
            if day and issue.month.first <= day <= issue.month.last and precision in EXACT_ENOUGH:
                yield {
                    "on": day.isoformat(),
                    "date_text": prose.partial(day, precision),
                    "text": text % {"mission": str(mission)},
                    "query": api(f"missions/{mission.slug}"),
                }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
