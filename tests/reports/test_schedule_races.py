"""An editor and the planner at one schedule at one moment: a job counts what it was planned for."""

import threading
from contextlib import contextmanager

import pytest
from django.db import InternalError, connection, transaction
from django.test import Client
from django.utils import timezone

from core.jobs import JobState
from incidents.models import RecordHead
from reports import planning, workflow
from reports.choices import Release
from reports.models import Manuscript, Report, ReportJob, ReportSchedule
from reports.models.schedules import COUNTED
from reports.periods import Period
from reports.planning import PlanRefused
from reports.schedules import switching
from tests import make
from tests.desk import signed_in
from tests.desk.pages import fields
from tests.reports.conftest import JULY, NOW, built, planned, schedule

# Long enough for the other to have come to the lock; more only makes the tests slower.
WAIT = 10.0
# Within a transaction the first look would be the last.
LOOK = "SELECT pg_stat_clear_snapshot()"
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = %s"


class Beside(threading.Thread):
    """Somebody at work on a connection of their own; `outcome` is what came of it."""

    def __init__(self, work):
        super().__init__()
        self.work, self.outcome = work, None
        self.start()

    def run(self):
        try:
            self.outcome = self.work()
        except Exception as error:
            self.outcome = error
        finally:
            connection.close()

    def waits(self):
        """Return once it stands before a lock. Raises AssertionError if it never does."""
        polled = threading.Event()
        with connection.cursor() as cursor:
            for _ in range(int(WAIT / 0.02)):
                cursor.execute(LOOK)
                cursor.execute(WAITS, [connection.settings_dict["NAME"]])
                if cursor.fetchone()[0]:
                    return
                assert self.is_alive(), f"it did not wait: {self.outcome!r}"
                polled.wait(0.02)
        raise AssertionError("it never came to the lock")

    def ended(self):
        self.join(WAIT)
        assert not self.is_alive()
        return self.outcome


@contextmanager
def planning_job(which):
    """The planner's transaction after it has planned and before it commits."""
    with transaction.atomic():
        yield planning.plan(which, JULY, at=NOW)


def an_editor(which):
    """Ed with the form of the schedule before him: a function that saves it with changes."""
    client, page = signed_in(Client(), make.ed()), f"/desk/reports/schedules/{which.slug}/"
    typed = fields(client.get(page).content.decode(), "edition")
    return lambda **changes: client.post(page, typed | changes)


@pytest.mark.parametrize(
    "change",
    [
        {"country": "Niger [NER]"},
        {"dataset": "ucdp"},
        {"language": "fr"},
        {"topic": "kidnapping"},
        {"cadence": "weekly"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_who_saves_while_the_first_job_is_planned_is_refused_after_it(mali_committed, change):
    make.country("NER")
    which = schedule(is_active=False)
    save = an_editor(which)

    with planning_job(which) as job:
        editor = Beside(lambda: save(**change))
        editor.waits()
    answer = editor.ended()

    assert answer.status_code == 422
    assert "this schedule has reports" in answer.content.decode()
    which.refresh_from_db()
    assert {name: getattr(job.schedule, name) for name in COUNTED} == {
        name: getattr(which, name) for name in COUNTED
    }


def test_a_job_that_is_planned_while_an_editor_saves_is_one_of_the_new_schedule(mali_committed):
    which = schedule()
    with transaction.atomic():
        ReportSchedule.objects.filter(pk=which.pk).update(cadence="quarterly", cutoff_days=9)
        planner = Beside(lambda: planning.plan_due(NOW))
        planner.waits()
    jobs = planner.ended()

    assert [str(Period.of("quarterly", job.period_start)) for job in jobs] == [
        "2026-Q1", "2026-Q2", "2026-Q3",
    ]  # fmt: skip
    assert [(job.period_end, job.terms["cutoff_days"]) for job in jobs] == [
        (Period.parse(f"2026-Q{n}").last, 9) for n in (1, 2, 3)
    ]


def test_a_period_that_is_asked_for_while_an_editor_changes_the_cadence_is_refused(mali_committed):
    which = schedule(is_active=False)
    with transaction.atomic():
        ReportSchedule.objects.filter(pk=which.pk).update(cadence="weekly")
        asking = Beside(lambda: planning.plan(which, JULY, at=NOW))
        asking.waits()

    assert isinstance(refused := asking.ended(), PlanRefused)
    assert "reports weekly: 2022-07 is another period" in str(refused)
    assert not ReportJob.objects.exists()


@pytest.mark.parametrize("gone", ["switched off", "deleted"])
def test_a_schedule_that_is_gone_when_the_planner_comes_to_it_is_planned_no_more(
    mali_committed, gone
):
    which = schedule()
    with transaction.atomic():
        if gone == "deleted":
            ReportSchedule.objects.filter(pk=which.pk).delete()
        else:
            switching.switch(which, is_active=False, by=make.ed(), at=NOW)
        planner = Beside(lambda: planning.plan_due(NOW))
        planner.waits()

    assert planner.ended() == []
    assert not ReportJob.objects.exists()


def test_whatever_way_a_change_comes_the_database_waits_for_the_planner(mali_committed):
    which = schedule(is_active=False)

    with planning_job(which):
        editor = Beside(lambda: ReportSchedule.objects.filter(pk=which.pk).update(language="fr"))
        editor.waits()

    assert isinstance(refused := editor.ended(), InternalError)
    assert "schedule_counts_the_same" in str(refused)


def test_a_report_tells_what_it_was_planned_for_whatever_was_edited_since(mali):
    which = schedule(name="Sahel watch", cutoff_days=3, time_zone="Africa/Bamako")
    job = planned(which)

    ReportSchedule.objects.filter(pk=which.pk).update(
        name="Another name", cutoff_days=20, time_zone="Pacific/Kiritimati"
    )
    report = built(job)

    assert report.title.startswith("Sahel watch")
    assert "Another name" not in str(report.content)
    assert job.planned_for.zone.key == "Africa/Bamako"


@pytest.mark.parametrize(
    ("before", "after"),
    [(Release.AUTOMATIC, Release.REVIEWED), (Release.REVIEWED, Release.AUTOMATIC)],
)
def test_who_wants_review_gets_it_though_the_report_was_planned_before(mali, before, after):
    which = schedule(release=before)
    job = planned(which)

    ReportSchedule.objects.filter(pk=which.pk).update(release=after)
    built(job)

    assert Manuscript.objects.get().job == job
    assert not Report.objects.exists()


def test_an_editor_who_asks_for_review_while_it_is_published_waits_for_that(mali_committed):
    which = schedule(is_active=False)
    at = RecordHead.objects.get(pk=1).at
    job = ReportJob.claim(planned(which).pk, at=at)

    with transaction.atomic():
        workflow.work(job, clock=lambda: at)
        editor = Beside(
            lambda: ReportSchedule.objects.filter(pk=which.pk).update(release=Release.REVIEWED)
        )
        editor.waits()

    assert editor.ended() == 1
    assert Report.objects.get().job == job


def test_what_was_planned_before_a_schedule_was_switched_off_is_told_and_still_built(mali):
    which = schedule()
    [*_, last] = planning.plan_due(NOW)
    client = signed_in(Client(), make.ed())

    page = client.post(f"/desk/reports/schedules/{which.slug}/switch/", {"to": "off"}, follow=True)
    later = planning.plan_due(timezone.now())
    report = built(last)

    assert "Three reports were planned before and are still built" in page.content.decode()
    assert later == []
    assert report.job.state == JobState.DONE
