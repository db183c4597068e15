"""Outlines of Africa: every country has one, areas are found by name, borders are not judged."""

import gzip
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from exchange.seed.reading import DATA
from regions import outlines
from regions.frames import Frame, area

FILE = Path(settings.BASE_DIR) / outlines.FOLDER / "africa.json"


def test_every_country_in_scope_has_an_outline():
    seed = yaml.safe_load((DATA / "countries.yaml").read_text(encoding="utf-8"))
    wanted = {row["iso3"] for row in seed["countries"]}

    assert wanted - outlines.countries().keys() == set()


def test_somaliland_lies_within_somalia_and_western_sahara_by_itself():
    north = max(lat for ring in outlines.countries()["SOM"].rings for lon, lat in ring if lon < 46)
    _west, south, _east, top = outlines.countries()["ESH"].box

    assert north > 10
    assert south < 21.5
    assert top == pytest.approx(27.67, abs=0.05)
    assert outlines.countries()["MAR"].box[1] == pytest.approx(27.67, abs=0.05)


def test_areas_of_a_country_add_up_to_it():
    whole = sum(area(ring) for ring in outlines.countries()["NER"].rings)
    parts = [one for code, one in outlines.areas().items() if code.startswith("NER-")]

    assert sum(area(ring) for one in parts for ring in one.rings) == pytest.approx(whole, rel=2e-3)


@pytest.mark.parametrize(
    ("iso3", "names", "found"),
    [
        ("MLI", ["Gao region"], True),
        ("MLI", ["Tombouctou"], True),
        ("NGA", ["Borno state"], True),
        ("BFA", ["Boucle du Mouhoun"], True),
        ("BFA", ["Eastern"], True),
        ("SDN", ["Northern Darfur"], True),
        ("SDN", ["Unity"], True),
        ("MLI", ["Ménaka"], False),
        ("MLI", ["Borno"], False),
        ("MLI", [""], False),
    ],
)
def test_an_area_is_found_by_its_name_within_its_country_alone(iso3, names, found):
    known = outlines.matched([("slug", iso3, names)])

    assert ("slug" in known) is found
    assert set(known.values()) <= outlines.areas().keys()


def test_two_spellings_share_an_outline():
    known = outlines.matched(
        [("north-darfur", "SDN", ["North Darfur"]), ("northern-darfur", "SDN", ["Northern Darfur"])]
    )

    assert known["north-darfur"] == known["northern-darfur"]


def test_the_file_is_small_enough_for_a_slow_line():
    assert len(gzip.compress(FILE.read_bytes())) < 250_000


def test_a_path_leads_back_to_the_places_it_was_drawn_from():
    frame = Frame(0, 0, 10, 10)
    ring = [(1.0, 1.0), (1.0, 9.0), (9.5, 9.0), (9.5, 0.5)]

    path = frame.path([ring])

    start, steps = re.fullmatch(r"M(.*)l(.*)z", path).groups()
    x, y = numbers(start)
    points = [(x, y)]
    moves = numbers(steps)
    for right, down in zip(moves[::2], moves[1::2], strict=True):
        x, y = x + right, y + down
        points.append((x, y))
    assert points == [pytest.approx(frame.at(*place), abs=0.11) for place in ring]


def numbers(text):
    return [float(n) for n in re.findall(r"-?(?:\d+\.\d+|\.\d+|\d+)", text)]
