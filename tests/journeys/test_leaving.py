"""Leaving the desk, on purpose or by being away: nothing stays on the device, nothing is lost."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.journeys.desk import WINDOWS, as_person, begin, saved, settle, window_of
from tests.journeys.test_entry_desk import stored

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
COPIES = "Object.keys(localStorage).filter((key) => key.startsWith('vigil-draft:'))"


@pytest.fixture
def ed(rae):
    """Ed with his browser."""
    yield as_person(rae, make.ed)
    settle(rae)


def test_signing_out_removes_the_copies_of_drafts_and_asks_first(ed):
    page = ed.page
    ed.open("/desk/queue/")
    page.evaluate("localStorage.setItem('vigil-draft:1:new', JSON.stringify({at: Date.now()}))")
    asked = []

    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Sign out").click()
    assert asked == ["This device holds drafts that were not saved. Sign out and delete them?"]
    assert page.evaluate(COPIES) == ["vigil-draft:1:new"]
    assert "/desk/queue/" in page.url

    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/desk/sign-in/")
    assert page.evaluate(COPIES) == []


def test_signing_out_of_a_page_with_unsaved_words_leaves_none_of_them(ed):
    page, context = ed.page, ed.page.context
    begin(ed, "Assault on a post, left")
    public_id = saved(ed)
    context.set_offline(True)
    page.locator("#id_summary").fill("Not for the next person.")
    page.locator("#id_summary").blur()
    expect(page.locator("[data-state]")).to_contain_text("No connection", timeout=15_000)
    assert len(page.evaluate(COPIES)) == 1
    context.set_offline(False)

    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/desk/sign-in/")

    assert page.evaluate(COPIES) == []
    assert public_id not in page.content()
    ed.complaints.clear()  # the browser reports that it was offline


@WINDOWS
def test_before_an_idle_session_ends_the_page_says_so_and_one_can_stay(rae):
    page = as_person(rae, make.ed).page
    page.clock.install()
    rae.open("/desk/queue/")
    soon, over = page.locator("[data-soon]"), page.locator("[data-over]")
    expect(soon).to_be_hidden()

    page.clock.fast_forward("28:01")
    expect(soon).to_be_visible()
    assert "in 2 minutes you are signed out" in rae.text("[data-soon]")
    rae.shoot(f"idle-{window_of(rae)}")
    assert rae.barriers() == []
    page.get_by_role("button", name="Stay signed in").click()
    expect(soon).to_be_hidden()

    page.clock.fast_forward("30:01")
    expect(over).to_be_visible()
    expect(soon).to_be_hidden()
    settle(rae)


def test_typing_keeps_the_session(ed):
    page = ed.page
    page.clock.install()
    begin(ed, "Assault on a post, awake")
    public_id = saved(ed)

    page.clock.fast_forward("28:01")
    expect(page.locator("[data-soon]")).to_be_visible()
    with page.expect_response("**/autosave/"):
        page.locator("#id_summary").fill("Still here.")
        page.locator("#id_summary").blur()
        page.clock.run_for("00:05")
    expect(page.locator("[data-soon]")).to_be_hidden()

    assert stored(public_id).summary == "Still here."
