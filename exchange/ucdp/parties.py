"""UCDP's sides as actors: found by id, then by name, else made."""

import hashlib
from collections.abc import Iterable, Mapping

from django.contrib.contenttypes.models import ContentType
from django.utils.text import slugify

from actors.choices import ActorKind
from actors.models import Actor, ActorAlias
from core.names import search_key
from exchange.ucdp.countries import Countries
from sources.models import ExternalIdentifier

ID_SCHEME = "ucdp_actor"
# UCDP's own spelling of a side, claimed once, so that rows without an id find the same actor.
NAME_SCHEME = "ucdp_side"
GOVERNMENT = "Government of "
STATE_KINDS = (ActorKind.STATE_FORCE, ActorKind.INTERNATIONAL_FORCE)
NOTE = (
    "Named by UCDP as a side of organised violence. The name stands for the fighters, "
    "not for a people or a community."
)


class Parties:
    """Finds or makes the actor of each side name. One instance serves one import."""

    def __init__(self, ids_by_name: Mapping[str, str], countries: Countries) -> None:
        self.ids_by_name, self.countries = ids_by_name, countries
        self.target = ContentType.objects.get_for_model(Actor)
        self.known: dict[str, int] = {}

    def resolve(self, names: Iterable[str]) -> None:
        """Make `known` hold every name, in the order given: the same file makes the same actors."""
        for name in dict.fromkeys(names):
            if name not in self.known:
                self.known[name] = self._find(name) or self._make(name)

    def _find(self, name: str) -> int | None:
        number = self.ids_by_name.get(name)
        by_id = self._claimed(ID_SCHEME, number) if number else None
        found = by_id or self._claimed(NAME_SCHEME, _name_value(name)) or self._curated(name)
        if found is not None:
            self._claim(found, name, number)
        return found

    def _claimed(self, scheme: str, value: str) -> int | None:
        claims = ExternalIdentifier.objects.filter(
            scheme=scheme, value=value, target_type=self.target
        )
        return claims.values_list("target_id", flat=True).first()

    def _curated(self, name: str) -> int | None:
        """The one armed group of the editors with exactly this name, known by no other UCDP id."""
        if name.startswith(GOVERNMENT):
            return None
        key = search_key(name)
        by_alias = ActorAlias.objects.filter(search_key=key, context_country=None)
        candidates = Actor.objects.filter(dataset="vigil").exclude(kind__in=STATE_KINDS)
        found = set(candidates.filter(pk__in=by_alias.values("actor")).values_list("pk", flat=True))
        for pk, *names in candidates.values_list("pk", "name", "short_name"):
            if key in map(search_key, names):
                found.add(pk)
        claimed = ExternalIdentifier.objects.filter(
            scheme=ID_SCHEME, target_type=self.target, target_id__in=found
        )
        free = found - set(claimed.values_list("target_id", flat=True))
        return free.pop() if len(free) == 1 == len(found) else None

    def _make(self, name: str) -> int:
        number = self.ids_by_name.get(name)
        kind, home = ActorKind.ARMED_GROUP, None
        if name.startswith(GOVERNMENT):
            home = self.countries.named(name.removeprefix(GOVERNMENT))
            # Several governments on one side, or one that Vigil's country list does not hold.
            kind = ActorKind.STATE_FORCE if home else ActorKind.INTERNATIONAL_FORCE
        actor = Actor.objects.create(
            slug=self._slug(name, number),
            name=name[:300],
            kind=kind,
            home_country=home,
            dataset="ucdp",
            note="" if kind in STATE_KINDS else NOTE,
        )
        if search_key(name):
            ActorAlias.objects.create(actor=actor, name=name[:300], lang="en", kind="full")
        self._claim(actor.pk, name, number)
        return actor.pk

    def _slug(self, name: str, number: str | None) -> str:
        plain = slugify(name)[:100].strip("-") or "actor"
        if not Actor.objects.filter(slug=plain).exists():
            return plain
        return f"{plain}-ucdp-{number or _short(name)}"

    def _claim(self, actor: int, name: str, number: str | None) -> None:
        claims = [(NAME_SCHEME, _name_value(name))] + ([(ID_SCHEME, number)] if number else [])
        ExternalIdentifier.objects.bulk_create(
            [
                ExternalIdentifier(
                    target_type=self.target, target_id=actor, scheme=scheme, value=value
                )
                for scheme, value in claims
            ],
            ignore_conflicts=True,
        )


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _name_value(name: str) -> str:
    return name if len(name) <= 120 else f"{name[:100]} {_short(name)}"
