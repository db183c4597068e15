"""Hostage cases, ransoms and negotiations. Counts only."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import timezone

from actors.models import Actor
from core.choices import Confidence
from exchange.seed.desk import Desk
from exchange.seed.reading import Row
from incidents import record
from incidents.filters import OPTIONAL_KEYS as OPTIONAL
from incidents.models import (
    Campaign,
    HostageCase,
    Incident,
    Negotiation,
    NegotiationTerm,
    PublishedIncident,
    RansomPayment,
)
from incidents.versions import changes
from regions.models import Country

OPEN = (HostageCase.Status.HELD, HostageCase.Status.UNKNOWN)
FACTS = "seed_facts.yaml"
AMOUNTS = ("amount_low", "amount_best", "amount_high")


def is_open(row: Row) -> bool:
    """Whether the row tells of hostages who may still be held."""
    outcome = row.part("outcome")
    return bool(outcome.data) and outcome["status"] in OPEN


def case(desk: Desk, row: Row, incident: Incident) -> None:
    """The hostage case of a row that says how it ended, or that this is not known.

    A kidnapping without a word on its outcome gets no case: `unknown` would hide it, and the seed
    names the one incident that must be hidden.
    """
    if not row.get("outcome"):
        return
    outcome = row.part("outcome")
    ended = outcome.partial("date")
    low, best, high = row.part("hostages" if row.get("hostages") else "abducted").triple()
    desk.put(
        HostageCase,
        {"incident": incident},
        persons=best if best is not None else low or high,
        status=outcome.choice("status", HostageCase.Status.values),
        starts_on=incident.date_start,
        ends_on=ended.last,
        publish_policy=HostageCase.Policy.WITHHOLD if is_open(row) else HostageCase.Policy.PUBLISH,
    )


def linked(desk: Desk, row: Row, model: type[Any]) -> list[Any]:
    """Those of the row's `linked` slugs that name rows of `model`."""
    return list(model._default_manager.filter(slug__in=row.get("linked", [])))


def ransoms(desk: Desk) -> None:
    for row in desk.due(FACTS, "ransom_payments"):
        before = desk.changes
        incident = next(iter(linked(desk, row, Incident)), None)
        paid = row.span("paid_on")
        amounts = {name: _money(row.get(name)) for name in AMOUNTS}
        comment = row.get("official_comment", "")
        ransom = desk.put(
            RansomPayment,
            {"slug": row.slug},
            incident=incident,
            payer=row["payer"],
            payer_country=desk.find(Country, row["payer_iso3"], row, "payer_iso3", "iso3"),
            payee=desk.find(Actor, row["payee"], row, "payee"),
            currency=row["currency"],
            hostages=row.get("hostages"),
            also_released=row.get("also_released"),
            paid_from=paid.first,
            paid_to=paid.last,
            paid_precision=paid.precision,
            status=row.choice("status", RansomPayment.Status.values),
            official_comment="" if comment == "none" else comment,
            figures=[_figure(data) for data in row.get("conflicts", [])],
            confidence=row.choice("confidence", Confidence.values),
            note=row.get("ambiguity", ""),
            **amounts,
        )
        desk.cite(ransom, row)
        _tell(desk, [incident] if incident else [], before)


def _tell(desk: Desk, incidents: Iterable[Incident], before: int) -> None:
    """Have incidents published anew whose ransoms or talks changed, or were never told.

    The latter only where the desk says nothing else that readers do not have.
    """
    for incident in incidents:
        if desk.changes > before or _is_untold(incident):
            desk.touched.add(incident.pk)


def _is_untold(incident: Incident) -> bool:
    told = PublishedIncident.objects.current().filter(public_id=incident.public_id).first()
    if told is None:
        return False
    found = changes(told.payload, record.would_say(incident.pk, timezone.now()))
    return {change.field for change in found} in ({"ransoms"}, {"hostage_talks"}, set(OPTIONAL))


def _money(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _figure(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": data["source"],
        "low": data.get("low"),
        "best": data.get("value"),
        "high": data.get("high"),
        "note": data.get("note", ""),
    }


def negotiations(desk: Desk) -> None:
    ended = {row.get("ended_by"): row.slug for row in desk.book.rows("campaigns.yaml", "campaigns")}
    for row in desk.due(FACTS, "negotiations"):
        before = desk.changes
        when = row.span("date")
        campaign = ended.get(row.slug)
        talks = desk.put(
            Negotiation,
            {"slug": row.slug},
            kind=row.choice("kind", Negotiation.Kind.values),
            counterparty=row.get("counterparty", ""),
            facilitator=row.get("facilitator", ""),
            place_name=row.get("place", ""),
            starts_on=when.first,
            ends_on=when.last,
            date_precision=when.precision,
            status=row.choice("status", Negotiation.Status.values),
            effect=row.get("effect", ""),
            text=row.get("text", ""),
            ends_campaign=desk.find(Campaign, campaign, row, "ended_by") if campaign else None,
            confidence=row.choice("confidence", Confidence.values),
            note=" ".join(filter(None, (row.get("note"), row.get("ambiguity")))),
        )
        desk.set_all(talks, "parties", desk.find_all(Actor, row, "parties"))
        desk.set_all(talks, "campaigns", linked(desk, row, Campaign))
        incidents = linked(desk, row, Incident)
        desk.set_all(talks, "incidents", incidents)
        terms = [
            desk.put(NegotiationTerm, {"negotiation": talks, "kind": kind})
            for kind in row.get("terms", [])
        ]
        desk.only(talks, talks.terms.all(), terms)
        desk.cite(talks, row)
        if talks.kind == Negotiation.Kind.HOSTAGE:
            _tell(desk, incidents, before)
