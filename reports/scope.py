"""What a report is about, in reference data: its countries, the parts it compares, its campaigns.

Reference tables have no record time. A report freezes what they said when it was built.
"""

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from incidents.models import Campaign
from incidents.sentences import NAMES_IN_RECORD
from regions.models import AdminArea, Country, RegionalBody
from reports.choices import Topic
from reports.figures import Issue


def country_name(country: Country) -> str:
    """In the active language."""
    return country.name_fr if (get_language() or "").startswith("fr") else country.name


def body_name(body: RegionalBody) -> str:
    """Its short name in the active language."""
    is_french = (get_language() or "").startswith("fr")
    return (is_french and body.short_name_fr) or str(body)


def countries_of(issue: Issue) -> list[Country]:
    """The countries of the place; of a body its members on the last day of the period.

    A report on a campaign without a place is about the countries of the campaign.
    """
    schedule = issue.schedule
    if schedule.country is not None:
        return [schedule.country]
    if schedule.area is not None:
        return [schedule.area.country]
    if schedule.campaign is not None and not schedule.place:
        return list(schedule.campaign.countries.order_by("name", "pk"))
    if schedule.body is not None:
        return list(Country.objects.members_as_of(schedule.body, issue.period.last))
    states = Country.objects.in_scope()
    return list(states.filter(au_region=schedule.region) if schedule.region else states)


def part_of(issue: Issue) -> str | None:
    """The parameter that names the parts of the place: `country`, `area`; None for an area."""
    if issue.schedule.area is not None:
        return None
    return "area" if issue.schedule.country is not None else "country"


def part_keys(issue: Issue) -> list[str]:
    """Every part of the place, also those without incidents: ISO3 of countries, slugs of areas."""
    states = countries_of(issue)
    if part_of(issue) == "country":
        return [state.iso3 for state in states]
    areas = AdminArea.objects.filter(country__in=states, level=1)
    return list(areas.order_by("slug").values_list("slug", flat=True))


def whole_name(issue: Issue) -> str:
    """Place and subject in the active language."""
    schedule = issue.schedule
    if schedule.topic == Topic.GENERAL:
        return schedule.place_name
    names = {"place": schedule.place_name, "subject": schedule.subject_name}
    return _("%(place)s: %(subject)s") % names


def part_names(part: str | None, keys: list[str]) -> dict[str, str]:
    """Names of countries or areas by code."""
    return NAMES_IN_RECORD[part](keys) if part else {}


def campaigns_of(issue: Issue) -> "QuerySet[Campaign]":
    """Campaigns that readers may know of and that belong to place and subject."""
    schedule = issue.schedule
    told: QuerySet[Campaign] = Campaign.objects.told()
    if schedule.campaign is not None:
        ids = [schedule.campaign.pk, *schedule.campaign.children.values_list("pk", flat=True)]
        return told.filter(pk__in=ids)
    if schedule.actor is not None:
        told = told.filter(parties__actor__slug__in=issue.asked.question.involved)
    if schedule.topic == Topic.KIDNAPPING:
        told = told.filter(slug__in=named_campaigns(issue))
    return told.filter(countries__in=countries_of(issue)).distinct()


def named_campaigns(issue: Issue) -> list[str]:
    """Slugs that the incidents of the period name."""
    found: set[str] = set()
    for slugs in issue.asked.rows().order_by().values_list("campaigns", flat=True):
        found.update(slugs)
    return sorted(found)


def api(path: str) -> str:
    """Path of a reference table in the public API."""
    return f"/api/v1/{path}/"
