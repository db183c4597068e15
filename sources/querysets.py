"""Which documents: those that readers may know of."""

from typing import Any, Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sources.signals import telling


class DocumentQuerySet(models.QuerySet[Any]):
    def told(self) -> Self:
        """Documents that something public cites, and those that nothing cites, such as manuals.

        What only drafts, withdrawn or withheld incidents cite is not among them: its title alone
        could tell what they are about.
        """
        citations = self.model._meta.get_field("citations").related_model._default_manager
        cited = citations.filter(document=OuterRef("pk"))
        known = ~Exists(cited) | Exists(cited.exclude(target_type__app_label="incidents"))
        for _room, condition in telling.send(self.model):
            known |= cast(Q, condition)
        return self.filter(known)
