"""What Ed types is kept: by the page itself, on his device, and beside what others write."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.journeys.desk import WINDOWS, as_person, begin, saved, settle
from tests.journeys.test_entry_desk import stored

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


@pytest.fixture
def ed(rae):
    """Ed with his browser."""
    yield as_person(rae, make.ed)
    settle(rae)


def test_a_lost_line_and_a_closed_lid_lose_nothing(ed):
    page, context = ed.page, ed.page.context
    begin(ed, "Assault on a post, kept")
    public_id = saved(ed)

    context.set_offline(True)
    page.locator("#id_summary").fill("Written without a connection.")
    page.locator("#id_summary").blur()
    expect(page.locator("[data-state]")).to_contain_text("No connection", timeout=15_000)
    page.close()
    context.set_offline(False)
    assert stored(public_id).summary == ""

    ed.page = page = context.new_page()
    ed.open(f"/desk/incidents/{public_id}/")
    expect(page.locator("[data-restore]")).to_be_visible()
    ed.shoot("entry-restore")
    assert ed.barriers() == []
    page.get_by_role("button", name="Restore the copy").click()
    expect(page.locator("#id_summary")).to_have_value("Written without a connection.")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator(".desk-messages")).to_contain_text("Saved at")

    assert stored(public_id).summary == "Written without a connection."
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('vigil-draft'))") == []
    expect(page.locator("[data-restore]")).to_be_hidden()
    ed.complaints.clear()  # the browser reports that it was offline


def test_a_page_saves_itself_again_when_the_line_is_back(ed):
    page, context = ed.page, ed.page.context
    begin(ed, "Assault on a post, line back")
    public_id = saved(ed)

    context.set_offline(True)
    page.locator("#id_summary").fill("Sent later.")
    page.locator("#id_summary").blur()
    expect(page.locator("[data-state]")).to_contain_text("No connection", timeout=15_000)
    context.set_offline(False)
    expect(page.locator("[data-state]")).to_contain_text("Saved at", timeout=20_000)

    assert stored(public_id).summary == "Sent later."
    ed.complaints.clear()


@WINDOWS
def test_two_windows_do_not_overwrite_each_other(ed):
    begin(ed, "Assault on a post, two windows")
    public_id = saved(ed)
    path = f"/desk/incidents/{public_id}/"
    ed.open(path)
    first = ed.page
    ed.page = second = first.context.new_page()
    second.set_viewport_size(first.viewport_size)
    second.on("pageerror", lambda error: ed.complaints.append(str(error)))
    ed.open(path)

    first.locator("#id_title").fill("Assault on a post, changed first")
    first.get_by_role("button", name="Save the draft").click()
    expect(first.locator(".desk-messages")).to_contain_text("Saved at")
    second.locator("#id_summary").fill("Changed second.")
    second.get_by_role("button", name="Save the draft").click()

    expect(second.locator("h1")).to_contain_text("Somebody else saved this incident")
    ed.shoot(f"entry-conflict-{second.viewport_size['width']}")
    assert ed.barriers() == []
    assert not ed.is_too_wide()
    title = second.get_by_role("group", name="Title")
    expect(title.get_by_role("radio", name="Theirs")).to_be_checked()
    summary = second.get_by_role("group", name="What happened")
    expect(summary.get_by_role("radio", name="Yours")).to_be_checked()
    second.get_by_role("button", name="Save this version").click()
    expect(second.locator(".desk-messages")).to_contain_text("Saved at")

    kept = stored(public_id)
    assert (kept.title, kept.summary) == ("Assault on a post, changed first", "Changed second.")
    ed.complaints.clear()
