"""Panels and filters of situation reports: `{% load reports %}`."""

from typing import Any

from django import template

from reports.models import Report

register = template.Library()


@register.inclusion_tag("reports/_latest.html")
def latest_reports(country: str = "", body: str = "", limit: int = 5) -> dict[str, Any]:
    """The newest reports: of a country (ISO3), of a body (slug), or of all.

    `{% latest_reports country=country.iso3 %}`
    """
    reports = Report.objects.select_related("job__schedule").defer("content")
    reports = reports.order_by("-period_end", "-published_at", "-pk")
    if country:
        reports = reports.filter(job__schedule__country__iso3=country)
    if body:
        reports = reports.filter(job__schedule__body__slug=body)
    scope = f"country={country}" if country else f"body={body}" if body else ""
    return {"reports": reports[:limit], "scope": scope}


@register.filter
def page_of(query: str) -> str:
    """The page that shows what an API query lists: its path without `api/v1`."""
    return query.replace("/api/v1/", "/", 1)
