"""Incidents: what, when, where, who, and what they belong to."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from actors.choices import ActorKind
from actors.models import Actor
from core.choices import Checked, Confidence, DatePrecision
from exchange.seed import harm, hostages
from exchange.seed.desk import Desk
from exchange.seed.reading import Row
from incidents import derived
from incidents.choices import (
    Attribution,
    ClaimChannel,
    ClaimStatus,
    Disclosure,
    GeoPrecision,
    LinkRelation,
    Role,
    Sensitivity,
    TargetType,
    TieReason,
    Weapon,
)
from incidents.disclosure import shown_place
from incidents.models import (
    Campaign,
    CampaignIncident,
    ClaimOfResponsibility,
    Incident,
    IncidentLink,
    IncidentLocation,
    IncidentType,
    Participation,
)
from regions.models import AdminArea, Country, Mission
from sources.models import Citation

FILE = "incidents.yaml"
RADIUS_KM = {GeoPrecision.EXACT: 0, GeoPrecision.NEAR: 25, GeoPrecision.LINEAR: 50}
CLAIMS = (ClaimStatus.CLAIMED, ClaimStatus.COMPETING, ClaimStatus.OTHER_NAME)
SUICIDE = {Weapon.SUICIDE_VEST, Weapon.SUICIDE_VEHICLE_BOMB}
LEVELS = {"public": Sensitivity.PUBLIC, "restricted": Sensitivity.RESTRICTED}


def incidents(desk: Desk) -> None:
    """Write the due incidents; those that changed are left in `desk.touched` for publication."""
    linked = []
    for row in desk.due(FILE, "incidents"):
        before = desk.changes
        known = Incident.objects.filter(slug=row.slug).first()
        if known is not None and _edited(desk, known):
            desk.keep(known)
            continue
        figures = harm.figures(desk, row, row.part("date").days("start", "end")[1])
        incident = _incident(desk, row, figures)
        cited = desk.cite(incident, row)
        _location(desk, row, incident)
        _participations(desk, row, incident)
        harm.write(desk, incident, figures, cited)
        _uncite(desk, incident, cited)
        _ties(desk, row, incident)
        hostages.case(desk, row, incident)
        linked.append((row, incident, desk.changes != before))
    for row, incident, changed in linked:
        before = desk.changes
        others = _links(desk, row, incident)
        if changed or desk.changes != before:
            desk.touched |= {incident.pk, *others}


def _edited(desk: Desk, incident: Incident) -> bool:
    """Whether a person changed the incident or a part of it since the seed wrote it."""
    parts: list[QuerySet[Any]] = [
        incident.locations.all(),
        incident.participations.all(),
        incident.claims.all(),
        incident.estimates.all(),
        incident.citations.all(),
        incident.hostage_cases.all(),
    ]
    return desk.edited(incident, *(row for part in parts for row in part))


def _incident(desk: Desk, row: Row, figures: list[harm.Figure]) -> Incident:
    country = row.part("place")["country"]
    type_ = desk.find(IncidentType, row["type"], row, "type", "code")
    weapons = row.choices("weapons", Weapon.values)
    suicide = type_.is_suicide or bool(SUICIDE & set(weapons))
    guarded = row.part("sensitivity")
    withheld = guarded.get("publish") == Disclosure.COUNTRY_MONTH
    incident = desk.put(
        Incident,
        {"slug": row.slug},
        title=row["title"],
        type=type_,
        country=desk.find(Country, country, row, "place.country", "iso3"),
        is_suicide=True if suicide else None,
        targets=row.choices("targets", TargetType.values),
        weapons=weapons,
        attribution=_attribution(row),
        confidence=row.choice("confidence", Confidence.values),
        checked=row.choice("checked", Checked.values),
        note=_note(row),
        sensitivity=LEVELS[guarded.choice("level", LEVELS, default="public")],
        sensitivity_reason=guarded.get("reason", ""),
        disclosure=Disclosure.COUNTRY_MONTH if withheld else Disclosure.FULL,
        author=desk.author,
        **_dates(row),
        **derived.cached(figures),
    )
    desk.set_all(incident, "missions", desk.find_all(Mission, row, "missions"))
    return incident


def _dates(row: Row) -> dict[str, Any]:
    date = row.part("date")
    start, end = date.days("start", "end")
    precision = date.choice("precision", DatePrecision.values)
    time = date.get("time_local")
    return {
        "date_start": start,
        "date_end": end,
        "date_precision": precision,
        # A width at day precision is known duration, not doubt.
        "is_multiday": precision == DatePrecision.DAY and start != end,
        "time_local": dt.time.fromisoformat(time) if time else None,
        "time_zone": date.get("time_zone", ""),
    }


def _note(row: Row) -> str:
    """The public note, with property damage in words: figures of things are no harm to people."""
    notes = [row.get("note", "")]
    for thing in row.get("property", {}):
        low, best, high = row.part("property").part(thing).triple()
        figures = ", ".join(
            f"{word} {value}"
            for word, value in (("at least", low), ("best", best), ("at most", high))
            if value is not None
        )
        notes.append(f"{thing.replace('_', ' ').capitalize()}: {figures}.")
    for data in row.get("conflicts", []):
        if data["harm"] in row.get("property", {}):
            notes.append(f"{data['source']}: {data['note'].rstrip('.')}.")
    return " ".join(filter(None, notes))


def _attribution(row: Row) -> str:
    """The surest attribution of a perpetrator; of the accused where no perpetrator is held sure."""
    parts = [row.part("actors", data) for data in row["actors"]]
    return derived.attribution((part["role"], part["attribution"]) for part in parts)


def _location(desk: Desk, row: Row, incident: Incident) -> None:
    place = row.part("place")
    stored = GeoPrecision(place.choice("precision", GeoPrecision.values))
    latitude, longitude = place.point()
    shown = shown_place(
        row["type"],
        incident.targets,
        hostage_open=hostages.is_open(row),
        stored=stored,
        sexual_violence=bool(row.get("sexual_violence_victims")),
    )
    desk.put(
        IncidentLocation,
        {"incident": incident, "is_primary": True},
        name=place["name"],
        admin1=_area(row, incident.country, place["admin1"]),
        latitude=latitude,
        longitude=longitude,
        precision=stored,
        display_precision=shown.precision,
        fuzz_reason=shown.reason,
        radius_km=RADIUS_KM.get(stored),
        coords_approx=place.get("coords_approx", False),
        description=place.get("note", ""),
    )


def _area(row: Row, country: Country, name: str) -> AdminArea:
    spelt = Q(name=name) | Q(aliases__contains=[name])
    found = AdminArea.objects.filter(spelt, country=country, level=1).order_by("pk").first()
    if found is None:
        remedy = _("Add the area to areas.yaml, or the spelling as an alias.")
        row.refuse("place.admin1", name, remedy)
    return found


def _participations(desk: Desk, row: Row, incident: Incident) -> None:
    parts, claims = [], []
    for position, data in enumerate(row["actors"]):
        part = row.part("actors", data)
        actor = desk.find(Actor, part["actor"], part, "actor")
        claim = part.choice("claim", ClaimStatus.values)
        made = desk.put(
            Participation,
            {"incident": incident, "actor": actor, "role": part.choice("role", Role.values)},
            attribution=part.choice("attribution", Attribution.values),
            claim_status=claim,
            position=position,
        )
        _not_before_it_existed(row, incident, actor, made)
        parts.append(made)
        if claim in CLAIMS and part["role"] in (Role.PERPETRATOR, Role.CLAIMANT):
            claims.append(_claim(desk, part, incident, actor))
    desk.only(incident, incident.participations.all(), parts)
    desk.only(incident, incident.claims.all(), claims)


def _not_before_it_existed(row: Row, incident: Incident, actor: Actor, part: Participation) -> None:
    """A group cannot have acted before the year in which it was founded."""
    early = actor.founded_on is not None and actor.founded_on.year > incident.date_start.year
    if early and part.role != Role.TARGET and actor.kind != ActorKind.UNIDENTIFIED:
        row.refuse("actors", actor.slug, _("It did not exist then; name its predecessor."))


def _claim(desk: Desk, part: Row, incident: Incident, actor: Actor) -> ClaimOfResponsibility:
    claimed = part.partial("claim_date")
    return desk.put(
        ClaimOfResponsibility,
        {"incident": incident, "claimant": actor, "claimed_on": claimed.first},
        claimed_precision=claimed.precision,
        channel=part.choice("claim_channel", ClaimChannel.values, default=ClaimChannel.UNKNOWN),
        is_competing=part["claim"] == ClaimStatus.COMPETING,
    )


def _uncite(desk: Desk, incident: Incident, cited: dict[str, Citation]) -> None:
    """Drop citations that the file no longer names; a figure that was published keeps its own."""
    free = incident.citations.filter(estimates__isnull=True)
    desk.only(incident, free, cited.values())


def _ties(desk: Desk, row: Row, incident: Incident) -> None:
    wanted = []
    for campaign in desk.find_all(Campaign, row, "campaigns"):
        key = {"campaign": campaign, "incident": incident}
        wanted.append(desk.put(CampaignIncident, key, reason=_reason(desk, row, campaign)))
    desk.only(incident, incident.campaign_ties.all(), wanted)


def _reason(desk: Desk, row: Row, campaign: Campaign) -> str:
    """A source that both cite says that they belong together; else the analyst does."""
    frames = desk.book.rows("campaigns.yaml", "campaigns")
    said = {
        source for frame in frames if frame.slug == campaign.slug for source in frame["sources"]
    }
    return TieReason.EXPLICIT_SOURCE if said & set(row["sources"]) else TieReason.ANALYST


def _links(desk: Desk, row: Row, incident: Incident) -> set[int]:
    """Write the row's links; return the other ends, whose public page shows them too."""
    wanted = []
    for data in row.get("linked_incidents", []):
        link = row.part("linked_incidents", data)
        other = desk.find(Incident, link["incident"], link, "incident")
        relation = link.choice("relation", LinkRelation.values)
        key = {"source": incident, "target": other, "relation": relation}
        wanted.append(desk.put(IncidentLink, key))
    desk.only(incident, incident.links_out.all(), wanted)
    return {link.target_id for link in wanted}
