"""A reviewed report, from its schedule to its reader: an editor, an analyst, a reviewer, Rae."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reports.manuscripts import releasing
from reports.models import Manuscript, ReportJob
from reports.tasks import build_report
from tests import make
from tests.journeys.desk import WINDOWS, as_person, committed, press, settle, tab_to, window_of
from tests.reports import manuscripts

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
JUDGEMENT = "The wave of 21 July shows that posts around Bamako can be reached in one night."
LEAD = "Six posts were attacked on one day, and the garrison of Kati on the next."


def looked_at(visit, name):
    """Nothing too wide; a picture for the eye.

    What bars people is looked for by the sweep of the whole desk, in light and dark.
    """
    assert not visit.is_too_wide()
    visit.shoot(f"report-desk-{name}-{window_of(visit)}")


def built(slug):
    """A worker has taken the job; the number of what waits for its writers."""

    def work():
        job = ReportJob.objects.get(schedule__slug=slug)
        build_report(job.pk)
        return Manuscript.objects.get(job=job).pk

    return committed(work)


def write_takeaway(page, number, judgement):
    row = page.locator(f"#takeaways-{number}")
    row.get_by_label("Judgement").fill(judgement)
    row.get_by_label("Evidence").fill("Six posts in one night; the army named no figure.")
    row.get_by_label("Confidence").select_option("moderate")


@WINDOWS
@pytest.mark.timeout(300)
def test_a_reviewed_report_goes_from_its_schedule_to_its_reader(rae):
    page, window = rae.page, window_of(rae)

    # Ed makes the schedule; the page says in words what it will do.
    as_person(rae, make.ed)
    rae.open("/desk/reports/schedules/")
    page.get_by_role("button", name="New schedule").click()
    page.wait_for_url("**/schedules/new/")
    page.locator("#id_country").fill("Mali [MLI]")
    page.locator("#id_time_zone").fill("Africa/Bamako")
    page.locator("#id_language").select_option("en")
    page.locator("#id_release").select_option("reviewed")
    page.locator("#id_starts_on").fill("2022-01-01")
    page.locator("#id_name").fill(f"Mali bulletin {window}")
    expect(page.locator("#said")).to_contain_text("in Africa/Bamako")
    expect(page.locator("#said")).to_contain_text("A second person releases each report.")
    looked_at(rae, "schedule")
    press(rae, "Save")
    slug = f"monthly-mali-bulletin-{window}-en"
    page.wait_for_url(f"**/schedules/{slug}/")

    # He asks for July 2022; a period that is not over is refused with the reason.
    page.get_by_role("link", name="Ask for a report").click()
    page.wait_for_url("**/ask/")
    page.locator("#id_period").fill("2099-01")
    press(rae, "Ask for it")
    expect(page.locator("#id_period_error")).to_contain_text("is not over")
    page.locator("#id_period").fill("2022-07")
    press(rae, "Ask for it")
    expect(page.locator(".desk-messages")).to_contain_text("July 2022, edition 1")
    looked_at(rae, "ask")
    number = built(slug)

    # Ana writes beside what was generated; the page saves itself.
    as_person(rae, make.ana)
    rae.open("/desk/reports/")
    looked_at(rae, "waiting")
    page.locator("main table").get_by_role("link").first.click()
    page.wait_for_url(re.compile(rf"/manuscripts/{number}/$"))
    page.get_by_role("button", name="Write", exact=True).click()
    page.wait_for_url("**/write/")
    expect(page.locator(".report-generated")).to_contain_text("Key figures")
    page.locator("#id_lead").fill(LEAD)
    write_takeaway(page, 0, JUDGEMENT)
    page.locator("#takeaways-0").get_by_label("Likelihood").select_option("likely")
    choice = page.locator("#figures option[value*='total.incidents']").get_attribute("value")
    page.locator("#id_takeaways-0-figure0").fill(choice)
    for more in (1, 2):
        press(rae, "Add another key takeaway")
        expect(page.locator(f"#takeaways-{more}")).to_be_visible()
        write_takeaway(page, more, f"Judgement {more + 1} stands by itself.")
    page.locator("#takeaways-2").get_by_role("button", name="Move up").click()
    moved = page.locator("#id_takeaways-1-judgement")
    expect(moved).to_have_value("Judgement 3 stands by itself.")
    page.locator("#id_outlook").fill("A quiet month around Kati would change this.")
    page.locator("#id_authors").fill("The Sahel desk")
    page.locator("#id_authors").blur()
    expect(page.locator("[data-state]")).to_contain_text("Saved at", timeout=15_000)
    assert rae.barriers_in_any_light() == []
    looked_at(rae, "write")

    # Ed saves meanwhile: Ana compares, and both keep their words.
    def meanwhile():
        found = Manuscript.objects.get(pk=number)
        text = found.written | {"reviewers": "Ed"}
        releasing.write(found, text, by=make.ed(), at=timezone.now(), version=found.version)

    committed(meanwhile)
    page.locator("#id_lead").fill(f"{LEAD} Reports were late.")
    page.locator(".entry-bar [name=save]").click()
    expect(page.locator("h1")).to_contain_text("Somebody else saved this text while you wrote")
    assert rae.barriers_in_any_light() == []
    looked_at(rae, "conflict")
    expect(page.locator(".entry-difference")).to_have_count(2)
    press(rae, "Save this version")
    page.wait_for_url("**/write/")
    expect(page.locator("#id_reviewers")).to_have_value("Ed")
    rae.complaints.clear()  # the conflict is a 409
    page.locator(".entry-bar [name=submit]").click()
    page.wait_for_url("**/do/submit/")
    looked_at(rae, "submit")
    press(rae, "Submit for release")
    expect(page.locator(".desk-messages")).to_contain_text("waits for a second person")
    expect(page.locator(".desk-verbs .desk-buttons")).not_to_contain_text("Release")

    # Rita reads it whole and releases it.
    as_person(rae, make.rita)
    rae.open(f"/desk/reports/manuscripts/{number}/preview/")
    expect(page.locator("main")).to_contain_text("Not published")
    looked_at(rae, "preview")
    rae.open(f"/desk/reports/manuscripts/{number}/")
    looked_at(rae, "manuscript")
    page.get_by_role("button", name="Release", exact=True).click()
    page.wait_for_url("**/do/release/")
    looked_at(rae, "release")
    press(rae, "Release")
    expect(page.locator(".desk-messages")).to_contain_text("Released")

    # Rae reads it, and sees what people wrote and what the record says.
    address = page.get_by_role("link", name="Public page").get_attribute("href")
    page.context.clear_cookies()
    rae.open(address)
    expect(page.locator("article")).to_contain_text(JUDGEMENT)
    expect(page.locator("article")).to_contain_text("Reports were late.")
    expect(page.locator("article .written").first).to_contain_text("Written by analysts")
    rae.shoot(f"report-desk-public-{window}")


@pytest.mark.timeout(200)
def test_a_report_is_written_and_submitted_by_keyboard_alone(rae):
    page = rae.page
    number = committed(waiting)
    as_person(rae, make.ana)
    rae.open(f"/desk/reports/manuscripts/{number}/write/")

    def type_into(control, words):
        tab_to(page, f"#id_{control}")
        page.keyboard.type(words)

    type_into("lead", LEAD)
    for row in range(3):
        if row:
            tab_to(page, "#part-takeaways [name=add]")
            page.keyboard.press("Enter")
            expect(page.locator(f"#takeaways-{row}")).to_be_visible()
            page.locator("#part-takeaways").focus()
        type_into(f"takeaways-{row}-judgement", f"Judgement {row + 1}.")
        type_into(f"takeaways-{row}-evidence", "Six posts in one night.")
        tab_to(page, f"#id_takeaways-{row}-confidence")
        page.keyboard.type("high")
    type_into("authors", "The desk")
    tab_to(page, ".entry-bar [name=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/do/submit/")
    tab_to(page, "main form [type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator(".desk-messages")).to_contain_text("waits for a second person")
    settle(rae)


def waiting():
    """A small report that waits for its writers."""
    mine = manuscripts.series(slug="by-keyboard", name="By keyboard")
    return manuscripts.manuscript(which=manuscripts.job(1, mine)).pk
