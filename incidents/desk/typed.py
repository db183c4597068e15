"""What was typed on the entry page, as a flat QueryDict: `title`, `harm-0-low`, `harm-count`.

The same whether it comes from a request, from a stored draft or from a copy on a device.
"""

import re
from dataclasses import fields, is_dataclass
from typing import Any

from django.http import QueryDict

from incidents.desk.head_form import when_of
from incidents.drafting import Draft
from incidents.drafting.dates import span

PART_NAMES = (
    "locations", "citations", "parties", "claims", "harm", "ties", "links", "ransoms", "talks",
)  # fmt: skip
# Rows that a page shows at least, so that the first one needs no button.
LEAST = {"locations": 1, "citations": 1, "parties": 1, "harm": 1}
MOST_ROWS = 60


def count(data: QueryDict, part: str) -> int:
    """How many rows of a part were sent; never more than a page may hold."""
    text = data.get(f"{part}-count", "")
    return min(int(text), MOST_ROWS) if re.fullmatch(r"\d{1,4}", text, re.ASCII) else 0


def shown(data: QueryDict, part: str) -> int:
    """How many rows of a part the page shows."""
    return max(count(data, part), LEAST.get(part, 0))


def ref_of(data: QueryDict, number: int) -> str:
    """What harm, parties and claims call a source row."""
    return data.get(f"citations-{number}-ref", "")


def with_refs(data: QueryDict) -> QueryDict:
    """The same values with a word for every source row that has none yet."""
    changed = data.copy()
    number = shown(data, "citations")
    taken = {ref_of(data, i) for i in range(number)}
    free = (ref for n in range(1, 2 * MOST_ROWS) if (ref := f"s{n}") not in taken)
    for i in range(number):
        changed[f"citations-{i}-ref"] = ref_of(data, i) or next(free)
    return changed


def typed(draft: Draft) -> QueryDict:
    """A draft as the values that its fields would have been typed with."""
    data = QueryDict(mutable=True)
    _write(data, "", draft)
    data["when"] = when_of(draft)
    start, end = draft.date_start, draft.date_end
    if start and not draft.is_multiday and span(start, draft.date_precision) == (start, end):
        data["date_end"] = ""  # it follows from the first
    for name in PART_NAMES:
        rows = getattr(draft, name)
        data[f"{name}-count"] = str(len(rows))
        for i, row in enumerate(rows):
            _write(data, f"{name}-{i}-", row)
    if draft.hostages is not None:
        _write(data, "hostages-", draft.hostages)
    return data


def _write(data: QueryDict, prefix: str, row: Any) -> None:
    for item in fields(row):
        value = getattr(row, item.name)
        if not prefix and (item.name in PART_NAMES or item.name == "hostages"):
            continue
        if is_dataclass(value):
            _write(data, prefix, value)
        elif isinstance(value, tuple) and any(map(is_dataclass, value)):
            for i, inner in enumerate(value):
                _write(data, f"{prefix}{item.name}-{i}-", inner)
        elif isinstance(value, tuple):
            data.setlist(f"{prefix}{item.name}", list(value))
        elif item.name in ("civilian_targeting", "is_suicide"):
            data[f"{prefix}{item.name}"] = {True: "yes", False: "no", None: ""}[value]
        elif isinstance(value, bool):
            if value:
                data[f"{prefix}{item.name}"] = "on"
        else:
            data[f"{prefix}{item.name}"] = "" if value is None else f"{value}"


def add_row(data: QueryDict, part: str) -> QueryDict:
    """The same values with one more empty row of `part`."""
    changed = with_refs(data)
    changed[f"{part}-count"] = str(min(shown(data, part) + 1, MOST_ROWS))
    return changed


def remove_row(data: QueryDict, part: str, number: int) -> QueryDict:
    """The same values without row `number` of `part`; later rows move up."""
    data = with_refs(data)
    total = shown(data, part)
    changed = QueryDict(mutable=True)
    form = re.compile(rf"{part}-(\d+)-(.+)")
    for key, values in data.lists():
        match = form.fullmatch(key)
        row = int(match[1]) if match else -1
        if match and row == number:
            continue
        changed.setlist(f"{part}-{row - 1}-{match[2]}" if match and row > number else key, values)
    changed[f"{part}-count"] = str(max(total - 1, 0))
    return changed
