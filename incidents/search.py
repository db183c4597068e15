"""One box for everything: names of things by alias, spelling forgiven; incidents by words."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Func, Q, QuerySet, TextField, Value

from actors.models import Actor
from core.names import search_key
from incidents.models import Campaign, PublishedIncident
from incidents.querysets import Fold, RecordQuerySet
from regions.models import Country, RegionalBody

TEXT = TextField()
LIKENESS = 0.5
NAMES_SHOWN = 12
INCIDENTS_SHOWN = 20


@dataclass(frozen=True)
class Found:
    """What answers the words, the surest first."""

    actors: list[Actor] = field(default_factory=list)
    bodies: list[RegionalBody] = field(default_factory=list)
    countries: list[Country] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)
    incidents: list[PublishedIncident] = field(default_factory=list)
    incident_count: int = 0

    def __bool__(self) -> bool:
        return any((self.actors, self.bodies, self.countries, self.campaigns, self.incident_count))


def found_by(words: str) -> Found:
    """Everything that answers `words`; nothing for no words."""
    key = search_key(words)
    if not key:
        return Found()
    rows: RecordQuerySet = PublishedIncident.objects.current().saying(words)
    return Found(
        actors=actors_called(words),
        bodies=named_like(RegionalBody.objects.all(), words, ("name", "name_fr", "short_name")),
        countries=named_like(Country.objects.all(), words, ("name", "name_fr")),
        campaigns=named_like(Campaign.objects.all(), words, ("name",)),
        incidents=list(rows.defer("search", "search_text")[:INCIDENTS_SHOWN]),
        incident_count=rows.count(),
    )


def actors_called(words: str) -> list[Actor]:
    """Actors with exactly this name, then those whose name begins so or is spelt much alike."""
    key = search_key(words)
    exact = list(Actor.objects.told().called(words))
    alike = (
        Actor.objects.told()
        .annotate(likeness=TrigramWordSimilarity(key, "aliases__search_key"))
        .filter(Q(aliases__search_key__startswith=key) | Q(likeness__gt=LIKENESS))
        .order_by("-likeness", "name")
    )
    unique = {actor.pk: actor for actor in [*exact, *alike[: NAMES_SHOWN * 4]]}
    return list(unique.values())[:NAMES_SHOWN]


def named_like(rows: "QuerySet[Any]", words: str, columns: tuple[str, ...]) -> list[Any]:
    """Rows with a name or alias that contains the words; case and accents are ignored."""
    parts: list[Any] = [F(column) for column in columns]
    if hasattr(rows.model, "aliases"):
        parts.append(Func(F("aliases"), Value(" "), function="array_to_string", output_field=TEXT))
    names = Fold(Func(Value(" "), *parts, function="concat_ws", output_field=TEXT))
    return list(rows.annotate(names=names).filter(names__contains=Fold(Value(words)))[:NAMES_SHOWN])
