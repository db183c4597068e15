"""An incident as a line of a report: what the record shows of it, nothing else."""

from typing import Any

from django.utils.translation import gettext as _

from core import prose
from incidents import words
from incidents.choices import Attribution, Role
from incidents.models import PublishedIncident
from reports.sentences import Piece, paged

TOLD_ROLES = (Role.PERPETRATOR, Role.ACCUSED, Role.PARTY, Role.CLAIMANT)


def incident_path(row: PublishedIncident) -> str:
    """Its page."""
    return f"/incidents/{row.public_id}/{row.slug}/"


def incident_title(row: PublishedIncident) -> str:
    """Its title; that of a withheld case is kind, country and month in the active language."""
    return words.title(row.title, row.payload)


def incident_piece(row: PublishedIncident) -> Piece:
    """Its title, opening its page."""
    return paged(incident_title(row), incident_path(row))


def when(row: PublishedIncident) -> str:
    """Its dates, as surely as they are known."""
    date = row.payload["date"]
    return prose.when_short(date["start"], date["end"], date["precision"], date["is_multiday"])


def where(row: PublishedIncident) -> str:
    """Its place, no finer than may be shown."""
    location = row.payload["location"]
    return words.where(location, words.in_reader_language(location, "country_name"))


def toll(row: PublishedIncident, harm: str) -> str:
    """ "1 to 9 (best estimate 5)"; "not known"."""
    triple = words.triple(row.payload["harm"][harm])
    note = prose.best_note(*triple)
    said = prose.span(*triple)
    return f"{said} ({note})" if note else said


def groups(row: PublishedIncident) -> str:
    """Who took part, with the role where it is not that of a perpetrator, and how surely."""
    parts: list[str] = []
    for part in row.payload["actors"]:
        if part["role"] not in TOLD_ROLES:
            continue
        name = part["short_name"] or part["name"]
        role = "" if part["role"] == Role.PERPETRATOR else str(Role(part["role"]).label)
        parts.append(f"{name} ({role})" if role else name)
    unique = list(dict.fromkeys(parts))
    if not unique:
        return _("not attributed")
    return f"{', '.join(unique)} [{Attribution(row.attribution).label}]"


def targets(row: PublishedIncident) -> str:
    return ", ".join(words.in_words(target, "target") for target in row.targets)


def as_data(row: PublishedIncident) -> dict[str, Any]:
    """The line for scripts."""
    date = row.payload["date"]
    return {
        "id": row.public_id,
        "version": row.version,
        "path": incident_path(row),
        "title": incident_title(row),
        "start": date["start"],
        "end": date["end"],
        "precision": date["precision"],
        "country": row.country,
        "killed": row.payload["harm"]["killed"],
        "attribution": row.attribution,
        "needs_primary_source": row.payload["needs_primary_source"],
    }
