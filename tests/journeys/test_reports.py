"""Rae finds a report, reads it, follows a number to its rows and takes the report with her."""

import csv
import re
from pathlib import Path

import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reports import planning, workflow
from reports.models import ReportJob
from reports.periods import Period
from reports.schedules import starting
from tests.journeys.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
both_windows = pytest.mark.parametrize("rae", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])
TITLE = "Mali: situation report, July 2022"


@pytest.fixture(scope="module")
def july(seeded, django_db_blocker):
    """The monthly report on Mali of July 2022, from the seed."""
    period = Period.parse("2022-07")
    with django_db_blocker.unblock():
        wanted = starting.Wanted("MLI", "en")
        schedule, _is_new = starting.ensure(wanted, starts_on=period.first, is_active=False)
        job = planning.plan(schedule, period, at=timezone.now())
        claimed = ReportJob.claim(job.pk, at=timezone.now())
        return workflow.work(claimed, clock=timezone.now)


def shown(number: str) -> int:
    return int(re.sub(r"\D", "", number))


@both_windows
def test_rae_finds_the_report_and_reads_it(july, rae):
    rae.open("/reports/")
    page = rae.page
    page.get_by_label("Title or place").fill("mali")
    page.get_by_label("How often").select_option("monthly")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/reports/?*q=mali*")
    assert rae.barriers() == []
    assert not rae.is_too_wide()
    rae.shoot(f"report-archive-{page.viewport_size['width']}")

    page.get_by_role("link", name=TITLE, exact=True).click()
    page.wait_for_url(f"**/reports/{july.public_id}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert not rae.is_too_wide()
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="Key figures").click()
    expect(page.locator("#totals")).to_be_in_viewport()
    for drawing in page.locator("figure.drawn img").all():
        drawing.scroll_into_view_if_needed()
        expect(drawing).to_have_js_property("complete", value=True)
        assert drawing.evaluate("image => image.naturalWidth") > 0
    assert rae.barriers_in_any_light() == []
    rae.shoot(f"report-{page.viewport_size['width']}")


def test_rae_follows_a_number_to_its_rows(july, rae):
    rae.open(f"/reports/{july.public_id}/")
    page = rae.page
    number = page.locator("#totals .stats a").first
    count = shown(number.inner_text())
    assert count > 5

    number.click()
    page.wait_for_url("**/incidents/?*as_of=*")
    answer = page.request.get(page.url.replace("/incidents/", "/api/v1/incidents/")).json()
    assert answer["count"] == len(answer["results"]) == count
    assert re.search(rf"\b{count} incidents", rae.text())


def test_rae_takes_the_report_and_a_table_with_her(july, rae, tmp_path):
    rae.open(f"/reports/{july.public_id}/")
    page = rae.page
    with page.expect_download() as printed:
        page.get_by_role("link", name="PDF", exact=True).click()
    with page.expect_download() as listed:
        page.get_by_role("link", name="Every incident: CSV").click()

    reader = pypdf.PdfReader(saved(printed.value, tmp_path))
    assert TITLE in "".join(reader.pages[0].extract_text().splitlines())
    text = saved(listed.value, tmp_path).read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    total = page.locator("#totals .stats a").first
    assert len(rows) == shown(total.inner_text())


def saved(download, folder) -> Path:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path
