"""Which actors: by name in any script, by lineage on a day."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.names import search_key

# Relations along which an older actor continues in a newer one, as (older side, newer side).
CONTINUES_FORWARD = ("merged_into", "renamed_to")
CONTINUES_BACKWARD = ("successor_of", "split_from")


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
