"""What changed between two versions, in words: a label, what went and what came.

For the public page, the desk's history and the comparison of versions alike.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import prose
from incidents import deals, words
from incidents.versions import Change

# The part of the payload that a path belongs to; the most specific name wins.
LABELS: dict[str, str | Promise] = {
    "title": gettext_lazy("title"),
    "summary": gettext_lazy("summary"),
    "slug": gettext_lazy("address of the page"),
    "type": gettext_lazy("kind of incident"),
    "date": gettext_lazy("date"),
    "date.precision": gettext_lazy("precision of the date"),
    "date.text": gettext_lazy("date in the source’s words"),
    "location": gettext_lazy("place"),
    "location.precision": gettext_lazy("precision of the place"),
    "location.description": gettext_lazy("description of the place"),
    "attribution": gettext_lazy("attribution"),
    "clarity": gettext_lazy("single event or aggregate"),
    "outcome": gettext_lazy("outcome"),
    "is_suicide": gettext_lazy("suicide attack"),
    "is_withheld": gettext_lazy("country and month only"),
    "confidence": gettext_lazy("confidence"),
    "checked": gettext_lazy("how it was checked"),
    "needs_primary_source": gettext_lazy("needs a primary source"),
    "actors": gettext_lazy("actors"),
    "claims": gettext_lazy("claims of responsibility"),
    "harm.killed": gettext_lazy("killed"),
    "harm.wounded": gettext_lazy("wounded"),
    "harm.abducted": gettext_lazy("abducted"),
    "harm.displaced": gettext_lazy("displaced"),
    "harm.attackers_killed": gettext_lazy("attackers killed"),
    "estimates": gettext_lazy("figures by source"),
    "combined_toll": gettext_lazy("combined toll"),
    "targets": gettext_lazy("targets"),
    "weapons": gettext_lazy("weapons"),
    "tactics": gettext_lazy("manner"),
    "campaigns": gettext_lazy("campaigns"),
    "links": gettext_lazy("linked incidents"),
    "bodies": gettext_lazy("regional bodies"),
    "sources": gettext_lazy("sources"),
    "external_ids": gettext_lazy("identifiers elsewhere"),
    "flags": gettext_lazy("remarks on the data"),
    "note": gettext_lazy("editors’ note"),
    # Only the desk has these.
    "editorial_status": gettext_lazy("status"),
    "sensitivity": gettext_lazy("class"),
    "sensitivity_reason": gettext_lazy("reason of the class"),
    "disclosure": gettext_lazy("what readers see"),
    "embargo_until": gettext_lazy("embargo"),
    "withdrawal_reason": gettext_lazy("kind of reason"),
    "country": gettext_lazy("country"),
    "date_start": gettext_lazy("first day"),
    "date_end": gettext_lazy("last day"),
    "date_precision": gettext_lazy("precision of the date"),
    "is_multiday": gettext_lazy("lasted several days"),
    "date_text": gettext_lazy("date in the source’s words"),
    "time_local": gettext_lazy("time of day"),
    "time_zone": gettext_lazy("time zone"),
    "civilian_targeting": gettext_lazy("civilians were the target"),
    "secondary_types": gettext_lazy("further kinds"),
    "missions": gettext_lazy("missions"),
    "locations": gettext_lazy("place"),
    "parties": gettext_lazy("parties"),
    "harm": gettext_lazy("figures by source"),
    "hostages": gettext_lazy("hostages"),
    "ransoms": gettext_lazy("ransoms"),
    "hostage_talks": gettext_lazy("talks about hostages"),
    "talks": gettext_lazy("talks about hostages"),
    "citations": gettext_lazy("sources"),
    "ties": gettext_lazy("campaigns"),
}
LAST: dict[str, str | Promise] = {
    "low": gettext_lazy("at least"),
    "best": gettext_lazy("best estimate"),
    "high": gettext_lazy("at most"),
    "scope": gettext_lazy("who is counted"),
    "start": gettext_lazy("first day"),
    "end": gettext_lazy("last day"),
    "latitude": gettext_lazy("latitude"),
    "longitude": gettext_lazy("longitude"),
    "name": gettext_lazy("name"),
    "country": gettext_lazy("country"),
    "area_name": gettext_lazy("area"),
    "radius_km": gettext_lazy("radius in km"),
    "precision": gettext_lazy("precision"),
    "display_precision": gettext_lazy("shown precision"),
    "attribution": gettext_lazy("attribution"),
    "claim_status": gettext_lazy("claim"),
    "credibility": gettext_lazy("credibility"),
    "reliability": gettext_lazy("reliability"),
    "population": gettext_lazy("who is counted"),
    "is_preferred": gettext_lazy("preferred"),
    "document": gettext_lazy("document"),
    "archive_url": gettext_lazy("archived copy"),
    "note": gettext_lazy("note"),
    "status": gettext_lazy("status"),
    "payer": gettext_lazy("paid by"),
    "payee": gettext_lazy("paid to"),
    "currency": gettext_lazy("currency"),
    "amount_low": gettext_lazy("at least"),
    "amount_best": gettext_lazy("best estimate"),
    "amount_high": gettext_lazy("at most"),
    "paid_on": gettext_lazy("paid on"),
    "official_comment": gettext_lazy("official comment"),
    "denied_by": gettext_lazy("denied by"),
}
# Repeated in other fields, or of machines only.
SILENT = {
    "location.country_name_fr", "location.country_name", "location.area", "location.region",
    "location.is_approximate", "type.group", "type.label_fr", "type.code", "slug",
    "needs_primary_source", "date.is_multiday", "reviewed_by_id",
}  # fmt: skip
VOCABULARIES = {
    "attribution": "attribution",
    "outcome": "outcome",
    "confidence": "confidence",
    "checked": "checked",
    "clarity": "clarity",
    "location.precision": "geo_precision",
    "date.precision": "date_precision",
    "scope": "scope",
    "targets": "target",
    "weapons": "weapon",
    "tactics": "tactic",
    "editorial_status": "status",
    "withdrawal_reason": "reason",
    "date_precision": "date_precision",
    "display_precision": "geo_precision",
    "precision": "geo_precision",
    "claim_status": "claim",
    "population": "population",
    "sensitivity": "sensitivity",
    "disclosure": "disclosure",
}

DAYS = ("date.start", "date.end", "date_start", "date_end")


@dataclass(frozen=True)
class Difference:
    """One field in words: what it said before and what it says now; empty where nothing was."""

    label: str
    removed: list[str]
    added: list[str]


def in_words(changes: list[Change]) -> list[Difference]:
    """The changes that say something to a person, in the order given."""
    found = []
    for change in changes:
        if change.field in SILENT:
            continue
        removed, added = sides(change)
        if removed != added:
            found.append(Difference(label(change.field), removed, added))
    return found


def label(path: str) -> str:
    """`harm.killed.best` -> "killed: best estimate"."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        if name := LABELS.get(".".join(parts[:length])):
            last = LAST.get(parts[-1]) if length < len(parts) else None
            return prose.labelled(name, last) if last else str(name)
    return path


def sides(change: Change) -> tuple[list[str], list[str]]:
    """Of two lists only what they do not share; of anything else both values."""
    old, new = _items(change.field, change.old), _items(change.field, change.new)
    if isinstance(change.old, list) or isinstance(change.new, list):
        return (
            [text for text in old if text not in new],
            [text for text in new if text not in old],
        )
    return old, new


def _items(path: str, value: Any) -> list[str]:
    rows = value if isinstance(value, list) else [value]
    return [text for row in rows if (text := _said(path, row))]


def _said(path: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return _object(path, value)
    if isinstance(value, str):
        known = VOCABULARIES.get(path) or VOCABULARIES.get(path.rpartition(".")[2])
        if known:
            return words.in_words(value, known)
        return _date(value) if path in DAYS else value
    if isinstance(value, int) and not path.startswith("location"):
        return prose.count(value)
    return str(value)


def _date(text: str) -> str:
    try:
        return prose.day(dt.date.fromisoformat(text))
    except ValueError:
        return text


def _object(path: str, row: Mapping[str, Any]) -> str:
    """One actor, source, figure, claim or tie as a short line."""
    if path == "estimates":
        who = words.in_words(row.get("population"), "population")
        harm = words.in_words(row.get("harm"), "harm")
        text = prose.labelled(harm, f"{words.figure(row)}, {who}")
        source = row.get("publisher") or row.get("source_title") or ""
        text += f" ({source} {row.get('grade', '')})".replace(" )", ")")
        return f"{text}, {_('preferred')}" if row.get("is_preferred") else text
    if path == "sources":
        name = row.get("publisher") or words.in_words(row.get("kind"), "source_kind")
        title = f", “{row['title']}”" if row.get("title") else ""
        return f"{name}{title} [{row.get('grade', '')}]"
    if path == "actors":
        role = words.in_words(row.get("role"), "role")
        held = words.in_words(row.get("attribution"), "attribution")
        return f"{row.get('name')} ({prose.listed([role, held])})"
    if path == "claims":
        when = prose.day(row.get("claimed_on")) or _("undated")
        return f"{row.get('name')}, {when}"
    if path in ("ransoms", "hostage_talks") and "sources" in row:
        return deals.in_line(path, row)
    if path.partition(".")[0] in ("ransoms", "talks"):
        return deals.at_desk(row)
    for field in ("title", "name", "value", "slug", "document", "actor", "actor_text", "claimant"):
        if row.get(field):
            return str(row[field])
    told = {name: value for name, value in row.items() if value not in ("", None, [], False)}
    return ", ".join(prose.labelled(LAST.get(name, name), value) for name, value in told.items())
