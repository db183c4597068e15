"""Regional bodies, their instruments and who belonged to them when."""

from collections.abc import Iterator
from typing import Any

from core.choices import Confidence
from exchange.seed.desk import Desk, day_before
from exchange.seed.reading import Row
from regions.choices import BodyKind, InstrumentKind, MembershipStatus
from regions.models import Country, Instrument, Membership, RegionalBody


def bodies(desk: Desk) -> None:
    for row in desk.due("bodies.yaml", "bodies"):
        established, dissolved = row.moment("established"), row.moment("dissolved")
        other = row.get("aliases", [])
        french: dict[str, str] = next((a for a in other if a["lang"] == "fr"), {})
        desk.put(
            RegionalBody,
            {"slug": row.slug},
            name=row["name"],
            name_fr=french.get("name", ""),
            short_name=row.get("short_name", ""),
            short_name_fr=french.get("acronym", ""),
            aliases=list(dict.fromkeys(a[k] for a in other for k in ("name", "acronym") if k in a)),
            kind=row.choice("kind", BodyKind.values),
            parent=_other(desk, row, "parent"),
            predecessor=_other(desk, row, "predecessor"),
            established_on=established.first,
            established_precision=established.precision,
            dissolved_on=dissolved.last,
            dissolved_precision=dissolved.precision,
            status=row["status"],
            headquarters=row.get("hq", ""),
            confidence=row.choice("confidence", Confidence.values),
            note=row.get("note", ""),
        )


def _other(desk: Desk, row: Row, name: str) -> RegionalBody | None:
    return desk.find(RegionalBody, row[name], row, name) if row.get(name) else None


def instruments(desk: Desk) -> None:
    for row in desk.due("bodies.yaml", "instruments"):
        adopted, in_force = row.moment("adopted"), row.moment("in_force")
        desk.put(
            Instrument,
            {"slug": row.slug},
            body=desk.find(RegionalBody, row["body"], row, "body"),
            title=row["name"],
            short_name=row.get("short_name", ""),
            kind=row.choice("kind", InstrumentKind.values),
            reference=row.get("reference", ""),
            adopted_on=adopted.first,
            adopted_precision=adopted.precision,
            in_force_on=in_force.first,
            status=row.get("status", ""),
            note=f"Seed wording: {row['seed_wording']}" if row.get("seed_wording") else "",
        )


def memberships(desk: Desk) -> None:
    for row in desk.due("memberships.yaml", "memberships", "body"):
        body = desk.find(RegionalBody, row["body"], row, "body")
        written = []
        for period in _periods(row):
            member = _membership(desk, body, period)
            desk.cite(member, row, checked="read", confidence=member.confidence)
            written.append(member)
        desk.only(body, body.memberships.all(), written)


def _periods(row: Row) -> Iterator[Row]:
    """One row for each standing of each country in the block, in full."""
    start = row["default_from"]["date"]
    exits = {exit_["country"]: exit_ for exit_ in row.get("exits", [])}
    joined = [{"country": iso3, "from": start} for iso3 in row["members"]]
    for data in [*joined, *row.get("exceptions", [])]:
        left = {f"exit_{key}": value for key, value in exits.get(data["country"], {}).items()}
        if left:
            left.setdefault("exit_note", row.get("note"))
        yield _period(row, data | left, MembershipStatus.MEMBER)
    for iso3 in row.get("observers", []):
        yield _period(row, {"country": iso3, "from": start}, MembershipStatus.OBSERVER)
    for data in row.get("suspensions", []):
        yield _period(row, data, MembershipStatus(data.get("kind", "suspended")))


def _period(row: Row, data: dict[str, Any], status: MembershipStatus) -> Row:
    return row.part(data["country"], {"confidence": row["confidence"], "status": status} | data)


def _membership(desk: Desk, body: RegionalBody, row: Row) -> Membership:
    """A standing; where it ended, `ends_on` is the day before the exit took effect.

    An exit known by its month or year took effect at the latest on the last day of it.
    """
    start, end = row.partial("from"), row.partial("to")
    announced, effective = row.partial("exit_announced"), row.partial("exit_effective")
    left = effective.last
    retroactive = bool(announced.first and left and announced.first > left)
    confidence = "exit_confidence" if row.get("exit_confidence") else "confidence"
    return desk.put(
        Membership,
        {
            "body": body,
            "country": desk.find(Country, row["country"], row, "country", "iso3"),
            "status": row["status"],
            "starts_on": start.first,
        },
        start_precision=start.precision,
        ends_on=day_before(left) if left else end.last,
        exit_announced_on=announced.first,
        exit_effective_on=left,
        exit_precision=(effective if left else announced).precision,
        is_retroactive=retroactive,
        confidence=row.choice(confidence, Confidence.values),
        note=" ".join(filter(None, (row.get("note"), row.get("exit_note")))),
    )
