"""Imports as job rows (which file, how far, what was refused and why), and named releases."""

import pgtrigger
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


class Release(models.Model):
    """A name for the record as it stood at one moment. It copies no row and never changes.

    The rows are those of every question with `as_of` the moment of the release.
    """

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    title_fr = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    # The tip of the record that is named, and its moment.
    record_seq = models.BigIntegerField()
    record_at = models.DateTimeField()
    published_at = models.DateTimeField()
    incidents = models.PositiveIntegerField()
    # `exchange.checksum` of all data sets.
    sha256 = models.CharField(max_length=64)
    # [{dataset, incidents, killed, sha256, file_sha256}, …]: see `exchange.releases.Part`.
    datasets = models.JSONField()

    class Meta:
        ordering = ["-record_seq", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="release_slug_form", condition=Q(slug__regex="^[a-z0-9]+(-[a-z0-9]+)*$")
            ),
            models.CheckConstraint(name="release_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="release_not_empty", condition=Q(incidents__gt=0, record_seq__gt=0)
            ),
            models.CheckConstraint(
                name="release_sha256_form", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="release_after_its_record",
                condition=Q(published_at__gte=models.F("record_at")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="release_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.title
