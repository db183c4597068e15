"""What they send: peace operations, joint forces and deployments (B3.8)."""

from django.db import models
from django.db.models import F, Q

from core.base import Tracked, ordered
from core.choices import Checked, Confidence, PartialPrecision
from regions.choices import MissionKind
from regions.models.bodies import Instrument, RegionalBody
from regions.models.places import Country
from regions.querysets import PeriodQuerySet
from sources.models import citations


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
