"""Builders: the smallest valid thing, each part open to overrides. The cast is fixed."""

import datetime as dt
import itertools
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from actors.models import Actor, ActorAlias, ActorRelation
from incidents import workflow
from incidents.models import (
    Campaign,
    CampaignIncident,
    HarmEstimate,
    HostageCase,
    Incident,
    IncidentLocation,
    IncidentType,
    Negotiation,
    Participation,
    RansomPayment,
)
from regions.models import AdminArea, Country, Membership, RegionalBody
from sources.models import Citation, Document, Source

_number = itertools.count(1)

COUNTRIES = {
    "MLI": ("ML", "466", 432, "Mali", "Mali", "western", 17.5, -4.0),
    "KEN": ("KE", "404", 501, "Kenya", "Kenya", "eastern", 0.5, 37.9),
    "SOM": ("SO", "706", 520, "Somalia", "Somalie", "eastern", 5.2, 46.2),
    "NER": ("NE", "562", 436, "Niger", "Niger", "western", 17.6, 8.1),
    "BFA": ("BF", "854", 439, "Burkina Faso", "Burkina Faso", "western", 12.3, -1.6),
    "NGA": ("NG", "566", 475, "Nigeria", "Nigeria", "western", 9.1, 8.7),
    "MOZ": ("MZ", "508", 541, "Mozambique", "Mozambique", "southern", -18.7, 35.5),
    "TCD": ("TD", "148", 483, "Chad", "Tchad", "central", 15.5, 18.7),
}
TYPES = {
    "ARM-BAS": ("armed_assault", "Assault on a base or post", "Assaut contre une base ou un poste"),
    "ARM-CPX": ("armed_assault", "Complex attack on a facility", "Attaque complexe d'un site"),
    "EXP-SVB": ("explosion", "Suicide vehicle bomb", "Attentat suicide au véhicule piégé"),
    "HOS-KID": ("hostage", "Kidnapping", "Enlèvement"),
    "PRO-CON": ("property", "Destruction of a convoy or vehicles", "Destruction d'un convoi"),
}


def person(name: str, role: Role, **more: Any) -> User:
    user = User.objects.filter(username=name).first()
    return user or User.objects.create_user(username=name, role=role, **more)


def ana() -> User:
    """Ana the analyst."""
    return person("ana", Role.CONTRIBUTOR)


def ed() -> User:
    """Ed the editor."""
    return person("ed", Role.EDITOR)


def rita() -> User:
    """Rita the reviewer."""
    return person("rita", Role.REVIEWER)


def rae() -> User:
    """Rae the reader."""
    return person("rae", Role.READER)


def country(iso3: str = "MLI") -> Country:
    iso2, m49, gw, name, name_fr, region, lat, lon = COUNTRIES[iso3]
    return Country.objects.get_or_create(
        iso3=iso3,
        defaults={
            "iso2": iso2,
            "m49": m49,
            "gw_number": gw,
            "name": name,
            "name_fr": name_fr,
            "au_region": region,
            "in_scope": True,
            "latitude": lat,
            "longitude": lon,
        },
    )[0]


def area(slug: str = "mli-gao", iso3: str = "MLI", **more: Any) -> AdminArea:
    values = {"country": country(iso3), "level": 1, "name": slug}
    return AdminArea.objects.get_or_create(slug=slug, defaults=values | more)[0]


def incident_type(code: str = "ARM-BAS") -> IncidentType:
    group, label, label_fr = TYPES[code]
    return IncidentType.objects.get_or_create(
        code=code, defaults={"group": group, "label": label, "label_fr": label_fr}
    )[0]


def document(slug: str = "wire-1", **more: Any) -> Document:
    source = Source.objects.get_or_create(
        slug="agency", defaults={"name": "Agency", "kind": "igo", "reliability": "B"}
    )[0]
    values = {"source": source, "title": f"Report {slug}", "reliability": "B", "seen": "read",
              "is_manual": True}  # fmt: skip
    return Document.objects.get_or_create(slug=slug, defaults=values | more)[0]


def citation(target: Any, slug: str = "wire-1", **more: Any) -> Citation:
    values = {"reliability": "B", "credibility": 2} | more
    return Citation.objects.get_or_create(
        document=document(slug),
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        defaults=values,
    )[0]


def actor(slug: str = "jnim", **more: Any) -> Actor:
    values = {"name": slug.upper(), "short_name": slug.upper(), "kind": "armed_group"}
    return Actor.objects.get_or_create(slug=slug, defaults=values | more)[0]


def alias(who: Actor, name: str, lang: str = "en", **more: Any) -> ActorAlias:
    return ActorAlias.objects.create(actor=who, name=name, lang=lang, **{"kind": "variant"} | more)


def relation(source: Actor, target: Actor, kind: str, start: str | None = None) -> ActorRelation:
    return ActorRelation.objects.create(source=source, target=target, type=kind, starts_on=start)


def body(slug: str = "ecowas", **more: Any) -> RegionalBody:
    values = {"name": slug.upper(), "short_name": slug.upper(), "kind": "rec"}
    return RegionalBody.objects.get_or_create(slug=slug, defaults=values | more)[0]


def membership(where: RegionalBody, iso3: str, start: str, end: str | None = None) -> Membership:
    return Membership.objects.create(
        body=where, country=country(iso3), status="member", starts_on=start, ends_on=end
    )


def incident(
    *,
    day: str = "2022-07-22",
    iso3: str = "MLI",
    place: str = "Kati",
    sourced: bool = True,
    located: bool = True,
    **more: Any,
) -> Incident:
    """A draft by Ed with one source and one exact place, public once published."""
    number = next(_number)
    precision = more.pop("geo_precision", "exact")
    shown = more.pop("display_precision", precision)
    values = {
        "slug": f"{day}-{place.lower()}-{number}",
        "title": f"Attack at {place}",
        "type": incident_type(more.pop("type_code", "ARM-BAS")),
        "date_start": dt.date.fromisoformat(day),
        "date_end": dt.date.fromisoformat(day),
        "date_precision": "day",
        "country": country(iso3),
        "author": ed(),
        "sensitivity": "public",
        "checked": "read",
    } | more
    made = Incident.objects.create(**values)
    if located:
        IncidentLocation.objects.create(
            incident=made,
            name=place,
            latitude="12.745000",
            longitude="-8.071000",
            precision=precision,
            display_precision=shown,
        )
    if sourced:
        citation(made)
    return made


def part(which: Incident, slug: str = "jnim", role: str = "perpetrator", **more: Any) -> None:
    values = {"attribution": "confirmed", "claim_status": "claimed",
              "citation": which.citations.first()} | more  # fmt: skip
    Participation.objects.create(incident=which, actor=actor(slug), role=role, **values)


def estimate(which: Incident, harm: str = "killed", **more: Any) -> HarmEstimate:
    values = {"low": 1, "best": 1, "high": 1, "as_of": which.date_end} | more
    source = values.pop("source", "wire-1")
    return HarmEstimate.objects.create(
        incident=which, harm=harm, citation=citation(which, source), **values
    )


def campaign(slug: str = "wave", **more: Any) -> Campaign:
    values = {"name": slug.title(), "kind": "episode", "starts_on": "2022-07-21", "is_public": True}
    return Campaign.objects.get_or_create(slug=slug, defaults=values | more)[0]


def tie(which: Incident, where: Campaign) -> CampaignIncident:
    return CampaignIncident.objects.create(campaign=where, incident=which)


def freed(which: Incident, **more: Any) -> HostageCase:
    """A closed hostage case that may be published."""
    values = {"persons": 3, "status": "released", "publish_policy": "publish"} | more
    return HostageCase.objects.create(incident=which, **values)


def ransom(which: Incident, *, payee: str = "jnim", **more: Any) -> RansomPayment:
    """50 to 70 million dollars: one source gives the range, another 50 alone."""
    first, second = document("wire-1"), document("wire-2")
    values = {
        "slug": f"ransom-{next(_number)}", "payer": "a state", "payee": actor(payee),
        "currency": "USD", "amount_low": 50_000_000, "amount_best": 50_000_000,
        "amount_high": 70_000_000, "hostages": 2, "also_released": 1,
        "paid_from": dt.date(2022, 8, 1), "paid_to": dt.date(2022, 8, 31),
        "paid_precision": "month",
        "figures": [
            {"source": first.slug, "low": 50_000_000, "best": None, "high": 70_000_000},
            {"source": second.slug, "low": None, "best": 50_000_000, "high": None,
             "note": "approximately"},
        ],
    } | more  # fmt: skip
    made = RansomPayment.objects.create(incident=which, **values)
    for source in (first, second):
        citation(which, source.slug)
        citation(made, source.slug)
    return made


def talks(*about: Incident, party: str = "jnim", **more: Any) -> Negotiation:
    """Talks about the hostages of these incidents."""
    values = {
        "slug": f"talks-{next(_number)}", "kind": "hostage_negotiation", "status": "concluded",
        "counterparty": "a state", "facilitator": "a neighbouring state",
        "starts_on": dt.date(2022, 8, 1), "ends_on": dt.date(2022, 8, 31),
        "date_precision": "month",
    } | more  # fmt: skip
    made = Negotiation.objects.create(**values)
    made.parties.add(actor(party))
    made.incidents.set(about)
    made.terms.create(kind="prisoner_release")
    citation(made, "wire-1")
    return made


def published(at: dt.datetime | None = None, **more: Any) -> Incident:
    """An incident that went the whole way: draft, review, verified, published."""
    return through_the_door(incident(**more), at=at)


def through_the_door(which: Incident, at: dt.datetime | None = None) -> Incident:
    at = at or timezone.now()
    if which.type.group == "hostage" and not which.hostage_cases.exists():
        HostageCase.objects.create(incident=which, status=HostageCase.Status.RELEASED)
    which = workflow.submit(which, by=ed(), at=at)
    which = workflow.verify(which, by=rita(), at=at)
    return workflow.publish(which, by=rita(), at=at)
