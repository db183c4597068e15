"""Who took part in an incident, who claimed it, and what it belongs with (B3.11-12)."""

from django.db import models
from django.db.models import F, Q

from actors.models import Actor
from core.base import Tracked, one_of
from core.choices import PartialPrecision
from incidents.choices import (
    Attribution,
    Authenticity,
    ClaimChannel,
    ClaimStatus,
    LinkRelation,
    Role,
)
from incidents.models.incident import Incident
from sources.models import Citation


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
