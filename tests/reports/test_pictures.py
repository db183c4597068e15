"""Drawings of a report: standalone, equal each time, never finer than a place may be shown."""

import hashlib
import re
import xml.etree.ElementTree as ET

import pytest

from incidents.models import PublishedIncident
from reports.figures import Issue
from reports.pictures.places import gathered
from tests.reports.printed import document, english, french, reports  # noqa: F401

# ruff: noqa: F811
WIDE = 1.0  # degrees of a grid cell


def test_the_content_holds_the_checksum_of_every_drawing(english):
    blocks = [block for block in document(english).blocks if block["kind"] == "picture"]
    drawings = dict(english.pictures.values_list("key", "svg"))

    assert {block["key"] for block in blocks} == set(drawings)
    assert {"trend", "map"} <= set(drawings)
    for block in blocks:
        svg = drawings[block["key"]]
        assert block["checksum"] == hashlib.sha256(svg.encode()).hexdigest()
        assert block["table"] in document(english).tables
        assert len(block["alt"]) > 40


def test_a_drawing_stands_alone_without_styles_scripts_or_addresses(english):
    for svg in english.pictures.values_list("svg", flat=True):
        root = ET.fromstring(svg)  # noqa: S314
        assert root.find("{http://www.w3.org/2000/svg}title").text.strip()
        assert "CC BY 4.0" in svg
        assert not re.search(r"<style|<script|style=|href|https?://(?!www\.w3\.org)", svg)


def test_drawings_are_in_the_language_of_the_report(french):
    drawings = dict(french.pictures.values_list("key", "svg"))

    assert "Tués" in drawings["trend"]
    assert "quelque part dans ce cercle" in drawings["map"]


def test_a_drawing_can_be_taken_away_as_svg_and_png(client, french):
    svg = client.get(f"/reports/{french.public_id}/pictures/trend.svg")
    png = client.get(f"/reports/{french.public_id}/pictures/trend.png")

    assert svg["Content-Type"].startswith("image/svg+xml")
    assert svg["Content-Language"] == "fr"
    assert svg.content.decode() == french.pictures.get(key="trend").svg
    assert png.content.startswith(b"\x89PNG")


def test_every_incident_is_in_one_mark_of_the_map(english):
    rows = Issue.of(english.job).asked.rows()
    found = gathered(rows, WIDE)

    marks = sum(cell.incidents for cell in found.cells) + sum(s.incidents for s in found.spots)
    assert marks == rows.count() == 8


@pytest.mark.parametrize("precision", ["admin1", "country"])
def test_a_place_that_is_known_or_shown_only_roughly_has_no_point(english, precision):
    everything = PublishedIncident.objects.filter(
        pk__in=Issue.of(english.job).asked.rows().values("pk")
    )
    rough = gathered(everything.filter(geo_precision=precision), WIDE)

    assert rough.cells == []
    assert all(spot.latitude is None for spot in rough.spots)
