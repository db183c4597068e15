"""The audit trail as people read it: who, what, when, from which value to which."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import AuditEntry
from accounts.reference.deeds import deed, thing

LONGEST = 300


@dataclass(frozen=True)
class Change:
    """One value: what it is of, what it was and what it became; None where there was nothing."""

    path: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Told:
    """An entry, its changes, and what else it says."""

    entry: AuditEntry
    changes: list[Change]
    more: list[tuple[str, str]]

    @property
    def deed(self) -> str:
        return deed(self.entry.verb)

    @property
    def thing(self) -> str:
        return thing(self.entry.noun)


def entries_of(noun: str, object_id: str) -> "QuerySet[AuditEntry]":
    """What was done to one thing, the newest first."""
    return AuditEntry.objects.filter(noun=noun, object_id=object_id).order_by("-pk")


def in_words(value: Any) -> str | None:
    """A stored value as text: lists with commas, rows as `name: value` pairs."""
    if value is None or value == "":
        return None
    if isinstance(value, dict):
        pairs = ((name, in_words(one)) for name, one in value.items())
        text = "; ".join(f"{name}: {one}" for name, one in pairs if one is not None)
    elif isinstance(value, list):
        text = ", ".join(str(in_words(one)) for one in value)
    else:
        text = str(value)
    return (text if len(text) <= LONGEST else text[: LONGEST - 1] + "…") or None


def _pairs(detail: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Path -> (from, to), as verbs keep them: `changed: {path: {from, to}}`."""
    kept = detail.get("changed")
    pairs = kept.items() if isinstance(kept, dict) else ()
    return {
        path: (pair["from"], pair["to"])
        for path, pair in pairs
        if isinstance(pair, dict) and pair.keys() == {"from", "to"}
    }


def told(entry: AuditEntry) -> Told:
    """The entry with its from→to values, whichever verb wrote them, and what else it says."""
    detail = entry.detail if isinstance(entry.detail, dict) else {}
    pairs = _pairs(detail)
    kept = detail.get("rows")
    rows = kept if isinstance(kept, dict) else {}
    changes = [
        Change(_named(path, rows), in_words(old), in_words(new))
        for path, (old, new) in pairs.items()
    ]
    said = {"rows", "changed"} if pairs else {"changed"}
    more = [
        (name, in_words(value) or "")
        for name, value in detail.items()
        if name not in said and value not in (None, "", {}, [])
    ]
    return Told(entry, changes, more)


def _named(path: str, rows: dict[str, Any]) -> str:
    """`memberships/17/ends_on` as "memberships, Mali in ECOWAS: ends_on"."""
    for key, name in rows.items():
        if path == key or path.startswith(f"{key}/"):
            column = path.removeprefix(key).strip("/")
            part = key.split("/")[0]
            return f"{part}, {name}" + (f": {column}" if column else "")
    return path
