"""Reports that wait for people, the schedules that made them, pictures and steps."""

from django.utils import timezone

from reports.models import Manuscript, ReportPicture, ReportStep
from tests import make
from tests.house.constraints.record_exchange_reports import report
from tests.house.constraints.registry import case, change, twice
from tests.reports.manuscripts import dropped, job, manuscript, series, submitted


@case("schedule_one_place")
def _() -> None:
    change(series(), region="western")


@case("schedule_topic_names_it")
def _() -> None:
    change(series(), topic="actor")


@case("schedule_counts_the_same")
def _() -> None:
    change(job().schedule, language="fr")


@case("manuscript_two_people")
def _() -> None:
    now = timezone.now()
    manuscript(
        state="released", submitted_by=make.ed(), submitted_at=now, released_by=make.ed(),
        released_at=now,
    )  # fmt: skip


@case("manuscript_submission_whole")
def _() -> None:
    change(manuscript(), state="submitted")


@case("manuscript_release_whole")
def _() -> None:
    change(submitted(), state="released")


@case("manuscript_is_kept")
def _() -> None:
    Manuscript.objects.filter(pk=manuscript().pk).delete()


@case("manuscript_generated_is_frozen")
def _() -> None:
    change(manuscript(), content={"sections": []})


@case("manuscript_ends_once")
def _() -> None:
    change(dropped(), state="writing")


@case("manuscript_released_by_no_writer")
def _() -> None:
    found = submitted()
    found.writers.add(make.rita())
    change(found, state="released", released_by=make.rita(), released_at=timezone.now())


def picture() -> ReportPicture:
    return ReportPicture.objects.create(report=report(), key="map", svg="<svg/>")


@case("report_picture_unique_key")
def _() -> None:
    ReportPicture.objects.create(report=picture().report, key="map", svg="<svg/>")


@case("report_picture_is_append_only")
def _() -> None:
    change(picture(), svg="")


@case("report_step_once")
def _() -> None:
    which = job()
    values = {"job": which, "number": 1, "section": {}, "items": [], "pictures": {}}
    twice(lambda: ReportStep.objects.create(name="header", **values))
