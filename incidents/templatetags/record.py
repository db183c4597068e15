"""Incidents in templates: words for stored values, rows, and the panel that other pages show."""

import json
import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import prose
from incidents import charts, rollups, words
from incidents.filters import IncidentQuestion
from incidents.models import PublishedIncident
from incidents.rollups import HarmSum

register = template.Library()

SEED = re.compile(r"\bseed-\d{3}\b")

register.filter("in_words", words.in_words)
register.filter("figure", words.figure)
register.filter("is_known_harm", words.is_known)
register.filter("how_surely_placed", words.how_surely_placed)
register.simple_tag(words.summed, name="summed")
register.simple_tag(words.sum_notes, name="sum_notes")


@register.filter
def harmed(harm: Mapping[str, Any], kind: str) -> str:
    """`{{ incident.payload.harm.killed|harmed:"killed" }}`"""
    return words.harmed(kind, harm)


def in_reader_language(thing: Mapping[str, Any], field: str) -> str:
    french = (get_language() or "").startswith("fr")
    return str((french and thing.get(f"{field}_fr")) or thing.get(field) or "")


@register.filter
def place_in_words(location: Mapping[str, Any]) -> str:
    """ "Kati, Koulikoro, Mali", as fine as the record shows it."""
    return words.where(location, in_reader_language(location, "country_name"))


@register.filter
def incident_title(incident: PublishedIncident) -> str:
    """The title; of a withheld incident it is made anew in the reader's language."""
    payload = incident.payload
    if not payload.get("is_withheld"):
        return incident.title
    parts = (
        in_reader_language(payload["type"], "label"),
        in_reader_language(payload["location"], "country_name"),
        prose.month(incident.date_start),
    )
    return ", ".join(parts)


@register.filter
def as_reported(value: Any) -> str:
    """The words of a source in quotation marks, or the disordered range that a data set gave."""
    figures = json.loads(value) if isinstance(value, str) and value.startswith("{") else value
    if not isinstance(figures, Mapping):
        return f"“{value}”"
    return _("the data set says: low %(low)s, best %(best)s, high %(high)s") % figures


@register.filter
def linked_seeds(note: str) -> SafeString:
    """A note in which every label of a seed document, such as seed-000, leads to its page."""
    return mark_safe(SEED.sub(_seed_link, conditional_escape(note)))  # noqa: S308 - escaped above


def _seed_link(label: re.Match[str]) -> str:
    return format_html('<a href="{}">{}</a>', reverse("sources:detail", args=[label[0]]), label[0])


@register.filter
def active_roles(actors: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those who did it, are accused, claim it or fought; not targets and responders."""
    return [a for a in actors if a["role"] in ("perpetrator", "accused", "claimant", "party")]


@register.inclusion_tag("incidents/_rows.html")
def incident_rows(incidents: Any) -> dict[str, Any]:
    """Published incidents as rows: when, what and who, how many killed."""
    return {"incidents": incidents}


@register.inclusion_tag("incidents/_histogram.html")
def histogram(chart: charts.Histogram | None, title: str, ident: str = "chart") -> dict[str, Any]:
    """Incidents and deaths over time, with the same numbers in a table."""
    return {"chart": chart, "title": title, "ident": ident}


@register.inclusion_tag("incidents/_harm_stats.html")
def harm_stats(totals: rollups.Totals) -> dict[str, Any]:
    """Totals as figures; those that nobody counted are left out, except deaths."""
    shown = [
        (kind, getattr(totals, kind))
        for kind in ("wounded", "abducted", "displaced", "attackers_killed")
        if _says_something(getattr(totals, kind), totals.incidents)
    ]
    return {"totals": totals, "others": shown}


def _says_something(harm: HarmSum, incidents: int) -> bool:
    return harm.missing < incidents and bool(harm.high or harm.best or harm.low)


@register.inclusion_tag("incidents/_activity.html")
def incident_activity(limit: int = 5, **asked: str) -> dict[str, Any]:
    """Totals, years and latest incidents of one actor, country, body or campaign.

    Takes the parameters of the incident list. Vigil's own record where it has any, else each
    data set by itself: two sets may describe the same event, so their figures are never added.
    """
    question = IncidentQuestion(asked)
    names = question.qs.order_by("dataset").values_list("dataset", flat=True).distinct()
    sets = [_one_set(asked, name, limit) for name in sorted(names, key=lambda n: n != "vigil")]
    return {"sets": sets, "ident": "-".join(asked.values()), "query": question.as_query()}


def _one_set(asked: Mapping[str, str], dataset: str, limit: int) -> dict[str, Any]:
    question = IncidentQuestion({**asked, "dataset": dataset})
    rows = question.qs
    return {
        "dataset": dataset,
        "totals": rollups.totals(rows),
        "chart": charts.by_year(rollups.by_period(rows, "year")),
        "incidents": list(rows.defer("search", "search_text")[:limit]),
        "query": question.as_query(),
    }
