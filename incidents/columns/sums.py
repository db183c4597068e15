"""Sums over rows, by the rules of `incidents.rollups` (B6), for one key or for many at once."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from incidents.columns.layout import NULL, Flags, Ints, Reals
from incidents.columns.profiles import PACK, Words
from incidents.columns.rows import Rows
from incidents.rollups import HarmSum, Totals

# The key of each of some rows, by the places of these rows.
Keys = Callable[[Ints], Ints]
MOST = 2**31 - 1  # what a code of four bytes can say
# Columns of an array of sums: the number of incidents, then the parts of `profiles.Figures`.
WIDTH = 7
INCIDENTS, LOW, BEST, HIGH, STAND_INS, NO_HIGH, MISSING = range(WIDTH)


def harm_of(row: Sequence[int]) -> HarmSum:
    """The sum that one row of sums says."""
    low, best, high, stand_ins, no_high, missing = row[LOW:]
    return HarmSum(low, best, None if no_high else high, stand_ins > 0, missing)


def by_key(rows: Rows, keys: Ints, size: int, place: Ints | None = None) -> Reals:
    """Sums of deaths for each key below `size`; `keys` names the key of each row.

    With `place` each key belongs to the row that lies there, and a row may have several keys.
    """
    figures = rows.table.deaths
    deaths = rows.take("deaths") if place is None else rows.take("deaths")[place]
    kinds = len(figures.parts)
    # A table of keys by figures is quicker than sums where it is not much larger than the rows.
    if size * kinds <= min(4 * len(keys), MOST):
        codes = np.multiply(keys, kinds, dtype=np.int32, casting="same_kind")
        codes += deaths
        cells = np.bincount(codes, minlength=size * kinds)
        counts = cells.reshape(size, kinds)
        return np.column_stack((counts.sum(axis=1), counts @ figures.parts))
    columns = figures.packed if rows.table.is_packable else figures.parts
    parts = [np.bincount(keys, minlength=size)]
    for column in columns.T:
        parts.append(np.bincount(keys, weights=column.take(deaths), minlength=size))
    sums = np.column_stack(parts).astype(np.float64)
    return unpacked(sums) if rows.table.is_packable else sums


def unpacked(sums: Reals) -> Reals:
    """Sums of packed parts as sums of parts; see `profiles.Figures`."""
    counts, figures = np.divmod(sums[:, LOW:], PACK)
    return np.column_stack((sums[:, INCIDENTS], figures, counts))


def integers(sums: Reals) -> Any:
    """The same as Python's integers; sums of whole numbers are exact."""
    return sums.astype(np.int64).tolist()


def occurring(sums: Reals) -> list[tuple[int, Sequence[int]]]:
    """Each key that some row has, and its sums as Python's integers."""
    keys = np.flatnonzero(sums[:, INCIDENTS])
    return list(zip(keys.tolist(), integers(sums[keys]), strict=True))


def spread(by_entry: Reals, entry: Ints, word: Ints, size: int) -> Reals:
    """Sums by combination as sums by word, through pairs of both."""
    columns = [np.bincount(word, weights=c[entry], minlength=size) for c in by_entry.T]
    return np.column_stack(columns)


def tolls_once(rows: Rows, keys: Keys | None, sums: Reals, words: Words | None = None) -> int:
    """Replace, in `sums`, the shares of complete combined tolls by the toll; return how many.

    A toll is complete for a key where every incident that it covers has this key. A key below
    zero takes no part. With `words`, keys are combinations and each of their words is a key.
    """
    places = rows.places_of(rows.table.toll_rows)
    if not len(places):
        return 0
    table = rows.table
    covered: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    tolls, deaths = rows.at("toll", places), rows.at("deaths", places)
    key = np.zeros(len(places), dtype=np.int64) if keys is None else keys(places)
    values = table.profiles["toll"].values
    for one, toll, share in zip(key.tolist(), tolls.tolist(), deaths.tolist(), strict=True):
        for group in [one] if words is None else words.word[words.entry == one].tolist():
            if group >= 0:
                covered[group, values[toll][0]].append((toll, share))
    used = 0
    for (group, _id), shares in covered.items():
        toll = _Toll(*(_most(part) for part in zip(*(values[t] for t, _ in shares), strict=True)))
        if toll.size != len(shares):
            continue
        used += 1
        own = table.deaths.parts[[share for _, share in shares]].sum(axis=0)
        sums[group, LOW:] += np.array(toll.parts, dtype=np.float64) - own
    return used


class _Toll(NamedTuple):
    """A combined toll, as the rows that it covers carry it."""

    id: int | None
    size: int | None
    low: int | None
    best: int | None
    high: int | None

    @property
    def parts(self) -> list[int]:
        """Its parts of a sum, in the order of `profiles.Figures`."""
        known = self.low if self.best is None else self.best
        figures = [self.low or 0, known or 0, self.high or 0]
        return [*figures, self.best is None, self.high is None, 0]


def _most(values: tuple[int | None, ...]) -> int | None:
    return max((value for value in values if value is not None), default=None)


def totals(rows: Rows) -> Totals:
    """Every harm over the rows."""
    table = rows.table
    deaths, others = rows.counts("deaths"), rows.counts("harms")
    sums = np.concatenate(([float(rows.size)], deaths @ table.deaths.parts)).reshape(1, -1)
    used = tolls_once(rows, None, sums)
    harms = {"killed": harm_of(integers(sums)[0])}
    for harm, figures in table.other_harms.items():
        harms[harm] = harm_of([0, *integers(others @ figures.parts)])
    return Totals(
        incidents=rows.size, combined_tolls=used, mixed_scopes=_mixed(rows, deaths), **harms
    )


def _mixed(rows: Rows, deaths: Ints) -> bool:
    profile = rows.table.profiles["deaths"]
    told: Flags = (deaths > 0) & (profile.integers("killed_best") != NULL)
    words = profile.words("killed_scope")
    return len(np.unique(words.word[told])) > 1
