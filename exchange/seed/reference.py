"""Countries, areas, incident types, publishers and documents."""

from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.choices import PartialPrecision
from exchange.seed.desk import Desk
from exchange.seed.reading import Row, Span
from incidents.choices import TypeGroup
from incidents.models import IncidentType
from regions.choices import AreaKind, AuRegion
from regions.models import AdminArea, Country
from sources.choices import Reliability, Seen, SourceKind
from sources.models import Document, Source

# Documents without a publisher: two unsigned essays and the placeholder for public knowledge.
NAMELESS = {"seed": "Unsigned essay", "tertiary": "Public knowledge, not re-checked"}


def countries(desk: Desk) -> None:
    for section, in_scope in (("countries", True), ("external_countries", False)):
        for row in desk.due("countries.yaml", section, "iso3"):
            latitude, longitude = row.point()
            desk.put(
                Country,
                {"iso3": row["iso3"]},
                iso2=row["iso2"],
                m49=row["m49"],
                gw_number=row.get("gw"),
                name=row["name"],
                name_fr=row["name_fr"],
                au_region=row.choice("au_region", AuRegion.values) if in_scope else None,
                in_scope=in_scope,
                aliases=row.get("aliases", []),
                latitude=latitude,
                longitude=longitude,
            )


def areas(desk: Desk) -> None:
    for row in desk.due("areas.yaml", "areas"):
        _area(desk, row, "country", kind=row.choice("kind", AreaKind.values))
    for row in desk.due("countries.yaml", "de_facto_territories"):
        note = f"{row['status'].capitalize()}. {row.get('note', '')}".split(" Model as")[0]
        _area(desk, row, "within", kind=AreaKind.DE_FACTO_TERRITORY, is_contested=True, note=note)


def _area(desk: Desk, row: Row, country: str, **values: object) -> None:
    latitude, longitude = row.point()
    desk.put(
        AdminArea,
        {"slug": row.slug},
        country=desk.find(Country, row[country], row, country, "iso3"),
        level=1,
        name=row["name"],
        aliases=row.get("aliases", []),
        latitude=latitude,
        longitude=longitude,
        **values,
    )


def taxonomy(desk: Desk) -> None:
    for row in desk.due("taxonomy.yaml", "incident_types", "code"):
        event, sub_event = row["acled"]
        desk.put(
            IncidentType,
            {"code": row["code"]},
            group=row.choice("group", TypeGroup.values),
            label=row["label"],
            label_fr=row["label_fr"],
            acled_event_type=event,
            acled_sub_event_type=sub_event,
            acled_variants={name: row[f"acled_if_{name}"] for name in _variants(row)},
            gtd_attack_types=row["gtd_attack"],
            is_suicide=row.get("gtd_suicide", False),
        )


def _variants(row: Row) -> list[str]:
    """Conditions under which ACLED's category is another: `civilians`, `overrun`, …"""
    return [key.removeprefix("acled_if_") for key in row.data if key.startswith("acled_if_")]


def sources(desk: Desk) -> None:
    for row in desk.due("sources.yaml", "sources"):
        published = _published(row)
        desk.put(
            Document,
            {"slug": row.slug},
            source=_publisher(desk, row),
            title=row.get("title", ""),
            author=row.get("author", ""),
            url=row.get("url"),
            language=row["language"],
            seed_file=row.get("seed_file", ""),
            reliability=row.choice("reliability", Reliability.values),
            seen=row.choice("seen", Seen.values),
            is_manual=row.get("manual", False),
            note=row.get("note", ""),
            published_from=published.first,
            published_to=published.last,
            published_precision=published.precision,
            published_text=_basis(row),
        )


def _published(row: Row) -> Span:
    """A partial date, or bounds `{from, to, precision, basis}` that an editor worked out."""
    if not isinstance(row.get("published"), dict):
        return row.partial("published")
    block = row.part("published")
    first, last = block.days("from", "to")
    return Span(first, last, block.choice("precision", PartialPrecision.values))


def _basis(row: Row) -> str:
    """Why an editor thinks so."""
    published = row.get("published")
    return str(published.get("basis", ""))[:200] if isinstance(published, dict) else ""


def _publisher(desk: Desk, row: Row) -> Source:
    kind = row.choice("kind", SourceKind.values)
    name = row.get("publisher") or NAMELESS.get(kind)
    if name is None:
        row.refuse("publisher", None, _("Name the publisher."))
    slug = slugify(str(name))[:120]
    if (Source, slug) not in desk.known:
        values = {"name": name, "kind": kind, "reliability": row["reliability"]}
        desk.known[Source, slug] = desk.put(Source, {"slug": slug}, **values)
    return desk.find(Source, slug, row, "publisher")
