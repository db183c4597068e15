"""Two incidents that look alike and are not: said once, never asked again."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.base import Tracked
from incidents.models.incident import Incident


class NotDuplicateQuerySet(models.QuerySet[Any]):
    def told_apart_from(self, public_id: str) -> "models.QuerySet[Any]":
        """Keys of the incidents that were told apart from the one with this public id."""
        first = self.filter(second__public_id=public_id).values("first")
        second = self.filter(first__public_id=public_id).values("second")
        return first.union(second)

    def between(self, one: Incident, other: Incident) -> Self:
        """The decision about these two, in either order."""
        low, high = sorted((one.pk, other.pk))
        return self.filter(first=low, second=high)


class NotDuplicate(Tracked):
    """Somebody looked at both and said that they are two events. Stored once per pair."""

    first = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    objects = NotDuplicateQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="not_duplicate_pair_ordered", condition=Q(first__lt=F("second"))
            ),
            models.UniqueConstraint(fields=["first", "second"], name="not_duplicate_unique_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.first} is not {self.second}"
