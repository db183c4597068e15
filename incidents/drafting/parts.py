"""The rows of an incident's parts, brought to what a draft says; unchanged rows are not touched."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from incidents.drafting.findings import DraftRefused

Values = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """One part as it should be stored: the `id` it was read with, if any, and its columns."""

    path: str
    id: str
    values: Values


@dataclass(frozen=True)
class Matched:
    """What has to happen: rows that stay with their values, rows to make, rows that go."""

    kept: list[tuple[Any, Wanted]]
    new: list[Wanted]
    gone: list[Any]


def match(
    stored: Iterable[Any], wanted: Sequence[Wanted], key: tuple[str, ...], unknown: str = ""
) -> Matched:
    """Pair stored rows with wanted parts: first those equal in `key`, then those of one id.

    Key before id: then a kept row never takes the key of another stored row, and no unique
    constraint is broken on the way. Raises DraftRefused with `unknown` for an id that is no row's.
    """
    rows = list(stored)
    by_id = {str(row.uuid): row for row in rows if hasattr(row, "uuid")}
    strangers = {part.path: unknown for part in wanted if part.id and part.id not in by_id}
    if strangers:
        raise DraftRefused({f"{path}.id": said for path, said in strangers.items()})
    free = {row.pk: row for row in rows}
    pairs: dict[int, Any] = {}
    for same in (_same_row_and_key(by_id, key), _same_key(free, key), _same_row(by_id)):
        for number, part in enumerate(wanted):
            if number in pairs:
                continue
            row = same(part)
            if row is not None and row.pk in free:
                pairs[number] = free.pop(row.pk)
    return Matched(
        kept=[(pairs[n], part) for n, part in enumerate(wanted) if n in pairs],
        new=[part for n, part in enumerate(wanted) if n not in pairs],
        gone=list(free.values()),
    )


Find = Callable[[Wanted], Any]


def _same_row(by_id: dict[str, Any]) -> Find:
    return lambda part: by_id.get(part.id)


def _same_row_and_key(by_id: dict[str, Any], key: tuple[str, ...]) -> Find:
    def find(part: Wanted) -> Any:
        row = by_id.get(part.id)
        return row if row is not None and _says(row, part.values, key) else None

    return find


def _same_key(free: dict[int, Any], key: tuple[str, ...]) -> Find:
    return lambda part: next((row for row in free.values() if _says(row, part.values, key)), None)


def _says(row: Any, values: Values, key: tuple[str, ...]) -> bool:
    return all(_stored(row, name) == _plain(values.get(name)) for name in key)


def _stored(row: Any, name: str) -> Any:
    return getattr(row, row._meta.get_field(name).attname)


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def differing(row: Any, values: Values) -> list[str]:
    """The columns in which the row does not say what it should."""
    return [name for name, value in values.items() if _stored(row, name) != _plain(value)]


def update(row: Any, values: Values) -> bool:
    """Bring the row to `values`; say whether anything differed. Writes only what differs."""
    names = differing(row, values)
    for name in names:
        setattr(row, name, values[name])
    if names:
        stamp = ["updated_at"] if hasattr(row, "updated_at") else []
        row.save(update_fields=[*names, *stamp])
    return bool(names)


def write(model: type[models.Model], found: Matched, *, flag: str = "", **signed: Any) -> list[Any]:
    """Delete, change and make rows; return them in no particular order.

    `flag` is a column that only one row may carry: rows that lose it are written first.
    """
    for row in found.gone:
        row.delete()
    for row, part in sorted(found.kept, key=lambda pair: bool(pair[1].values.get(flag))):
        update(row, part.values)
    made = [model._default_manager.create(**part.values, **signed) for part in found.new]
    return [*(row for row, _part in found.kept), *made]
