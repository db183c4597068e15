"""The job rows that build reports, and what each step of a job has written."""

import copy

from django.db import models
from django.db.models import Q, Value

from core.fields import StoredJSONField
from core.jobs import Job, bell
from reports.models.schedules import ReportSchedule

# The name of the Celery task that builds.
BUILD = "reports.build_report"
# What a schedule with reports may still change, and a report tells: a job keeps it as it was.
PINNED = ("name", "cutoff_days", "time_zone", "release")


@bell(BUILD)
class ReportJob(Job):
    """Builds one edition of the report of one schedule for one period.

    Planning makes edition 1 only; a person may ask for a further edition, which supersedes it.
    """

    schedule = models.ForeignKey(ReportSchedule, on_delete=models.PROTECT, related_name="jobs")
    period_start = models.DateField()
    period_end = models.DateField()
    edition = models.PositiveSmallIntegerField(default=1)
    # The moment at which the period falls due: figures published later are for the next edition.
    cutoff_at = models.DateTimeField()
    # The tip of the record when the job was planned, and its moment: figures never move after it.
    record_seq = models.BigIntegerField()
    record_at = models.DateTimeField()
    # The tip on which the edition before rests; corrections are told from there on.
    previous_seq = models.BigIntegerField(null=True, blank=True)
    # PINNED of its schedule when it was planned; {} for a job of earlier versions.
    terms = models.JSONField(default=dict, db_default=Value({}, models.JSONField()), blank=True)

    class Meta:
        ordering = ["-period_start", "schedule"]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "period_start", "period_end", "edition"],
                name="report_job_once_a_period",
            ),
            models.CheckConstraint(
                name="report_job_period_ordered",
                condition=Q(period_start__lte=models.F("period_end")),
            ),
        ]

    @property
    def planned_for(self) -> ReportSchedule:
        """Its schedule as it was when the job was planned, whatever was edited since."""
        schedule = copy.copy(self.schedule)
        for name, value in self.terms.items():
            setattr(schedule, name, value)
        return schedule


class ReportStep(models.Model):
    """A section that a job has finished: a job that is resumed begins after its last one."""

    job = models.ForeignKey(ReportJob, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    section = StoredJSONField()
    # Frozen figures and drawings of the section, as `reports.figures.Ledger` holds them.
    items = StoredJSONField()
    pictures = StoredJSONField()

    class Meta:
        ordering = ["job", "number"]
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="report_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.name}"
