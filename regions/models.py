"""Where, and who cooperates there: countries, dated areas, places, bodies, missions."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from core.base import Tracked, no_overlap, ordered
from core.choices import Checked, Confidence, PartialPrecision
from regions.choices import (
    AreaKind,
    AuRegion,
    BodyKind,
    InstrumentKind,
    MembershipStatus,
    MissionKind,
    PlaceKind,
)
from regions.querysets import CountryQuerySet, PeriodQuerySet
from sources.models import citations


def coordinates_valid(name: str) -> models.CheckConstraint:
    """WGS84 decimal degrees; both or neither."""
    return models.CheckConstraint(
        name=name,
        condition=Q(latitude__isnull=True, longitude__isnull=True)
        | Q(
            # A comparison with NULL is not false for a CHECK, hence the first two.
            latitude__isnull=False,
            longitude__isnull=False,
            latitude__gte=-90,
            latitude__lte=90,
            longitude__gte=-180,
            longitude__lte=180,
        ),
    )


class Country(Tracked):
    """A state by ISO 3166-1. States outside Africa may contribute or advise, nothing more."""

    iso3 = models.CharField(max_length=3, unique=True)
    iso2 = models.CharField(max_length=2, unique=True)
    m49 = models.CharField(max_length=3, unique=True)
    gw_number = models.PositiveSmallIntegerField(null=True, blank=True, unique=True)
    name = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120)
    au_region = models.CharField(max_length=10, choices=AuRegion.choices, null=True, blank=True)
    in_scope = models.BooleanField()
    aliases = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    # Representative point in WGS84 degrees, for drawing only.
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "countries"
        constraints = [
            models.CheckConstraint(name="country_iso3_form", condition=Q(iso3__regex="^[A-Z]{3}$")),
            models.CheckConstraint(
                name="country_region_iff_african",
                condition=Q(in_scope=True, au_region__isnull=False)
                | Q(in_scope=False, au_region__isnull=True),
            ),
            coordinates_valid("country_coordinates_valid"),
        ]

    def __str__(self) -> str:
        return self.name


class AdminArea(Tracked):
    """A dated administrative area, or a de facto territory shown under its state (B3.2)."""

    slug = models.SlugField(max_length=120, unique=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="areas")
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name = models.CharField(max_length=160)
    aliases = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    kind = models.CharField(max_length=20, choices=AreaKind.choices, default=AreaKind.REGION)
    is_contested = models.BooleanField(default=False)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    pcode = models.CharField(max_length=20, null=True, blank=True, unique=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    note = models.TextField(blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["country", "level", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="area_level_known", condition=Q(level__gte=1, level__lte=4)
            ),
            models.UniqueConstraint(
                fields=["country", "level", "name", "starts_on"],
                name="area_unique_name",
                nulls_distinct=False,
            ),
            ordered("area_period_ordered", "starts_on", "ends_on"),
            coordinates_valid("area_coordinates_valid"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="area_one_below_parent",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__parent__isnull=False),
                func="""
                    IF NEW.level <> 1 + (SELECT level FROM regions_adminarea
                                          WHERE id = NEW.parent_id) THEN
                        RAISE EXCEPTION 'area % is not one level below its parent', NEW.slug
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'area_one_below_parent';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.name


class Place(Tracked):
    """A gazetteer place: one place, one pair of coordinates (B3.3)."""

    name = models.CharField(max_length=200)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="places")
    area = models.ForeignKey(
        AdminArea, null=True, blank=True, on_delete=models.PROTECT, related_name="places"
    )
    kind = models.CharField(max_length=12, choices=PlaceKind.choices, default=PlaceKind.TOWN)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name", "latitude", "longitude"], name="place_unique_point"
            ),
            coordinates_valid("place_coordinates_valid"),
        ]

    def __str__(self) -> str:
        return self.name


class RegionalBody(Tracked):
    """ECOWAS, the AU and its organs, the G5 Sahel, the UN (B3.7)."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=40, blank=True)
    short_name_fr = models.CharField(max_length=40, blank=True)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    kind = models.CharField(max_length=24, choices=BodyKind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="organs"
    )
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    established_on = models.DateField(null=True, blank=True)
    established_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    dissolved_on = models.DateField(null=True, blank=True)
    dissolved_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    status = models.CharField(max_length=30, default="active")
    headquarters = models.CharField(max_length=120, blank=True)
    confidence = models.CharField(
        max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM
    )
    note = models.TextField(blank=True)
    citations = citations()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "regional bodies"
        constraints = [
            models.CheckConstraint(name="body_kind_known", condition=Q(kind__in=BodyKind.values)),
            models.CheckConstraint(
                name="body_not_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
            ),
            ordered("body_period_ordered", "established_on", "dissolved_on"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Membership(Tracked):
    """A state's standing in a body from `starts_on` to `ends_on`, both days included.

    `ends_on` is the day before the exit took effect, so `members_as_of` never moves a state out
    early. Suspension may overlap membership: a suspended member is still a member.
    """

    body = models.ForeignKey(RegionalBody, on_delete=models.CASCADE, related_name="memberships")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="memberships")
    status = models.CharField(max_length=10, choices=MembershipStatus.choices)
    starts_on = models.DateField()
    start_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.DAY
    )
    ends_on = models.DateField(null=True, blank=True)
    exit_announced_on = models.DateField(null=True, blank=True)
    exit_effective_on = models.DateField(null=True, blank=True)
    exit_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    is_retroactive = models.BooleanField(default=False)
    confidence = models.CharField(
        max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM
    )
    note = models.TextField(blank=True)
    citations = citations()

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["body", "country", "starts_on", "pk"]
        constraints = [
            ordered("membership_period_ordered", "starts_on", "ends_on"),
            models.CheckConstraint(
                name="membership_exit_announced_first",
                condition=Q(exit_announced_on__isnull=True)
                | Q(exit_effective_on__isnull=True)
                | Q(exit_announced_on__lte=F("exit_effective_on"))
                | Q(is_retroactive=True),
            ),
            models.CheckConstraint(
                name="membership_ends_before_exit",
                condition=Q(exit_effective_on__isnull=True)
                | Q(ends_on__lt=F("exit_effective_on"), ends_on__isnull=False),
            ),
            no_overlap("membership_no_overlap", "body", "country", "status"),
        ]

    def __str__(self) -> str:
        return f"{self.country} in {self.body}: {self.status}"


class Instrument(Tracked):
    """A treaty, mandate or policy framework of a body."""

    slug = models.SlugField(max_length=80, unique=True)
    body = models.ForeignKey(RegionalBody, on_delete=models.PROTECT, related_name="instruments")
    title = models.CharField(max_length=250)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=InstrumentKind.choices)
    reference = models.CharField(max_length=160, blank=True)
    adopted_on = models.DateField(null=True, blank=True)
    adopted_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    in_force_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, blank=True)
    url = models.URLField(max_length=400, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["body", "adopted_on", "pk"]
        constraints = [
            ordered("instrument_adopted_before_force", "adopted_on", "in_force_on"),
            ordered("instrument_period_ordered", "in_force_on", "ended_on"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.title


class Mission(Tracked):
    """A peace operation, joint force or deployment. Planned forces have no start (B3.8)."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=24, choices=MissionKind.choices)
    mandating_body = models.ForeignKey(
        RegionalBody, null=True, blank=True, on_delete=models.PROTECT, related_name="missions"
    )
    instruments = models.ManyToManyField(Instrument, blank=True, related_name="missions")
    area = models.ManyToManyField(Country, blank=True, related_name="missions")
    starts_on = models.DateField(null=True, blank=True)
    start_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    ends_on = models.DateField(null=True, blank=True)
    end_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    authorised_strength = models.PositiveIntegerField(null=True, blank=True)
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    # What a source says of the number of contributors, kept beside what the rows show.
    quoted_contributors = models.PositiveSmallIntegerField(null=True, blank=True)
    seed_mentions = models.JSONField(default=list, blank=True)
    confidence = models.CharField(
        max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM
    )
    checked = models.CharField(max_length=12, choices=Checked.choices, default=Checked.UNVERIFIED)
    note = models.TextField(blank=True)
    citations = citations()

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "name", "pk"]
        constraints = [
            ordered("mission_period_ordered", "starts_on", "ends_on"),
            models.CheckConstraint(
                name="mission_planned_has_no_start",
                condition=~Q(kind=MissionKind.PLANNED_FORCE) | Q(starts_on__isnull=True),
            ),
            models.CheckConstraint(
                name="mission_not_own_predecessor",
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name
