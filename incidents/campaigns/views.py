"""Public pages of conflicts, episodes, series, campaigns and conditions."""

import datetime as dt
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core import prose
from core.pages import OnQuestion, explains_refusals
from core.timeline import Axis, Span
from incidents.choices import CampaignKind, Harm, Population
from incidents.context import on_day, with_days
from incidents.filters import CampaignFilter
from incidents.models import Campaign, HarmEstimate, Negotiation, PublishedIncident
from incidents.words import figure

CITED = "document__source"
KINDS = {
    CampaignKind.CONFLICT: _("a years-long armed conflict: a frame for what belongs to it"),
    CampaignKind.EPISODE: _("a crisis or a coordinated wave, bounded in time"),
    CampaignKind.SERIES: _("similar incidents that analysts see together"),
    CampaignKind.CAMPAIGN: _("a declared or evident effort of one actor"),
    CampaignKind.CONDITION: _("a state that lasts, counted in days and never as an incident"),
}


@require_safe
@explains_refusals
def listing(request: HttpRequest) -> HttpResponse:
    """Campaigns by kind; conditions with the days that they have lasted."""
    rows = Campaign.objects.told().prefetch_related("countries", "parties__actor")
    question = CampaignFilter(request.GET, rows)
    page = question.page()
    day = question.cleaned.get("on", prose.today())
    context = {
        "question": question,
        "kinds": CampaignKind.choices,
        "groups": [
            (CampaignKind(kind).label, KINDS[CampaignKind(kind)], with_days(rows, day))
            for kind, rows in groupby(page.rows, key=lambda row: row.kind)
        ],
        "links": question.links(page),
    }
    return render(request, "incidents/campaign_list.html", context)


@require_safe
@explains_refusals
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One campaign on a day: days in force, phases, demands, impacts, tolls and talks."""
    told = Campaign.objects.told()
    question = OnQuestion(request.GET, told.prefetch_related(Prefetch("parent", told)))
    campaign = get_object_or_404(question.qs, slug=slug)
    day = question.day
    parties = list(campaign.parties.select_related("actor"))
    context = {
        "question": question,
        "campaign": campaign,
        "kind_means": KINDS[CampaignKind(campaign.kind)],
        "day": day,
        "now": on_day(campaign, day),
        "not_yet": campaign.starts_on is not None and day < campaign.starts_on,
        "actors": [part.actor for part in parties if not part.is_opposing],
        "opponents": [part.actor for part in parties if part.is_opposing],
        "countries": campaign.countries.all(),
        "children": campaign.children.told().order_by("-starts_on", "name"),
        "expected": _expected(campaign),
        "tolls": _tolls(campaign),
        "negotiations": _negotiations(campaign),
        "citations": campaign.citations.select_related(CITED),
        **_parts(campaign, day),
    }
    return render(request, "incidents/campaign_detail.html", context)


def _parts(campaign: Campaign, day: dt.date) -> dict[str, Any]:
    """Phases as bars, demands in order, impacts; each with its sources."""
    cited = f"citations__{CITED}"
    phases = list(campaign.phases.prefetch_related(cited))
    spans = [Span(phase.starts_on, phase.ends_on, "phase") for phase in phases]
    axis = Axis.within(spans, day)
    return {
        "axis": axis,
        "phases": [
            (phase, [axis.bar(span)], phase.starts_on <= day <= (phase.ends_on or day))
            for phase, span in zip(phases, spans, strict=True)
        ],
        "on": axis.x(day) if axis.first <= day <= axis.last else "",
        "demands": campaign.demands.select_related("actor").prefetch_related(cited),
        "impacts": campaign.impacts.prefetch_related(cited),
    }


def _expected(campaign: Campaign) -> dict[str, Any] | None:
    """How many incidents a source speaks of, and how many the record holds on that day."""
    if campaign.expected_incident_count is None:
        return None
    rows = PublishedIncident.objects.current().filter(campaigns__contains=[campaign.slug])
    rows = rows.filter(dataset="vigil")
    if campaign.expected_on:
        rows = rows.between(campaign.expected_on, campaign.expected_on)
    recorded = rows.count()
    return {
        "count": campaign.expected_incident_count,
        "recorded": recorded,
        "on": campaign.expected_on,
        "differs": recorded != campaign.expected_incident_count,
    }


def _tolls(campaign: Campaign) -> list[dict[str, Any]]:
    """Combined tolls that a source gives for the whole, beside the sum of its incidents."""
    rows = HarmEstimate.objects.filter(campaign=campaign, superseded_by__isnull=True)
    rows = rows.select_related("citation__document__source").order_by("-is_preferred", "pk")
    return [
        {
            "row": row,
            "harm": Harm(row.harm).label,
            "population": Population(row.population).label if row.population != "all" else "",
            "number": figure(
                {"low": row.low, "best": row.best, "high": row.high, "comparator": row.comparator}
            ),
        }
        for row in rows
    ]


def _negotiations(campaign: Campaign) -> Any:
    """Talks about the campaign. Talks about hostages are never told here."""
    rows = Negotiation.objects.filter(campaigns=campaign).exclude(kind=Negotiation.Kind.HOSTAGE)
    rows = rows.prefetch_related("parties", "terms", f"citations__{CITED}")
    return rows.order_by("-starts_on", "pk")
