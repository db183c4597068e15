"""The map shows each incident once, as finely as its place is shown and no finer."""

import datetime as dt
import json

import pytest

from incidents import maps, rollups
from incidents.columns import select
from incidents.maps import drawing
from incidents.maps.features import cell_degrees
from incidents.maps.shades import baseline_of, class_bounds, level, shades
from incidents.models import HostageCase, IncidentLocation
from incidents.presentation import Options
from incidents.questions import IncidentQuestion
from regions.frames import KM_PER_DEGREE
from regions.models import AdminArea
from tests import make

ZOOMS = (0, 3, 5, 7, 8, 9, 12)
PRECISIONS = ("exact", "near", "admin2", "linear", "sea_air", "admin1", "country")


def area(slug="mli-gao", name="Gao", iso3="MLI", **more):
    country = make.country(iso3)
    return AdminArea.objects.create(slug=slug, name=name, country=country, level=1, **more)


def placed(precision, *, within=None, latitude="16.270000", longitude="-0.040000", **more):
    """Published where the place is known to `precision`."""
    which = make.incident(located=False, **more)
    IncidentLocation.objects.create(
        incident=which, admin1=within, latitude=latitude, longitude=longitude,
        precision=precision, display_precision=precision,
    )  # fmt: skip
    return make.through_the_door(which)


def asked(**parameters):
    return IncidentQuestion({name.rstrip("_"): value for name, value in parameters.items()})


def panel(question=None, **options):
    question = question or asked()
    return maps.panel(question, select(question), Options(**options))


def features(zoom, **parameters):
    found = maps.geojson(asked(**parameters), zoom=zoom, layer="clusters")
    return found, [json.loads(line) for line in found.features]


def kinds(zoom):
    _, found = features(zoom)
    return [one["properties"].get("kind", "point") for one in found]


@pytest.mark.parametrize("zoom", ZOOMS)
def test_every_incident_is_on_the_map_once_at_every_zoom(db, zoom):
    gao = area()
    for precision in PRECISIONS:
        placed(precision, within=gao, killed_low=2, killed_best=3, killed_high=4)

    head, found = features(zoom)

    counted = [one["properties"].get("incidents", 1) for one in found]
    assert sum(counted) == head.count == len(PRECISIONS)
    assert head.without_point == 2


@pytest.mark.parametrize("zoom", ZOOMS)
def test_nothing_joins_a_cell_narrower_than_its_place_is_uncertain(db, zoom):
    for precision in PRECISIONS:
        placed(precision)

    head, found = features(zoom)

    wide = cell_degrees(zoom) * KM_PER_DEGREE
    circles = {one["properties"]["precision"]: one["properties"]["radius_km"] for one in found
               if one["properties"].get("kind") == "circle"}  # fmt: skip
    assert all(2 * km > wide for km in circles.values())
    assert not {"admin1", "country"} & {*head.gathered, *circles}
    assert {*head.gathered, *circles} >= set(PRECISIONS[1:5])


def test_an_area_is_its_outline_and_a_country_its_own(db):
    placed("admin1", within=area())
    placed("country", within=area("mli-kidal", "Kidal"))

    _, found = features(12)

    outlines = {one["properties"]["kind"]: one["properties"]["outline"] for one in found}
    assert [one["geometry"] for one in found] == [None, None]
    assert outlines == {"area": "MLI-2690", "country": "MLI"}


def test_an_area_without_an_outline_is_drawn_as_its_country(db):
    placed("admin1", within=area("mli-menaka", "Ménaka"))

    _, (wash,) = features(3)

    assert wash["properties"] | {"killed": None} == {
        "kind": "country", "outline": "MLI", "country": "MLI", "area": "mli-menaka",
        "precision": "admin1", "incidents": 1, "killed": None,
    }  # fmt: skip


@pytest.mark.parametrize("zoom", ZOOMS)
def test_an_open_hostage_case_shows_its_country_and_no_place(db, zoom):
    which = make.incident(type_code="HOS-KID", day="2024-05-17", place="Kati")
    HostageCase.objects.create(incident=which, publish_policy="withhold", status="held")
    make.through_the_door(which)

    _, found = features(zoom)

    (wash,) = found
    assert wash["geometry"] is None
    assert (wash["properties"]["kind"], wash["properties"]["area"]) == ("country", None)
    assert "12.745" not in json.dumps(found)
    assert panel().drawing.circles == []


def test_an_incident_within_about_25_km_is_a_cell_far_away_and_a_circle_near(db):
    placed("near")

    far, near = kinds(5), kinds(8)

    assert (far, near) == (["cluster"], ["circle"])


def test_exact_places_are_told_one_by_one_when_near(db):
    make.published(place="Kati")

    _, (point,) = features(9)

    assert point["properties"]["title"] == "Attack at Kati"
    assert point["geometry"]["coordinates"] == [-8.071, 12.745]


def test_a_cell_adds_up_deaths_and_names_its_box(db):
    make.published(place="Kati", killed_low=2, killed_best=3, killed_high=9)
    make.published(place="Kati", killed_low=1, killed_best=1)

    _, (cell,) = features(3)

    west, south, east, north = cell["bbox"]
    assert cell["properties"]["incidents"] == 2
    assert (cell["properties"]["killed"]["low"], cell["properties"]["killed"]["high"]) == (3, None)
    assert west <= -8.071 <= east
    assert south <= 12.745 <= north
    assert east - west == pytest.approx(cell_degrees(3), abs=1e-5)


def test_the_table_has_what_the_answer_has(db):
    for iso3, times in (("MLI", 3), ("NER", 2), ("KEN", 1)):
        for _ in range(times):
            make.published(iso3=iso3, killed_low=1, killed_best=1, killed_high=1)

    for layer in ("clusters", "countries"):
        rows = panel(layer=layer).rows

        assert [(row.outline, row.incidents) for row in rows] == [
            (group.key, group.incidents) for group in rollups.by(asked().qs, "country")
        ]
        assert [row.name for row in rows] == ["Mali", "Niger", "Kenya"]
        assert rows[0].query.endswith("country=MLI" + "&layer=countries" * (layer != "clusters"))


def test_areas_say_who_is_left_out(db):
    placed("near", within=area())
    placed("near", within=area("mli-menaka", "Ménaka"))
    placed("near")

    shown = panel(layer="areas")

    assert {row.name: bool(row.outline) for row in shown.rows} == {"Gao": True, "Ménaka": False}
    assert "1 incident has no first-level area on record and is not coloured." in shown.notes
    assert "Without an outline of their own, only in the table: Ménaka." in shown.notes


def test_two_areas_of_one_outline_are_one_shade(db):
    make.country("TCD")
    placed("near", within=area("one", "Lac", "TCD"), iso3="TCD", killed_low=1, killed_best=2)
    placed("near", within=area("two", "Lac region", "TCD"), iso3="TCD", killed_low=4)

    (shade,) = shades(asked(), Options(layer="areas")).shades

    assert shade.keys in (("one", "two"), ("two", "one"))
    assert (shade.incidents, shade.killed.low, shade.killed.best) == (2, 5, 6)
    assert shade.killed.high is None


@pytest.mark.parametrize(
    ("most", "bounds"),
    [(0, []), (1, []), (3, [2]), (40, [2, 5, 10, 20]), (3558, [5, 20, 100, 500])],
)
def test_classes_have_round_bounds_that_differ(most, bounds):
    assert class_bounds(most) == bounds


def change(now, before):
    found = drawing.Shade("MLI", ("MLI",), now, rollups.HarmSum(), before)
    return level(found, "change", [])


@pytest.mark.parametrize(
    ("now", "before", "shown"),
    [(4, 20, 1), (10, 20, 2), (17, 20, 2), (18, 20, 3), (20, 20, 3), (22, 20, 4), (39, 20, 4),
     (40, 20, 5), (12, 0, 5), (0, 12, 1), (4, 5, 0)],
)  # fmt: skip
def test_a_change_is_classed_by_its_ratio_and_small_numbers_say_nothing(now, before, shown):
    assert change(now, before) == shown


@pytest.mark.parametrize(
    ("question", "baseline", "days"),
    [
        ({"from_": "2024-01-01", "to": "2024-06-30"}, "before", ("2023-07-03", "2023-12-31")),
        ({"from_": "2024-02-29", "to": "2024-02-29"}, "year", ("2023-02-28", "2023-02-28")),
        ({"from_": "2025", "to": "2025", "country": "MLI"}, "year", ("2024-01-01", "2024-12-31")),
    ],
)
def test_a_baseline_is_the_same_question_about_other_days(db, question, baseline, days):
    make.country()

    before = baseline_of(asked(**question), Options(baseline=baseline))

    first, last = (dt.date.fromisoformat(day) for day in days)
    assert (before.cleaned["from"], before.cleaned["to"]) == (first, last)
    assert before.asked.get("country") == question.get("country")


def test_a_change_without_a_first_day_says_what_is_missing(db):
    make.published()

    shown = panel(layer="countries", measure="change")

    assert [row.level for row in shown.rows] == [0]
    assert (
        "A change needs a first day: choose one, and the map compares with before." in shown.notes
    )


def test_a_change_counts_both_stretches(db):
    for day in ("2023-03-01", "2024-03-01", "2024-04-01"):
        make.published(day=day)

    shown = panel(asked(from_="2024", to="2024"), layer="countries", measure="change")

    assert [(row.incidents, row.before, row.change) for row in shown.rows] == [(2, 1, "+1")]


def test_the_page_has_the_map_its_words_and_its_table_without_a_script(client, db):
    make.published(place="Kati", killed_low=2, killed_best=2, killed_high=5)

    page = client.get("/incidents/?view=map").content.decode()

    assert 'class="drawing"' in page
    assert "1 incident, killed: 2 to 5" in page
    assert "A map of 1 incident. Most are in: Mali 1. The table below has all figures." in page
    assert 'data-outline="MLI"' in page
    assert " style=" not in page


def test_names_that_a_phone_has_no_room_for_are_marked(db):
    for iso3 in ("MLI", "NER", "BFA"):
        make.published(iso3=iso3)
    assert {(one.text, one.is_roomy) for one in panel().drawing.labels} >= {
        ("Mali", True),
        ("Burkina Faso", False),
    }


def test_what_a_script_asks_for_refuses_what_it_does_not_know(client, db):
    for path in ("", "here/"):
        answer = client.get(f"/incidents/map/{path}?county=MLI")

        assert answer.status_code == 400
        assert "county" in answer.content.decode()
    assert client.get("/incidents/map/here/?known=roughly").status_code == 400
    assert client.get("/incidents/map/?layer=heat").status_code == 400


def test_a_mark_tells_only_what_is_known_as_well_as_itself(client, db):
    make.published(place="Kati")
    placed("admin1", within=area(), latitude="12.745000", longitude="-8.071000")

    told = client.get("/incidents/map/here/?bbox=-9,12,-8,13&known=exact,near").content.decode()

    assert "1 incident" in told
    assert "Attack at Kati" in told


def test_the_api_gives_points_or_clusters_as_asked(client, db):
    make.published()

    clusters = client.get("/api/v1/incidents/map/?layer=clusters").json()
    points = client.get("/api/v1/incidents/map/?layer=points").json()

    assert (clusters["kind"], points["kind"]) == ("clusters", "points")
    assert clusters["gathered"] == ["exact", "near", "admin2", "linear", "sea_air"]
    assert client.get("/api/v1/incidents/map/?layer=heat").status_code == 400
