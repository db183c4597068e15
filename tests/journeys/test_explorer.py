"""Rae the analyst asks the explorer: one question, one address, the same numbers everywhere."""

import csv
import io
import json
import re

import pytest
from playwright.sync_api import expect

from incidents.filters import IncidentFilter
from tests.journeys.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
both_windows = pytest.mark.parametrize("rae", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])


def open_filters(rae):
    """On a small screen the filters are folded."""
    summary = rae.page.locator(".filters > details > summary")
    if summary.is_visible() and not rae.page.locator("#panel").is_visible():
        summary.click()


def choose(rae, facet, label):
    """Tick one value of a facet; the answer that follows is on the page when this returns."""
    open_filters(rae)
    fold = rae.page.locator(f"#facet-{facet}")
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    box = fold.get_by_role("checkbox", name=label)
    with rae.page.expect_response(lambda response: "/incidents/?" in response.url):
        box.check()
    expect(rae.page.locator(f"#facet-{facet} input:checked").first).to_be_visible()


def question(rae):
    """The query string of the address, without the presentation."""
    return IncidentFilter(dict(re.findall(r"([a-z_]+)=([^&]*)", rae.page.url))).as_query()


def incidents_on_the_page(rae):
    stat = rae.page.locator("#answer .stat").first.locator(".value")
    return int(stat.inner_text().replace(",", ""))


def numbers_agree(rae, facet, value):
    """Page, facet, chart, list, CSV and API give one number of incidents and of the killed."""
    asked = question(rae)
    said = incidents_on_the_page(rae)

    def api(path):
        return rae.page.request.get(f"{rae.site}/api/v1/incidents/{path}{asked}")

    found = json.loads(api("?").text())
    chart = json.loads(api("timeline/?interval=year&").text())
    facets = json.loads(api("facets/?").text())["facets"][facet]
    rows = list(csv.DictReader(io.StringIO(api("?format=csv&").text())))
    drawn = rae.page.locator("vigil-timeline tbody td:nth-of-type(1)").all_text_contents()
    box = rae.page.locator(f"#facet-{facet} input:checked + .name + .n").first
    assert said == found["count"] == chart["count"] == len(rows)
    assert said == sum(one["incidents"] for one in chart["results"])
    assert said == next(one["incidents"] for one in facets if one["value"] == value)
    assert said == int(box.text_content().replace(",", ""))
    assert said == sum(int(number.replace(",", "")) for number in drawn)
    assert rae.page.locator(".incidents tbody th.what").count() == min(said, 50)
    return said, rows, chart["killed"]


@both_windows
def test_fuel_convoys_in_mali_since_september_2025_claimed_by_jnim(rae):
    rae.open("/incidents/?dataset=vigil")
    open_filters(rae)
    rae.page.get_by_label("From", exact=True).fill("2025-09")
    rae.page.keyboard.press("Enter")
    rae.page.wait_for_url("**/incidents/?dataset=vigil&from=2025-09")
    choose(rae, "country", "Mali")
    choose(rae, "type", "Destruction of a convoy")
    choose(rae, "actor", "JNIM")
    choose(rae, "role", "Claimant")
    expect(rae.page.locator("#answer .question")).to_contain_text("as claimant")

    said, rows, killed = numbers_agree(rae, "actor", "jnim")

    assert said == 3
    assert {row["country"] for row in rows} == {"MLI"}
    assert sum(int(row["killed_low"] or 0) for row in rows) == killed["low"]
    sentence = rae.text("#answer .question")
    assert sentence.startswith("Incidents in Mali since 1 September 2025, involving JNIM")
    rae.shoot(f"explorer-fuel-convoys-{rae.page.viewport_size['width']}")
    # The address is the whole view: opened anew it says the same.
    rae.open(rae.page.url.removeprefix(rae.site))
    assert rae.text("#answer .question") == sentence
    assert incidents_on_the_page(rae) == 3


@both_windows
def test_inside_ecowas_on_the_day_in_the_first_halves_of_2024_and_2025(rae):
    found = {}
    for year in ("2024", "2025"):
        rae.open(f"/incidents/?dataset=vigil&body=ecowas&from={year}-01&to={year}-06")
        _said, rows, killed = numbers_agree(rae, "body", "ecowas")
        found[year] = {row["country"] for row in rows}
        assert all("ecowas" in row["bodies"].split(";") for row in rows)
        assert killed["low"] <= killed["best"]
        rae.shoot(f"explorer-ecowas-{year}-{rae.page.viewport_size['width']}")

    # Burkina Faso, Mali and Niger were members on the days of 2024 and no longer in 2025.
    assert "BFA" in found["2024"]
    assert not {"BFA", "MLI", "NER"} & found["2025"]


@both_windows
def test_as_of_the_first_of_january_2026_is_said_to_be_the_past(rae):
    rae.open("/incidents/?country=KEN&dataset=vigil")
    open_filters(rae)
    rae.page.get_by_label("As known on").fill("2026-01-01")
    rae.page.keyboard.press("Enter")
    rae.page.wait_for_url("**/incidents/?as_of=2026-01-01&country=KEN&dataset=vigil")

    past = rae.page.locator("#answer .notice")
    expect(past).to_contain_text("You are looking at the past")
    expect(past).to_contain_text("1 January 2026")
    # This record began later: then it said nothing of Kenya yet.
    expect(rae.page.locator("#listing .empty")).to_be_visible()
    rae.shoot(f"explorer-as-of-{rae.page.viewport_size['width']}")
    past.get_by_role("link", name="Show what is known now").click()
    rae.page.wait_for_url("**/incidents/?country=KEN&dataset=vigil")
    expect(rae.page.locator(".incidents tbody th.what").first).to_be_visible()


def test_a_choice_made_before_the_script_is_there_is_not_lost(rae):
    held = []
    rae.page.route("**/js/explorer.js", lambda route: held.append(route))
    rae.page.route("**/htmx*.js", lambda route: held.append(route))
    rae.page.goto(f"{rae.site}/incidents/?dataset=vigil", wait_until="commit")
    rae.page.locator("#facet-country").get_by_role("checkbox", name="Kenya").check()
    assert rae.page.url.endswith("?dataset=vigil")

    while held:
        held.pop().continue_()
        rae.page.wait_for_timeout(50)
    rae.page.unroute("**/*")
    rae.page.wait_for_url("**/incidents/?country=KEN&dataset=vigil")

    expect(rae.page.locator("#answer .question")).to_contain_text("in Kenya")


def test_a_value_is_found_by_another_name_and_left_out_by_its_link(rae):
    rae.open("/incidents/?dataset=vigil")
    finder = rae.page.get_by_role("searchbox", name="Find among the actors")
    finder.fill("GSIM")
    actor = rae.page.locator("#facet-actor .values")
    expect(actor.get_by_role("checkbox")).to_have_count(1)

    with rae.page.expect_response(lambda response: "actor=jnim" in response.url):
        actor.get_by_role("checkbox", name="JNIM").check()
    rae.page.wait_for_url("**/incidents/?actor=jnim&dataset=vigil")
    expect(rae.page.locator("#answer .question")).to_contain_text("involving JNIM")
    rae.page.locator("#facet-actor").get_by_role("link", name="Leave these out instead").click()
    rae.page.wait_for_url("**/incidents/?actor=-jnim&dataset=vigil")

    expect(rae.page.locator("#facet-actor .badge")).to_have_text("left out")


@both_windows
def test_an_incident_opens_beside_the_list_and_closes_where_one_was(rae):
    rae.open("/incidents/?country=KEN&dataset=vigil&view=list")
    row = rae.page.get_by_role("link", name="Westgate")
    row.click()
    rae.page.wait_for_url("**open=*")
    title = rae.page.locator("#side-title")
    expect(title).to_contain_text("Westgate")
    expect(title).to_be_focused()
    assert rae.barriers() == []
    assert not rae.is_too_wide()
    rae.shoot(f"explorer-side-{rae.page.viewport_size['width']}")

    rae.page.keyboard.press("Escape")

    expect(title).to_have_count(0)
    expect(row).to_be_focused()
    assert rae.page.url.endswith("/incidents/?country=KEN&dataset=vigil&view=list")


def test_panels_tell_of_the_question_and_may_change_it(rae):
    rae.open("/incidents/?country=KEN&dataset=vigil")
    rae.page.evaluate(
        "window.told = [];"
        "document.addEventListener('vigil:question', (e) => window.told.push(e.detail))"
    )

    rae.page.evaluate(
        "document.dispatchEvent(new CustomEvent('vigil:ask',"
        " {detail: {params: {from: '2013', to: '2014', country: null}}}))"
    )

    rae.page.wait_for_url("**/incidents/?dataset=vigil&from=2013&to=2014")
    expect(rae.page.get_by_label("From", exact=True)).to_have_value("2013")
    told = rae.page.evaluate("window.told")
    assert [one["query"] for one in told] == ["dataset=vigil&from=2013&to=2014"]
    assert told[0]["shown"] == {"dataset": "vigil", "from": "2013", "to": "2014"}


def test_controls_of_the_panels_ask_too_and_columns_can_be_chosen(rae):
    rae.open("/incidents/?dataset=vigil")
    rae.page.get_by_label("Periods", exact=True).select_option("year")
    rae.page.wait_for_url("**/incidents/?dataset=vigil&interval=year")
    rae.page.locator("#columns-choice summary").click()
    rae.page.locator("#columns-choice").get_by_label("Weapons").check()
    rae.page.wait_for_url("**columns=place,actors,killed,weapons,sources**")

    expect(rae.page.get_by_role("columnheader", name="Weapons")).to_be_visible()
    expect(rae.page.locator("#columns-choice fieldset")).to_be_visible()


def test_pages_of_the_list_turn_and_an_order_stays_when_a_filter_goes(rae):
    rae.open("/incidents/?country=MLI&dataset=vigil&limit=5&view=list")
    rows = rae.page.locator(".incidents tbody th.what")
    first = rows.first.inner_text()
    rae.page.get_by_role("button", name="Next page").click()
    rae.page.wait_for_url("**cursor=**")
    expect(rows.first).not_to_have_text(first)

    rae.page.get_by_role("link", name="Killed", exact=True).click()
    rae.page.wait_for_url(
        "**/incidents/?country=MLI&dataset=vigil&limit=5&ordering=-killed&view=list"
    )
    rae.page.get_by_role("link", name="Remove Country: Mali").click()
    rae.page.wait_for_url("**/incidents/?dataset=vigil&limit=5&ordering=-killed&view=list")

    expect(rae.page.locator("#answer .question")).not_to_contain_text("Mali")


@pytest.mark.parametrize("rae", [{"java_script_enabled": False}], indirect=True)
def test_the_explorer_is_whole_without_a_script(rae):
    rae.open("/incidents/?dataset=vigil")
    rae.page.locator("#facet-country").get_by_role("checkbox", name="Kenya").check()
    rae.page.get_by_label("Divided by").select_option("group")
    rae.page.locator(".filters").get_by_role("button", name="Show").click()
    rae.page.wait_for_url("**country=KEN**")

    assert "stack=group" in rae.page.url
    assert "Incidents in Kenya" in rae.text("#answer")
    assert rae.page.locator("vigil-timeline svg").count() > 0
    assert rae.page.locator("vigil-map svg").count() > 0
    rae.page.get_by_role("link", name="Killed", exact=True).click()
    rae.page.wait_for_url("**ordering=-killed**")
    rae.page.get_by_role("link", name="Westgate").first.click()
    assert "Westgate" in rae.heading()


@pytest.mark.parametrize(
    "rae", [{"color_scheme": "dark"}, {**PHONE, "color_scheme": "light"}], indirect=True
)
def test_the_first_view_is_light_and_open_to_everybody(rae):
    sizes = []
    rae.page.on("response", lambda r: sizes.append((r.url, r.request.sizes()["responseBodySize"])))
    rae.page.goto(f"{rae.site}/incidents/", wait_until="load")
    expect(rae.page.locator("vigil-timeline svg").first).to_be_visible()

    first = [
        size for url, size in sizes if "maplibre" not in url and "/vendor/outlines/" not in url
    ]
    assert sum(first) < 300_000, sizes
    assert rae.barriers() == []
    assert not rae.is_too_wide()
