"""What changed between the published versions of an incident, field by field."""

from dataclasses import dataclass
from typing import Any

from incidents.models import PublishedIncident

# They differ in every version and say nothing about the incident.
BOOKKEEPING = ("version", "status", "revised_at", "first_published_at")


@dataclass(frozen=True)
class Change:
    """One field, as a path such as `harm.killed.best`, before and after."""

    field: str
    old: Any
    new: Any


def flat(payload: dict[str, Any], path: str = "") -> dict[str, Any]:
    """Leaves of nested objects by dotted path; lists are leaves."""
    leaves: dict[str, Any] = {}
    for name, value in payload.items():
        if isinstance(value, dict):
            leaves |= flat(value, f"{path}{name}.")
        else:
            leaves[path + name] = value
    return leaves


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Fields that differ, in the order of the newer payload."""
    before, after = flat(old), flat(new)
    names = [*after, *(name for name in before if name not in after)]
    return [
        Change(name, before.get(name), after.get(name))
        for name in names
        if name not in BOOKKEEPING and before.get(name) != after.get(name)
    ]


def history(versions: list[PublishedIncident]) -> list[tuple[PublishedIncident, list[Change]]]:
    """Each version, oldest first, with what it changed.

    Of a withdrawn or merged incident only moments and classes stay public: its changes are empty.
    So are those of one that is shown by country and month by now: they would repeat what is kept.
    """
    newest = versions[-1] if versions else None
    is_public = bool(newest and newest.is_listed and not newest.payload.get("is_withheld"))
    found: list[tuple[PublishedIncident, list[Change]]] = []
    for number, version in enumerate(versions):
        # A version that was emptied to protect people is no side of a comparison.
        shown = is_public and number > 0 and versions[number - 1].is_listed and version.is_listed
        found.append(
            (version, changes(versions[number - 1].payload, version.payload) if shown else [])
        )
    return found
