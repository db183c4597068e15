"""Outlines of Africa's countries and first-level areas, for maps of the whole continent.

Natural Earth's (public domain), simplified together by vigil/africa_outlines.mjs. They take no
position on any border: Somaliland is drawn within Somalia, Western Sahara by itself. Some are older
than the areas that Vigil names (Kenya's provinces, Mali before Ménaka): an area is drawn only where
its name and its country match, and `matched` leaves out the others.
"""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from core.names import search_key
from regions.frames import Ring
from regions.topology import Outline, Topology

FOLDER = "build/vendor/outlines"
# What is served to the browser, below the static folder.
SERVED = "vendor/outlines/africa.json"

# Words that say what kind of area it is, and directions in English and French.
KINDS = {
    "region", "province", "state", "county", "prefecture", "governorate", "department", "district",
    "division", "area", "capital", "city", "of", "the", "de", "du", "des", "la", "le", "l", "d",
    "al", "el",
}  # fmt: skip
DIRECTIONS = {
    "northern": "north", "nord": "north", "southern": "south", "sud": "south", "eastern": "east",
    "est": "east", "western": "west", "ouest": "west", "central": "centre", "center": "centre",
}  # fmt: skip

# States of which a part is another state now: what is filed under the old one is drawn there.
LATER = {"SDN": "SSD"}


@lru_cache(maxsize=1)
def _topology() -> Topology:
    return Topology(Path(settings.BASE_DIR) / FOLDER / "africa.json")


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Outline]:
    """Outlines by ISO 3166 code."""
    return {shape["id"]: Outline(shape["id"], rings) for shape, rings in _shapes("countries")}


@lru_cache(maxsize=1)
def areas() -> Mapping[str, Outline]:
    """Outlines of first-level areas by the id that the file gives them."""
    return {shape["id"]: Outline(shape["id"], rings) for shape, rings in _shapes("areas")}


@lru_cache(maxsize=1)
def around() -> list[list[Ring]]:
    """Rings of each country around Africa."""
    return [rings for _, rings in _shapes("around")]


def _shapes(name: str) -> list[tuple[Mapping[str, str], list[Ring]]]:
    return [(shape, rings) for shape, rings in _topology().shapes(name) if rings]


def matched(named: Iterable[tuple[str, str, Iterable[str]]]) -> dict[str, str]:
    """Ids of outlines by the slug of areas that are given as (slug, ISO3, names).

    Two areas may share an outline: UCDP writes both "North Darfur" and "Northern Darfur".
    """
    known = _outlines_by_name()
    found = {}
    for slug, iso3, names in named:
        states = (iso3, LATER[iso3]) if iso3 in LATER else (iso3,)
        keys = ((state, key) for name in names if (key := fold(name)) for state in states)
        outline = next((known[key] for key in keys if key in known), None)
        if outline:
            found[slug] = outline
    return found


@lru_cache(maxsize=1)
def _outlines_by_name() -> dict[tuple[str, str], str]:
    path = Path(settings.BASE_DIR) / FOLDER / "africa-names.json"
    known: dict[tuple[str, str], str] = {}
    for outline, (iso3, *names) in json.loads(path.read_text(encoding="utf-8")).items():
        for name in names:
            if key := fold(name):
                known.setdefault((iso3, key), outline)
    return known


def fold(name: str) -> str:
    """A name without accents, order and kind of area: "Région du Nord" is "North region"."""
    words = {DIRECTIONS.get(word, word) for word in search_key(name).split()}
    return " ".join(sorted(words - KINDS or words))
