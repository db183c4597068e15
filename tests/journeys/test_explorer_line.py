"""Rae keeps her choices and her place: on a slow or broken line, by keyboard, back and forward."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
QUESTIONS = "**/incidents/?*"
KENYA = "/incidents/?country=KEN&dataset=vigil"


def expect_only_failed_requests(rae):
    """The browser itself tells of answers that failed; nothing else may be wrong."""
    assert all(one.startswith("Failed to load resource") for one in rae.complaints)
    rae.complaints.clear()


def test_a_slow_answer_is_waited_for_in_words(rae):
    rae.open("/incidents/?dataset=vigil")
    held = []
    rae.page.route(QUESTIONS, lambda route: held.append(route))
    rae.page.get_by_role("link", name="2025", exact=True).click()

    said = rae.page.get_by_role("status").get_by_text("Asking the record…")
    expect(said).to_be_visible()
    expect(rae.page.locator("#answer")).to_have_attribute("aria-busy", "true")
    held.pop().continue_()
    rae.page.wait_for_url("**from=2025&to=2025")

    expect(said).to_have_count(0)
    expect(rae.page.locator("vigil-explorer > [role=status]")).to_contain_text("Incidents: ")
    # The link that was followed is drawn anew, and still has the focus.
    expect(rae.page.get_by_role("link", name="2025", exact=True)).to_be_focused()


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (lambda route: route.fulfill(status=502, body="bad gateway"), "(error 502)"),
        (lambda route: route.abort(), "could not be reached"),
    ],
    ids=["error", "no line"],
)
def test_a_question_without_an_answer_keeps_the_choice_and_is_asked_again(rae, answers, says):
    rae.open("/incidents/?dataset=vigil")
    rae.page.route(QUESTIONS, answers)
    kenya = rae.page.locator("#facet-country").get_by_role("checkbox", name="Kenya")
    kenya.check()

    failed = rae.page.locator(".progress.failed")
    expect(failed).to_contain_text(says)
    expect(failed).to_contain_text("Your choices are kept")
    expect(kenya).to_be_checked()
    assert rae.barriers() == []
    assert rae.page.url.endswith("/incidents/?dataset=vigil")
    rae.page.unroute(QUESTIONS)
    failed.get_by_role("button", name="Ask again").click()
    rae.page.wait_for_url("**" + KENYA)

    expect(failed).to_have_count(0)
    expect_only_failed_requests(rae)


def test_of_two_quick_choices_the_later_one_stands(rae):
    rae.open("/incidents/?dataset=vigil")
    held = []
    rae.page.route("**/incidents/?*from=2025*", lambda route: held.append(route))
    rae.page.get_by_role("link", name="2025", exact=True).click()
    expect(rae.page.get_by_text("Asking the record…")).to_be_visible()
    rae.page.locator("#facet-country").get_by_role("checkbox", name="Kenya").check()
    rae.page.wait_for_url("**" + KENYA)
    held.pop().continue_()

    # A tick that is not yet answered goes along with a link that was drawn before it.
    rae.page.unroute("**/incidents/?*from=2025*")
    rae.page.evaluate(
        "document.querySelector('#f-country-MLI').click();"
        "document.querySelector('#period-5').click();"
    )
    rae.page.wait_for_url("**/incidents/?country=KEN,MLI&dataset=vigil&from=2025&to=2025")
    expect(rae.page.locator("#asked")).to_contain_text("in Kenya or Mali from 1 January 2025")


@pytest.mark.parametrize("rae", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])
def test_back_closes_the_incident_where_one_was_without_loading_the_page(rae):
    rae.open(KENYA + "&view=list")
    rae.page.evaluate("window.sameDocument = true")
    row = rae.page.locator(".incidents a[data-open]").last
    row.scroll_into_view_if_needed()
    row.click()
    rae.page.wait_for_url("**open=*")
    title = rae.page.locator("#side-title")
    expect(title).to_be_focused()
    place = rae.page.evaluate("scrollY")
    rae.page.go_back()

    expect(title).to_have_count(0)
    expect(row).to_be_focused()
    expect(row).to_be_in_viewport()
    rae.page.go_forward()
    expect(title).to_be_focused()
    assert rae.page.evaluate("[scrollY, window.sameDocument]") == [place, True]
    # From an address that was sent, Escape closes it from anywhere.
    rae.open(rae.page.url.removeprefix(rae.site))
    expect(title).to_be_focused()
    title.evaluate("(title) => title.blur()")
    rae.page.keyboard.press("Escape")
    expect(title).to_have_count(0)
    expect(row).to_be_focused()
    assert rae.page.url.endswith(KENYA + "&view=list")


def test_back_and_forward_restore_every_choice(rae):
    rae.open("/incidents/?dataset=vigil")
    rae.page.locator("#facet-country").get_by_role("checkbox", name="Kenya").check()
    rae.page.wait_for_url("**" + KENYA)
    rae.page.get_by_label("Divided by").select_option("type")
    rae.page.wait_for_url("**stack=type")
    for address, is_kenya, stack in (
        (KENYA, True, "none"),
        ("/incidents/?dataset=vigil", False, "none"),
    ):
        rae.page.go_back()
        rae.page.wait_for_url("**" + address)
        expect(rae.page.locator("#f-country-KEN")).to_be_checked(checked=is_kenya)
        expect(rae.page.get_by_label("Divided by")).to_have_value(stack)
    rae.page.go_forward()
    expect(rae.page.locator("#f-country-KEN")).to_be_checked()
    rae.page.go_forward()
    expect(rae.page.get_by_label("Divided by")).to_have_value("type")
    expect(rae.page.locator("#asked")).to_contain_text("in Kenya")


def test_the_keyboard_keeps_its_place_after_every_choice(rae):
    rae.open("/incidents/?country=MLI&dataset=vigil&limit=5")

    def press(link, then, *, until):
        rae.page.locator(link).first.focus()
        rae.page.keyboard.press("Enter")
        rae.page.wait_for_url(until)
        expect(rae.page.locator(then).first).to_be_focused()

    press("#sort-killed", "#sort-killed", until="**ordering=-killed")
    press("#facet-group .leave-out", "#facet-group input:checked", until="**group=-armed_assault&*")
    press("#turn-group", "#turn-group", until="**&group=armed_assault&*")
    # A filter that is gone leaves its sentence, a page that is turned its heading.
    press(".chip", "#asked", until="**/incidents/?dataset=vigil&group=armed_assault&*")
    press(".pager [rel=next]", "#listing-title", until="**cursor=*")


@pytest.mark.parametrize("rae", [{"width": 980, "height": 800}], indirect=True, ids=["narrow"])
def test_a_list_of_all_columns_scrolls_by_itself(rae):
    rae.open("/incidents/?dataset=vigil&view=list&limit=100")
    assert not rae.is_too_wide()
    every = "type,place,actors,killed,wounded,abducted,displaced,targets,weapons,attribution"
    rae.open(f"/incidents/?dataset=vigil&view=list&columns={every},campaigns,sources,dataset")

    assert not rae.is_too_wide()
    assert (
        rae.page.get_by_role("region", name="Columns of the list").get_by_role("table").count() == 1
    )
    assert rae.barriers() == []


def test_a_map_that_did_not_hear_the_question_says_so_and_asks_again(rae):
    rae.open("/incidents/?dataset=vigil&view=map")
    rae.page.route("**/incidents/map/?*", lambda route: route.fulfill(status=500))
    rae.page.get_by_role("link", name="2025", exact=True).click()
    rae.page.wait_for_url("**from=2025*")
    failed = rae.page.get_by_role("alert").filter(has_text="does not show this question yet")
    expect(failed).to_be_visible()
    rae.page.unroute("**/incidents/map/?*")
    failed.get_by_role("button", name="Ask again").click()

    expect(rae.page.locator(".map-said[data-question*='from=2025']")).to_be_attached()
    expect(failed).to_be_hidden()
    expect_only_failed_requests(rae)


def test_a_finder_of_values_without_an_answer_says_so(rae):
    rae.open("/incidents/?dataset=vigil")
    rae.page.route("**/incidents/facets/actor/?*", lambda route: route.fulfill(status=500))
    rae.page.get_by_role("searchbox", name="Find among the actors").fill("GSIM")

    expect(rae.page.locator("#facet-actor").get_by_role("status")).to_have_text(
        "The server did not answer."
    )
    expect_only_failed_requests(rae)


def test_back_before_the_script_is_there_still_shows_what_the_address_says(rae):
    rae.open("/incidents/?dataset=vigil")
    rae.page.locator("#facet-country").get_by_role("checkbox", name="Kenya").check()
    rae.page.wait_for_url("**" + KENYA)
    held = []
    rae.page.route("**/explorer.js", lambda route: held.append(route))
    rae.page.reload(wait_until="commit")
    expect(rae.page.locator("#f-country-KEN")).to_be_checked()

    rae.page.evaluate("history.back()")
    expect(rae.page).to_have_url(re.compile(r"/incidents/\?dataset=vigil$"))
    assert held
    # What was held goes on.
    rae.page.unroute("**/explorer.js")

    expect(rae.page.locator("#f-country-KEN")).not_to_be_checked()
    expect(rae.page.locator("#asked")).not_to_contain_text("Kenya")
