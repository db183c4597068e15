"""Finding places and areas: the gazetteer, where earlier incidents happened, dated areas."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.names import search_key
from incidents.access import visible
from incidents.desk.options import MOST, Context, Option, joined, like, years
from incidents.desk.reading import in_reader_language
from incidents.models import IncidentLocation
from regions.choices import AreaKind, PlaceKind
from regions.models import AdminArea, Place

# Marks the place of an earlier incident: it fills in fields, but is no place of the gazetteer.
EARLIER = "as:"


def places(words: str, context: Context) -> list[Option]:
    """Places of the gazetteer, then places of incidents that this person may see."""
    rows = Place.objects.select_related("area__parent").annotate(also=joined())
    found = _here_first(like(rows, words, "name", "also"), context.country)
    found.sort(key=lambda place: search_key(place.name) != search_key(words))
    options = [Option(str(p.uuid), p.name, _place_note(p), _place_fills(p)) for p in found]
    return [*options, *_earlier(words, context)][:MOST]


def areas(words: str, context: Context) -> list[Option]:
    rows = AdminArea.objects.annotate(also=joined())
    found = _here_first(like(rows, words, "name", "also"), context.country)
    return [
        Option(
            area.slug,
            area.name,
            ", ".join(
                [
                    str(AreaKind(area.kind).label),
                    in_reader_language(area.country, "name"),
                    *years(area.starts_on, area.ends_on),
                ]
            ),
        )
        for area in found
    ]


def _here_first(rows: "QuerySet[Any]", country: str) -> list[Any]:
    found = rows.select_related("country").order_by("name", "pk")
    here = list(found.filter(country__iso3=country)[:MOST]) if country else []
    return here or list(found[:MOST])


def _place_note(place: Place) -> str:
    parts = [str(PlaceKind(place.kind).label), place.area and place.area.name]
    parts.append(in_reader_language(place.country, "name"))
    if place.latitude is not None:
        parts.append(f"{place.latitude:.3f}, {place.longitude:.3f}")
    return ", ".join(str(part) for part in parts if part)


def _place_fills(place: Place) -> dict[str, str]:
    """Coordinates and areas that the gazetteer knows, for fields that are still empty."""
    areas = (place.area, place.area.parent if place.area else None)
    return _fills(place.name, place.latitude, place.longitude, areas)


def _fills(name: str, latitude: Any, longitude: Any, areas: Iterable[Any]) -> dict[str, str]:
    fills = {"name": name}
    if latitude is not None:
        fills |= {"latitude": f"{latitude:f}", "longitude": f"{longitude:f}"}
    for area in filter(None, areas):
        if area.level in (1, 2):
            fills |= {f"admin{area.level}": area.slug, f"admin{area.level}_said": area.name}
    return fills


def _earlier(words: str, context: Context) -> list[Option]:
    """Where earlier incidents happened: known points, each name once."""
    rows = IncidentLocation.objects.filter(
        incident__in=visible(context.person), latitude__isnull=False
    ).select_related("incident__country", "admin1", "admin2")
    if context.country:
        rows = rows.filter(incident__country__iso3=context.country)
    found: dict[str, Option] = {}
    for row in like(rows, words, "name").order_by("name", "-incident__date_start")[: 3 * MOST]:
        note = _("%(area)s; place of “%(title)s”") % {
            "area": row.admin1 or in_reader_language(row.incident.country, "name"),
            "title": row.incident.title,
        }
        fills = _fills(row.name, row.latitude, row.longitude, (row.admin1, row.admin2))
        option = Option(f"{EARLIER}{row.uuid}", row.name, note, fills)
        found.setdefault(search_key(row.name), option)
    return list(found.values())


def place_fills(value: str) -> dict[str, str]:
    """What a chosen place fills in, so that a page without JavaScript does it on saving."""
    if value.startswith(EARLIER):
        row = earlier_row(value)
        return (
            _fills(row.name, row.latitude, row.longitude, (row.admin1, row.admin2)) if row else {}
        )
    place = (
        Place.objects.select_related("area__parent").filter(uuid=value).first() if value else None
    )
    return _place_fills(place) if place else {}


def earlier_row(value: str) -> IncidentLocation | None:
    rows = IncidentLocation.objects.select_related("admin1", "admin2")
    return rows.filter(uuid=value.removeprefix(EARLIER)).first()
