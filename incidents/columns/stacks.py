"""Periods divided by the values of a column."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from incidents.columns import sums
from incidents.columns.layout import HOME, Ints
from incidents.columns.rows import Rows

# Of more pairs of period and value than this, only those that occur are counted.
FEW = 2**16


def stacked(
    rows: Rows, number: Ints, size: int, column: str, top: int | None
) -> Iterator[tuple[int, str, Any]]:
    """(period, value, sums) for each period and value that occur together, in that order.

    `number` is the period of each row, below `size`. Combined tolls count once in a plain column
    only: an incident with several values of a list counts once in each.
    """
    words, entry, word, is_list = _told_apart(rows, column, top)
    width = max(len(words), 1)
    codes = rows.take(HOME[column])
    if is_list:
        place, of_row = _expanded(codes, entry, word, len(rows.table.profiles[HOME[column]]))
        keys = number[place].astype(np.int64) * width + of_row
        found = _sums(rows, keys, place, size * width)
    else:
        keys = number.astype(np.int64) * width + word[codes]
        found = _sums(rows, keys, None, size * width)
    for key, row in found:
        yield key // width, words[key % width], row


def _sums(rows: Rows, keys: Ints, place: Ints | None, size: int) -> Iterator[tuple[int, Any]]:
    if size > max(FEW, 4 * len(keys)):
        unique, keys = np.unique(keys, return_inverse=True)
        size = len(unique)
    else:
        unique = np.arange(size)
    found = sums.by_key(rows, keys, size, place)
    if place is None:
        sums.tolls_once(rows, keys.take, found)
    for key, row in sums.occurring(found):
        yield int(unique[key]), row


def _told_apart(rows: Rows, column: str, top: int | None) -> tuple[list[str], Ints, Ints, bool]:
    """Values, and pairs (combination, value) sorted by combination; rare ones become ""."""
    profile = rows.table.profiles[HOME[column]]
    own = profile.words(column)
    if top is None:
        return own.words, own.entry, own.word, own.is_list
    frequent = np.argsort(-own.spread(rows.counts(HOME[column])), kind="stable")
    kept = [n for n in frequent.tolist() if own.words[n]][:top]
    number = np.full(len(own.words) + 1, top, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    pairs = np.unique(own.entry * (top + 1) + number[own.word])
    entry, word = pairs // (top + 1), pairs % (top + 1)
    named = np.zeros(len(profile), dtype=np.bool_)
    named[entry[word < top]] = True
    stays = (word < top) | ~named[entry]
    none_at_all = np.setdiff1d(np.arange(len(profile)), entry)
    entry = np.concatenate((entry[stays], none_at_all))
    word = np.concatenate((word[stays], np.full(len(none_at_all), top)))
    by_entry = np.argsort(entry, kind="stable")
    words = [own.words[n] for n in kept] + [""] * (top + 1 - len(kept))
    return words, entry[by_entry], word[by_entry], own.is_list


def _expanded(codes: Ints, entry: Ints, word: Ints, entries: int) -> tuple[Ints, Ints]:
    """(row, value) for each value of each row."""
    lengths = np.bincount(entry, minlength=entries)
    starts = np.cumsum(lengths) - lengths
    of_row = lengths[codes]
    place = np.repeat(np.arange(len(codes)), of_row)
    within = np.arange(len(place)) - np.repeat(np.cumsum(of_row) - of_row, of_row)
    return place, word[starts[codes][place] + within]
