"""Imports as job rows: which file, how far, what was refused and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.jobs import Job


class ImportBatch(Job):
    """One run over one file. `key` is `format:sha256 of the file`: the same file is one batch."""

    format = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports"
    )
    rows_read = models.PositiveIntegerField(default=0)
    rows_accepted = models.PositiveIntegerField(default=0)
    rows_rejected = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "import batches"
        constraints = [
            models.CheckConstraint(
                name="import_counts_add_up",
                condition=Q(rows_read=models.F("rows_accepted") + models.F("rows_rejected")),
            ),
        ]


class RejectedRow(models.Model):
    """A row that could not be taken, named so that a person can find and mend it."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rejected")
    line = models.PositiveIntegerField()
    row_id = models.CharField(max_length=60, blank=True)
    column = models.CharField(max_length=60)
    value = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=400)

    class Meta:
        ordering = ["batch", "line", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "line", "column"], name="rejected_row_once")
        ]

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.reason}"
