"""Where: countries, dated administrative areas, places (B3.1-3)."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.base import Tracked, ordered
from regions.choices import AreaKind, AuRegion, PlaceKind
from regions.querysets import CountryQuerySet, PeriodQuerySet


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
