"""Public pages of countries, regional bodies and missions, as the world was on a day."""

from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core import prose
from core.names import search_key
from core.pages import OnQuestion, explains_refusals
from regions.chains import chain
from regions.choices import AuRegion, BodyKind, MissionKind
from regions.filters import BodyFilter, CountryFilter, MissionFilter
from regions.models import AdminArea, Country, Membership, Mission, RegionalBody
from regions.standing import standings
from sources.models import Citation

CITED = "document__source"
# All bodies, all states: grouped on one page.
ALL = 500


@require_safe
@explains_refusals
def bodies(request: HttpRequest) -> HttpResponse:
    """Regional and international bodies by kind, organs below the body that they belong to."""
    today = prose.today()
    member = Q(memberships__status="member", memberships__starts_on__lte=today)
    member &= Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=today)
    rows = RegionalBody.objects.select_related("parent").annotate(
        members=Count("memberships__country", filter=member, distinct=True)
    )
    question = BodyFilter(request.GET, rows)
    page = question.page(ALL)
    order = list(BodyKind)
    found = sorted(page.rows, key=lambda body: (order.index(body.kind), body.name))
    context = {
        "question": question,
        "links": question.links(page),
        "groups": [
            (BodyKind(kind).label, list(several))
            for kind, several in groupby(found, key=lambda body: body.kind)
        ],
    }
    return render(request, "regions/body_list.html", context)


@require_safe
@explains_refusals
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: its members on a day and over time, its organs, instruments and missions."""
    question = OnQuestion(request.GET, RegionalBody.objects.select_related("parent", "predecessor"))
    found = get_object_or_404(question.qs, slug=slug)
    table = standings(found, question.day)
    context = {
        "question": question,
        "body": found,
        "day": question.day,
        "standings": table,
        "on": table.axis.x(question.day),
        "organs": found.organs.order_by("name"),
        "successors": found.successors.order_by("established_on"),
        "instruments": found.instruments.order_by("-adopted_on", "pk"),
        "missions": found.missions.order_by("-starts_on", "name"),
        "citations": _cited_for(found),
    }
    return render(request, "regions/body_detail.html", context)


def _cited_for(body: RegionalBody) -> Any:
    """Citations of a body and of its memberships, each document once."""
    of_body = Q(target_type=ContentType.objects.get_for_model(RegionalBody), target_id=body.pk)
    of_members = Q(
        target_type=ContentType.objects.get_for_model(Membership),
        target_id__in=body.memberships.values("pk"),
    )
    rows = Citation.objects.filter(of_body | of_members).select_related(CITED)
    return rows.order_by("document__slug", "pk").distinct("document__slug")


@require_safe
@explains_refusals
def countries(request: HttpRequest) -> HttpResponse:
    """African states by region of the African Union."""
    territories = AdminArea.objects.filter(kind="de_facto_territory").select_related("country")
    question = CountryFilter(request.GET, Country.objects.in_scope())
    page = question.page(ALL)
    order = list(AuRegion)
    french = (get_language() or "").startswith("fr")
    rows = sorted(
        page.rows,
        key=lambda c: (order.index(c.au_region), search_key(c.name_fr if french else c.name)),
    )
    context = {
        "question": question,
        "groups": [
            (AuRegion(region).label, list(several))
            for region, several in groupby(rows, key=lambda country: country.au_region)
        ],
        "territories": territories.order_by("name"),
        "links": question.links(page),
    }
    return render(request, "regions/country_list.html", context)


@require_safe
@explains_refusals
def missions(request: HttpRequest) -> HttpResponse:
    """Peace operations, joint forces and deployments."""
    question = MissionFilter(
        request.GET, Mission.objects.select_related("mandating_body").prefetch_related("area")
    )
    page = question.page()
    context = {
        "question": question,
        "missions": page.rows,
        "links": question.links(page),
        "kinds": MissionKind.choices,
    }
    return render(request, "regions/mission_list.html", context)


@require_safe
@explains_refusals
def mission(request: HttpRequest, slug: str) -> HttpResponse:
    """One mission: dates, mandate, area, chain, and who contributes on a day."""
    question = OnQuestion(
        request.GET, Mission.objects.select_related("mandating_body", "predecessor")
    )
    found = get_object_or_404(question.qs, slug=slug)
    context = {
        "question": question,
        "mission": found,
        "day": question.day,
        "chain": chain(found),
        "area": found.area.order_by("name"),
        "instruments": found.instruments.select_related("body"),
        "citations": found.citations.select_related(CITED),
    }
    return render(request, "regions/mission_detail.html", context)
