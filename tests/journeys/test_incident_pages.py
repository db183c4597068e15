"""Rae reads the incidents that are hard to tell, and the profiles of a country and an area."""

import re

import pytest
from playwright.sync_api import expect

from incidents.models import PublishedIncident
from tests.journeys.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
both_windows = pytest.mark.parametrize("rae", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])
everywhere = pytest.mark.parametrize(
    "rae",
    [{"viewport": WIDE}, {"viewport": PHONE, "color_scheme": "dark", "locale": "fr-FR"}],
    indirect=True,
    ids=["wide", "phone-dark-french"],
)
CASES = {
    "westgate": "2013-09-21-westgate-nairobi",
    "kati": "2022-07-22-kati",
    "combined-toll": "2022-07-21-kolokani",
    "many-figures": "2021-06-04-solhan",
    "area-only": "2014-04-14-chibok",
    "withheld": "ner-2025-10",
}


def address(slug):
    row = PublishedIncident.objects.current().filter(slug__startswith=slug).order_by("slug")[0]
    return f"/incidents/{row.public_id}/{row.slug}/"


@everywhere
def test_hard_cases_and_profiles_are_whole_in_every_window(rae):
    paths = {name: address(slug) for name, slug in CASES.items()}
    paths |= {"profile-country": "/countries/MLI/", "profile-area": "/areas/mli-koulikoro/"}
    look = rae.page.evaluate("[innerWidth, navigator.language]")

    for name, path in paths.items():
        rae.open(path)

        assert rae.heading()
        assert not rae.is_too_wide(), path
        assert rae.barriers() == [], path
        rae.shoot(f"incident-{name}-{look[0]}-{look[1][:2]}")


@both_windows
def test_rae_walks_along_the_wave_from_kolokani_to_kati(rae):
    rae.open(address("2022-07-21-kolokani"))
    rae.page.locator(".wave").first.get_by_role("link", name="Kati garrison").click()
    rae.page.wait_for_url(re.compile("2022-07-22-kati/"))

    here = rae.page.locator(".wave .here").first
    expect(here).to_contain_text("Kati garrison")
    expect(here).to_contain_text("this incident")


@both_windows
def test_rae_takes_a_citation_away(rae):
    rae.open(address("2013-09-21-westgate"))

    with rae.page.expect_download() as taken:
        rae.page.get_by_role("link", name="RIS", exact=True).click()

    assert re.fullmatch(r"vigil[0-9A-Z]{10}v1\.ris", taken.value.suggested_filename)
    text = taken.value.path().read_text(encoding="utf-8")
    assert "TI  - Attack and siege at the Westgate shopping mall" in text


@both_windows
def test_rae_goes_from_an_incident_to_its_area_and_back_to_the_country(rae):
    rae.open(address("2022-07-22-kati"))
    rae.page.locator(".glance").get_by_role("link", name="Koulikoro", exact=True).click()
    rae.page.wait_for_url("**/areas/mli-koulikoro/")
    assert rae.heading() == "Koulikoro"
    assert "Kati garrison" in rae.text()

    rae.page.locator(".crumbs").get_by_role("link", name="Mali").click()
    rae.page.wait_for_url("**/countries/MLI/")
    assert "Koulikoro" in rae.text(".ranking")


def test_every_stop_of_the_keyboard_on_a_country_is_seen(rae):
    rae.open("/countries/MLI/")
    rae.page.locator("#on").focus()

    for _stop in range(4):  # month, day, year, and the button that opens a calendar
        assert (
            rae.page.locator("#on").evaluate("(one) => getComputedStyle(one).outlineWidth") == "3px"
        )
        rae.page.keyboard.press("Tab")
    expect(rae.page.locator(".on-day button")).to_be_focused()
