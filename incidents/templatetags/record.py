"""Incidents in templates: words for stored values, rows, and the panel that other pages show."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core import prose
from core.addresses import address
from incidents import charts, precision, rollups, rows, words
from incidents.columns import Answer, select
from incidents.models import PublishedIncident
from incidents.profiles import by_year
from incidents.questions import IncidentQuestion
from incidents.rollups import HarmSum
from incidents.waves import Day

register = template.Library()

SEED = re.compile(r"\bseed-\d{3}\b")

register.filter("in_words", words.in_words)
register.filter("figure", words.figure)
register.filter("is_known_harm", words.is_known)
register.filter("how_surely_placed", words.how_surely_placed)
register.filter("how_surely_dated", precision.of_date)
register.filter("counted_in", precision.of_period)
register.filter("mark_means", precision.of_place)
register.filter("active_roles", rows.active_roles)
register.filter("actor_in_row", rows.actor_in_row)
register.simple_tag(words.summed, name="summed")
register.simple_tag(words.sum_notes, name="sum_notes")


@register.filter
def harmed(harm: Mapping[str, Any], kind: str) -> str:
    """`{{ incident.payload.harm.killed|harmed:"killed" }}`"""
    return words.harmed(kind, harm)


@register.filter
def place_in_words(location: Mapping[str, Any]) -> str:
    """ "Kati, Koulikoro, Mali", as fine as the record shows it."""
    return words.where(location, words.in_reader_language(location, "country_name"))


@register.filter
def place_links(location: Mapping[str, Any]) -> SafeString:
    """The same, with the area and the country leading to their pages."""
    country = words.in_reader_language(location, "country_name")
    addresses = {country: reverse("regions:country", args=[location["country"]])}
    if location.get("area"):
        addresses[location["area_name"]] = reverse("regions:area", args=[location["area"]])
    parts = words.where_parts(location, country)
    return format_html_join(", ", "{}", ((_linked(part, addresses),) for part in parts))


def _linked(part: str, addresses: Mapping[str, str]) -> SafeString:
    """ "Westlands, Nairobi" with a link on the name that has an address."""
    for name, page in addresses.items():
        before, found, after = part.rpartition(name)
        if found:
            return format_html('{}<a href="{}">{}</a>{}', before, page, name, after)
    return conditional_escape(part)


@register.filter
def incident_title(incident: PublishedIncident) -> str:
    """The title; of a withheld incident it is made anew in the reader's language."""
    return words.title(incident.title, incident.payload)


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


@register.inclusion_tag("incidents/_rows.html")
def incident_rows(incidents: Any) -> dict[str, Any]:
    """Published incidents as rows: when, what and who, how many killed."""
    return {"incidents": incidents}


@register.inclusion_tag("incidents/_histogram.html")
def histogram(
    chart: charts.Histogram | None, title: str, ident: str = "chart", query: str = ""
) -> dict[str, Any]:
    """Incidents and deaths by year, with the same numbers in a table and as files.

    `query` is the question behind it, as `Question.as_query` writes it.
    """
    query = "&".join(filter(None, [query, "interval=year"])) if query else ""
    return {"chart": chart, "title": title, "ident": ident, "query": query}


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
def incident_activity(
    limit: int = 5, *, incidents: Answer | None = None, **asked: str
) -> dict[str, Any]:
    """Totals, years and latest incidents of one actor, country, body or campaign.

    Takes the parameters of the incident list. Vigil's own record where it has any, else each
    data set by itself: two sets may describe the same event, so their figures are never added.
    `incidents` is the answer where the page has it already.
    """
    question = IncidentQuestion(asked)
    answer = incidents or select(question)
    names = sorted(answer.incidents("dataset"), key=lambda name: (name != "vigil", name))
    sets = [_one_set(asked, name, answer.of_set(name), limit) for name in names]
    return {"sets": sets, "ident": "-".join(asked.values()), "query": question.as_query()}


def _one_set(asked: Mapping[str, str], dataset: str, answer: Answer, limit: int) -> dict[str, Any]:
    return {
        "dataset": dataset,
        "totals": answer.totals(),
        "chart": charts.by_year(by_year(answer)),
        "incidents": list(answer.newest(limit)),
        "query": IncidentQuestion({**asked, "dataset": dataset}).as_query(),
    }


@register.simple_tag
def ribbon_days(days: Iterable[Day]) -> SafeString:
    """The days of a ribbon's incidents as lines: some hundred, which a template draws slowly."""
    line = '<line class="mark" x1="{}" x2="{}" y1="{}" y2="{}" />'
    return format_html_join("", line, ((day.x, day.x, day.top, day.foot) for day in days))


@register.simple_tag
def near_row(row: PublishedIncident, *, is_here: bool = False) -> SafeString:
    """A line about an incident among its neighbours: when, which, how many died."""
    page = address("incidents:detail", row.public_id, row.slug)
    named = format_html('<a href="{}">{}</a>', page, row.title)
    if is_here:
        badge = rows.badge(_("this incident"))
        named = format_html("<span>{} {}</span>", row.title, badge)
    killed = prose.span(row.killed_low, row.killed_best, row.killed_high)
    return format_html(
        '<span class="when">{}</span> {} <span class="toll">{}</span>',
        prose.when_short(row.date_start, row.date_end, row.date_precision, row.is_multiday),
        named,
        _("killed: %(killed)s") % {"killed": killed},
    )
