"""Which actors: by name in any script, by data set, by what they took part in."""

from typing import Any, Self, cast

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q

from actors.signals import telling
from core.names import search_key

# Reference data that tell of an actor by themselves.
FACTS = ("relations_out", "relations_in", "presences", "designations", "contributions")


class ActorQuerySet(models.QuerySet[Any]):
    def called(self, name: str, *, country: str | None = None) -> Self:
        """Actors with a name or alias equal to `name` after folding case, accents and marks.

        With `country` (ISO3), an alias bound to another country does not count, and an alias
        bound to this one beats homonyms elsewhere: "al-shabaab" in MOZ is IS-Mozambique.
        """
        key = search_key(name)
        matches = self.filter(aliases__search_key=key).distinct()
        if country is None:
            return matches
        local = matches.filter(
            aliases__search_key=key, aliases__context_country__iso3=country
        ).distinct()
        if local.exists():
            return local
        everywhere = Q(aliases__search_key=key, aliases__context_country__isnull=True)
        return self.filter(everywhere).distinct()

    def with_name_like(self, text: str) -> Self:
        """Actors of which some name or alias contains `text`, folded, in any script; or so slugged.

        Text without a letter or digit is contained in no name.
        """
        key = search_key(text)
        if not key:
            return self.none()
        own = Q(name__unaccent__icontains=text) | Q(short_name__unaccent__icontains=text)
        own |= Q(slug=text)
        aliases = self.model._meta.get_field("aliases").related_model
        named = aliases._default_manager.filter(actor=OuterRef("pk"), search_key__contains=key)
        return self.filter(Exists(named) | own)

    def curated(self) -> Self:
        """Rows that Vigil's own editors keep; the others came with an import."""
        return self.filter(dataset="vigil")

    def told(self) -> Self:
        """Actors that readers may know of.

        One that somebody entered at the desk is told of once it has a source or a fact of its own,
        or once the record or a campaign names it. Whom only unpublished incidents name is not.
        """
        meta = self.model._meta
        known = ~Q(dataset="vigil") | Q(created_by__isnull=True)
        for name in FACTS:
            link = meta.get_field(name)
            facts = link.related_model._default_manager.filter(**{link.field.name: OuterRef("pk")})
            known |= Q(Exists(facts))
        citations = meta.get_field("citations").related_model._default_manager
        kind = ContentType.objects.get_for_model(self.model)
        known |= Q(Exists(citations.filter(target_type=kind, target_id=OuterRef("pk"))))
        for _room, condition in telling.send(self.model):
            known |= cast(Q, condition)
        return self.filter(known)
