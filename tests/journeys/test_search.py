"""Rae finds things from any page, by keyboard alone, with and without a script."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
both_windows = pytest.mark.parametrize("rae", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])


@both_windows
def test_rae_finds_a_group_from_any_page_by_keyboard(rae):
    rae.open("/methods/")
    page = rae.page
    field = page.get_by_role("combobox")
    expect(field).to_be_visible()  # the script has made it one

    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("shebab")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("al-Shabaab")
    expect(field).to_have_attribute("aria-expanded", "true")
    rae.shoot(f"search-box-{page.viewport_size['width']}")
    assert rae.barriers() == []
    assert not rae.is_too_wide()

    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/al-shabaab/")


def test_escape_closes_the_proposals_and_enter_searches(rae):
    rae.open("/methods/")
    field = rae.page.get_by_role("combobox")
    field.fill("Kati")
    expect(rae.page.get_by_role("option").first).to_be_visible()

    rae.page.keyboard.press("Escape")
    expect(rae.page.get_by_role("listbox")).to_be_hidden()
    rae.page.keyboard.press("Enter")
    rae.page.wait_for_url("**/search/?q=Kati")
    expect(rae.page.locator("main mark").first).to_have_text("Kati")


def test_a_slash_that_is_typed_into_a_field_stays_there(rae):
    rae.open("/search/")
    field = rae.page.locator("main input[type=search]")
    field.click()
    rae.page.keyboard.type("24/7")

    expect(field).to_have_value("24/7")
    expect(field).to_be_focused()


@both_windows
def test_a_misspelt_place_is_found_and_the_page_says_what_it_took(rae):
    rae.open("/search/?q=tombouktou")
    rae.shoot(f"search-misspelt-{rae.page.viewport_size['width']}")

    assert "No incident contains “tombouktou”. These contain “tombouctou”." in rae.text()
    assert rae.barriers() == []
    assert not rae.is_too_wide()


@pytest.mark.parametrize("rae", [{"java_script_enabled": False}], indirect=True)
def test_search_works_without_javascript(rae):
    rae.open("/methods/")
    rae.page.get_by_role("searchbox").fill("الشباب")
    rae.page.keyboard.press("Enter")
    rae.page.wait_for_url("**/search/?q=*")
    rae.page.locator("main").get_by_role("link", name="al-Shabaab").first.click()
    rae.page.wait_for_url("**/actors/al-shabaab/")
