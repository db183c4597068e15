"""Armed groups and forces: names, dated relations, presence, designations, contributions."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from actors.choices import (
    SYMMETRIC_RELATIONS,
    ActorKind,
    ActorStatus,
    AliasKind,
    ContributionRole,
    PresenceKind,
    RelationType,
    StrengthKind,
)
from actors.querysets import ActorQuerySet
from core.base import Tracked, no_overlap, one_of, ordered
from core.choices import Checked, Confidence, Hedge, PartialPrecision
from core.names import search_key
from regions.models import AdminArea, Country, Mission, RegionalBody
from regions.querysets import PeriodQuerySet
from sources.models import citations, external_ids


class Actor(Tracked):
    """An armed group, a force, or an unidentified party (B3.4). Individuals are not modelled."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=60, blank=True, db_default="")
    kind = models.CharField(max_length=20, choices=ActorKind.choices)
    acled_inter = models.PositiveSmallIntegerField(null=True, blank=True)
    ideology = ArrayField(models.CharField(max_length=40), default=list, blank=True, db_default=[])
    founded_on = models.DateField(null=True, blank=True)
    founded_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default="unknown", db_default="unknown"
    )
    ended_on = models.DateField(null=True, blank=True)
    ended_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default="unknown", db_default="unknown"
    )
    status = models.CharField(
        max_length=10, choices=ActorStatus.choices, default="unknown", db_default="unknown"
    )
    home_country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="forces"
    )
    countries = models.ManyToManyField(Country, blank=True, related_name="actors")
    # Which data set made this row: `vigil` rows are curated, others came with an import.
    dataset = models.CharField(max_length=12, default="vigil", db_default="vigil")
    confidence = models.CharField(
        max_length=6, choices=Confidence.choices, default="medium", db_default="medium"
    )
    note = models.TextField(blank=True, db_default="")
    citations = citations()
    external_ids = external_ids()

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="actor_kind_known", condition=Q(kind__in=ActorKind.values)),
            models.CheckConstraint(
                name="actor_inter_known",
                condition=Q(acled_inter__isnull=True) | Q(acled_inter__gte=1, acled_inter__lte=8),
            ),
            models.CheckConstraint(
                name="actor_state_force_has_home",
                condition=~Q(kind=ActorKind.STATE_FORCE) | Q(home_country__isnull=False),
            ),
            ordered("actor_founded_before_ended", "founded_on", "ended_on"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="actor_slug_is_immutable",
                operation=pgtrigger.UpdateOf("slug"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__slug__df=pgtrigger.F("new__slug")),
                func="RAISE EXCEPTION 'actor slug % is immutable', OLD.slug "
                "USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_slug_is_immutable';",
            )
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class ActorAlias(Tracked):
    """A name by which an actor is known, in a language, perhaps only in one country."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=300)
    lang = models.CharField(max_length=16)
    kind = models.CharField(max_length=10, choices=AliasKind.choices)
    search_key = models.CharField(max_length=300, db_index=True, editable=False)
    context_country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["actor", "lang", "name", "pk"]
        verbose_name_plural = "actor aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "search_key", "lang"], name="alias_unique_key"
            ),
            ordered("alias_period_ordered", "starts_on", "ends_on"),
            models.CheckConstraint(name="alias_key_not_empty", condition=~Q(search_key="")),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_key = search_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class ActorRelation(Tracked):
    """A dated, sourced relation between two actors (B3.5)."""

    source = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="relations_out")
    target = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="relations_in")
    type = models.CharField(max_length=24, choices=RelationType.choices)
    starts_on = models.DateField(null=True, blank=True)
    start_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    ends_on = models.DateField(null=True, blank=True)
    # Recognition of a pledge, apart from the pledge itself.
    accepted_on = models.DateField(null=True, blank=True)
    accepted_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    scope = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(
        max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM
    )
    checked = models.CharField(max_length=12, choices=Checked.choices, default=Checked.UNVERIFIED)
    note = models.TextField(blank=True)
    citations = citations()

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(name="relation_not_to_self", condition=~Q(source=F("target"))),
            models.UniqueConstraint(
                fields=["source", "target", "type", "starts_on"],
                name="relation_unique_start",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="relation_symmetric_stored_once",
                condition=~Q(type__in=SYMMETRIC_RELATIONS) | Q(source__lt=F("target")),
            ),
            ordered("relation_period_ordered", "starts_on", "ends_on"),
            no_overlap("relation_no_overlap", "source", "target", "type"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="relation_lineage_acyclic",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                declare=[("looped", "boolean")],
                func="""
                    IF NEW.type NOT IN ('merged_into', 'renamed_to', 'successor_of') THEN
                        RETURN NEW;
                    END IF;
                    WITH RECURSIVE edges (older, newer) AS (
                        SELECT source_id, target_id FROM actors_actorrelation
                         WHERE type IN ('merged_into', 'renamed_to')
                        UNION
                        SELECT target_id, source_id FROM actors_actorrelation
                         WHERE type = 'successor_of'
                    ), walk (older, newer) AS (
                        SELECT older, newer FROM edges
                         WHERE older IN (NEW.source_id, NEW.target_id)
                        UNION
                        SELECT walk.older, edges.newer
                          FROM walk JOIN edges ON edges.older = walk.newer
                    )
                    SELECT EXISTS (SELECT 1 FROM walk WHERE older = newer) INTO looped;
                    IF looped THEN
                        RAISE EXCEPTION 'lineage would run in a circle'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'relation_lineage_acyclic';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.type} {self.target}"


class ActorPresence(Tracked):
    """Where an actor is said to be, how, and when (B3.6)."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="presences")
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="presences"
    )
    area = models.ForeignKey(
        AdminArea, null=True, blank=True, on_delete=models.PROTECT, related_name="presences"
    )
    kind = models.CharField(max_length=20, choices=PresenceKind.choices)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)
    as_of_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    hedge = models.CharField(max_length=10, choices=Hedge.choices, default=Hedge.REPORTED)
    confidence = models.CharField(
        max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM
    )
    note = models.TextField(blank=True)
    citations = citations()

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["actor", "kind", "pk"]
        constraints = [
            one_of("presence_country_or_area", "country", "area"),
            ordered("presence_period_ordered", "starts_on", "ends_on"),
            no_overlap("presence_no_overlap", "actor", "country", "kind"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.kind} in {self.country or self.area}"


class ActorDesignation(Tracked):
    """Listed by an authority; shown as "designated by X", never as an adjective."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="designations")
    authority = models.CharField(max_length=120)
    body = models.ForeignKey(
        RegionalBody, null=True, blank=True, on_delete=models.PROTECT, related_name="designations"
    )
    list_name = models.CharField(max_length=160)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    citations = citations()

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["actor", "starts_on", "pk"]
        constraints = [
            ordered("designation_period_ordered", "starts_on", "ends_on"),
            no_overlap("designation_no_overlap", "actor", "authority", "list_name"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} on {self.list_name}"


class Contribution(Tracked):
    """A state's or a force's part in a mission (B3.8). Lives here because it may name an actor."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="contributions")
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    actor = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    role = models.CharField(max_length=10, choices=ContributionRole.choices)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    strength = models.PositiveIntegerField(null=True, blank=True)
    strength_kind = models.CharField(max_length=12, choices=StrengthKind.choices, blank=True)
    as_of = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["mission", "starts_on", "pk"]
        constraints = [
            one_of("contribution_country_or_actor", "country", "actor"),
            ordered("contribution_period_ordered", "starts_on", "ends_on"),
            models.CheckConstraint(
                name="contribution_strength_positive",
                condition=Q(strength__isnull=True, strength_kind="")
                | (Q(strength__gt=0) & ~Q(strength_kind="")),
            ),
            no_overlap("contribution_country_no_overlap", "mission", "country", "role"),
            no_overlap("contribution_actor_no_overlap", "mission", "actor", "role"),
        ]

    def __str__(self) -> str:
        return f"{self.country or self.actor} in {self.mission}"
