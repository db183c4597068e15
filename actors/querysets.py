"""Which actors: by name in any script, by data set, by what they took part in."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.names import search_key


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
