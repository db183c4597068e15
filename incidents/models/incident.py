"""The desk: an incident and its type (domain reference B3.9-10)."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.base import Tracked
from core.choices import Checked, Confidence, DatePrecision
from core.ids import new_public_id
from incidents.choices import (
    Attribution,
    Clarity,
    Dataset,
    Disclosure,
    Outcome,
    Scope,
    Sensitivity,
    Status,
    Tactic,
    TargetType,
    TypeGroup,
    Weapon,
    WithdrawalReason,
)
from incidents.models.rules import CONSTRAINTS
from regions.models import Country, Mission
from sources.models import citations, external_ids


class IncidentType(models.Model):
    """Vigil's type code with its crosswalk to ACLED and GTD (B4); UCDP's is computed."""

    code = models.CharField(max_length=7, primary_key=True)
    group = models.CharField(max_length=16, choices=TypeGroup.choices)
    label = models.CharField(max_length=120)
    label_fr = models.CharField(max_length=120)
    acled_event_type = models.CharField(max_length=60, blank=True)
    acled_sub_event_type = models.CharField(max_length=80, blank=True)
    acled_variants = models.JSONField(default=dict, blank=True)
    gtd_attack_types = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    is_suicide = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="incident_type_code_form", condition=Q(code__regex="^[A-Z]{3}-[A-Z]{3}$")
            ),
            models.CheckConstraint(
                name="incident_type_gtd_known",
                condition=Q(gtd_attack_types__contained_by=list(range(1, 10)))
                & Q(gtd_attack_types__len__lte=3),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Incident(Tracked):
    """One event, continuous in time and place, as the desk knows it."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=160, unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True, db_default="")
    type = models.ForeignKey(IncidentType, on_delete=models.PROTECT, related_name="incidents")
    secondary_types = models.ManyToManyField(IncidentType, blank=True, related_name="+")
    date_start = models.DateField()
    date_end = models.DateField()
    date_precision = models.CharField(max_length=10, choices=DatePrecision.choices)
    is_multiday = models.BooleanField(default=False, db_default=False)
    date_text = models.CharField(max_length=80, blank=True, db_default="")
    time_local = models.TimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=40, blank=True, db_default="")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="incidents")
    clarity = models.CharField(
        max_length=10, choices=Clarity.choices, default="individual", db_default="individual"
    )
    civilian_targeting = models.BooleanField(null=True, blank=True)
    is_suicide = models.BooleanField(null=True, blank=True)
    outcome = models.CharField(
        max_length=14, choices=Outcome.choices, default="unknown", db_default="unknown"
    )
    targets = ArrayField(
        models.CharField(max_length=24, choices=TargetType.choices), default=list, db_default=[]
    )
    weapons = ArrayField(
        models.CharField(max_length=24, choices=Weapon.choices), default=list, db_default=[]
    )
    tactics = ArrayField(
        models.CharField(max_length=32, choices=Tactic.choices), default=list, db_default=[]
    )
    attribution = models.CharField(
        max_length=10, choices=Attribution.choices, default="unknown", db_default="unknown"
    )
    # Cache of the preferred estimates, so that lists need no join. NULL is unknown, 0 is zero.
    killed_low = models.IntegerField(null=True, blank=True)
    killed_best = models.IntegerField(null=True, blank=True)
    killed_high = models.IntegerField(null=True, blank=True)
    killed_scope = models.CharField(
        max_length=16, choices=Scope.choices, default="excl_attackers", db_default="excl_attackers"
    )
    wounded_low = models.IntegerField(null=True, blank=True)
    wounded_best = models.IntegerField(null=True, blank=True)
    wounded_high = models.IntegerField(null=True, blank=True)
    abducted_low = models.IntegerField(null=True, blank=True)
    abducted_best = models.IntegerField(null=True, blank=True)
    abducted_high = models.IntegerField(null=True, blank=True)
    displaced_low = models.IntegerField(null=True, blank=True)
    displaced_best = models.IntegerField(null=True, blank=True)
    displaced_high = models.IntegerField(null=True, blank=True)
    attackers_killed_low = models.IntegerField(null=True, blank=True)
    attackers_killed_best = models.IntegerField(null=True, blank=True)
    attackers_killed_high = models.IntegerField(null=True, blank=True)
    # What an importer found odd and kept, e.g. `figures_disagree`.
    flags = ArrayField(models.CharField(max_length=40), default=list, db_default=[], blank=True)
    dataset = models.CharField(
        max_length=8, choices=Dataset.choices, default="vigil", db_default="vigil"
    )
    # Digest of the imported row, so that a second run can tell what changed.
    source_digest = models.CharField(max_length=64, blank=True, db_default="")
    confidence = models.CharField(
        max_length=6, choices=Confidence.choices, default="medium", db_default="medium"
    )
    checked = models.CharField(
        max_length=12, choices=Checked.choices, default="unverified", db_default="unverified"
    )
    note = models.TextField(blank=True, db_default="")
    missions = models.ManyToManyField(Mission, blank=True, related_name="incidents")

    editorial_status = models.CharField(
        max_length=10, choices=Status.choices, default="draft", db_default="draft"
    )
    sensitivity = models.CharField(
        max_length=12, choices=Sensitivity.choices, default="restricted", db_default="restricted"
    )
    sensitivity_reason = models.CharField(max_length=200, blank=True, db_default="")
    disclosure = models.CharField(
        max_length=14, choices=Disclosure.choices, default="full", db_default="full"
    )
    embargo_until = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="incidents_written"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="incidents_reviewed",
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    first_published_at = models.DateTimeField(null=True, blank=True)
    last_revised_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, db_default=0)
    # Counts the saves of what the incident says, so that a stale copy never overwrites a newer one.
    edition = models.PositiveIntegerField(default=1, db_default=1)
    withdrawal_reason = models.CharField(
        max_length=20, choices=WithdrawalReason.choices, blank=True, db_default=""
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )

    citations = citations()
    external_ids = external_ids()

    class Meta:
        ordering = ["-date_start", "pk"]
        indexes = [
            models.Index(fields=["country", "date_start"], name="incident_by_country_date"),
            models.Index(fields=["type", "date_start"], name="incident_by_type_date"),
            models.Index(fields=["editorial_status", "date_start"], name="incident_by_status_date"),
        ]
        constraints = CONSTRAINTS
        triggers = [
            pgtrigger.Trigger(
                name="incident_published_is_sourced",
                level=pgtrigger.Statement,
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                referencing=pgtrigger.Referencing(old="before", new="after"),
                declare=[("missing", "text")],
                func="""
                    SELECT after.slug INTO missing FROM after
                     WHERE after.editorial_status IN ('published', 'corrected')
                       AND NOT EXISTS (
                           SELECT 1 FROM sources_citation c
                             JOIN django_content_type t ON t.id = c.target_type_id
                            WHERE t.app_label = 'incidents' AND t.model = 'incident'
                              AND c.target_id = after.id)
                     LIMIT 1;
                    IF missing IS NOT NULL THEN
                        RAISE EXCEPTION 'incident % has no citation', missing
                        USING ERRCODE = 'check_violation',
                              CONSTRAINT = 'incident_published_has_citation';
                    END IF;
                    SELECT after.slug INTO missing FROM after
                     WHERE after.editorial_status IN ('published', 'corrected')
                       AND NOT EXISTS (
                           SELECT 1 FROM incidents_incidentlocation l
                            WHERE l.incident_id = after.id AND l.is_primary)
                     LIMIT 1;
                    IF missing IS NOT NULL THEN
                        RAISE EXCEPTION 'incident % has no primary location', missing
                        USING ERRCODE = 'check_violation',
                              CONSTRAINT = 'incident_published_has_location';
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="incident_merges_acyclic",
                operation=pgtrigger.UpdateOf("merged_into_id"),
                when=pgtrigger.After,
                condition=pgtrigger.Q(new__merged_into__isnull=False),
                declare=[("looped", "boolean")],
                func="""
                    WITH RECURSIVE walk (id) AS (
                        SELECT NEW.merged_into_id
                        UNION
                        SELECT i.merged_into_id FROM incidents_incident i
                          JOIN walk ON walk.id = i.id WHERE i.merged_into_id IS NOT NULL
                    )
                    SELECT EXISTS (SELECT 1 FROM walk WHERE id = NEW.id) INTO looped;
                    IF looped THEN
                        RAISE EXCEPTION 'merges would run in a circle'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_merges_acyclic';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class IncidentSlug(models.Model):
    """An older slug; it redirects for ever."""

    slug = models.SlugField(max_length=160, unique=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.slug
