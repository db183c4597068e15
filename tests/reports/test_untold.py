"""A group or campaign that readers may not know of: never reported on, and editors are told why."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from core.jobs import JobState
from incidents import workflow as desk
from incidents.models import Campaign
from reports import planning, tasks
from reports.manuscripts import releasing
from reports.manuscripts.release_table import ReleaseRefused
from reports.models import Report, ReportJob, ReportSchedule
from reports.planning import PlanRefused
from reports.schedules import words
from tests import make
from tests.desk import signed_in
from tests.desk.pages import fields
from tests.reports.conftest import JULY, NOW, built, planned, schedule
from tests.reports.manuscripts import submitted
from tests.reports.test_schedules_desk import NEW, at_desk, typed

pytestmark = pytest.mark.django_db
UNTOLD = {
    "actor": "Readers may not know of the group “Quorvath Front”",
    "campaign": "Readers may not know of the campaign “Zzyzx siege”",
}


@pytest.fixture
def hidden():
    """A group that no publication names, and a campaign that no published incident is in."""
    return {
        "actor": make.actor("quorvath-front", short_name="Quorvath Front", created_by=make.ed()),
        "campaign": make.campaign("zzyzx-siege", name="Zzyzx siege", is_public=False),
    }


def about(topic, subject, **more):
    return schedule(**{"slug": f"monthly-{topic}", "topic": topic, topic: subject} | more)


@pytest.fixture
def told(mali, hidden):
    """A schedule about the campaign while one published incident tells of it, and the incident."""
    shown = make.incident(day="2022-07-23", place="Kati")
    make.tie(shown, hidden["campaign"])
    make.through_the_door(shown)
    return about("campaign", hidden["campaign"]), shown


def withdraw(shown):
    desk.withdraw(shown, by=make.rita(), at=timezone.now(), reason="not_confirmed")


@pytest.mark.parametrize("topic", ["actor", "campaign"])
@pytest.mark.parametrize("text", ["named", "part of the name"])
def test_the_form_refuses_it_and_says_what_would_change_that(hidden, topic, text):
    row = hidden[topic]
    value = f"{row} [{row.slug}]" if text == "named" else row.slug[:5]
    client = at_desk()

    answer = client.post(NEW, typed(topic=topic, **{topic: value}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"A report on “{row} [{row.slug}]” would be the first to tell of it" in page
    assert UNTOLD[topic] in page
    assert "Publish an incident" in page
    assert f'id="id_{topic}_error"' in page
    assert fields(page, "edition")[topic] == [value]
    assert not ReportSchedule.objects.exists()


@pytest.mark.parametrize("topic", ["actor", "campaign"])
def test_only_what_readers_may_know_of_is_offered(hidden, topic):
    other = {"actor": make.actor("quorvath-told", short_name="Quorvath Told"),
             "campaign": make.campaign("zzyzx-told", name="Zzyzx told")}[topic]  # fmt: skip
    client = at_desk()
    word = other.slug.partition("-")[0]

    offered = client.get(f"/desk/choose/told-{topic}/", {topic: word}).content.decode()
    every = client.get(f"/desk/choose/{topic}/", {topic: word}).content.decode()
    answer = client.post(NEW, typed(topic=topic, **{topic: word}))

    assert str(other) in offered
    assert str(hidden[topic]) not in offered
    assert str(hidden[topic]) in every
    assert answer.status_code == 302
    assert getattr(ReportSchedule.objects.get(), topic) == other


def test_the_planner_passes_it_by_until_readers_may_know_of_it(mali, hidden):
    waiting = about("campaign", hidden["campaign"])

    passed_by = planning.plan_due(NOW)
    Campaign.objects.filter(slug="zzyzx-siege").update(is_public=True)
    made_up_for = planning.plan_due(NOW)

    assert passed_by == []
    assert [job.schedule for job in made_up_for] == [waiting] * planning.CATCH_UP


@pytest.mark.parametrize("topic", ["actor", "campaign"])
def test_asking_for_a_report_is_refused_with_the_reason(mali, hidden, topic):
    which = about(topic, hidden[topic])

    with pytest.raises(PlanRefused, match=UNTOLD[topic]):
        planned(which)
    page = at_desk().post(f"/desk/reports/schedules/{which.slug}/ask/", {"period": "2022-07"})

    assert page.status_code == 422
    assert UNTOLD[topic] in page.content.decode()
    assert not ReportJob.objects.exists()


def test_what_is_withdrawn_before_a_report_is_built_ends_the_job_at_once(told):
    which, shown = told
    job = planned(which)
    withdraw(shown)

    tasks.build_report(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert job.reason.startswith(UNTOLD["campaign"])
    assert job.reason.endswith("cancel it and switch its schedule off.")
    assert not Report.objects.exists()


def test_what_is_withdrawn_while_a_report_is_built_is_not_published(told, monkeypatch):
    which, shown = told
    job = planned(which)
    build = tasks.workflow.build

    def withdrawn_at_the_last_step(*args, **more):
        draft = build(*args, **more)
        withdraw(shown)
        return draft

    monkeypatch.setattr(tasks.workflow, "build", withdrawn_at_the_last_step)
    tasks.build_report(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert not Report.objects.exists()
    assert job.steps.exists()  # kept for the day on which it may be told


def test_the_job_is_built_once_readers_may_know_of_it_and_somebody_retries(told):
    which, shown = told
    job = planned(which)
    withdraw(shown)
    tasks.build_report(job.pk)

    again = make.incident(day="2022-07-24", place="Kati")
    make.tie(again, which.campaign)
    make.through_the_door(again)
    planned(which)
    tasks.build_report(job.pk)

    assert Report.objects.get().job == job


def test_the_operators_page_says_why_and_leads_to_the_schedule(told):
    which, shown = told
    job = planned(which)
    withdraw(shown)
    tasks.build_report(job.pk)
    boss = signed_in(Client(), make.person("ada", Role.ADMINISTRATOR))

    page = boss.get(f"/desk/jobs/reportjob/{job.pk}/").content.decode()

    assert UNTOLD["campaign"] in page
    assert f"/desk/reports/schedules/{which.slug}/" in page
    assert "Traceback" not in page


def test_a_schedule_whose_subject_was_withdrawn_says_so_and_may_still_be_edited(told):
    which, shown = told
    withdraw(shown)
    client, page = at_desk(), f"/desk/reports/schedules/{which.slug}/"
    kept = fields(client.get(page).content.decode(), "edition")

    said = words.said(which, NOW)
    saved = client.post(page, kept | {"cutoff_days": "5"})

    assert "It waits: nothing is reported for now. " + UNTOLD["campaign"] in said
    for address in ("/desk/reports/schedules/", page):
        assert UNTOLD["campaign"] in client.get(address).content.decode()
    assert saved.status_code == 302
    assert ReportSchedule.objects.get().cutoff_days == 5


def test_a_published_report_stays_readable_and_says_that_its_subject_was_withdrawn(told):
    which, shown = told
    made = built(planned(which))
    before = Client().get(f"/reports/{made.public_id}/").content.decode()
    withdraw(shown)

    page = Client().get(f"/reports/{made.public_id}/")
    forms = [Client().get(f"/reports/{made.public_id}.{end}") for end in ("json", "pdf", "docx")]

    note = "The public record no longer tells of what this report is about."
    assert note not in before
    assert page.status_code == 200
    assert note in page.content.decode()
    assert shown.public_id in page.content.decode()
    assert [answer.status_code for answer in forms] == [200, 200, 200]


def test_a_manuscript_about_what_was_withdrawn_is_not_released(told):
    which, shown = told
    waiting = submitted()
    ReportJob.objects.filter(pk=waiting.job_id).update(schedule=which)
    withdraw(shown)

    with pytest.raises(ReleaseRefused, match=UNTOLD["campaign"]):
        releasing.release(waiting, by=make.rita(), at=timezone.now(), version=waiting.version)

    assert not Report.objects.exists()
    assert JULY.first == waiting.job.period_start
