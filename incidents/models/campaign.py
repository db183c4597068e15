"""Conditions last, incidents happen: conflicts, episodes, series and blockades (B3.15)."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from actors.models import Actor
from core.base import Tracked, ordered
from core.choices import Checked, Confidence, PartialPrecision
from incidents.campaigns.querysets import CampaignQuerySet
from incidents.choices import (
    CampaignKind,
    CampaignStatus,
    ConditionType,
    GeoPrecision,
    ImpactKind,
    TieReason,
)
from incidents.models.incident import Incident
from regions.models import Country
from sources.models import citations


class Campaign(Tracked):
    """A frame that incidents belong to; a condition is counted in days, never as an attack."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=CampaignKind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    countries = models.ManyToManyField(Country, blank=True, related_name="campaigns")
    starts_on = models.DateField(null=True, blank=True)
    start_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    ends_on = models.DateField(null=True, blank=True)
    end_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    status = models.CharField(
        max_length=8, choices=CampaignStatus.choices, default=CampaignStatus.UNKNOWN
    )
    expected_incident_count = models.PositiveSmallIntegerField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    condition_type = models.CharField(max_length=20, choices=ConditionType.choices, blank=True)
    place_name = models.CharField(max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    geo_precision = models.CharField(max_length=8, choices=GeoPrecision.choices, blank=True)
    corridors = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    methods = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    # What a seed only implies: its wording, what was computed from it, and the caution.
    implicit_in_seed = models.JSONField(null=True, blank=True)
    confidence = models.CharField(
        max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM
    )
    checked = models.CharField(max_length=12, choices=Checked.choices, default=Checked.UNVERIFIED)
    # Readers may know of it although no incident of the record belongs to it (`told`).
    is_public = models.BooleanField(default=False, db_default=False)
    note = models.TextField(blank=True)
    citations = citations()

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="campaign_condition_fields",
                condition=Q(kind=CampaignKind.CONDITION) & ~Q(condition_type="")
                | ~Q(kind=CampaignKind.CONDITION) & Q(condition_type=""),
            ),
            models.CheckConstraint(
                name="campaign_expected_only_on_waves",
                condition=Q(expected_incident_count__isnull=True)
                | Q(kind__in=[CampaignKind.EPISODE, CampaignKind.SERIES]),
            ),
            models.CheckConstraint(
                name="campaign_not_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
            ),
            ordered("campaign_period_ordered", "starts_on", "ends_on"),
        ]

    def __str__(self) -> str:
        return self.name

    def days_in_force(self, on: dt.date) -> int | None:
        """Whole days since the start, counted to `on` or to the end if that came first.

        The first day counts as day 0: a blockade of 3 September has lasted 68 days on 10 November.
        None before the start or where the start is unknown.
        """
        if self.starts_on is None or on < self.starts_on:
            return None
        return (min(on, self.ends_on or on) - self.starts_on).days


class CampaignActor(models.Model):
    """An actor in a campaign: carrying it, or opposing it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="parties")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="campaign_parts")
    is_opposing = models.BooleanField(default=False)

    class Meta:
        ordering = ["campaign", "is_opposing", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "actor"], name="campaign_actor_unique_pair")
        ]

    def __str__(self) -> str:
        return f"{self.actor} in {self.campaign}"


class CampaignIncident(models.Model):
    """Why an incident belongs to a campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="incident_ties")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="campaign_ties")
    reason = models.CharField(max_length=16, choices=TieReason.choices, default="analyst")

    class Meta:
        ordering = ["campaign", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "incident"], name="campaign_incident_unique_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident} in {self.campaign}"


class CampaignPhase(Tracked):
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="phases")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    label = models.CharField(max_length=200)
    citations = citations()

    class Meta:
        ordering = ["campaign", "starts_on", "pk"]
        constraints = [ordered("phase_period_ordered", "starts_on", "ends_on")]

    def __str__(self) -> str:
        return self.label


class Demand(Tracked):
    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.CASCADE, related_name="demands"
    )
    slug = models.SlugField(max_length=80, unique=True)
    actor = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="demands"
    )
    position = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=400)
    addressed_to = models.CharField(max_length=160, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    citations = citations()

    class Meta:
        ordering = ["campaign", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="demand_has_owner",
                condition=Q(campaign__isnull=False) | Q(actor__isnull=False),
            ),
            models.UniqueConstraint(fields=["campaign", "position"], name="demand_unique_position"),
        ]

    def __str__(self) -> str:
        return self.text


class ConditionImpact(Tracked):
    """An effect that is not a casualty: fuel, power, prices, schools."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="impacts")
    kind = models.CharField(max_length=10, choices=ImpactKind.choices)
    text = models.CharField(max_length=300)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    citations = citations()

    class Meta:
        ordering = ["campaign", "kind", "pk"]
        constraints = [
            ordered("impact_period_ordered", "starts_on", "ends_on"),
            models.UniqueConstraint(fields=["campaign", "text"], name="impact_unique_text"),
        ]

    def __str__(self) -> str:
        return self.text
