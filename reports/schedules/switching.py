"""What editors do with a schedule beside editing it: switch it on or off, ask for a report."""

import datetime as dt

from django.db import transaction

from accounts import audit
from accounts.models import User
from core.jobs import JobState
from reports.manuscripts.release_table import outside_scope
from reports.models import ReportJob, ReportSchedule
from reports.periods import Period
from reports.planning import PlanRefused, plan


@transaction.atomic
def switch(schedule: ReportSchedule, *, is_active: bool, by: User, at: dt.datetime) -> bool:
    """Let due periods be reported by themselves, or not; False where nothing changed.

    Raises PlanRefused outside the person's countries.
    """
    now = _locked(schedule, by)
    if now.is_active == is_active:
        return False
    now.is_active = is_active
    now.save(update_fields=["is_active", "updated_at"])
    changed = {"is_active": {"from": not is_active, "to": is_active}}
    audit.record("edit", "schedule", now.slug, by=by, at=at, changed=changed)
    return True


def unfinished(schedule: ReportSchedule) -> int:
    """How many of its reports are planned but not built; they will be, switched on or off."""
    return schedule.jobs.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).count()


@transaction.atomic
def ask(
    schedule: ReportSchedule, period: Period, *, by: User, at: dt.datetime, again: bool
) -> ReportJob:
    """Ask for the report of a past period, or for a further edition of it.

    The next ring of the bell finds the job. Raises PlanRefused with the reason.
    """
    job = plan(_locked(schedule, by), period, at=at, again=again)
    audit.record(
        "ask", "schedule", schedule.slug, by=by, at=at, period=str(period), edition=job.edition
    )
    return job


def _locked(schedule: ReportSchedule, by: User) -> ReportSchedule:
    if reasons := outside_scope(schedule, by):
        raise PlanRefused(" ".join(reasons))
    return ReportSchedule.objects.select_for_update(no_key=True).get(pk=schedule.pk)
