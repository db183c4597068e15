"""Rae the reader finds, reads and follows what the record says."""

import re

import pytest
from playwright.sync_api import expect

from core import prose
from incidents.models import PublishedIncident
from sources.models import Document
from tests.journeys.conftest import PHONE, WIDE

# The mark also tells pytest-django to make the test database.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]
both_windows = pytest.mark.parametrize("rae", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])

KINDS = {
    "home": "/",
    "incidents": "/incidents/",
    "incidents-filtered": "/incidents/?country=MLI,NER&from=2022&actor=jnim",
    "incidents-empty": "/incidents/?country=KEN&to=1990",
    "incidents-past": "/incidents/?as_of={today}",
    "incidents-list": "/incidents/?view=list&by_day=true&columns=type,place,killed,weapons",
    "incidents-lanes": "/incidents/?view=timeline&country=MLI&stack=group&lanes=actor",
    "incidents-areas": "/incidents/?view=map&country=MLI&layer=areas&measure=killed",
    "facet": "/incidents/facets/actor/",
    "day": "/on/2022-07-21/",
    "compare": "/incidents/compare/?a.country=KEN&b.country=SOM&actor=al-shabaab",
    "search": "/search/?q=ansar",
    "methods": "/methods/",
    "components": "/components/",
    "components-right-to-left": "/components/?dir=rtl",
    "offline": "/offline/",
    "actors": "/actors/",
    "actor": "/actors/jnim/",
    "bodies": "/bodies/",
    "body": "/bodies/ecowas/",
    "countries": "/countries/",
    "country": "/countries/MLI/",
    "area": "/areas/mli-mopti/",
    "missions": "/missions/",
    "mission": "/missions/amisom/",
    "campaigns": "/campaigns/",
    "campaign": "/campaigns/july-2022-wave/",
    "condition": "/campaigns/mali-fuel-blockade-2025/",
    "sources": "/sources/",
    "reports": "/reports/",
}


@both_windows
def test_rae_filters_to_kenya_reads_westgate_and_opens_al_shabaab(rae):
    rae.open("/")
    rae.page.get_by_role("link", name="Incidents", exact=True).first.click()
    rae.page.wait_for_url("**/incidents/")
    open_filters(rae)
    rae.page.locator("#facet-country").get_by_role("checkbox", name="Kenya").check()
    rae.page.wait_for_url("**/incidents/?country=KEN")
    rae.page.get_by_role("link", name="Westgate").click()
    rae.page.get_by_role("link", name="The whole page").click()
    rae.page.wait_for_url(re.compile(r"/incidents/[0-9A-Z]{10}/"))

    assert "Westgate" in rae.heading()
    assert "From 21 to 24 September 2013 (four days)" in rae.text()
    assert "67 killed" in rae.text()
    assert "4 to 5 attackers killed" in rae.text()
    rae.page.locator("#who ~ div").get_by_role("link").first.click()
    assert "Shabaab" in rae.heading()


@both_windows
def test_rae_goes_from_an_incident_to_its_day_and_by_keyboard_to_another(rae):
    kati = PublishedIncident.objects.current().get(slug="2022-07-22-kati")
    rae.open(f"/incidents/{kati.public_id}/{kati.slug}/")
    rae.page.get_by_role("link", name="The world on that day").click()
    rae.page.wait_for_url("**/on/2022-07-22/")
    assert "The world on 22 July 2022" in " ".join(rae.heading().split())

    rae.page.get_by_label("Another day").fill("2013-09-22")
    rae.page.get_by_role("button", name="Show").press("Enter")
    rae.page.wait_for_url("**/on/2013-09-22/")

    assert "Killed over all their days: 67." in rae.text()
    assert not rae.is_too_wide()


def open_filters(rae):
    """On a small screen the filters are folded."""
    summary = rae.page.locator(".filters > details > summary")
    if summary.is_visible():
        summary.click()


@both_windows
def test_rae_opens_jnim_and_sees_who_was_in_ecowas_on_a_day(rae):
    rae.open("/")
    rae.page.locator("#find").fill("GSIM")
    rae.page.keyboard.press("Enter")
    rae.page.locator("main").get_by_role("link", name="JNIM").or_(
        rae.page.locator("main a[href='/actors/jnim/']")
    ).first.click()
    assert rae.page.url.endswith("/actors/jnim/")

    rae.open("/bodies/ecowas/?on=2025-01-28")
    assert rae.text("#members ~ *") == "15 members"
    rae.open("/bodies/ecowas/?on=2025-01-29")
    assert rae.text("#members ~ *") == "12 members"


@both_windows
def test_rae_reads_the_same_in_french(rae):
    rae.open("/incidents/?country=KEN")
    rae.page.get_by_role("button", name="Français").click()

    assert rae.page.locator("html").get_attribute("lang") == "fr"
    assert rae.page.url.endswith("/incidents/?country=KEN")
    assert "Incidents (Kenya)" in rae.text()
    rae.page.get_by_role("link", name="Westgate").click()
    rae.page.locator("#side .side-head a").first.click()
    rae.page.wait_for_url(re.compile(r"/incidents/[0-9A-Z]{10}/"))
    assert "Du 21 au 24 septembre 2013 (quatre jours)" in rae.text()
    assert "67 tués" in rae.text()


@pytest.mark.parametrize("rae", [{"java_script_enabled": False}], indirect=True)
def test_everything_works_without_javascript(rae):
    rae.open("/incidents/")
    rae.page.locator("#facet-country").get_by_role("checkbox", name="Kenya").check()
    rae.page.get_by_label("From", exact=True).fill("2013")
    rae.page.locator(".filters").get_by_role("button", name="Show").click()
    rae.page.wait_for_url("**country=KEN**")

    assert "type=" not in rae.page.url
    assert "Incidents in Kenya since 1 January 2013" in rae.text("#answer")
    rae.page.get_by_role("link", name="Remove Country: Kenya").click()
    assert "country" not in rae.page.url


def test_the_list_follows_the_filters_without_a_reload(rae):
    rae.open("/incidents/?dataset=vigil")
    rae.page.evaluate("window.sameDocument = true")
    rae.page.locator("#facet-country").get_by_role("checkbox", name="Kenya").check()
    rae.page.wait_for_url("**/incidents/?country=KEN&dataset=vigil")

    assert rae.page.evaluate("window.sameDocument") is True
    expect(rae.page.locator("#answer .question")).to_contain_text("Incidents in Kenya")
    rae.page.go_back()
    expect(rae.page.locator("#answer .question")).not_to_contain_text("Kenya")
    assert rae.page.url.endswith("/incidents/?dataset=vigil")


def test_a_question_that_is_not_understood_shows_no_number(rae):
    rae.open("/incidents/?country=KEN&killed_min=many")
    rae.page.wait_for_load_state("networkidle")  # its script asks nothing else instead

    assert "killed_min=many" in rae.page.url
    assert "killed_min" in rae.text("#answer")
    assert rae.page.locator(".stats").count() == 0
    assert rae.page.locator(".incidents, .values .n, vigil-timeline, vigil-map").count() == 0
    rae.complaints.clear()  # the browser reports the status 400

    rae.page.get_by_role("button", name="Show").click()
    rae.page.wait_for_url("**/incidents/?country=KEN")
    expect(rae.page.locator("vigil-map")).to_be_visible()
    expect(rae.page.locator("#answer .stats").first).to_be_visible()


def test_the_keyboard_reaches_the_content_first(rae):
    rae.open("/")
    rae.page.keyboard.press("Tab")
    rae.page.keyboard.press("Enter")

    assert rae.page.evaluate("document.activeElement.id") == "main"


@both_windows
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_open_to_everybody(rae, kind, today):
    rae.open(KINDS[kind].format(today=today))
    rae.shoot(f"{kind}-{rae.page.viewport_size['width']}")

    assert rae.barriers_in_any_light() == []
    assert not rae.is_too_wide()
    assert rae.page.locator("h1").count() == 1


@both_windows
def test_the_page_of_the_api_is_open_to_everybody(rae):
    rae.open("/api/v1/docs/")
    expect(rae.page.locator(".opblock").first).to_be_visible()

    assert rae.barriers_in_any_light() == []
    assert not rae.is_too_wide()
    rae.page.emulate_media(color_scheme="dark")
    rae.page.get_by_role("button", name="GET /api/v1/areas/{key}/", exact=True).click()
    said = rae.page.locator(".parameters td p").first
    expect(said).to_be_visible()
    assert said.evaluate("(one) => getComputedStyle(one).color") == "rgb(22, 25, 29)"


@both_windows
def test_every_kind_of_record_is_open_to_everybody(rae, samples):
    for name, path in samples.items():
        rae.open(path)
        rae.shoot(f"{name}-{rae.page.viewport_size['width']}")

        assert not rae.is_too_wide(), path
        assert rae.barriers_in_any_light() == [], path
        rae.page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("rae", [PHONE], indirect=True, ids=["phone"])
def test_a_phone_shows_a_chart_of_years_at_once(rae):
    rae.open("/countries/MLI/")
    chart = rae.page.locator(".chart.narrow").first
    text = chart.locator("text").first

    expect(chart).to_be_visible()
    expect(rae.page.locator(".chart.wide").first).to_be_hidden()
    assert chart.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    assert text.bounding_box()["height"] > 11
    rae.page.set_viewport_size(WIDE)
    expect(chart).to_be_hidden()


@pytest.fixture
def today():
    return prose.today().isoformat()


@pytest.fixture
def samples(seeded, db):
    """Addresses of incidents of every kind, and of a source."""
    rows = PublishedIncident.objects.current()
    chosen = {
        "westgate": rows.get(title__icontains="westgate"),
        "withheld": rows.filter(sources_count=0)[0],
        "range": rows.filter(killed_high__gt=100)[0],
        "combined-toll": rows.filter(toll_id__isnull=False)[0],
        "unverified": rows.filter(checked="unverified")[0],
    }
    paths = {name: f"/incidents/{row.public_id}/{row.slug}/" for name, row in chosen.items()}
    return paths | {"source": f"/sources/{Document.objects.order_by('pk')[0].slug}/"}
