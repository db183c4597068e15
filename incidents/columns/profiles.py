"""Combinations of values, each held once: a row holds only the number of its combination."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np

from incidents.columns.layout import LISTS, NULL, PROFILES, Flags, Ints, Reals


class Words:
    """The words of one column: `pairs` of (combination, word) by number, sorted by combination."""

    def __init__(self, values: list[Any], is_list: bool) -> None:
        numbers: dict[str, int] = {}
        entries: list[int] = []
        words: list[int] = []
        for entry, value in enumerate(values):
            for word in value if is_list else (value,):
                entries.append(entry)
                words.append(numbers.setdefault(word, len(numbers)))
        self.is_list = is_list
        self.numbers = numbers
        self.words = list(numbers)
        self.entry: Ints = np.array(entries, dtype=np.int64)
        self.word: Ints = np.array(words, dtype=np.int64)
        self.size = len(values)

    def having(self, wanted: Iterable[str]) -> Flags:
        """For each combination whether it has one of the words."""
        codes = [self.numbers[word] for word in wanted if word in self.numbers]
        chosen = np.zeros(len(self.words) + 1, dtype=np.bool_)
        chosen[codes] = True
        found = np.zeros(self.size, dtype=np.bool_)
        found[self.entry[chosen[self.word]]] = True
        return found

    def spread(self, by_entry: Any) -> Reals:
        """Sums by combination as sums by word."""
        weights = np.asarray(by_entry, dtype=np.float64)[self.entry]
        found = np.bincount(self.word, weights=weights, minlength=len(self.words))
        return found.astype(np.float64)


# A sum below this and a count of at most 2^22 fit into one number exactly.
PACK = 2**31


class Figures:
    """Low, best and high of one harm in each combination; the parts of a sum, ready to add.

    `parts`: low, best, high, whether low stands in for best, high is unknown, all is unknown.
    `packed`: the same in three columns, a figure and a flag in each.
    """

    def __init__(self, low: Ints, best: Ints, high: Ints) -> None:
        no_low, no_best, no_high = (low == NULL), (best == NULL), (high == NULL)
        stand_in = np.where(no_best, low, best)
        self.deaths = stand_in
        self.parts: Reals = np.stack(
            [
                np.where(no_low, 0, low),
                np.where(stand_in == NULL, 0, stand_in),
                np.where(no_high, 0, high),
                no_best & ~no_low,
                no_high,
                no_low & no_best & no_high,
            ],
            axis=1,
        ).astype(np.float64)
        self.packed: Reals = self.parts[:, :3] + PACK * self.parts[:, 3:]


class Profile:
    """All combinations of some columns that the record knows, in the order of their numbers."""

    def __init__(self, name: str, hashes: Ints, values: list[tuple[Any, ...]]) -> None:
        self.name = name
        self.hashes = hashes
        self.values = values
        self._words: dict[str, Words] = {}

    def __len__(self) -> int:
        return len(self.values)

    @cached_property
    def known(self) -> dict[tuple[int, int], int]:
        """The number of a combination by its two hashes."""
        return {(first, second): n for n, (first, second) in enumerate(self.hashes.tolist())}

    def column(self, name: str) -> list[Any]:
        place = PROFILES[self.name].index(name)
        return [row[place] for row in self.values]

    def words(self, name: str) -> Words:
        if name not in self._words:
            self._words[name] = Words(self.column(name), name in LISTS)
        return self._words[name]

    def integers(self, name: str) -> Ints:
        """A column of numbers; NULL where there is none."""
        return np.array([NULL if v is None else v for v in self.column(name)], dtype=np.int64)

    def figures(self, harm: str) -> Figures:
        return Figures(*(self.integers(f"{harm}_{part}") for part in ("low", "best", "high")))

    def grown(self, hashes: Ints, values: list[tuple[Any, ...]]) -> "Profile":
        """The same and some more."""
        if not values:
            return self
        return Profile(self.name, np.concatenate((self.hashes, hashes)), self.values + values)


def empty(name: str) -> Profile:
    return Profile(name, np.empty((0, 2), dtype=np.int64), [])
