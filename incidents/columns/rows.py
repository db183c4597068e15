"""Some rows of a table: neighbours as a slice without a copy, others by their numbers."""

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from incidents.columns.layout import Flags, Ints
from incidents.columns.table import SPOTTED, Table

T = TypeVar("T")


class Rows:
    """Rows of `table` at `index`: a slice, or numbers in ascending order."""

    def __init__(self, table: Table, index: "slice | Ints") -> None:
        self.table = table
        self.index = index
        self._made: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returns, computed once for these rows."""
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    @cached_property
    def size(self) -> int:
        if isinstance(self.index, slice):
            return int(self.index.stop - self.index.start)
        return len(self.index)

    def of(self, array: Any) -> Any:
        """These rows of an array that has an element for each row of the table."""
        return array[self.index] if isinstance(self.index, slice) else array.take(self.index)

    def take(self, column: str) -> Any:
        return self.of(self.table.rows[column])

    def at(self, column: "str | Ints", places: Ints) -> Any:
        """The same of those rows alone that lie at `places` among these."""
        array = self.table.rows[column] if isinstance(column, str) else column
        if isinstance(self.index, slice):
            return array[places + self.index.start]
        return array[self.index[places]]

    def counts(self, profile: str) -> Ints:
        """How many of these rows have each combination of a profile."""
        return self.once(("counts", profile), lambda: self._count(profile))

    def _count(self, profile: str) -> Ints:
        size = len(self.table.profiles[profile])
        if profile not in SPOTTED:
            return np.bincount(self.take(profile), minlength=size)
        of_spot = getattr(self.table.spots, profile)
        return np.bincount(of_spot, weights=self.by_spot, minlength=size).astype(np.int64)

    @cached_property
    def by_spot(self) -> Ints:
        """How many of these rows each spot of the table has."""
        spots = self.table.spots
        counts: Ints = np.bincount(self.of(spots.number), minlength=len(spots))
        return counts

    def where(self, flags: Flags) -> "Rows":
        """Those of these rows whose flag is set."""
        chosen = np.flatnonzero(flags)
        if not isinstance(self.index, slice):
            return Rows(self.table, self.index.take(chosen))
        chosen += self.index.start
        if len(chosen) and chosen[-1] - chosen[0] + 1 == len(chosen):
            return Rows(self.table, slice(int(chosen[0]), int(chosen[-1]) + 1))
        return Rows(self.table, chosen)

    def places_of(self, rows: Ints) -> Ints:
        """Where rows of the table, in ascending order, lie among these; others are left out."""
        if isinstance(self.index, slice):
            return rows[(rows >= self.index.start) & (rows < self.index.stop)] - self.index.start
        if not self.size:
            return rows[:0]
        place = np.minimum(np.searchsorted(self.index, rows), self.size - 1)
        return place[self.index[place] == rows]
