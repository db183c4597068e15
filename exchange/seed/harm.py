"""Harm figures of a seed row as estimates of their sources; combined tolls of campaigns."""

import datetime as dt
from dataclasses import dataclass

from core.choices import Comparator
from exchange.seed.desk import Desk
from exchange.seed.reading import Row
from incidents.choices import Harm, Measure, Population, Scope
from incidents.drafting import figures as figures_of_desk
from incidents.models import Campaign, HarmEstimate, Incident
from sources.choices import Seen, SourceKind
from sources.models import Citation, Document

TOLLS = "combined_tolls.yaml"
# Seed field to harm and population.
FIELDS = {
    "killed": (Harm.KILLED, Population.ALL),
    "wounded": (Harm.WOUNDED, Population.ALL),
    "abducted": (Harm.ABDUCTED, Population.ALL),
    "displaced": (Harm.DISPLACED, Population.ALL),
    "attackers_killed": (Harm.KILLED, Population.ATTACKERS),
    "sexual_violence_victims": (Harm.SEXUAL_VIOLENCE, Population.ALL),
}
BREAKDOWN = {
    "civilians": (Harm.KILLED, Population.CIVILIANS),
    "security": (Harm.KILLED, Population.SECURITY_FORCES),
}


@dataclass(frozen=True)
class Figure:
    """One estimate as the file gives it; `document` is the slug of who says so."""

    harm: str
    document: str
    as_of: dt.date
    low: int | None = None
    best: int | None = None
    high: int | None = None
    population: str = Population.ALL
    scope: str = Scope.EXCL_ATTACKERS
    measure: str = Measure.COUNT
    comparator: str = ""
    is_preferred: bool = False
    is_self_interested: bool = False
    note: str = ""

    @property
    def says_something(self) -> bool:
        return bool(self.comparator) or (self.low, self.best, self.high) != (None, None, None)


def _scope(block: Row) -> str:
    return block.choice("scope", Scope.values, default=Scope.EXCL_ATTACKERS)


def figures(desk: Desk, row: Row, ended: dt.date) -> list[Figure]:
    """The row's own figures, preferred, and those of its rival sources beside them."""
    parts = row.part("killed_breakdown")
    blocks = [(row.part(name), *harmed) for name, harmed in FIELDS.items()]
    blocks += [(parts.part(name), *harmed) for name, harmed in BREAKDOWN.items()]
    found = [_own(desk, row, *block, ended=ended) for block in blocks]
    for data in row.get("conflicts", []):
        rival = row.part("conflicts", data)
        if rival["harm"] in Harm.values:
            found.append(_rival(desk, rival, ended))
    return [figure for figure in found if figure.says_something]


def _own(desk: Desk, row: Row, block: Row, harm: str, population: str, *, ended: dt.date) -> Figure:
    low, best, high = block.triple()
    document = _grounds(desk, row, harm, best if best is not None else low)
    one_sided = bool(block.get("self_interested"))
    return Figure(
        harm,
        document.slug,
        _as_of(document, ended),
        low,
        best,
        high,
        population=population,
        scope=_scope(block),
        comparator=Comparator.AT_LEAST if (low, high) == (best, None) and best else "",
        is_preferred=not one_sided,
        is_self_interested=one_sided,
        # Sexual violence is counted, never told.
        note="" if harm == Harm.SEXUAL_VIOLENCE else block.get("note", ""),
    )


def _rival(desk: Desk, row: Row, ended: dt.date) -> Figure:
    document = desk.find(Document, row["source"], row, "source")
    return Figure(
        row["harm"],
        document.slug,
        _as_of(document, ended),
        row.get("low"),
        row.get("value", row.get("best")),
        row.get("high"),
        measure=row.choice("measure", Measure.values, default=Measure.COUNT),
        comparator=row.choice("comparator", ["", *Comparator.values], default=""),
        is_self_interested=row.get("self_interested", False),
        note=row.get("note", ""),
    )


def _grounds(desk: Desk, row: Row, harm: str, value: int | None) -> Document:
    """Who the row's own figure rests on: the rival source that gives it, else the best source.

    Best: read before unread, then the Admiralty letter, then the order of the file; a seed essay,
    which gives hardly a number, comes last.
    """
    slugs = row["sources"]
    for data in row.get("conflicts", []):
        same = (data["harm"], data.get("value", data.get("low"))) == (harm, value)
        if same and data["source"] in slugs and not data.get("self_interested"):
            return desk.find(Document, data["source"], row, "conflicts")
    documents = desk.find_all(Document, row, "sources")
    return min(
        documents,
        key=lambda d: (d.source.kind == SourceKind.SEED, d.seen != Seen.READ, d.reliability),
    )


def _as_of(document: Document, ended: dt.date) -> dt.date:
    """The day of the document where it is known and lies after the event, else the event's end."""
    day = document.published_from if document.published_precision == "day" else None
    return max(day, ended) if day else ended


# What makes an estimate the same statement; a published one is never edited in these.
FROZEN = ("harm", "population", "scope", "measure", "low", "best", "high", "comparator", "as_of")
OPEN = ("is_preferred", "is_self_interested", "note")


def write(
    desk: Desk, owner: Incident | Campaign, wanted: list[Figure], cited: dict[str, Citation]
) -> list[HarmEstimate]:
    """Bring the owner's estimates to `wanted`: add, and supersede what the file no longer says."""
    side = "incident" if isinstance(owner, Incident) else "campaign"
    mine = HarmEstimate.objects.filter(**{side: owner}, superseded_by=None, created_by=desk.author)
    old = {} if desk.is_new(owner) else {_identity(estimate): estimate for estimate in mine}
    keys = [_identity_of(figure, cited) for figure in wanted]
    stale = [estimate for key, estimate in old.items() if key not in keys]
    if stale:
        HarmEstimate.objects.filter(pk__in=[e.pk for e in stale]).update(is_preferred=False)
    written = []
    for key, figure in zip(keys, wanted, strict=True):
        values = {name: getattr(figure, name) for name in OPEN}
        estimate = old.get(key)
        if estimate is None:
            frozen = {name: getattr(figure, name) for name in FROZEN}
            citation = cited[figure.document]
            signed = {side: owner, "citation": citation, "created_by": desk.author}
            estimate = HarmEstimate.objects.create(**frozen, **values, **signed)
            desk.counts["created"] += 1
        elif any(getattr(estimate, name) != value for name, value in values.items()):
            HarmEstimate.objects.filter(pk=estimate.pk).update(**values)
            desk.counts["changed"] += 1
        written.append(estimate)
    for estimate in stale:
        figures_of_desk.drop(estimate, written)
        desk.counts["removed"] += 1
    return written


def _identity(estimate: HarmEstimate) -> tuple[object, ...]:
    return (*(getattr(estimate, name) for name in FROZEN), estimate.citation_id)


def _identity_of(figure: Figure, cited: dict[str, Citation]) -> tuple[object, ...]:
    return (*(getattr(figure, name) for name in FROZEN), cited[figure.document].pk)


def combined_tolls(desk: Desk) -> None:
    """Tolls that one source gives for several incidents; owned by their episode."""
    owners = {row["campaign"] for row in desk.due(TOLLS, "combined_tolls")}
    for slug in sorted(owners):
        rows = desk.book.rows(TOLLS, "combined_tolls")
        _tolls_of(desk, slug, [row for row in rows if row["campaign"] == slug])


def _tolls_of(desk: Desk, slug: str, rows: list[Row]) -> None:
    campaign = desk.find(Campaign, slug, rows[0], "campaign")
    before = desk.changes
    cited: dict[str, Citation] = {}
    wanted = []
    for row in rows:
        said = row.part("source", {"sources": [row["source"]]})
        cited |= desk.cite(campaign, said, checked=campaign.checked, confidence=campaign.confidence)
        wanted.append(_toll(row))
    written = write(desk, campaign, wanted, cited)
    for row, estimate in zip(rows, written, strict=True):
        covered = desk.find_all(Incident, row, "covers")
        desk.set_all(estimate, "covers", covered)
        if desk.changes != before:
            desk.touched |= {incident.pk for incident in covered}


def _toll(row: Row) -> Figure:
    as_of, _last = row.days("as_of", "as_of")
    return Figure(
        row.choice("harm", Harm.values),
        row["source"],
        as_of,
        *row.triple(),
        comparator=row.choice("comparator", ["", *Comparator.values], default=""),
        is_preferred=row.get("preferred", False),
        is_self_interested=row.get("self_interested", False),
        note=row.get("note", ""),
    )
