"""Read rows of the record into arrays through PostgreSQL's binary COPY.

Every field that travels has a fixed width and is never NULL, so the rows of the stream are an
array as they come: no value is parsed in Python.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connections

from core.planning import FOLLOW_THE_INDEX, in_one_go
from core.text import query_sql
from incidents.columns.layout import (
    HASHES,
    LISTS,
    PROFILES,
    ROW,
    TABLE,
    Ints,
    copy_statement,
    hashes,
    names,
    wire_type,
)

# COPY's binary header without extensions: signature, flags, length of the extension.
HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
WIRE = wire_type()
CHUNK = 50_000
# Values of an id in the order of its letters; ids are Crockford's base32 and sort by ASCII.
DIGITS = np.zeros(256, dtype=np.int64)
DIGITS[ord("0") : ord("9") + 1] = np.arange(10)
DIGITS[ord("A") : ord("Z") + 1] = np.arange(10, 36)


class RecordMoved(Exception):
    """The record changed between two statements of one load: read it again."""


class Rows:
    """A file to COPY into: cuts the stream into arrays, some rows at a time."""

    def __init__(self) -> None:
        self._head = True
        self._waiting: list[bytes] = []
        self._size = 0
        self._chunks: list[dict[str, Any]] = []

    def write(self, data: bytes) -> int:
        self._waiting.append(data)
        self._size += len(data)
        if self._size >= CHUNK * WIRE.itemsize:
            self._cut()
        return len(data)

    def _cut(self) -> None:
        data = b"".join(self._waiting)
        if self._head:
            if not data.startswith(HEADER):
                raise ValueError("PostgreSQL did not send a binary COPY stream.")
            data, self._head = data[len(HEADER) :], False
        whole = len(data) // WIRE.itemsize
        rows = np.frombuffer(data, WIRE, count=whole)
        if not (rows["fields"] == len(ROW) + len(HASHES)).all():
            raise ValueError("A row of the record is not as wide as expected.")
        self._chunks.append({f.name: _held(rows[f.name], f.held) for f in (*ROW, *HASHES)})
        rest = data[whole * WIRE.itemsize :]
        self._waiting, self._size = [rest], len(rest)

    def arrays(self) -> dict[str, Any]:
        """All rows, column by column. The stream must be at its end: a trailer of two bytes."""
        self._cut()
        if self._waiting != [b"\xff\xff"]:
            raise ValueError("The stream of the record ended within a row.")
        fields = (*ROW, *HASHES)
        return {f.name: np.concatenate([chunk[f.name] for chunk in self._chunks]) for f in fields}


def _held(sent: Any, held: type[np.generic]) -> Any:
    if held is not np.bytes_:
        return sent.astype(held)
    letters = np.ascontiguousarray(sent).view(np.uint8).reshape(len(sent), sent.itemsize)
    number = np.zeros(len(sent), dtype=np.int64)
    for place in range(letters.shape[1]):
        number = number * 36 + DIGITS[letters[:, place]]
    return number


def read(cursor: Any, condition: str = "", params: Iterable[Any] = ()) -> dict[str, Any]:
    """The rows that meet a condition, all unless said, column by column."""
    statement = cursor.mogrify(copy_statement(condition), tuple(params))
    rows = Rows()
    cursor.copy_expert(statement.decode(), rows)
    return rows.arrays()


def seqs(rows: Any) -> Ints:
    """The `seq` of every row of a query of the record."""
    try:
        sql, params = rows.order_by().values("seq").query.sql_with_params()
    except EmptyResultSet:
        return np.empty(0, dtype=np.int64)
    return _packed(connections[rows.db], f"({sql}) AS found", params)


def saying(connection: Any, text: str) -> Ints:
    """The `seq` of every version that contains the words, as `core.text.query_sql` reads them."""
    sql, params = query_sql(text)
    return _packed(connection, f"{TABLE} WHERE search @@ {sql}", params)


def _packed(connection: Any, rows: str, params: Iterable[Any]) -> Ints:
    statement = f"SELECT string_agg(int8send(seq), '') FROM {rows}"  # noqa: S608
    packed = in_one_go(connection, FOLLOW_THE_INDEX, statement, params)
    return np.frombuffer(packed or b"", ">i8").astype(np.int64)


def values(cursor: Any, profile: str, seqs: Ints, both: Ints) -> list[tuple[Any, ...]]:
    """The values of a profile in the rows `seqs`, whose hashes are `both` (two columns).

    Raises RecordMoved where a row was emptied in between.
    """
    cursor.execute(
        f"SELECT seq, {hashes(profile)}, {names(profile)} FROM {TABLE} WHERE seq = ANY(%s)",  # noqa: S608
        [seqs.tolist()],
    )
    found = {row[0]: row[1:] for row in cursor.fetchall()}
    told = []
    for seq, pair in zip(seqs.tolist(), both.tolist(), strict=True):
        row = found.get(seq)
        if row is None or list(row[:2]) != pair:
            raise RecordMoved
        told.append(tuple(_plain(n, v) for n, v in zip(PROFILES[profile], row[2:], strict=True)))
    return told


def _plain(column: str, value: Any) -> Any:
    return tuple(value) if column in LISTS else value
