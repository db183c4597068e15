"""Which publishers and documents: those that readers may know of."""

from typing import Any, Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sources.signals import telling


class SourceQuerySet(models.QuerySet[Any]):
    def told(self) -> Self:
        """Publishers of a document that readers may know of."""
        documents = self.model._meta.get_field("documents").related_model._default_manager
        return self.filter(Exists(documents.told().filter(source=OuterRef("pk"))))


class DocumentQuerySet(models.QuerySet[Any]):
    def told(self) -> Self:
        """Documents that something public cites, and manuals that nothing cites.

        What only drafts, withdrawn or withheld incidents cite, or cited until a moment ago, is not
        among them, nor what nothing cites yet: its title alone could tell what it is about.
        """
        citations = self.model._meta.get_field("citations").related_model._default_manager
        cited = citations.filter(document=OuterRef("pk"))
        elsewhere = cited.exclude(target_type__app_label="incidents")
        known = Q(~Exists(cited), is_manual=True) | Q(Exists(elsewhere))
        for _room, condition in telling.send(self.model):
            known |= cast(Q, condition)
        return self.filter(known)
