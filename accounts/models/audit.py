"""The append-only audit trail."""

import pgtrigger
from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class AuditEntry(models.Model):
    """Who did what, when. Append-only and without foreign keys, so that it outlives its objects."""

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    verb = models.CharField(max_length=40)
    noun = models.CharField(max_length=60)
    # As long as the longest slug: reference rows are known by theirs.
    object_id = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["noun", "object_id", "at"], name="audit_by_object_at"),
            models.Index(fields=["by", "id"], name="audit_by_person"),
            # Entries come in the order of time: a few pages tell where a day lies.
            BrinIndex(fields=["at"], name="audit_by_moment"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="audit_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.verb} {self.noun} {self.object_id}"
