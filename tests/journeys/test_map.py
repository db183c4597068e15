"""Rae reads the map: it moves, says what it shows, and asks the explorer in its turn."""

import pytest
from playwright.sync_api import expect

from incidents.filters import IncidentFilter
from incidents.models import PublishedIncident
from tests.journeys.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.webgl]
LIBRARY = "maplibre-gl.mjs"


def open_map(rae, query=""):
    """The page with the map that can be moved, its marks drawn."""
    rae.open(f"/incidents/?view=map{query}")
    rae.page.locator("vigil-map").scroll_into_view_if_needed()
    expect(rae.page.locator("vigil-map.is-live canvas")).to_be_visible(timeout=30_000)


def marks(rae):
    """Wait until the marks of the question are drawn."""
    expect(rae.page.locator("vigil-map[data-places]")).to_be_attached(timeout=30_000)


def test_rae_moves_the_map_with_her_keys_and_hears_what_is_at_its_centre(rae):
    open_map(rae, "&country=MLI&from=2022")
    marks(rae)
    place = "const { map } = document.querySelector('vigil-map').drawn;"
    rae.page.evaluate(
        "() => {" + place + "map.jumpTo({ center: map.getSource('places')._data.geojson"
        ".features.find((one) => one.properties.kind === 'cluster').geometry.coordinates }); }"
    )
    surface = rae.page.locator("vigil-map canvas")
    surface.focus()
    rae.page.keyboard.press("Enter")

    said = rae.page.locator(".map-here")
    expect(said).to_contain_text("incident")
    expect(said.locator("a").first).to_be_visible()
    rae.page.keyboard.press("Escape")
    expect(said).to_have_count(0)
    assert not rae.is_too_wide()
    assert rae.barriers() == []


def test_the_wheel_scrolls_the_page_until_the_map_is_clicked(rae):
    open_map(rae, "&country=MLI")
    marks(rae)
    rae.page.evaluate(
        "document.addEventListener('scroll', () => { document.body.dataset.did = 'scroll'; });"
        "document.querySelector('vigil-map').drawn.map"
        ".on('zoomend', () => { document.body.dataset.did = 'zoom'; })"
    )
    surface = rae.page.locator("vigil-map canvas")
    surface.hover(position={"x": 20, "y": 300})
    rae.page.mouse.wheel(0, 30)
    expect(rae.page.locator("body")).to_have_attribute("data-did", "scroll")
    surface.click(position={"x": 20, "y": 300})
    rae.page.mouse.wheel(0, -240)

    expect(rae.page.locator("body")).to_have_attribute("data-did", "zoom")


def test_a_map_without_its_marks_says_so_and_asks_again(rae):
    open_map(rae, "&country=MLI&from=2022")
    marks(rae)
    rae.page.route("**/api/v1/incidents/map/?*", lambda route: route.fulfill(status=500))
    rae.page.evaluate("document.querySelector('vigil-map').drawn.map.jumpTo({zoom: 7})")
    failed = rae.page.locator(".map-failed")
    expect(failed).to_be_visible()
    rae.page.unroute("**/api/v1/incidents/map/?*")
    failed.get_by_role("button", name="Ask again").click()

    expect(failed).to_be_hidden()
    assert all(one.startswith("Failed to load resource") for one in rae.complaints)
    rae.complaints.clear()


@pytest.mark.parametrize("rae", [PHONE], indirect=True, ids=["phone"])
def test_rae_searches_in_a_part_of_the_map_and_goes_back(rae):
    open_map(rae, "&country=MLI,NER,BFA")
    marks(rae)
    before = rae.page.locator("#answer .stat .value").first.inner_text()
    rae.page.evaluate(
        "document.querySelector('vigil-map').drawn.map.jumpTo({center: [-6.0, 13.5], zoom: 6})"
    )
    rae.page.get_by_role("button", name="Search in this part of the map").click()
    rae.page.wait_for_url("**bbox=**")

    here = rae.page.locator(".map-said[data-question*='bbox']")
    expect(here).to_be_attached()
    box = dict(pair.split("=", 1) for pair in rae.page.url.split("?")[1].split("&"))["bbox"]
    inside = IncidentFilter({"country": "MLI,NER,BFA", "bbox": box}).count()
    assert 0 < inside < PublishedIncident.objects.current().count()
    expect(rae.page.locator("#answer .stat .value").first).to_have_text(str(inside))
    rae.page.get_by_role("button", name="Search everywhere").click()
    expect(rae.page.locator("#answer .stat .value").first).to_have_text(before)


def test_rae_colours_countries_and_areas_and_reads_the_same_in_the_table(rae):
    open_map(rae)
    marks(rae)
    for layer in ("countries", "areas"):
        rae.page.locator("#f-layer").select_option(layer)
        rae.page.wait_for_url(f"**layer={layer}**")
        expect(rae.page.locator(f"vigil-map[data-shown={layer}]")).to_be_attached(timeout=30_000)
        expect(rae.page.locator(f".map-said[data-layer={layer}]")).to_be_attached()
    rae.page.get_by_text("The map as a table").click()
    row = rae.page.locator(".map-said tr", has_text="Gao").first
    code, level = row.get_attribute("data-outline"), row.get_attribute("data-level")
    state = rae.page.evaluate(
        "(id) => document.querySelector('vigil-map').drawn.map"
        ".getFeatureState({source: 'areas', id})",
        code,
    )

    assert state["level"] == int(level) > 0
    rae.shoot("map-areas")


@pytest.mark.parametrize(
    "rae", [{"viewport": WIDE, "java_script_enabled": False}], indirect=True, ids=["unscripted"]
)
def test_the_drawing_needs_no_script(rae):
    rae.open("/incidents/?view=map&layer=countries&measure=killed")

    assert rae.page.locator("vigil-map svg.drawing").is_visible()
    assert rae.page.locator("vigil-map canvas").count() == 0
    rae.shoot("map-drawn")


def test_the_drawing_stays_where_the_browser_has_no_webgl(rae):
    rae.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
    fetched = []
    rae.page.on("request", lambda request: fetched.append(request.url))
    rae.open("/incidents/?view=map")
    rae.page.locator("#f-layer").select_option("countries")
    rae.page.wait_for_url("**layer=countries**")
    expect(rae.page.locator(".map-said[data-layer=countries]")).to_be_attached()

    assert rae.page.locator("svg.drawing").is_visible()
    assert not any(LIBRARY in url for url in fetched)


def test_the_library_comes_once_and_only_when_the_map_is_in_sight(rae):
    fetched = []
    rae.page.on("request", lambda request: fetched.append(request.url))
    rae.open("/incidents/?view=list")
    assert not any(LIBRARY in url for url in fetched)

    open_map(rae)
    marks(rae)
    for layer in ("areas", "clusters"):
        rae.page.locator("#f-layer").select_option(layer)
        expect(rae.page.locator(f"vigil-map[data-shown={layer}]")).to_be_attached(timeout=30_000)

    assert sum(LIBRARY in url for url in fetched) == 1
    assert sum("africa.json" in url or "africa." in url for url in fetched) == 1


@pytest.mark.parametrize(
    "rae", [{"viewport": WIDE, "color_scheme": "dark"}], indirect=True, ids=["dark"]
)
def test_the_map_is_readable_in_the_dark(rae):
    open_map(rae)
    marks(rae)

    assert rae.barriers() == []
    rae.shoot("map-dark")
