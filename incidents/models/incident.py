"""The desk: an incident and who took part, where, and who claimed it (domain reference B3.9-12)."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from actors.models import Actor
from core.base import Tracked, one_of, ordered_triple
from core.choices import (
    MAX_WIDTH_DAYS,
    Checked,
    Confidence,
    DatePrecision,
    PartialPrecision,
)
from core.ids import new_public_id
from incidents.choices import (
    PUBLIC_STATUSES,
    Attribution,
    Authenticity,
    ClaimChannel,
    ClaimStatus,
    Clarity,
    Dataset,
    Disclosure,
    GeoPrecision,
    LinkRelation,
    Outcome,
    Role,
    Scope,
    Sensitivity,
    Status,
    Tactic,
    TargetType,
    TypeGroup,
    Weapon,
    WithdrawalReason,
)
from regions.models import AdminArea, Country, Mission, Place, coordinates_valid
from sources.models import Citation, citations, external_ids

REVIEWED = (Status.VERIFIED, *PUBLIC_STATUSES)


def width_fits_precision() -> Q:
    """The interval is no wider than its precision allows, unless the event is known to last."""
    condition = Q(is_multiday=True)
    for precision, days in MAX_WIDTH_DAYS.items():
        condition |= Q(date_precision=precision, date_end__lte=F("date_start") + days)
    return condition


def known_terms(field: str, terms: list[str]) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"incident_{field}_known", condition=Q(**{f"{field}__contained_by": terms})
    )


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
        constraints = [
            models.CheckConstraint(
                name="incident_dates_ordered", condition=Q(date_start__lte=F("date_end"))
            ),
            models.CheckConstraint(
                name="incident_width_fits_precision", condition=width_fits_precision()
            ),
            models.CheckConstraint(
                name="incident_public_id_form",
                condition=Q(public_id__regex="^[0-9A-HJKMNP-TV-Z]{10}$"),
            ),
            known_terms("targets", TargetType.values),
            known_terms("weapons", Weapon.values),
            known_terms("tactics", Tactic.values),
            *(
                ordered_triple(f"incident_{harm}_ordered", f"{harm}_")
                for harm in ("killed", "wounded", "abducted", "displaced", "attackers_killed")
            ),
            models.CheckConstraint(
                name="incident_reviewer_is_not_author",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("author")),
            ),
            models.CheckConstraint(
                name="incident_reviewed_pair",
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="incident_verified_has_reviewer",
                condition=~Q(editorial_status__in=REVIEWED) | Q(reviewed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="incident_published_is_public",
                condition=~Q(editorial_status__in=PUBLIC_STATUSES)
                | Q(sensitivity=Sensitivity.PUBLIC)
                | Q(sensitivity=Sensitivity.RESTRICTED, disclosure=Disclosure.COUNTRY_MONTH),
            ),
            models.CheckConstraint(
                name="incident_published_has_moment",
                condition=~Q(editorial_status__in=PUBLIC_STATUSES)
                | Q(first_published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="incident_embargo_passed",
                condition=~Q(editorial_status__in=PUBLIC_STATUSES)
                | Q(embargo_until__isnull=True)
                | Q(embargo_until__lte=F("first_published_at")),
            ),
            models.CheckConstraint(
                name="incident_withdrawn_has_reason",
                condition=Q(editorial_status=Status.WITHDRAWN) & ~Q(withdrawal_reason="")
                | ~Q(editorial_status=Status.WITHDRAWN) & Q(withdrawal_reason=""),
            ),
            models.CheckConstraint(
                name="incident_merged_iff_target",
                condition=Q(editorial_status=Status.MERGED, merged_into__isnull=False)
                | ~Q(editorial_status=Status.MERGED) & Q(merged_into__isnull=True),
            ),
            models.CheckConstraint(
                name="incident_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
        ]
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


# Finer places may be shown coarser, never the other way round.
FINENESS = {
    GeoPrecision.EXACT: 0,
    GeoPrecision.NEAR: 1,
    GeoPrecision.ADMIN2: 2,
    GeoPrecision.LINEAR: 3,
    GeoPrecision.ADMIN1: 3,
    GeoPrecision.SEA_AIR: 4,
    GeoPrecision.COUNTRY: 4,
}


def never_finer() -> Q:
    condition = Q()
    for stored, rank in FINENESS.items():
        shown = [p for p, r in FINENESS.items() if p == stored or r > rank]
        condition |= Q(precision=stored, display_precision__in=shown)
    return condition


class IncidentLocation(Tracked):
    """Where it happened, how surely, and how much of that may be shown (B3.3)."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="locations")
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="incident_locations"
    )
    name = models.CharField(max_length=300, blank=True, db_default="")
    admin1 = models.ForeignKey(
        AdminArea, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    admin2 = models.ForeignKey(
        AdminArea, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    precision = models.CharField(max_length=8, choices=GeoPrecision.choices)
    display_precision = models.CharField(max_length=8, choices=GeoPrecision.choices)
    radius_km = models.PositiveIntegerField(null=True, blank=True)
    fuzz_reason = models.CharField(max_length=120, blank=True, db_default="")
    coords_approx = models.BooleanField(default=False, db_default=False)
    description = models.CharField(max_length=400, blank=True, db_default="")
    is_primary = models.BooleanField(default=True, db_default=True)

    class Meta:
        ordering = ["incident", "-is_primary", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident"], condition=Q(is_primary=True), name="location_one_primary"
            ),
            coordinates_valid("location_coordinates_valid"),
            models.CheckConstraint(name="location_never_shown_finer", condition=never_finer()),
        ]
        triggers = [
            pgtrigger.Trigger(
                # At commit, so that an import may replace a location within its transaction.
                name="location_of_published_stays",
                operation=pgtrigger.Delete,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (SELECT 1 FROM incidents_incident i WHERE i.id = OLD.incident_id
                                  AND i.editorial_status IN ('published', 'corrected'))
                       AND NOT EXISTS (SELECT 1 FROM incidents_incidentlocation l
                                        WHERE l.incident_id = OLD.incident_id AND l.is_primary)
                    THEN
                        RAISE EXCEPTION 'a published incident keeps a primary location'
                        USING ERRCODE = 'check_violation',
                              CONSTRAINT = 'incident_published_has_location';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.place or "")


class Participation(Tracked):
    """An actor's part in an incident, with how surely and who asserts it (B3.11)."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="participations")
    actor = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    actor_text = models.CharField(max_length=200, null=True, blank=True)
    role = models.CharField(max_length=16, choices=Role.choices)
    attribution = models.CharField(
        max_length=10, choices=Attribution.choices, default="unknown", db_default="unknown"
    )
    claim_status = models.CharField(
        max_length=26, choices=ClaimStatus.choices, default="unknown", db_default="unknown"
    )
    citation = models.ForeignKey(
        Citation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    acled_inter = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["incident", "position", "pk"]
        constraints = [
            one_of("participation_actor_or_text", "actor", "actor_text"),
            models.UniqueConstraint(
                fields=["incident", "actor", "role"], name="participation_unique_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor or self.actor_text} ({self.role})"


class ClaimOfResponsibility(Tracked):
    """What a group said of an incident, when and how; never a text of its own (B3.12)."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="claims")
    claimant = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="claims")
    claimed_on = models.DateField(null=True, blank=True)
    claimed_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default="unknown", db_default="unknown"
    )
    channel = models.CharField(
        max_length=12, choices=ClaimChannel.choices, default="unknown", db_default="unknown"
    )
    authenticity = models.CharField(
        max_length=14, choices=Authenticity.choices, default="unverified", db_default="unverified"
    )
    claimed_killed = models.PositiveIntegerField(null=True, blank=True)
    summary = models.CharField(max_length=400, blank=True, db_default="")
    is_competing = models.BooleanField(default=False, db_default=False)
    citation = models.ForeignKey(
        Citation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["incident", "claimed_on", "pk"]
        verbose_name_plural = "claims of responsibility"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "claimant", "claimed_on"],
                name="claim_unique_day",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant} claims {self.incident}"


class IncidentLink(Tracked):
    """Two incidents that belong together, and how."""

    source = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="links_in")
    relation = models.CharField(max_length=24, choices=LinkRelation.choices)

    class Meta:
        ordering = ["source", "pk"]
        constraints = [
            models.CheckConstraint(name="link_not_to_self", condition=~Q(source=F("target"))),
            models.UniqueConstraint(
                fields=["source", "target", "relation"], name="link_unique_relation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.relation} {self.target}"
