"""What the journeys at the desk share: who sits there, what they press, what must hold."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from tests.desk import signed_in
from tests.journeys.conftest import PHONE, WIDE

FRENCH = {"viewport": WIDE, "locale": "fr-FR"}
WINDOWS = pytest.mark.parametrize("rae", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])
NEW = "/desk/incidents/new/"
OPTION = ".pick-list:not([hidden]) [role=option]"


def committed(work):
    """Done in a thread of its own, outside the test's transaction, so that the server sees it."""

    def alone():
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(alone).result()


def as_person(visit, who, *, has_factor=True):
    """The visit goes on signed in, as if the password and the second factor had just been given."""

    def sign_in():
        client, person = Client(), who()
        if has_factor:
            signed_in(client, person)
        else:
            client.force_login(person)
        session = client.session
        given = {"method": "password", "at": time.time(), "reauthenticated": True}
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [given]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(person)
        session.save()
        return client

    session = committed(sign_in).cookies[settings.SESSION_COOKIE_NAME]
    cookie = {"name": session.key, "value": session.value, "url": visit.site}
    visit.page.context.add_cookies([cookie])
    return visit


def settle(visit):
    """Let no page save itself while it is closed: the database goes away after the server."""
    for page in visit.page.context.pages:
        page.evaluate("for (const k of document.querySelectorAll('draft-keeper')) k.isDue = false")
        page.wait_for_load_state("networkidle")


def tab_to(page, selector, most=400):
    """Press Tab until the element has the focus."""
    for _press in range(most):
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by keyboard")


def window_of(visit) -> str:
    return "phone" if visit.page.viewport_size["width"] < 600 else "wide"


def checked(visit, name: str) -> None:
    """Nothing that bars anybody, nothing wider than the window; a picture for the eye."""
    assert visit.barriers() == []
    assert not visit.is_too_wide()
    visit.shoot(name)


def press(visit, label: str) -> None:
    visit.page.get_by_role("button", name=label, exact=True).click()


def deed(visit, public_id: str, label: str) -> None:
    """Choose a verb on the review page."""
    visit.open(f"/desk/incidents/{public_id}/review/")
    visit.page.locator(".desk-verbs").get_by_role("button", name=label, exact=True).click()


def choose(visit, field, words, option):
    """Type words into a picker and take the option that says `option`."""
    box = visit.page.locator(f"#id_{field}")
    box.fill(words)
    visit.page.locator(OPTION).filter(has_text=option).first.click()


def select(visit, field, label):
    visit.page.locator(f"#id_{field}").select_option(label=label)


def begin(visit, title="Assault on a post at Kati"):
    visit.open(NEW)
    visit.page.locator("#id_title").fill(title)
    select(visit, "type", "Assault on a base or post")
    visit.page.locator("#id_date_start").fill("2022-07-22")
    select(visit, "country", "Mali")


def saved(visit):
    """The page has saved itself; its address is the incident's."""
    visit.page.locator("#id_title").blur()
    expect(visit.page.locator("[data-state]")).to_contain_text("Saved at", timeout=15_000)
    visit.page.wait_for_url(re.compile(r"/desk/incidents/[0-9A-Z]{10}/"))
    return visit.page.url.rstrip("/").rpartition("/")[2]


def enter_kati(visit, title="Vehicle bombs and shooting at the Kati garrison"):
    """The Kati attack from two sources whose figures disagree; the number of the draft."""
    page = visit.page
    begin(visit, title)
    expect(page.locator("#when-shown")).to_contain_text("Readers see: on 22 July 2022.")
    page.locator("#id_summary").fill("Two vehicles exploded at the entrance, the army said.")
    choose(visit, "locations-0-place", "kati", "Koulikoro")
    expect(page.locator("#id_locations-0-latitude")).to_have_value("12.745000")
    expect(page.locator("pin-map .pin")).to_be_visible()

    choose(visit, "citations-0-document", "military barracks", "Stening Simpson")
    page.locator("#id_citations-0-credibility").select_option("2")
    page.get_by_role("button", name="Add another source").click()
    page.locator("#id_citations-1-url").fill("https://example.org/kati-2022")
    choose(visit, "citations-1-source", "reuters", "news agency")
    page.locator("#id_citations-1-title").fill("Attack on a base near the capital")
    page.locator("#id_citations-1-published").fill("2022-07-23")
    page.locator("#id_citations-1-credibility").select_option("3")

    choose(visit, "parties-0-actor", "macina", "Macina")
    page.locator("#id_parties-0-attribution").select_option("probable")
    page.locator("#id_parties-0-citation").select_option(index=1)
    page.locator("#id_harm-0-best").fill("1")
    page.locator("#id_harm-0-citation").select_option(index=1)
    page.locator("#id_harm-0-is_preferred").check()
    page.get_by_role("button", name="Add another figure").click()
    page.locator("#id_harm-1-low").fill("3")
    page.locator("#id_harm-1-high").fill("15")
    page.locator("#id_harm-1-citation").select_option(index=2)
    return saved(visit)
