"""Locator maps show as much as is known of a place, and no more."""

import pytest

from regions import maps

KENYA, MALI, SOMALIA, GAMBIA = "404", "466", "706", "270"


def drawn(code=KENYA, precision="exact", latitude=-1.26, longitude=36.8, **more):
    return maps.locator(code, latitude=latitude, longitude=longitude, precision=precision, **more)


@pytest.mark.parametrize(
    ("precision", "mark", "is_coarse"),
    [
        ("exact", "pin", False),
        ("near", "halo", False),
        ("admin2", "halo", True),
        ("admin1", "halo", True),
        ("linear", "halo", True),
        ("country", "wash", True),
    ],
)
def test_the_mark_follows_the_precision(precision, mark, is_coarse):
    shown = drawn(precision=precision)

    assert (shown.mark, shown.is_coarse) == (mark, is_coarse)


def test_a_place_without_a_point_is_a_shaded_country():
    assert drawn(precision="admin1", latitude=None, longitude=None).mark == "wash"


def test_a_circle_is_as_wide_as_the_place_is_uncertain():
    near, area = drawn(precision="near"), drawn(precision="admin1")

    assert area.radius == pytest.approx(near.radius * 100 / 25, rel=0.02)
    assert drawn(precision="near", radius_km=50).radius == pytest.approx(near.radius * 2, rel=0.02)


def test_the_point_lies_inside_the_frame_and_the_scale_is_round():
    shown = drawn(MALI, latitude=12.745, longitude=-8.071)

    assert 0 < shown.x < shown.width
    assert 0 < shown.y < shown.height
    assert shown.scale_km in (20, 50, 100, 200, 500, 1000)


def test_neighbours_are_named_where_there_is_room():
    names = {code: code for code in maps.atlas()}

    texts = {label.text for label in drawn(names=names).labels}

    assert {"834", "706"} <= texts
    assert KENYA not in texts


def test_somaliland_is_drawn_within_somalia():
    lats = [lat for ring in maps.atlas()[SOMALIA].rings for lon, lat in ring if lon < 46]

    assert max(lats) > 10


def test_a_small_country_is_shown_with_its_surroundings():
    assert len(drawn(GAMBIA, latitude=13.4, longitude=-16.5).neighbours) >= 1


@pytest.mark.parametrize("code", ["132", "174"], ids=["Cabo Verde", "Comoros"])
def test_islands_of_a_like_size_are_all_within_the_frame(code):
    frame = maps.locator(code, latitude=None, longitude=None, precision="country").frame
    outline = maps.atlas()[code]
    large = [ring for ring in outline.rings if maps.area(ring) * 8 >= maps.area(outline.largest)]
    places = [frame.at(lon, lat) for ring in large for lon, lat in ring]

    assert len(large) > 1
    assert all(0 <= x <= frame.width and 0 <= y <= frame.height for x, y in places)


def test_small_islands_do_not_shrink_a_country():
    shown = maps.locator("226", latitude=None, longitude=None, precision="country")

    assert shown.scale_km <= 100  # Annobón lies 600 km off Equatorial Guinea


def test_a_country_outside_the_atlas_has_no_map():
    assert drawn("840") is None
