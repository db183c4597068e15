"""`manage.py build_report --country MLI --period 2022-07 --wait`: ask for one report.

The command plans a job and rings; a Celery worker builds. Asking twice is asking once.
"""

import argparse
import time
from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.jobs import RETRIED, JobState
from incidents.choices import Dataset
from reports import planning
from reports.models import Manuscript, Report, ReportJob
from reports.models.jobs import BUILD
from reports.periods import FORMS, Period
from reports.schedules import starting

LOOK_EVERY = 0.3  # seconds
PING_TIMEOUT = 3.0  # seconds
IDLE_TIMEOUT = 60.0  # seconds
NOBODY = (
    "No worker answers. Start one with `make run`, or with `celery -A vigil.celery worker`. "
    "The job waits in the database and is built as soon as a worker starts."
)
IDLE = (
    "A worker answers but does not take the job: it may use another broker or database. Compare "
    "REDIS_URL and DATABASE_URL of the worker with yours. The job waits in the database."
)


def a_period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


class Command(BaseCommand):
    help = "Plan the situation report of a place for one period, and ring for a worker."

    def add_arguments(self, parser: CommandParser) -> None:
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("--country", metavar="ISO3", help="a country, such as MLI")
        place.add_argument("--body", metavar="SLUG", help="a regional body, such as ecowas")
        place.add_argument(
            "--continent", action="store_const", const=starting.CONTINENT, help="all of Africa"
        )
        parser.add_argument("--campaign", default="", metavar="SLUG", help="a thematic report")
        parser.add_argument(
            "--period", type=a_period, required=True, help=f"one of {', '.join(FORMS.values())}"
        )
        parser.add_argument("--dataset", choices=Dataset.values, default=Dataset.VIGIL.value)
        parser.add_argument("--language", choices=["en", "fr"], default="en")
        parser.add_argument(
            "--again", action="store_true", help="a further edition from today's record"
        )
        parser.add_argument(
            "--wait", action="store_true", help="show the progress until it is published"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        period: Period = options["period"]
        wanted = starting.Wanted(
            options["country"] or options["body"] or options["continent"],
            options["language"],
            period.cadence,
            options["dataset"],
            options["campaign"],
        )
        try:
            schedule, _is_new = starting.ensure(wanted, starts_on=period.first, is_active=False)
            job = planning.plan(schedule, period, at=timezone.now(), again=options["again"])
        except (starting.PlaceUnknown, planning.PlanRefused) as error:
            raise CommandError(str(error)) from error
        if job.state != JobState.DONE:
            current_app.send_task(BUILD, (job.pk,))
        if options["wait"]:
            self._wait(job)
        elif job.state == JobState.DONE:
            self._tell(job)
        else:
            self.stdout.write(f"{job.key} is {job.get_state_display()}.")

    def _wait(self, job: ReportJob) -> None:
        """Follow the job to its end. Raises CommandError when it fails or nobody works."""
        shown = ""
        began = time.monotonic()
        next_ping = began + PING_TIMEOUT
        while True:
            job.refresh_from_db()
            if job.state == JobState.DONE:
                return self._tell(job)
            if job.state in RETRIED:
                raise CommandError(f"{job.key} {job.get_state_display()}: {job.reason}")
            line = f"{job.key} {job.get_state_display()} {job.progress}/{job.total or '?'}"
            if line != shown:
                self.stdout.write(line)
                shown = line
            if time.monotonic() > next_ping:
                self._ask_workers(job, waited=time.monotonic() - began)
                next_ping = time.monotonic() + 5 * PING_TIMEOUT
            time.sleep(LOOK_EVERY)

    def _ask_workers(self, job: ReportJob, *, waited: float) -> None:
        """Raise CommandError when no worker answers, or all are idle and the job still waits."""
        active = current_app.control.inspect(timeout=PING_TIMEOUT).active()
        if not active:
            raise CommandError(NOBODY)
        is_taken = job.state != JobState.QUEUED or job.attempts > 0
        if waited > IDLE_TIMEOUT and not is_taken and not any(active.values()):
            raise CommandError(IDLE)

    def _tell(self, job: ReportJob) -> None:
        report = Report.objects.filter(job=job).first()
        if report is None:
            manuscript = Manuscript.objects.get(job=job)
            self.stdout.write(f"{manuscript.title}: waits for its writers at /desk/reports/.")
            return
        self.stdout.write(f"{report.title}: /reports/{report.public_id}/ sha256 {report.checksum}")
