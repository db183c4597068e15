"""Panels of situation reports, and their blocks as HTML: `{% load reports %}`."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reports.blocks import Block, Cell
from reports.models import Report
from reports.outputs import document as documents
from reports.outputs.document import Document

register = template.Library()

# Columns whose cells stand at the end of their line.
NUMERIC = ("count", "harm", "percent", "change")
# From so many columns on, the first stays in sight while the others are scrolled.
WIDE = 5


@register.inclusion_tag("reports/_latest.html")
def latest_reports(
    country: str = "", body: str = "", area: str = "", limit: int = 5
) -> dict[str, Any]:
    """The newest reports: of a country (ISO3), of a body or an area (slugs), or of all.

    `{% latest_reports country=country.iso3 %}`
    """
    reports = Report.objects.select_related("job__schedule").defer("content")
    reports = reports.order_by("-period_end", "-published_at", "-pk")
    if country:
        reports = reports.filter(job__schedule__country__iso3=country)
    if body:
        reports = reports.filter(job__schedule__body__slug=body)
    if area:
        reports = reports.filter(job__schedule__area__slug=area)
    asked = {"country": country, "body": body, "area": area}
    scope = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    return {"reports": reports[:limit], "scope": scope}


@register.filter
def page_of(query: str) -> str:
    """The page that shows what an API query lists: its path without `api/v1`."""
    return documents.page_of(query)


@register.simple_tag(takes_context=True)
def report_block(context: Context, block: Block) -> str:
    """A block of a section as HTML: `{% report_block block %}`.

    Reads `document` (`reports.outputs.document.Document`) and, where they are known, `revised`
    (words by key of a figure) and `is_light`.
    """
    known = ("document", "revised", "is_light", "section")
    inner = {name: context.get(name) for name in known} | {"block": block}
    return render_to_string(f"reports/blocks/_{block['kind']}.html", inner)


@register.simple_tag(takes_context=True)
def sentence(context: Context, pieces: Iterable[Mapping[str, str]]) -> SafeString:
    """Pieces of a sentence; those with a query open the rows behind them, sources the notes."""
    section = (context.get("section") or {}).get("name", "")
    return format_html_join("", "{}", ((_opened(piece, section),) for piece in pieces))


@register.simple_tag
def cell(said: Cell, revised: Mapping[str, str] | None = None) -> SafeString:
    """A cell: its words, what is missing, and whether the figure was revised since."""
    notes = [(said.get("note"), "note"), ((revised or {}).get(said.get("key", "")), "note revised")]
    below = format_html_join(
        "", ' <span class="{}">{}</span>', ((name, text) for text, name in notes if text)
    )
    return format_html("{}{}", _opened(said), below)


def _opened(piece: Mapping[str, Any], section: str = "") -> SafeString:
    if address := documents.opened(piece):
        if address.startswith("#"):
            address = f"#{section}-{address[1:]}"
        return format_html('<a href="{}">{}</a>', address, piece["text"])
    return format_html("{}", piece["text"])


@register.filter
def with_columns(block: Block) -> Iterator[list[tuple[dict[str, str], Cell]]]:
    """Rows of a table, every cell with its column."""
    for row in block["rows"]:
        yield list(zip(block["columns"], row, strict=True))


@register.filter
def is_numeric(column: Mapping[str, str]) -> bool:
    return column["kind"] in NUMERIC


@register.filter
def is_wide(block: Block) -> bool:
    """Whether a table is wider than a phone."""
    return len(block["columns"]) >= WIDE


@register.simple_tag
def picture_source(document: Document, block: Block) -> str:
    """Address of a drawing; of a report that is not published, the drawing itself."""
    if document.public_id:
        return reverse("reports:picture", args=[document.public_id, block["key"], "svg"])
    text = base64.b64encode(document.pictures[block["key"]].encode()).decode()
    return f"data:image/svg+xml;base64,{text}"


@register.simple_tag
def picture_size(document: Document, block: Block) -> SafeString:
    """Attributes that keep its room before a drawing has arrived."""
    return format_html('width="{}" height="{}"', *document.size(block["key"]))


@register.filter
def caption_of(document: Document, block: Block) -> str:
    """What analysts wrote below a drawing."""
    return document.caption(block)
