"""Rae compares two questions, reads the table and takes the drawing away."""

import csv
import io

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
both_windows = pytest.mark.parametrize("rae", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])
PAGE = "/incidents/compare/"
BY_YEAR = f"{PAGE}?actor=al-shabaab&interval=year&a.country=KEN&b.country=SOM"
HALF_YEARS = (
    f"{PAGE}?body=ecowas&interval=month"
    "&a.begun=2024-01-01&a.to=2024-06-30&b.begun=2025-01-01&b.to=2025-06-30"
)


def column_sums(rae, columns):
    """Sums of columns of the table of periods, by their place."""
    cells = rae.page.locator("table.periods tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
    )
    return [sum(int(row[column].replace(",", "")) for row in cells) for column in columns]


def incidents_in_file(rae, side):
    file = rae.page.request.get(
        rae.site + rae.page.get_by_role("link", name="CSV").get_attribute("href")
    )
    rows = csv.DictReader(io.StringIO(file.text()))
    return sum(int(row["incidents"]) for row in rows if row["side"] == side)


@both_windows
def test_rae_compares_al_shabaab_in_kenya_and_in_somalia_by_year_with_deaths(rae):
    rae.open(PAGE)
    page = rae.page
    page.locator("#f-actor").select_option("al-shabaab")
    page.locator("#f-interval").select_option("year")
    page.locator("#f-a-country").select_option("KEN")
    page.locator("#f-b-country").select_option("SOM")
    page.get_by_role("button", name="Compare", exact=True).click()
    page.wait_for_url("**/incidents/compare/?*a.country=KEN*")

    assert rae.heading() == "Kenya against Somalia"
    assert "interval=year" in page.url
    expect(page.locator("figure.multiple svg:visible")).to_have_count(2)
    kenya, somalia = column_sums(rae, [1, 3])
    notes = page.locator("figure.multiple figcaption p").all_inner_texts()
    assert [note.split()[0] for note in notes] == [str(kenya), str(somalia)]
    assert (incidents_in_file(rae, "a"), incidents_in_file(rae, "b")) == (kenya, somalia)
    assert "killed: 359 to 368" in notes[0]
    assert not rae.is_too_wide()
    assert rae.barriers() == []
    rae.shoot(f"compare-by-year-{page.viewport_size['width']}")

    page.locator("figure.multiple").first.get_by_role("link", name="the incidents").click()
    page.wait_for_url("**/incidents/?*country=KEN*")
    api = page.request.get(f"{rae.site}/api/v1/incidents/{page.evaluate('location.search')}")
    assert api.json()["count"] == kenya


@both_windows
def test_rae_compares_two_half_years_inside_ecowas_on_the_day(rae):
    rae.open(HALF_YEARS)

    assert rae.heading() == "1 January – 30 June 2024 against 1 January – 30 June 2025"
    assert "in a member state of ECOWAS on the day" in rae.text()
    sums = column_sums(rae, [2, 5])
    for side, year, shown in (("a", 2024, sums[0]), ("b", 2025, sums[1])):
        api = rae.page.request.get(
            f"{rae.site}/api/v1/incidents/?body=ecowas&begun={year}-01-01&to={year}-06-30"
        )
        assert api.json()["count"] == incidents_in_file(rae, side) == shown > 0
    assert rae.page.locator("table.periods tbody tr").count() == 6
    assert not rae.is_too_wide()
    assert rae.barriers() == []
    rae.shoot(f"compare-half-years-{rae.page.viewport_size['width']}")


def test_rae_takes_the_drawing_away_as_svg_and_as_png(rae):
    rae.open(BY_YEAR)

    for form in ("SVG", "PNG"):
        with rae.page.expect_download() as waiting:
            rae.page.get_by_role("link", name=form, exact=True).click()
        download = waiting.value
        assert download.suggested_filename == f"vigil-compare.{form.lower()}"
        assert download.path().stat().st_size > 2000


def test_a_drawing_that_is_opened_by_itself_keeps_to_the_policy(rae):
    rae.open("/charts/compare.svg?" + BY_YEAR.partition("?")[2])

    bar = rae.page.locator("rect.bar").first
    assert rae.page.evaluate("document.contentType") == "image/svg+xml"
    assert bar.evaluate("bar => getComputedStyle(bar).fill") == "rgb(154, 163, 173)"


def test_before_and_after_a_day_is_asked_by_keyboard(rae):
    rae.open(PAGE)
    page = rae.page
    page.locator("#f-around-country").select_option("MLI")
    page.locator("#f-split").fill("2022-08-15")
    page.locator("#f-split").press("Enter")
    page.wait_for_url("**/incidents/compare/?*b.begun=2022-08-15*")

    assert "Incidents in Mali" in rae.text(".lede")
    assert (
        rae.heading() == "15 August 2021 – 14 August 2022 against 15 August 2022 – 14 August 2023"
    )


@pytest.mark.parametrize("rae", [{"java_script_enabled": False}], indirect=True)
def test_rae_compares_without_javascript(rae):
    rae.open(PAGE)
    rae.page.locator("#f-a-country").select_option("KEN")
    rae.page.locator("#f-b-country").select_option("SOM")
    rae.page.get_by_role("button", name="Compare", exact=True).click()
    rae.page.wait_for_url("**/incidents/compare/?*b.country=SOM")

    assert rae.heading() == "Kenya against Somalia"
    assert rae.page.url.endswith("?dataset=vigil&a.country=KEN&b.country=SOM")
    assert "Period by period" in rae.text()


@pytest.mark.parametrize("rae", [{"color_scheme": "dark"}], indirect=True)
def test_the_comparison_keeps_its_contrast_in_the_dark(rae):
    rae.open(BY_YEAR)

    assert rae.barriers() == []
    rae.shoot("compare-dark")


@pytest.mark.parametrize("rae", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])
def test_the_gallery_reads_from_right_to_left(rae):
    rae.open("/components/?dir=rtl")

    assert rae.page.locator("html").get_attribute("dir") == "rtl"
    assert not rae.is_too_wide()
    assert rae.barriers() == []
    words, edge = rae.page.evaluate(
        """() => {
            const mark = document.querySelector(".wordmark").getBoundingClientRect();
            return [mark.right, document.documentElement.clientWidth - mark.right];
        }"""
    )
    assert edge < words
    rae.shoot(f"components-rtl-{rae.page.viewport_size['width']}")


def test_on_paper_the_page_is_light_and_shows_its_tables(rae):
    rae.open(BY_YEAR)
    rae.page.emulate_media(media="print", color_scheme="dark")

    assert rae.page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    expect(rae.page.locator("table.periods")).to_be_visible()
    expect(rae.page.locator(".compare-forms")).to_be_hidden()
    expect(rae.page.locator(".counting li").first).to_be_visible()
    rae.shoot("compare-print")
