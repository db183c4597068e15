"""Panels about incident activity and its context, for pages of other rooms.

They read the record and public reference tables, never the desk's incidents.
"""

import datetime as dt
from typing import Any

from django import template
from django.db.models import Q, QuerySet

from actors.models import Actor
from core import prose
from incidents import context
from incidents.choices import CampaignKind
from incidents.columns import Answer, select
from incidents.models import Advisory, Campaign, DisplacementFigure, PublishedIncident
from incidents.profiles import by_certainty
from incidents.questions import IncidentQuestion
from regions.models import Country

register = template.Library()

LATEST = 5
CITED = "citations__document__source"


@register.inclusion_tag("incidents/panels/_latest.html")
def latest_incidents(
    *,
    country: str = "",
    body: str = "",
    actor: str = "",
    campaign: str = "",
    source: str = "",
    limit: int = LATEST,
) -> dict[str, Any]:
    """The newest incidents of one country, body, actor, campaign or source document."""
    rows = PublishedIncident.objects.current()
    rows = rows.filter(sources__contains=[source]) if source else rows
    asked = {"country": country, "body": body, "actor": actor, "campaign": campaign}
    question = IncidentQuestion({k: v for k, v in asked.items() if v}, rows if source else None)
    found = list(select(question).newest(limit + 1))
    return {"incidents": found[:limit], "more": len(found) > limit, "limit": limit}


@register.simple_tag
def incidents_of(**asked: str) -> Answer:
    """The incidents that answer a question, for several panels of one page.

    `{% incidents_of actor=actor.slug as incidents %}`
    """
    return select(IncidentQuestion(asked))


@register.inclusion_tag("incidents/panels/_tallies.html")
def deaths_by_certainty(actor: str, incidents: Answer) -> dict[str, Any]:
    """Deaths in incidents of one actor: attributed, suspected, accused and party apart."""
    tallies = [
        (dataset, group)
        for dataset in incidents.incidents("dataset")
        for group in by_certainty(incidents.of_set(dataset))
        if group.actor == actor
    ]
    order = {"attributed": 0, "suspected": 1, "accused": 2, "party": 3}
    tallies.sort(key=lambda pair: (pair[0] != "vigil", pair[0], order[pair[1].certainty]))
    return {"tallies": tallies}


@register.inclusion_tag("incidents/panels/_claims.html")
def claims_by(actor: str, incidents: Answer) -> dict[str, Any]:
    """Claims of responsibility by one actor for its incidents, newest incidents first."""
    claims = context.claims_by(actor, incidents)
    return {"claims": claims[: context.MOST_CLAIMS], "more": len(claims) > context.MOST_CLAIMS}


def _campaign_rows(on: dt.date) -> "QuerySet[Campaign]":
    return Campaign.objects.told().filter(Q(starts_on__isnull=True) | Q(starts_on__lte=on))


@register.inclusion_tag("incidents/panels/_campaigns.html")
def campaigns_of(
    *, on: dt.date, actor: Actor | None = None, country: Country | None = None
) -> dict[str, Any]:
    """Conflicts, episodes, series and conditions of an actor or a country, begun by `on`."""
    rows = _campaign_rows(on)
    rows = rows.filter(parties__actor=actor) if actor else rows
    rows = rows.filter(countries=country) if country else rows
    return {"campaigns": context.with_days(rows.distinct(), on), "on": on}


@register.inclusion_tag("incidents/panels/_campaigns.html")
def campaigns_on(on: dt.date) -> dict[str, Any]:
    """Conflicts, episodes, series and campaigns under way on a day; conditions stand apart."""
    rows = Campaign.objects.told().filter(starts_on__isnull=False).on(on)
    rows = rows.exclude(kind=CampaignKind.CONDITION).order_by("-starts_on", "pk")
    return {"campaigns": context.with_days(rows, on), "on": on}


@register.inclusion_tag("incidents/panels/_conditions.html")
def conditions_in_force(on: dt.date | None = None) -> dict[str, Any]:
    """Blockades and sieges in force on a day (today, UTC, if None), with their day counts."""
    day = on or prose.today()
    rows = Campaign.objects.told().filter(kind=CampaignKind.CONDITION)
    rows = rows.filter(starts_on__isnull=False).on(day)
    rows = rows.prefetch_related("countries", "parties__actor").order_by("-starts_on", "pk")
    return {"conditions": context.with_days(rows, day), "on": day}


@register.inclusion_tag("incidents/panels/_advisories.html")
def advisories_for(country: Country, on: dt.date) -> dict[str, Any]:
    """Travel advisories and embassy statements about a country issued by `on`."""
    rows = Advisory.objects.filter(concerns=country, starts_on__lte=on)
    rows = rows.select_related("issuer_country", "issuer_body")
    return {"advisories": rows.prefetch_related(CITED).order_by("-starts_on", "pk")[:10]}


@register.inclusion_tag("incidents/panels/_displacement.html")
def displacement_from(country: Country, on: dt.date) -> dict[str, Any]:
    """Figures of displaced people from a country, as open as their source gave them."""
    rows = DisplacementFigure.objects.filter(origin=country, starts_on__lte=on)
    rows = rows.prefetch_related(CITED).order_by("-starts_on", "pk")[:10]
    return {"figures": [context.displaced(row) for row in rows]}
