"""An incident as schema.org JSON-LD, for search engines and harvesters.

A report about an event, made from the public JSON alone: it can say nothing that the page does not.
A day that is not known is no `startDate`; a place that is not known is no `geo`.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from incidents import precision
from incidents.models import PublishedIncident

Payload = Mapping[str, Any]
# What could end the element or begin another one.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
PINNED = ("exact", "near")


def json_ld(shown: PublishedIncident, *, title: str, url: str, api_url: str) -> SafeString:
    """The text of a `<script type="application/ld+json">`, safe inside it."""
    data = shown.payload
    written = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": url,
        "url": url,
        "identifier": shown.public_id,
        "version": shown.version,
        "name": title,
        "abstract": data["summary"],
        "datePublished": data["first_published_at"],
        "dateModified": data["revised_at"],
        "publisher": {"@type": "Organization", "name": "Vigil"},
        "encoding": {
            "@type": "MediaObject", "contentUrl": api_url, "encodingFormat": "application/json",
        },
        "temporalCoverage": precision.iso_interval(data["date"]),
        "spatialCoverage": _place(data["location"]),
        "about": _event(data, title),
        "citation": [_source(source) for source in data["sources"] if source.get("title")],
    }  # fmt: skip
    text = json.dumps(_without_blanks(written), ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 - escaped for this element above


def _event(data: Payload, title: str) -> dict[str, Any]:
    date = data["date"]
    is_known = date["precision"] == "day"
    return {
        "@type": "Event",
        "name": title,
        "additionalType": data["type"]["label"],
        "startDate": date["start"] if is_known else "",
        "endDate": date["end"] if is_known and date["is_multiday"] else "",
        "location": _place(data["location"]),
    }


def _place(location: Payload) -> dict[str, Any]:
    is_pinned = location["precision"] in PINNED and location["latitude"] is not None
    point = {
        "@type": "GeoCoordinates",
        "latitude": location["latitude"],
        "longitude": location["longitude"],
    }
    return {
        "@type": "Place",
        "name": location.get("name") or location.get("area_name") or location["country_name"],
        "address": {
            "@type": "PostalAddress",
            "addressRegion": location.get("area_name"),
            "addressCountry": location["country"],
        },
        "geo": point if is_pinned else None,
    }


def _source(source: Payload) -> dict[str, Any]:
    return {
        "@type": "CreativeWork",
        "name": source["title"],
        "publisher": {"@type": "Organization", "name": source["publisher"]}
        if source["publisher"]
        else None,
        "url": source["url"],
        "datePublished": source["published"],
        "inLanguage": source["language"],
    }


def _without_blanks(value: Any) -> Any:
    """The same without None, empty text and empty lists: silence, not a claim of nothing."""
    if isinstance(value, dict):
        kept = {name: _without_blanks(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_blanks(part) for part in value]
    return value
