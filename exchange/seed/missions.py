"""Missions and what states and forces contributed to them."""

from typing import Any

from actors.choices import ContributionRole, StrengthKind
from actors.models import Actor, Contribution
from core.choices import Checked, Confidence
from exchange.seed.desk import Desk
from exchange.seed.reading import Row
from regions.choices import MissionKind
from regions.models import Country, Instrument, Mission, RegionalBody


def missions(desk: Desk) -> None:
    for row in desk.due("missions.yaml", "missions"):
        start, end = row.moment("start"), row.moment("end")
        body, before = row.get("mandating_body"), row.get("predecessor")
        notes = [row.get("note"), row.part("start").get("note"), row.part("end").get("note")]
        mission = desk.put(
            Mission,
            {"slug": row.slug},
            name=row["name"],
            short_name=row.get("short_name", ""),
            kind=row.choice("kind", MissionKind.values),
            mandating_body=desk.find(RegionalBody, body, row, "mandating_body") if body else None,
            starts_on=start.first,
            start_precision=start.precision,
            ends_on=end.last,
            end_precision=end.precision,
            authorised_strength=row.part("strength").get("value"),
            predecessor=desk.find(Mission, before, row, "predecessor") if before else None,
            quoted_contributors=row.get("quoted_contributors"),
            seed_mentions=row.get("seed_mentions", []),
            confidence=row.choice("confidence", Confidence.values),
            checked=row.choice("checked", Checked.values),
            note=" ".join(f"{note.rstrip('.')}." for note in notes if note),
        )
        desk.set_all(mission, "area", desk.find_all(Country, row, "area", "iso3"))
        instruments = desk.find_all(Instrument, row, "mandate_instruments")
        desk.set_all(mission, "instruments", instruments)
        parts = [_contribution(desk, mission, row, data) for data in row["contributors"]]
        desk.only(mission, mission.contributions.all(), parts)
        desk.cite(mission, row)


def _contribution(desk: Desk, mission: Mission, row: Row, data: dict[str, object]) -> Contribution:
    part = row.part("contributors", data)
    who: dict[str, Any] = {"actor": None, "country": None}
    if part.get("actor"):
        who["actor"] = desk.find(Actor, part["actor"], part, "actor")
    else:
        who["country"] = desk.find(Country, part["country"], part, "country", "iso3")
    start, end = part.partial("from"), part.partial("to")
    strength = part.get("planned_strength")
    role = part.choice("role", ContributionRole.values, default=ContributionRole.TROOPS)
    return desk.put(
        Contribution,
        {"mission": mission, **who, "role": role},
        starts_on=start.first,
        ends_on=end.last,
        strength=strength,
        strength_kind=StrengthKind.PLANNED if strength else "",
    )
