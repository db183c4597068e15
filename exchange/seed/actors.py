"""Armed groups and forces: names, relations, presence."""

from django.contrib.contenttypes.models import ContentType

from actors.choices import (
    SYMMETRIC_RELATIONS,
    ActorKind,
    ActorStatus,
    AliasKind,
    PresenceKind,
    RelationType,
)
from actors.models import Actor, ActorAlias, ActorPresence, ActorRelation
from core.choices import Checked, Confidence, Hedge
from core.names import search_key
from exchange.seed.desk import Desk
from exchange.seed.reading import Row
from regions.models import Country
from sources.models import ExternalIdentifier

# Seed key to scheme. UCDP's and ACLED's names of an actor are kept as they spell them.
ACLED = "acled_actor"
SCHEMES = {"ucdp_actor": "ucdp_actor", "acled_name": ACLED, "acled_name_former": ACLED}


def actors(desk: Desk) -> None:
    for row in desk.due("actors.yaml", "actors"):
        kind = row.choice("kind", ActorKind.values)
        countries = desk.find_all(Country, row, "countries", "iso3")
        founded, ended = row.moment("founded"), row.moment("ended")
        home = row.get("home", row.get("countries", [None])[:1][0] if countries else None)
        actor = desk.put(
            Actor,
            {"slug": row.slug},
            name=row["name"],
            short_name=row.get("short_name", ""),
            kind=kind,
            acled_inter=row.get("acled_inter"),
            ideology=row.get("ideology", []),
            founded_on=founded.first,
            founded_precision=founded.precision,
            ended_on=ended.last,
            ended_precision=ended.precision,
            status=row.choice("status", ActorStatus.values),
            home_country=desk.find(Country, home, row, "home", "iso3")
            if kind == ActorKind.STATE_FORCE
            else None,
            confidence=row.choice("confidence", Confidence.values),
            note=row.get("note", ""),
        )
        desk.set_all(actor, "countries", countries)
        _aliases(desk, row, actor)
        _external_ids(desk, row, actor)
        desk.cite(actor, row)


def _aliases(desk: Desk, row: Row, actor: Actor) -> None:
    names = [{"lang": "en", "kind": "full", "name": row["name"]}]
    if row.get("short_name"):
        names.append({"lang": "en", "kind": "acronym", "name": row["short_name"]})
    wanted: dict[tuple[str, str], ActorAlias] = {}
    for data in [*names, *row.get("aliases", [])]:
        alias = row.part("aliases", data)
        key = (search_key(alias["name"]), alias["lang"])
        if key in wanted:
            continue  # "al Qaeda" and "al-Qaeda" are one name to a reader who searches
        where = alias.get("context_country")
        wanted[key] = desk.put(
            ActorAlias,
            {"actor": actor, "search_key": key[0], "lang": key[1]},
            name=alias["name"],
            kind=alias.choice("kind", AliasKind.values),
            context_country=desk.find(Country, where, alias, "context_country", "iso3")
            if where
            else None,
        )
    desk.only(actor, actor.aliases.all(), wanted.values())


def _external_ids(desk: Desk, row: Row, actor: Actor) -> None:
    kind = ContentType.objects.get_for_model(Actor)
    for name, value in row.get("external_ids", {}).items():
        if scheme := SCHEMES.get(name):
            desk.put(
                ExternalIdentifier,
                {"scheme": scheme, "value": str(value)},
                target_type=kind,
                target_id=actor.pk,
            )


def relations(desk: Desk) -> None:
    for row in desk.due("relations.yaml", "relations", "source", "type", "target", "from"):
        type_ = row.choice("type", RelationType.values)
        ends = [desk.find(Actor, row[end], row, end) for end in ("source", "target")]
        if type_ in SYMMETRIC_RELATIONS:
            ends.sort(key=lambda actor: actor.pk)
        start, end, accepted = row.partial("from"), row.partial("to"), row.moment("accepted")
        relation = desk.put(
            ActorRelation,
            {
                "source": ends[0],
                "target": ends[1],
                "type": type_,
                "starts_on": start.first,
            },
            start_precision=start.precision,
            ends_on=end.last,
            accepted_on=accepted.first,
            accepted_precision=accepted.precision,
            scope=row.get("scope", ""),
            confidence=row.choice("confidence", Confidence.values),
            checked=row.choice("checked", Checked.values),
            note=row.get("note", ""),
        )
        desk.cite(relation, row)


def presence(desk: Desk) -> None:
    """Where a source says that an actor is."""
    for row in desk.due("seed_facts.yaml", "actor_presence", "actor", "country", "kind"):
        as_of = row.partial("as_of")
        found = desk.put(
            ActorPresence,
            {
                "actor": desk.find(Actor, row["actor"], row, "actor"),
                "country": desk.find(Country, row["country"], row, "country", "iso3"),
                "kind": row.choice("kind", PresenceKind.values),
            },
            as_of=as_of.first,
            as_of_precision=as_of.precision,
            hedge=Hedge.CERTAIN if row["attribution"] == "asserted" else Hedge.REPORTED,
            confidence=row.choice("confidence", Confidence.values),
            note=row.get("note", ""),
        )
        desk.cite(found, row, checked="seed")
