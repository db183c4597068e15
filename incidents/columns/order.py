"""Rows in the orderings of the list of incidents, without sorting more than the page needs."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from incidents.columns.layout import NULL, Ints
from incidents.columns.reading import DIGITS
from incidents.columns.rows import Rows
from incidents.columns.table import DAY_ZERO

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def public_id(number: int) -> str:
    """The id that a number of the table stands for."""
    letters = []
    for _ in range(10):
        number, digit = divmod(number, 36)
        letters.append(LETTERS[digit])
    return "".join(reversed(letters))


def _number(public_id: str) -> int:
    number = 0
    for letter in public_id:
        number = number * 36 + int(DIGITS[ord(letter) % 256])
    return number


def _keys(rows: Rows, ordering: str, beyond: Sequence[Any]) -> tuple[Ints, Ints, list[int]]:
    """Both keys of the rows, and of the place at which to begin; the larger comes later."""
    name = ordering.lstrip("-")
    if name == "published":
        seq = rows.take("seq")
        return seq, seq, [int(beyond[0])] * 2 if beyond else []
    ids = rows.take("public_id")
    if name == "date":
        begin = [(beyond[0] - DAY_ZERO).days, _number(beyond[1])] if beyond else []
        return rows.take("date_start").astype(np.int64), ids, begin
    best = rows.table.profiles["deaths"].integers("killed_best")
    known = np.where(best == NULL, -1, best)
    return known[rows.take("deaths")], ids, [beyond[0], _number(beyond[1])] if beyond else []


def first(rows: Rows, ordering: str, limit: int | None, beyond: Sequence[Any]) -> Ints:
    """Where the first `limit` rows of the ordering lie, in order, after the key `beyond`."""
    one, two, begin = _keys(rows, ordering, beyond)
    if ordering.startswith("-"):
        one, two, begin = -one, -two, [-key for key in begin]
    places: Ints = np.arange(rows.size)
    if begin:
        places = np.flatnonzero((one > begin[0]) | ((one == begin[0]) & (two > begin[1])))
    if limit is not None and limit < len(places):
        places = _least(places, one, two, limit)
    return places[np.lexsort((two[places], one[places]))][:limit]


def _least(places: Ints, one: Ints, two: Ints, limit: int) -> Ints:
    """At least the first `limit`: those below the key at the limit, and the least of its equals."""
    edge = np.partition(one[places], limit - 1)[limit - 1]
    below = places[one[places] < edge]
    equal = places[one[places] == edge]
    wanted = limit - len(below)
    if wanted < len(equal):
        equal = equal[np.argpartition(two[equal], wanted - 1)[:wanted]]
    return np.concatenate((below, equal))
