"""Situation reports: schedules, the job rows that build them, and what was published."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.base import Tracked
from core.fields import StoredJSONField
from core.ids import new_public_id
from core.jobs import Job
from incidents.choices import Dataset
from regions.models import Country, RegionalBody


class Cadence(models.TextChoices):
    MONTHLY = "monthly", _("monthly")


class ReportSchedule(Tracked):
    """What is to be reported, for whom and how often; the due moments are computed from it."""

    slug = models.SlugField(max_length=80, unique=True)
    cadence = models.CharField(max_length=12, choices=Cadence.choices, default=Cadence.MONTHLY)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="schedules"
    )
    body = models.ForeignKey(
        RegionalBody, null=True, blank=True, on_delete=models.PROTECT, related_name="schedules"
    )
    language = models.CharField(max_length=2, choices=[("en", _("English")), ("fr", _("French"))])
    # One data set a report, so that an event recorded by two of them is not counted twice.
    dataset = models.CharField(max_length=8, default="vigil")
    # Days after the end of the period at which figures are cut off (00:00 UTC).
    cutoff_days = models.PositiveSmallIntegerField(default=3)
    starts_on = models.DateField()
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="schedule_one_scope",
                condition=Q(country__isnull=False, body__isnull=True)
                | Q(country__isnull=True, body__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def place(self) -> dict[str, str]:
        """What the report is about, as parameters of a question to the record."""
        if self.country is not None:
            return {"country": self.country.iso3}
        assert self.body is not None  # noqa: S101  # held by schedule_one_scope
        return {"body": self.body.slug}

    @property
    def place_name(self) -> str:
        """Its name in the active language."""
        is_french = (get_language() or "").startswith("fr")
        if self.country is not None:
            return (is_french and self.country.name_fr) or self.country.name
        assert self.body is not None  # noqa: S101
        return (is_french and self.body.short_name_fr) or str(self.body)


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


class Report(models.Model):
    """A published situation report. It never changes; a later edition supersedes it."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    job = models.OneToOneField(ReportJob, on_delete=models.PROTECT, related_name="report")
    edition = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    period_start = models.DateField()
    period_end = models.DateField()
    cutoff_at = models.DateTimeField()
    record_seq = models.BigIntegerField()
    record_at = models.DateTimeField()
    published_at = models.DateTimeField()
    # SHA-256 of the content: the same schedule, period and record tip give the same bytes.
    checksum = models.CharField(max_length=64)
    content = StoredJSONField()

    class Meta:
        ordering = ["-period_end", "title", "pk"]
        triggers = [
            pgtrigger.Protect(
                name="report_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def dataset_label(self) -> str:
        """The data set that was counted, in words."""
        return str(Dataset(self.job.schedule.dataset).label)


class ReportItem(models.Model):
    """A frozen figure with the incident versions behind it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="items")
    key = models.CharField(max_length=160)
    figure = models.JSONField()
    # The public API query that lists the rows behind the figure, with `as_of`.
    query = models.CharField(max_length=400)
    # [[public_id, version], …]
    rows = models.JSONField(default=list)

    class Meta:
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="report_item_unique_key")
        ]
        triggers = [
            pgtrigger.Protect(
                name="report_item_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.key
