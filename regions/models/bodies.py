"""Who cooperates: regional bodies, a state's standing in them, their treaties (B3.7)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from core.base import Tracked, no_overlap, ordered
from core.choices import Confidence, PartialPrecision
from regions.choices import BodyKind, InstrumentKind, MembershipStatus
from regions.models.places import Country
from regions.querysets import PeriodQuerySet
from sources.models import citations


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
