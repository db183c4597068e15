"""What surrounds incidents: advisories, statements, displacement, demands, claims of sources."""

from collections.abc import Mapping
from typing import Any

from actors.models import Actor
from core.choices import Comparator, Confidence, Hedge
from exchange.seed.desk import Desk
from exchange.seed.hostages import linked
from exchange.seed.reading import Row
from incidents.models import (
    Advisory,
    AnalyticalClaim,
    Campaign,
    Demand,
    DisplacementFigure,
    FollowUp,
    Incident,
    Indicator,
    Statement,
)
from regions.models import Country
from sources.choices import Protection
from sources.models import Document

FILE = "seed_facts.yaml"
CLAIMS = "claims.yaml"
# How sure the source sounds, from its own words.
HEDGES = {
    "probably_not": Hedge.UNLIKELY,
    "possible": Hedge.POSSIBLE,
    "very_well_could": Hedge.POSSIBLE,
    "likely": Hedge.LIKELY,
}


def _dated(row: Row, span: str = "date", text: str | None = None) -> dict[str, Any]:
    """The columns that all these facts share."""
    when = row.span(span)
    notes = (row.get("note"), row.get("ambiguity"), row.get("context"))
    return {
        "starts_on": when.first,
        "ends_on": when.last,
        "date_precision": when.precision,
        "text": row.get("text", "") if text is None else text,
        "confidence": row.choice("confidence", Confidence.values),
        "note": " ".join(f"{note.rstrip('.')}." for note in notes if note),
    }


def _country(desk: Desk, row: Row, name: str) -> Country:
    return desk.find(Country, row[name], row, name, "iso3")


def _tie(desk: Desk, row: Row, found: Any, *models: type[Any]) -> None:
    for model in models:
        name = "campaigns" if model is Campaign else "incidents"
        desk.set_all(found, name, linked(desk, row, model))
    desk.cite(found, row, checked=row.get("checked", "read"))


def advisories(desk: Desk) -> None:
    for row in desk.due(FILE, "advisories"):
        found = desk.put(
            Advisory,
            {"slug": row.slug},
            kind=row["kind"],
            issuer_country=_country(desk, row, "issuer_country"),
            co_issuers=row.get("co_issuers", ""),
            level=row.get("level", ""),
            **_dated(row),
        )
        desk.set_all(found, "concerns", desk.find_all(Country, row, "concerns", "iso3"))
        _tie(desk, row, found, Campaign, Incident)


def statements(desk: Desk) -> None:
    for row in desk.due(FILE, "statements"):
        found = desk.put(
            Statement,
            {"slug": row.slug},
            speaker_role=row["speaker_role"],
            speaker=row.get("speaker", ""),
            forum=row.get("forum", ""),
            is_out_of_region=row.get("scope") == "out_of_region",
            protection=row.choice(
                "source_protection", Protection.values, default=Protection.PUBLIC
            ),
            **_dated(row),
        )
        countries = "concerns" if row.get("concerns") else "parties"
        desk.set_all(found, "concerns", desk.find_all(Country, row, countries, "iso3"))
        _tie(desk, row, found, Incident)


def displacement(desk: Desk) -> None:
    for row in desk.due(FILE, "displacement_figures"):
        found = desk.put(
            DisplacementFigure,
            {"slug": row.slug},
            population=row.choice("population", DisplacementFigure.Population.values),
            origin=_country(desk, row, "origin"),
            hosts=row.get("hosts", ""),
            value_low=row.get("value_low"),
            value_best=row.get("value_best"),
            value_high=row.get("value_high"),
            comparator=row.choice("comparator", ["", *Comparator.values], default=""),
            **_dated(row, "as_of"),
        )
        _tie(desk, row, found, Incident)


def follow_ups(desk: Desk) -> None:
    for row in desk.due(FILE, "follow_ups"):
        found = desk.put(
            FollowUp,
            {"slug": row.slug},
            kind=row["kind"],
            country=_country(desk, row, "country"),
            status=row.get("status", ""),
            **_dated(row),
        )
        _tie(desk, row, found, Incident)


def indicators(desk: Desk) -> None:
    for row in desk.due(FILE, "indicators"):
        found = desk.put(
            Indicator,
            {"slug": row.slug},
            concerns=_country(desk, row, "concerns"),
            issuer=row["issuer"],
            value=row["value"],
            **_dated(row, "as_of"),
        )
        _tie(desk, row, found)


def extortion(desk: Desk) -> None:
    """Demands of an actor outside any campaign's list."""
    for row in desk.due(FILE, "extortion_demands"):
        found = desk.put(
            Demand,
            {"slug": row.slug},
            actor=desk.find(Actor, row["actor"], row, "actor"),
            text=row["demand"],
            addressed_to=row.get("target_sector", "").replace("_", " "),
            starts_on=row.span("date").first,
        )
        desk.cite(found, row, checked="read")


def claims(desk: Desk) -> None:
    """Opinions of the seed essays: causes, judgements, quantities, forecasts, advice."""
    for row in desk.due(CLAIMS, "claims"):
        hedge = row.choice("hedge", Hedge.values, default=Hedge.CERTAIN)
        _claim(desk, row, row["document"], row["kind"], hedge, _dated(row))
    for row in desk.due(FILE, "forecasts"):
        wording = row.choice("source_wording", HEDGES)
        _claim(desk, row, row["sources"][0], AnalyticalClaim.Kind.FORECAST, HEDGES[wording],
               _dated(row), source_wording=wording, horizon=row["horizon"])  # fmt: skip
    for row in desk.due(FILE, "external_support"):
        first, last = row.moment("from"), row.moment("to")
        kind, hedge = AnalyticalClaim.Kind.EVALUATIVE, Hedge.REPORTED
        period = {
            "starts_on": first.first,
            "ends_on": last.last,
            "date_precision": first.precision,
        }
        _claim(desk, row, row["sources"][0], kind, hedge, _dated(row) | period)


def _claim(
    desk: Desk, row: Row, document: str, kind: str, hedge: str, values: Mapping[str, Any],
    **more: Any,
) -> None:  # fmt: skip
    found = desk.put(
        AnalyticalClaim,
        {"slug": row.slug},
        kind=row.part("kind", {"kind": kind}).choice("kind", AnalyticalClaim.Kind.values),
        document=desk.find(Document, document, row, "document"),
        hedge=hedge,
        **values,
        **more,
    )
    about = "countries" if row.get("countries") else "recipient"
    wanted = row.get("countries") or [row.get("recipient", "MLI")]
    desk.set_all(found, "countries", [
        desk.find(Country, iso3, row, about, "iso3") for iso3 in wanted
    ])  # fmt: skip
