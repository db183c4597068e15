"""Published reports, their frozen figures and drawings. None of it ever changes."""

import pgtrigger
from django.db import models

from core.fields import StoredJSONField
from core.ids import new_public_id
from incidents.choices import Dataset
from reports.models.jobs import ReportJob
from reports.periods import Period


def append_only(name: str) -> pgtrigger.Protect:
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


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
    # What analysts wrote (`manuscripts.writing`) beside what was generated; {} where nobody did.
    written = StoredJSONField(default=dict)

    class Meta:
        ordering = ["-period_end", "title", "pk"]
        triggers = [append_only("report_is_append_only")]

    def __str__(self) -> str:
        return self.title

    @property
    def dataset_label(self) -> str:
        """The data set that was counted, in words."""
        return str(Dataset(self.job.schedule.dataset).label)

    @property
    def period_label(self) -> str:
        """The period in words, in the active language."""
        return Period.of(self.job.schedule.cadence, self.period_start).label


class ReportItem(models.Model):
    """A frozen figure with the incident versions behind it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="items")
    key = models.CharField(max_length=160)
    figure = models.JSONField()
    # The public API query that lists the rows behind the figure, with `as_of`.
    query = models.TextField()
    # [[public_id, version], …]
    rows = models.JSONField(default=list)

    class Meta:
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="report_item_unique_key")
        ]
        triggers = [append_only("report_item_is_append_only")]

    def __str__(self) -> str:
        return self.key


class ReportPicture(models.Model):
    """A chart or map of a report, as it was drawn: the content holds its SHA-256."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="pictures")
    key = models.CharField(max_length=80)
    svg = models.TextField()

    class Meta:
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="report_picture_unique_key")
        ]
        triggers = [append_only("report_picture_is_append_only")]

    def __str__(self) -> str:
        return self.key
