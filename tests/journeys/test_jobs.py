"""Ada the administrator before the page of jobs: it refreshes itself, and a verb is confirmed."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.choices import Role
from core.jobs import JobState
from exchange.models import ImportBatch
from tests import make
from tests.journeys.desk import WINDOWS, as_person, checked, committed, window_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def ada():
    return make.person("ada", Role.ADMINISTRATOR)


def running(key):
    at = timezone.now()
    batch = ImportBatch.objects.create(
        key=key, format="ucdp", file_name="ged.csv", file_sha256=key, started_by=make.ed()
    )
    held = ImportBatch.claim(batch.pk, at=at)
    held.renew(at=at + dt.timedelta(hours=1), progress=3, total=9)
    return held


@WINDOWS
def test_the_page_follows_a_job_by_itself_and_cancels_it_once_confirmed(rae):
    page, key = rae.page, f"ucdp:{window_of(rae)}"
    job = committed(lambda: running(key))
    as_person(rae, ada)
    rae.open("/desk/jobs/?kind=importbatch")
    row = page.locator("tr", has_text=key)
    expect(row).to_contain_text("3 of 9")
    checked(rae, f"jobs-{window_of(rae)}")

    committed(lambda: job.renew(at=timezone.now() + dt.timedelta(hours=1), progress=7))
    expect(row).to_contain_text("7 of 9", timeout=15_000)

    row.get_by_role("button", name="Cancel").click()
    page.wait_for_url(f"**/desk/jobs/importbatch/{job.pk}/")
    expect(page.locator("h1")).to_have_text(key)
    checked(rae, f"job-{window_of(rae)}")
    page.get_by_role("button", name="Cancel this job").click()
    expect(page.locator(".desk-messages")).to_contain_text("The job is cancelled.")
    assert committed(lambda: ImportBatch.objects.get(key=key).state) == JobState.CANCELLED
