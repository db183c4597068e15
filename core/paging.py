"""Keyset pages: page 10,000 costs what page 1 costs, and a row is never seen twice or missed.

    page = paging.page(rows, ordering, limit=50, cursor=text_from_the_address)
    page.rows            the rows, in order (model instances, or tuples for `values_list` rows)
    page.next            cursor of the following page, or None at the end
    page.previous        cursor of the page before, or None at the start

A cursor is opaque, safe in addresses and bound to its ordering: it names the key of a row and on
which side of it the page lies.
"""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

T = TypeVar("T")
MAX_CURSOR_LENGTH = 400
BIGGEST = 2**63 - 1


class BadCursor(ValueError):
    """The cursor was not made by Vigil for this ordering; says what to do."""

    def __init__(self) -> None:
        super().__init__(
            _("This is not a cursor for this list: follow `next` and `previous` as they come.")
        )


@dataclass(frozen=True)
class Key:
    """One column of an ordering: a column or expression, and the type that its cursor holds."""

    name: str
    kind: type[str] | type[int] | type[dt.date] = str
    expression: Any = None

    @property
    def column(self) -> Any:
        return F(self.name) if self.expression is None else self.expression

    def decode(self, value: Any) -> Any:
        """The value out of a cursor. Raises BadCursor for any other type."""
        if self.kind is dt.date and isinstance(value, str):
            return dt.date.fromisoformat(value)
        if self.kind is int and type(value) is int and abs(value) <= BIGGEST:
            return value
        if self.kind is str and isinstance(value, str) and "\0" not in value:
            return value
        raise BadCursor


@dataclass(frozen=True)
class Ordering:
    """A total ordering: all keys run the same way and the last one is unique."""

    name: str
    keys: tuple[Key, ...]
    descending: bool = False

    def sort(self, rows: "models.QuerySet[Any]", *, backwards: bool) -> "models.QuerySet[Any]":
        descending = self.descending != backwards
        columns = (key.column for key in self.keys)
        return rows.order_by(*(c.desc() if descending else c.asc() for c in columns))

    def beyond(self, values: Sequence[Any], *, backwards: bool) -> "Beyond":
        """Rows after the key `values`, or before them when walking backwards."""
        sign = "<" if self.descending != backwards else ">"
        return Beyond(sign, [key.column for key in self.keys], values)


class Beyond(models.Func):
    """`(a, b) < (x, y)`: PostgreSQL starts an index scan there, whatever the depth."""

    conditional = True

    def __init__(self, sign: str, columns: Sequence[Any], values: Sequence[Any]) -> None:
        self.sign = sign
        super().__init__(
            *columns, *(models.Value(v) for v in values), output_field=models.BooleanField()
        )

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # type: ignore[override]
        parts: list[str] = []
        params: list[Any] = []
        for expression in self.source_expressions:
            sql, more = compiler.compile(expression)
            parts.append(sql)
            params.extend(more)
        half = len(parts) // 2
        return f"({', '.join(parts[:half])}) {self.sign} ({', '.join(parts[half:])})", params


@dataclass(frozen=True)
class Cursor:
    """A place in a list: beside the row with these key values, before or after it."""

    values: tuple[Any, ...]
    backwards: bool

    def encode(self, ordering: Ordering) -> str:
        shown = [v.isoformat() if isinstance(v, dt.date) else v for v in self.values]
        text = json.dumps([ordering.name, int(self.backwards), *shown], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()

    @classmethod
    def decode(cls, text: str, ordering: Ordering) -> "Cursor":
        """Read a cursor that `encode` wrote for the same ordering. Raises BadCursor."""
        if not text or len(text) > MAX_CURSOR_LENGTH:
            raise BadCursor
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            parts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
            name, backwards, *values = parts
            if name != ordering.name or backwards not in (0, 1):
                raise BadCursor
            keys = zip(ordering.keys, values, strict=True)
            found = cls(tuple(key.decode(value) for key, value in keys), bool(backwards))
        except (ValueError, TypeError, RecursionError, binascii.Error):
            raise BadCursor from None
        if found.encode(ordering) != text:
            raise BadCursor
        return found


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows in order, and the cursors of the pages on both sides."""

    rows: list[T]
    next: str | None
    previous: str | None


def page(
    rows: "models.QuerySet[Any]", ordering: Ordering, *, limit: int, cursor: str | None = None
) -> Page[Any]:
    """The page of model instances at `cursor`, or the first one. Raises BadCursor."""
    names = {f"order_{n}": key.column for n, key in enumerate(ordering.keys)}
    rows = rows.annotate(**names)
    return _cut(rows, ordering, limit, cursor, lambda row: [getattr(row, n) for n in names])


def page_of_values(
    rows: "models.QuerySet[Any]",
    ordering: Ordering,
    value: Any,
    *,
    limit: int,
    cursor: str | None = None,
) -> Page[Any]:
    """The same, of one expression a row, such as JSON text that is served as it is stored."""
    names = {f"order_{n}": key.column for n, key in enumerate(ordering.keys)}
    rows = rows.annotate(**names, shown_value=value).values_list("shown_value", *names)
    cut = _cut(rows, ordering, limit, cursor, lambda row: list(row[1:]))
    return Page([row[0] for row in cut.rows], cut.next, cut.previous)


def _cut(
    rows: "models.QuerySet[Any]",
    ordering: Ordering,
    limit: int,
    cursor: str | None,
    key: Callable[[Any], list[Any]],
) -> Page[Any]:
    place = Cursor.decode(cursor, ordering) if cursor else None
    backwards = place is not None and place.backwards
    if place is not None:
        rows = rows.filter(ordering.beyond(place.values, backwards=backwards))
    found = list(ordering.sort(rows, backwards=backwards)[: limit + 1])
    more = len(found) > limit
    del found[limit:]
    if backwards:
        found.reverse()
    if not found:
        return Page([], None, None)
    after = Cursor(tuple(key(found[-1])), backwards=False).encode(ordering)
    before = Cursor(tuple(key(found[0])), backwards=True).encode(ordering)
    return Page(
        found,
        after if more or backwards else None,
        before if (more if backwards else place is not None) else None,
    )
