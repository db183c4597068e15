"""A built report that waits for people. No public query reaches it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.fields import StoredJSONField
from reports.choices import ManuscriptState
from reports.models.editions import Report
from reports.models.jobs import ReportJob

# JSON as it was written has no equality of its own in PostgreSQL; its text has.
GENERATED = ("job_id", "title", "content::text", "items::text", "pictures::text", "checksum")


def _changes(*columns: str) -> pgtrigger.Condition:
    """Whether any of the columns gets another value."""
    pairs = [f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns]
    return pgtrigger.Condition(" OR ".join(pairs))


class Manuscript(models.Model):
    """What was generated, which nobody changes, beside what analysts write.

    `written` is described in `manuscripts.writing`. Two people: who releases has written none.
    `taken_from` is the edition before whose text the writers began with.
    """

    job = models.OneToOneField(ReportJob, on_delete=models.PROTECT, related_name="manuscript")
    title = models.CharField(max_length=200)
    content = StoredJSONField()
    items = StoredJSONField()
    pictures = StoredJSONField()
    checksum = models.CharField(max_length=64)
    written = StoredJSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(
        max_length=10, choices=ManuscriptState.choices, default=ManuscriptState.WRITING
    )
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    taken_from = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="manuscript_two_people",
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("submitted_by")),
            ),
            models.CheckConstraint(
                name="manuscript_submission_whole",
                condition=Q(
                    submitted_by__isnull=False,
                    submitted_at__isnull=False,
                    state__in=[
                        ManuscriptState.SUBMITTED,
                        ManuscriptState.RELEASED,
                        ManuscriptState.DROPPED,
                    ],
                )
                | Q(
                    submitted_by__isnull=True,
                    submitted_at__isnull=True,
                    state__in=[ManuscriptState.WRITING, ManuscriptState.DROPPED],
                ),
            ),
            models.CheckConstraint(
                name="manuscript_release_whole",
                condition=Q(
                    released_by__isnull=False,
                    released_at__isnull=False,
                    state=ManuscriptState.RELEASED,
                )
                | (
                    Q(released_by__isnull=True, released_at__isnull=True)
                    & ~Q(state=ManuscriptState.RELEASED)
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="manuscript_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="manuscript_generated_is_frozen",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=_changes(*GENERATED),
                func="RAISE EXCEPTION 'manuscript_generated_is_frozen';",
            ),
            pgtrigger.Trigger(
                name="manuscript_ends_once",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("OLD.state IN ('released', 'dropped')"),
                func="RAISE EXCEPTION 'manuscript_ends_once';",
            ),
            pgtrigger.Trigger(
                name="manuscript_released_by_no_writer",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("NEW.state = 'released'"),
                func="""
                    IF EXISTS (SELECT 1 FROM reports_manuscript_writers
                               WHERE manuscript_id = NEW.id AND user_id = NEW.released_by_id)
                    THEN RAISE EXCEPTION 'manuscript_released_by_no_writer';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title
