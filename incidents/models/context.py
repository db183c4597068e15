"""What surrounds incidents: displacement, advisories, statements, claims, follow-ups (B3.17)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.base import Tracked, ordered, ordered_triple
from core.choices import Comparator, Confidence, Hedge, PartialPrecision
from incidents.models.campaign import Campaign
from incidents.models.incident import Incident
from regions.models import Country, RegionalBody
from sources.choices import Protection
from sources.models import Document, citations


class Dated(Tracked):
    """A sourced fact with an uncertain date."""

    slug = models.SlugField(max_length=80, unique=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    date_precision = models.CharField(
        max_length=10, choices=PartialPrecision.choices, default=PartialPrecision.UNKNOWN
    )
    text = models.TextField(blank=True)
    confidence = models.CharField(
        max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM
    )
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["-starts_on", "pk"]
        constraints = [ordered("%(class)s_period_ordered", "starts_on", "ends_on")]

    def __str__(self) -> str:
        return self.slug


class DisplacementFigure(Dated):
    class Population(models.TextChoices):
        REFUGEES = "refugees", _("refugees")
        IDPS = "idps", _("internally displaced people")
        RETURNEES = "returnees", _("returnees")

    class Kind(models.TextChoices):
        STOCK = "stock", _("people displaced at that time")
        FLOW = "flow", _("people newly displaced")

    population = models.CharField(max_length=10, choices=Population.choices)
    measure = models.CharField(max_length=6, choices=Kind.choices, default=Kind.STOCK)
    origin = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="displaced_from")
    hosts = models.CharField(max_length=200, blank=True)
    value_low = models.PositiveIntegerField(null=True, blank=True)
    value_best = models.PositiveIntegerField(null=True, blank=True)
    value_high = models.PositiveIntegerField(null=True, blank=True)
    comparator = models.CharField(max_length=10, choices=Comparator.choices, blank=True)
    incidents = models.ManyToManyField(Incident, blank=True, related_name="displacement")
    citations = citations()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            ordered_triple("displacement_ordered", "value_"),
        ]


class Advisory(Dated):
    kind = models.CharField(max_length=30)
    issuer_country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="advisories_issued"
    )
    issuer_body = models.ForeignKey(
        RegionalBody, null=True, blank=True, on_delete=models.PROTECT, related_name="advisories"
    )
    co_issuers = models.CharField(max_length=300, blank=True)
    concerns = models.ManyToManyField(Country, blank=True, related_name="advisories")
    level = models.CharField(max_length=160, blank=True)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    campaigns = models.ManyToManyField(Campaign, blank=True, related_name="advisories")
    incidents = models.ManyToManyField(Incident, blank=True, related_name="advisories")
    citations = citations()

    class Meta(Dated.Meta):
        verbose_name_plural = "advisories"


class Statement(Dated):
    """Somebody's words in our words. The speaker is an office, not a person."""

    speaker_role = models.CharField(max_length=40)
    speaker = models.CharField(max_length=200, blank=True)
    forum = models.CharField(max_length=160, blank=True)
    concerns = models.ManyToManyField(Country, blank=True, related_name="statements")
    incidents = models.ManyToManyField(Incident, blank=True, related_name="statements")
    is_out_of_region = models.BooleanField(default=False)
    protection = models.CharField(
        max_length=12, choices=Protection.choices, default=Protection.PUBLIC
    )
    citations = citations()

    class Meta(Dated.Meta):
        pass


class AnalyticalClaim(Dated):
    """An opinion of its source. Never counted, never aggregated."""

    class Kind(models.TextChoices):
        CAUSAL = "causal", _("causal")
        EVALUATIVE = "evaluative", _("evaluative")
        QUANTITATIVE = "quantitative", _("quantitative")
        FORECAST = "forecast", _("forecast")
        RECOMMENDATION = "recommendation", _("recommendation")

    kind = models.CharField(max_length=14, choices=Kind.choices)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="analytical_claims"
    )
    countries = models.ManyToManyField(Country, blank=True, related_name="analytical_claims")
    hedge = models.CharField(max_length=10, choices=Hedge.choices, default=Hedge.CERTAIN)
    source_wording = models.CharField(max_length=80, blank=True)
    horizon = models.CharField(max_length=40, blank=True)
    resolved_as = models.CharField(max_length=120, blank=True)

    class Meta(Dated.Meta):
        pass


class FollowUp(Dated):
    kind = models.CharField(max_length=40)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    status = models.CharField(max_length=40, blank=True)
    incidents = models.ManyToManyField(Incident, blank=True, related_name="follow_ups")
    citations = citations()

    class Meta(Dated.Meta):
        pass


class Indicator(Dated):
    concerns = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="indicators")
    issuer = models.CharField(max_length=120)
    value = models.CharField(max_length=80)
    citations = citations()

    class Meta(Dated.Meta):
        pass
