"""Hostage cases, ransoms and talks (B3.16). Counts only; never a name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from core.base import Tracked, ordered, ordered_triple
from core.choices import Confidence, PartialPrecision
from incidents.models.campaign import Campaign
from incidents.models.incident import Incident
from regions.models import Country
from sources.models import citations


class HostageCase(Tracked):
    """The people taken in one incident. While the case is open the record stays vague."""

    class Status(models.TextChoices):
        HELD = "held", _("held")
        RELEASED = "released", _("released")
        RESCUED = "rescued", _("rescued")
        ESCAPED = "escaped", _("escaped")
        KILLED = "killed", _("killed")
        UNKNOWN = "unknown", _("unknown")

    class Policy(models.TextChoices):
        WITHHOLD = "withhold", _("country and month only")
        PUBLISH = "publish", _("may be published")

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="hostage_cases")
    persons = models.PositiveIntegerField(null=True, blank=True)
    nationalities = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.UNKNOWN)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    publish_policy = models.CharField(
        max_length=10, choices=Policy.choices, default=Policy.WITHHOLD, db_default="withhold"
    )

    class Meta:
        ordering = ["incident", "pk"]
        constraints = [
            ordered("hostage_case_period_ordered", "starts_on", "ends_on"),
            models.CheckConstraint(
                name="hostage_case_open_is_withheld",
                condition=~Q(status__in=["held", "unknown"]) | Q(publish_policy="withhold"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident}: {self.status}"


class RansomPayment(Tracked):
    """A reported payment, in major currency units with its ISO 4217 code."""

    class Status(models.TextChoices):
        REPORTED = "reported", _("reported")
        CONFIRMED = "confirmed", _("confirmed")
        DENIED = "denied", _("denied")

    slug = models.SlugField(max_length=80, unique=True)
    incident = models.ForeignKey(
        Incident, null=True, blank=True, on_delete=models.PROTECT, related_name="ransoms"
    )
    payer = models.CharField(max_length=160)
    payer_country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    payee = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="ransoms")
    currency = models.CharField(max_length=3)
    amount_low = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    amount_best = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    amount_high = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    hostages = models.PositiveIntegerField(null=True, blank=True)
    also_released = models.PositiveIntegerField(null=True, blank=True)
    other_consideration = models.CharField(max_length=200, blank=True)
    paid_from = models.DateField(null=True, blank=True)
    paid_to = models.DateField(null=True, blank=True)
    paid_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REPORTED)
    official_comment = models.CharField(max_length=200, blank=True)
    denied_by = models.CharField(max_length=160, blank=True)
    # What each source says, side by side: [{source, low, best, high, note}].
    figures = models.JSONField(default=list, blank=True)
    confidence = models.CharField(
        max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM
    )
    note = models.TextField(blank=True)
    citations = citations()

    class Meta:
        ordering = ["-paid_from", "pk"]
        constraints = [
            ordered_triple("ransom_amount_ordered", "amount_"),
            models.CheckConstraint(
                name="ransom_currency_form", condition=Q(currency__regex="^[A-Z]{3}$")
            ),
            ordered("ransom_paid_ordered", "paid_from", "paid_to"),
        ]

    def __str__(self) -> str:
        return self.slug


class Negotiation(Tracked):
    class Kind(models.TextChoices):
        LOCAL_AGREEMENT = "local_agreement", _("local agreement")
        AGGREGATE = "local_agreements_aggregate", _("local agreements, reported together")
        TALKS = "talks", _("talks")
        HOSTAGE = "hostage_negotiation", _("hostage negotiation")
        CEASEFIRE = "ceasefire", _("ceasefire")
        MEDIATION = "mediation", _("mediation")

    class Status(models.TextChoices):
        REPORTED = "reported", _("reported")
        ONGOING = "ongoing", _("ongoing")
        CONCLUDED = "concluded", _("concluded")
        CONCLUDED_REPORTED = "concluded_reported", _("reported as concluded")
        FAILED = "failed", _("failed")
        LAPSED = "lapsed", _("lapsed")

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=28, choices=Kind.choices)
    parties = models.ManyToManyField(Actor, blank=True, related_name="negotiations")
    counterparty = models.CharField(max_length=200, blank=True)
    facilitator = models.CharField(max_length=200, blank=True)
    place_name = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    date_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    status = models.CharField(max_length=20, choices=Status.choices)
    effect = models.CharField(max_length=300, blank=True)
    text = models.CharField(max_length=400, blank=True)
    campaigns = models.ManyToManyField(Campaign, blank=True, related_name="negotiations")
    incidents = models.ManyToManyField(Incident, blank=True, related_name="negotiations")
    ends_campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.SET_NULL, related_name="ended_by"
    )
    confidence = models.CharField(
        max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM
    )
    note = models.TextField(blank=True)
    citations = citations()

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [ordered("negotiation_period_ordered", "starts_on", "ends_on")]

    def __str__(self) -> str:
        return self.slug


class NegotiationTerm(models.Model):
    class Kind(models.TextChoices):
        PRISONER_RELEASE = "prisoner_release", _("release of prisoners")
        TAXES = "taxes", _("taxes")
        SHARIA = "aspects_of_sharia", _("aspects of sharia")
        DISARMAMENT = "disarmament", _("disarmament")
        LIFT_BLOCKADE = "lift_blockade", _("end of the blockade")
        FREE_MOVEMENT = "free_movement", _("free movement")

    negotiation = models.ForeignKey(Negotiation, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=40, choices=Kind.choices)
    text = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["negotiation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "kind"], name="term_unique_kind")
        ]

    def __str__(self) -> str:
        return self.kind
