"""Plan reports: which are owed, and which somebody asks for. Planning twice plans once.

A schedule is held while one of its jobs is planned, as it is while an editor saves it: what a job
was planned for is what its schedule counts for ever.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from incidents.models import RecordHead
from reports.choices import ManuscriptState
from reports.models import Manuscript, Report, ReportJob, ReportSchedule
from reports.models.jobs import PINNED
from reports.periods import Period, finished
from reports.schedules.telling import untold, why

# After a pause of any length, at most so many past periods of a schedule are made up for.
CATCH_UP = 3
# A manuscript in one of these states waits for people.
OPEN = (ManuscriptState.WRITING, ManuscriptState.SUBMITTED)


class PlanRefused(Exception):
    """The report cannot be asked for; says why and what to do."""


def plan_due(at: dt.datetime) -> list[ReportJob]:
    """Plan whatever active schedules owe at `at`; return the new jobs.

    Planning twice, or five times at once, plans once: the database holds one job for a schedule,
    period and edition. A schedule about what readers may not know of waits until they may.
    """
    planned = []
    for schedule in ReportSchedule.objects.filter(is_active=True).order_by("pk"):
        if owed(schedule, at):
            planned += _plan_owed(schedule, at)
    return planned


@transaction.atomic
def _plan_owed(seen: ReportSchedule, at: dt.datetime) -> list[ReportJob]:
    """What the schedule owes as it stands now, which may no longer be what was seen."""
    schedule = _held(seen)
    if schedule is None or not schedule.is_active or untold(schedule):
        return []
    made = [_plan(schedule, period, edition=1) for period in owed(schedule, at)]
    return [job for job, is_new in made if job and is_new]


def _held(schedule: ReportSchedule) -> ReportSchedule | None:
    """The schedule as it stands now, held until the transaction ends; None if it is gone."""
    return ReportSchedule.objects.select_for_update(no_key=True).filter(pk=schedule.pk).first()


def owed(schedule: ReportSchedule, at: dt.datetime) -> list[Period]:
    """Past periods that the next round would plan, oldest first; the schedule may be unsaved."""
    periods = finished(
        schedule.cadence,
        at,
        schedule.cutoff_days,
        since=schedule.starts_on,
        most=CATCH_UP,
        zone=schedule.zone,
    )
    known = set(schedule.jobs.values_list("period_start", flat=True)) if schedule.pk else set()
    return [period for period in periods if period.first not in known]


@transaction.atomic
def plan(
    schedule: ReportSchedule, period: Period, *, at: dt.datetime, again: bool = False
) -> ReportJob:
    """Ask for the report of a period: its job, old or new. A failed job is queued once more.

    `again` asks for a further edition from today's record, which supersedes the last one. Raises
    PlanRefused for a period of another cadence or one that is not over, an empty record, a subject
    that readers may not know of, an edition that still waits for people, or nothing new for another
    edition.
    """
    slug = schedule.slug
    if (held := _held(schedule)) is None:
        raise PlanRefused(_("%(schedule)s is no schedule any more.") % {"schedule": slug})
    schedule = held
    if subject := untold(schedule):
        raise PlanRefused(why(subject))
    if period.cadence != schedule.cadence:
        raise PlanRefused(
            _("%(schedule)s reports %(cadence)s: %(period)s is another period.")
            % {
                "schedule": schedule.slug,
                "cadence": schedule.get_cadence_display(),
                "period": period,
            }
        )
    if period.cutoff(1, schedule.zone) > at:
        raise PlanRefused(
            _("%(period)s is not over: ask from %(day)s on.")
            % {"period": period, "day": period.following.first}
        )
    last = schedule.jobs.filter(period_start=period.first).order_by("-edition").first()
    if again and last is not None:
        _something_new(last)
    edition = 1 if last is None else last.edition + 1 if again else last.edition
    job, _new = _plan(schedule, period, edition=edition)
    if job is None:
        raise PlanRefused(_("The record is empty: load data first, with `make seed` or an import."))
    job.ask_again()
    return job


def _something_new(last: ReportJob) -> None:
    tip = RecordHead.objects.get(pk=1)
    if Manuscript.objects.filter(job=last, state__in=OPEN).exists():
        raise PlanRefused(
            _("Edition %(edition)s waits for its writers: release or drop it first.")
            % {"edition": last.edition}
        )
    dropped = Manuscript.objects.filter(job=last, state=ManuscriptState.DROPPED).exists()
    if not dropped and not Report.objects.filter(job=last).exists():
        raise PlanRefused(
            _("Edition %(edition)s is not published yet: wait for it.") % {"edition": last.edition}
        )
    if not dropped and tip.seq == last.record_seq:
        raise PlanRefused(
            _("Nothing was published since edition %(edition)s: another would say the same.")
            % {"edition": last.edition}
        )


def _plan(
    schedule: ReportSchedule, period: Period, *, edition: int
) -> tuple[ReportJob | None, bool]:
    """One job, pinned to the tip of the record; None while the record is empty.

    The caller holds the schedule.
    """
    tip = RecordHead.objects.filter(pk=1).first()
    if tip is None or tip.at is None:
        return None, False
    earlier = schedule.jobs.filter(period_start__lt=period.first) | schedule.jobs.filter(
        period_start=period.first, edition__lt=edition
    )
    return ReportJob.objects.get_or_create(
        key=f"{schedule.slug}:{period}:{edition}",
        defaults={
            "schedule": schedule,
            "period_start": period.first,
            "period_end": period.last,
            "edition": edition,
            "cutoff_at": period.cutoff(schedule.cutoff_days, schedule.zone),
            "record_seq": tip.seq,
            "record_at": tip.at,
            "previous_seq": earlier.aggregate(tip=Max("record_seq"))["tip"],
            "terms": {name: getattr(schedule, name) for name in PINNED},
        },
    )
