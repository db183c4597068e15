"""Numbers belong to sources (domain reference B3.13)."""

import pgtrigger
from django.db import models
from django.db.models import Q

from core.base import Tracked, one_of, ordered_triple
from core.choices import Comparator
from incidents.choices import Harm, Measure, Population, Scope
from incidents.models.campaign import Campaign
from incidents.models.incident import Incident
from sources.models import Citation


class HarmEstimate(Tracked):
    """What one source says of one harm to one population, as of a day.

    Owned by an incident or, for combined tolls, by a campaign; `covers` names the incidents that a
    combined toll includes, which are then never added to it.
    """

    incident = models.ForeignKey(
        Incident, null=True, blank=True, on_delete=models.CASCADE, related_name="estimates"
    )
    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.CASCADE, related_name="estimates"
    )
    covers = models.ManyToManyField(Incident, blank=True, related_name="combined_estimates")
    harm = models.CharField(max_length=16, choices=Harm.choices)
    population = models.CharField(
        max_length=16, choices=Population.choices, default="all", db_default="all"
    )
    scope = models.CharField(
        max_length=16, choices=Scope.choices, default="excl_attackers", db_default="excl_attackers"
    )
    measure = models.CharField(
        max_length=16, choices=Measure.choices, default="count", db_default="count"
    )
    low = models.IntegerField(null=True, blank=True)
    best = models.IntegerField(null=True, blank=True)
    high = models.IntegerField(null=True, blank=True)
    comparator = models.CharField(
        max_length=10, choices=Comparator.choices, blank=True, db_default=""
    )
    # The source's own triple where it breaks `low <= best <= high`; kept as it was given.
    as_reported = models.JSONField(null=True, blank=True)
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="estimates")
    as_of = models.DateField()
    is_preferred = models.BooleanField(default=False, db_default=False)
    # An army on enemy losses, a group on its own claim: never preferred on its own word.
    is_self_interested = models.BooleanField(default=False, db_default=False)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    note = models.CharField(max_length=400, blank=True, db_default="")

    class Meta:
        ordering = ["incident", "harm", "population", "-is_preferred", "pk"]
        constraints = [
            one_of("estimate_one_owner", "incident", "campaign"),
            ordered_triple("estimate_ordered"),
            models.CheckConstraint(
                name="estimate_says_something",
                condition=Q(low__isnull=False)
                | Q(best__isnull=False)
                | Q(high__isnull=False)
                | ~Q(comparator=""),
            ),
            models.CheckConstraint(
                name="estimate_self_interested_not_preferred",
                condition=Q(is_self_interested=False) | Q(is_preferred=False),
            ),
            models.UniqueConstraint(
                fields=["incident", "harm", "population", "measure"],
                condition=Q(is_preferred=True, incident__isnull=False),
                name="estimate_one_preferred_incident",
            ),
            models.UniqueConstraint(
                fields=["campaign", "harm", "population", "measure"],
                condition=Q(is_preferred=True, campaign__isnull=False),
                name="estimate_one_preferred_campaign",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="estimate_published_is_frozen",
                operation=pgtrigger.UpdateOf(
                    "harm",
                    "population",
                    "scope",
                    "measure",
                    "low",
                    "best",
                    "high",
                    "comparator",
                    "citation_id",
                    "as_of",
                ),
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM incidents_incident i WHERE i.id = OLD.incident_id
                           AND i.editorial_status IN ('published', 'corrected')
                    ) THEN
                        RAISE EXCEPTION 'a published estimate is superseded, not edited'
                        USING ERRCODE = 'check_violation',
                              CONSTRAINT = 'estimate_published_is_frozen';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.harm} {self.population}: {self.low}/{self.best}/{self.high}"
