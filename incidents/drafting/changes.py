"""What differs between two documents of one incident, by field path, for the audit trail."""

from typing import Any

Change = dict[str, Any]


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Change]:
    """`{path: {"from": value, "to": value}}` of two documents as JSON.

    Parts are known by their `id`, so that `harm.<id>.best` stays the same figure wherever it
    stands in its list; None is a part that was not there.
    """
    found: dict[str, Change] = {}
    _compare(found, "", before, after)
    return found


def _compare(found: dict[str, Change], path: str, before: Any, after: Any) -> None:
    if before == after:
        return
    if _is_parts(before) and _is_parts(after):
        before, after = _by_name(before), _by_name(after)
    if not (isinstance(before, dict) and isinstance(after, dict)):
        found[path] = {"from": before, "to": after}
        return
    for name in dict.fromkeys((*before, *after)):
        where = f"{path}.{name}" if path else name
        _compare(found, where, before.get(name), after.get(name))


def _is_parts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _by_name(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Parts by id; ties, links and figures of ransoms, which have none, by what they point at."""
    return {
        str(
            row.get("id")
            or row.get("campaign")
            or row.get("citation")
            or f"{row.get('target')} {row.get('relation')}"
        ): {name: value for name, value in row.items() if name != "id"}
        for row in parts
    }
