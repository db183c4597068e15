"""Write checked events to the desk, set-based, and publish them: one call, one transaction."""

import datetime as dt
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.text import slugify

from accounts.choices import Role as AccountRole
from accounts.models import User
from core.ids import new_public_id
from exchange.ucdp import versions
from exchange.ucdp.areas import Areas
from exchange.ucdp.countries import Countries
from exchange.ucdp.event import Event
from exchange.ucdp.parties import Parties
from exchange.ucdp.versions import Version
from incidents import workflow
from incidents.choices import PUBLIC_STATUSES, GeoPrecision, Status, TypeGroup
from incidents.disclosure import display_precision
from incidents.models import HarmEstimate, Incident, IncidentType
from incidents.models.location import FINENESS

SQL = Path(__file__).parent / "sql"
FIGHTING, ONE_SIDED = "UCD-FIG", "UCD-ONE"
# UCDP does not code how people were killed, so no method is invented.
TYPES = {
    FIGHTING: {
        "group": TypeGroup.OTHER,
        "label": "Fighting, method not stated",
        "label_fr": "Combats, moyen non précisé",
        "acled_event_type": "Battles",
        "acled_sub_event_type": "Armed clash",
        "gtd_attack_types": [9],
    },
    ONE_SIDED: {
        "group": TypeGroup.OTHER,
        "label": "Violence against civilians, method not stated",
        "label_fr": "Violence contre des civils, moyen non précisé",
        "acled_event_type": "Violence against civilians",
        "acled_sub_event_type": "Attack",
        "gtd_attack_types": [9],
    },
}
TRIPLE = ("low", "best", "high")
RADIUS_KM = {GeoPrecision.NEAR: 25, GeoPrecision.LINEAR: 50}


@dataclass(frozen=True)
class Stored:
    """What the desk holds of an event that was imported before."""

    incident: int
    public_id: str
    slug: str
    dataset: str
    status: str
    source_digest: str
    precision: str
    shown: str
    owns_toll: bool

    @property
    def version(self) -> Version:
        return Version(self.source_digest.partition("/")[0])

    @property
    def digest(self) -> str:
        return self.source_digest.partition("/")[2]

    @property
    def is_open(self) -> bool:
        """Whether an import may change it: not withdrawn, not merged."""
        return self.status in (*PUBLIC_STATUSES, Status.DRAFT)


def source_digest(event: Event, version: Version) -> str:
    """Version and content of a row, as `Incident.source_digest` keeps them (64 characters)."""
    head = f"{version.label}/"
    return head + event.digest[: 64 - len(head)]


def stored(ids: Sequence[str]) -> dict[str, Stored]:
    """What the desk holds of these UCDP ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            (SQL / "stored.sql").read_text(encoding="utf-8"),
            {"incident": _kind(Incident), "ids": list(ids), "publisher": versions.PUBLISHER},
        )
        return {row[0]: Stored(*row[1:]) for row in cursor.fetchall()}


def _kind(model: type[Any]) -> int:
    return int(ContentType.objects.get_for_model(model).pk)


@dataclass(frozen=True)
class Change:
    """An event to write, and what it replaces."""

    event: Event
    version: Version
    before: Stored | None


class Desk:
    """Looks up and writes. One instance serves one import."""

    def __init__(self, countries: Countries, parties: Parties, areas: Areas) -> None:
        self.countries, self.parties, self.areas = countries, parties, areas
        self.author = User.objects.role_account("ucdp-importer", AccountRole.CONTRIBUTOR)
        self.publisher = User.objects.role_account("ucdp-publisher", AccountRole.REVIEWER)
        self.countries_by_iso3 = {c.iso3: c for c in countries.by_name.values()}
        self.documents: dict[str, int] = {}
        for code, values in TYPES.items():
            IncidentType.objects.get_or_create(code=code, defaults=values)

    def write(self, changes: Sequence[Change], *, at: dt.datetime) -> None:
        """Make the desk and the record say what the changes say, in the caller's transaction."""
        self.parties.resolve(name for c in changes for name, _role in c.event.parties)
        self.areas.resolve((c.event.iso3, c.event.adm_1, c.event.adm_2) for c in changes)
        rows = self._rows(changes)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")
            cursor.execute((SQL / "stage_table.sql").read_text(encoding="utf-8"))
            cursor.execute("TRUNCATE ucdp_stage")
            cursor.copy_expert("COPY ucdp_stage FROM STDIN", _copy_text(rows))
            cursor.execute("ANALYZE ucdp_stage")
            cursor.execute(
                (SQL / "write_desk.sql").read_text(encoding="utf-8"),
                {
                    "incident": _kind(Incident),
                    "estimate": _kind(HarmEstimate),
                    "publisher": versions.publisher().pk,
                },
            )
        self._publish(changes, [row[0] for row in rows], at)

    def _publish(self, changes: Sequence[Change], incidents: list[Any], at: dt.datetime) -> None:
        """New events first, then corrections with a notice that names the version."""
        groups: dict[str, list[int]] = {}
        for change, incident in zip(changes, incidents, strict=True):
            notice = change.version.name if change.before else ""
            groups.setdefault(notice, []).append(incident)
        for notice in sorted(groups):
            chosen = Incident.objects.filter(pk__in=groups[notice])
            workflow.publish_many(chosen, by=self.publisher, at=at, notice=notice)

    def confirm(self, same: Sequence[tuple[Stored, str]]) -> None:
        """Note at the desk that a newer version repeats a row unchanged; the record stays."""
        if same:
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE incidents_incident i SET source_digest = said.digest "
                    "FROM unnest(%s, %s) AS said (id, digest) WHERE i.id = said.id",
                    [[before.incident for before, _ in same], [digest for _, digest in same]],
                )

    def _document(self, version: Version) -> int:
        if version.label not in self.documents:
            self.documents[version.label] = versions.document(version).pk
        return self.documents[version.label]

    def _rows(self, changes: Sequence[Change]) -> list[tuple[Any, ...]]:
        new = sum(change.before is None for change in changes)
        incidents = iter(_next_ids("incidents_incident", new))
        citations = _next_ids("sources_citation", len(changes))
        return [
            self._row(change, change.before.incident if change.before else next(incidents), number)
            for change, number in zip(changes, citations, strict=True)
        ]

    def _row(self, change: Change, incident: int, citation: int) -> tuple[Any, ...]:
        """The staged row, in the order of sql/stage_table.sql."""
        event, before = change.event, change.before
        country = self.countries_by_iso3[event.iso3]
        area = self.areas.known[event.iso3, event.adm_1, event.adm_2]
        actors = [self.parties.known[name] for name, _role in event.parties]
        said = event.reported and json.dumps(dict(zip(TRIPLE, event.reported, strict=True)))
        return (
            incident, citation, before is None, before is None or before.owns_toll,
            self._document(change.version), self.author.pk, event.id, event.relid,
            before.public_id if before else new_public_id(),
            before.slug if before else slug(event, country.name), title(event, country.name),
            _type(event),
            event.date_start, event.date_end, event.date_precision, event.is_multiday,
            country.pk, event.clarity,
            True if event.is_one_sided else None, event.targets,
            event.attribution, "medium" if event.is_clear else "low", event.flags,
            source_digest(event, change.version),
            event.low, event.best, event.high, said, *event.deaths,
            event.place, event.description, *area, event.latitude, event.longitude,
            event.precision, _shown(event, before), RADIUS_KM.get(GeoPrecision(event.precision)),
            "geo_precision_not_recorded" in event.flags,
            actors[0], event.parties[0][1], actors[1] if actors[1:] else None,
            f"event {event.id}", event.speaker, note(event),
        )  # fmt: skip


def title(event: Event, country: str) -> str:
    """Neutral: what happened and where, never who."""
    named = event.place and event.place != country and event.precision != GeoPrecision.COUNTRY
    if event.is_one_sided:
        head = "Violence against civilians"
        return f"{head}, {event.place}, {country}"[:200] if named else f"{head} in {country}"
    if not named:
        return f"Fighting in {country}"
    word = {GeoPrecision.EXACT: "at", GeoPrecision.NEAR: "near"}.get(
        GeoPrecision(event.precision), "in"
    )
    return f"Fighting {word} {event.place}, {country}"[:200]


def slug(event: Event, country: str) -> str:
    """`2014-05-02-mainok-town-ucdp-81234`: the same in every installation."""
    place = slugify(event.place or country)[:100].strip("-")
    return f"{event.date_start}-{place}-ucdp-{event.id}"


def note(event: Event) -> str:
    """How many sources UCDP counts, and which (bibliographic facts only)."""
    counted = f"UCDP counts {event.sources} source(s)." if event.sources is not None else ""
    return f"{counted} {event.articles}".strip()[:600]


def _type(event: Event) -> str:
    return ONE_SIDED if event.is_one_sided else FIGHTING


def _shown(event: Event, before: Stored | None) -> str:
    """What policy allows of the source's precision, or less where an editor chose so."""
    allowed = display_precision(_type(event), event.targets, False, event.precision)
    if before is None or before.shown == before.precision:
        return allowed
    kept = GeoPrecision(before.shown)
    return kept if FINENESS[kept] > FINENESS[allowed] else allowed


def _next_ids(table: str, number: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, number],
        )
        return [row[0] for row in cursor.fetchall()]


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copy_text(rows: Iterable[Sequence[Any]]) -> io.StringIO:
    """Rows in the text format of COPY."""
    lines = ("\t".join(map(_copy_value, row)) for row in rows)
    return io.StringIO("\n".join(lines) + "\n")


def _copy_value(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, (list, tuple)):
        return "{" + ",".join(value) + "}"  # terms of our own, nothing to quote
    return str(value).translate(_ESCAPES)
