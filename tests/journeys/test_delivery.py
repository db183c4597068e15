"""Rae gets reports and alerts by mail, from the page to the link in the letter, by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE
from tests.reports.delivered import link, posted

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
both_windows = pytest.mark.parametrize("rae", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])


def confirms(rae, address):
    """Opens the link of the letter to this address and presses the button."""
    (letter,) = [message for message in posted() if message.to == [address]]
    rae.open(link(letter, "/confirm/"))
    page = rae.page
    assert rae.barriers_in_any_light() == []
    assert not rae.is_too_wide()
    page.get_by_role("button", name="Yes, send it to me").press("Enter")
    expect(page.locator("h1")).to_have_text("Confirmed")
    return letter


@both_windows
def test_rae_subscribes_to_reports(rae):
    page, address = rae.page, f"reports{rae.page.viewport_size['width']}@example.org"
    rae.open("/reports/")
    page.get_by_label("Reports", exact=True).select_option("All situation reports in English")
    page.get_by_label("E-mail address").fill(address)
    assert rae.barriers_in_any_light() == []
    assert not rae.is_too_wide()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/subscriptions/asked/")

    confirms(rae, address)

    expect(page.locator(".wanted")).to_have_text("All situation reports in English")
    rae.shoot(f"subscribed-{page.viewport_size['width']}")


@both_windows
def test_rae_saves_a_search_from_the_explorer_and_is_told_of_what_is_new(rae):
    page, address = rae.page, f"alerts{rae.page.viewport_size['width']}@example.org"
    rae.open("/incidents/?country=MLI&view=list")
    page.get_by_role("link", name="Save this search").press("Enter")
    page.wait_for_url("**/searches/new/?country=MLI")
    expect(page.locator(".lede")).to_have_text("Incidents in Mali.")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("How often").select_option("at once")
    assert rae.barriers_in_any_light() == []
    assert not rae.is_too_wide()
    page.get_by_role("button", name="Send me alerts").press("Enter")
    page.wait_for_url("**/reports/subscriptions/asked/")

    letter = confirms(rae, address)

    assert "Incidents in Mali" in letter.body
    expect(page.locator(".wanted")).to_have_text("Incidents in Mali")


def test_a_wrong_address_is_explained_beside_its_field(rae):
    rae.open("/reports/subscriptions/")
    page = rae.page
    page.locator("form.subscribe-form").evaluate("form => form.noValidate = true")
    page.get_by_label("E-mail address").fill("nobody")
    page.keyboard.press("Enter")

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("valid email address")
    alert.get_by_role("link").press("Enter")
    expect(page.get_by_label("E-mail address")).to_be_focused()
    rae.complaints.clear()  # the browser notes the 400
