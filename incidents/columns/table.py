"""The record as arrays: immutable, so that readers need no lock; a change makes a new table."""

import datetime as dt
import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from incidents.columns import reading
from incidents.columns.layout import FOREVER, NULL, PROFILES, ROW, Flags, Ints
from incidents.columns.profiles import PACK, Figures, Profile, empty
from incidents.rollups import HARMS

# The profiles that a spot has of its own.
SPOTTED = ("quality", "geography")
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
DAY_ZERO = EPOCH.date()
_numbers = itertools.count(1)


def microseconds(moment: dt.datetime) -> int:
    """A moment as the table counts it."""
    return (moment - EPOCH) // dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Spots:
    """What maps tell apart: a shown place, how surely it is known, and where it lies.

    A record has some thousand of them, so that what is added up by spot is quickly added up by
    place, cell, area, country or precision. Degrees are microdegrees; NULL where no point is shown.
    """

    number: Ints  # of each row of the table
    latitude: Ints
    longitude: Ints
    quality: Ints
    geography: Ints

    def __len__(self) -> int:
        return len(self.latitude)


class Table:
    """Every version of the record. Current listed versions come first, by data set and first day.

    `rows` holds one array a column; under the name of a profile, the number of the combination.
    """

    def __init__(self, rows: dict[str, Any], profiles: dict[str, Profile]) -> None:
        is_past = (rows["valid_to"] != FOREVER) | ~rows["is_listed"]
        dataset = profiles["quality"].words("dataset").word[rows["quality"]]
        order = np.lexsort((rows["seq"], rows["date_start"], dataset, is_past))
        self.rows: dict[str, Any] = {name: column[order] for name, column in rows.items()}
        self.profiles = profiles
        self.size = len(order)
        self.current = self.size - int(is_past.sum())
        self.number = next(_numbers)
        self.latest = int(self.rows["valid_from"].max()) if self.size else 0

    @cached_property
    def spots(self) -> Spots:
        """Every spot that occurs."""
        point = (self.rows["latitude"].astype(np.int64) << 32) | (
            self.rows["longitude"].astype(np.int64) & 0xFFFFFFFF
        )
        _points, key = np.unique(point, return_inverse=True)
        for name in SPOTTED:
            key = key * max(len(self.profiles[name]), 1) + self.rows[name]
        _keys, example, number = np.unique(key, return_index=True, return_inverse=True)
        parts = (self.rows[name][example] for name in ("latitude", "longitude", *SPOTTED))
        return Spots(number.astype(np.int32), *parts)

    @cached_property
    def deaths(self) -> Figures:
        return self.profiles["deaths"].figures("killed")

    @cached_property
    def is_packable(self) -> bool:
        """Whether no sum over the table is too large for `Figures.packed`."""
        counts = np.bincount(self.rows["deaths"], minlength=len(self.profiles["deaths"]))
        return self.size < 2**22 and float((counts @ self.deaths.parts).max(initial=0)) < PACK

    @cached_property
    def other_harms(self) -> dict[str, Figures]:
        return {harm: self.profiles["harms"].figures(harm) for harm in HARMS if harm != "killed"}

    @cached_property
    def toll_rows(self) -> Ints:
        """Rows that a combined toll covers."""
        has_toll = self.profiles["toll"].integers("toll_id") != NULL
        return np.flatnonzero(has_toll[self.rows["toll"]]) if self.size else np.empty(0, np.int64)

    @cached_property
    def _row_of(self) -> Ints:
        """The row of each `seq`, and -1 for none: `seq` has hardly a gap (ADR 0002)."""
        found = np.full(int(self.rows["seq"].max(initial=0)) + 1, -1, dtype=np.int32)
        found[self.rows["seq"]] = np.arange(self.size, dtype=np.int32)
        return found

    def flags(self, seqs: Ints) -> Flags:
        """For each row whether its `seq` is among `seqs`."""
        found = np.zeros(self.size, dtype=np.bool_)
        rows = self._row_of[seqs[seqs < len(self._row_of)]]
        found[rows[rows >= 0]] = True
        return found


def full(cursor: Any) -> Table:
    """The whole record. Raises RecordMoved."""
    profiles = {name: empty(name) for name in PROFILES}
    return Table(*_coded(cursor, reading.read(cursor), profiles))


CHANGED = "public_id IN (SELECT public_id FROM incidents_publishedincident WHERE seq > %s)"


def changed(cursor: Any, table: Table, since: int) -> Table:
    """`table` with every version anew of the incidents that changed after `since`.

    Old versions of those are read again too: they have ended, and one that was withdrawn to
    protect people is emptied. Raises RecordMoved.
    """
    rows, profiles = _coded(cursor, reading.read(cursor, CHANGED, [since]), table.profiles)
    kept = ~table.flags(rows["seq"])
    merged = {name: np.concatenate((table.rows[name][kept], rows[name])) for name in rows}
    return Table(merged, profiles)


def _coded(
    cursor: Any, read: dict[str, Any], profiles: dict[str, Profile]
) -> tuple[dict[str, Any], dict[str, Profile]]:
    rows = {field.name: read[field.name] for field in ROW}
    grown = {}
    for name, profile in profiles.items():
        first, second = (read.pop(f"{name} {seed}") for seed in (0, 1))
        rows[name], grown[name] = _numbered(cursor, profile, rows["seq"], first, second)
    return rows, grown


def _numbered(
    cursor: Any, profile: Profile, seq: Ints, first: Ints, second: Ints
) -> tuple[Ints, Profile]:
    """The number of each row's combination, and the profile with those that are new."""
    unique, example, inverse = np.unique(first, return_index=True, return_inverse=True)
    if not (second[example][inverse] == second).all():
        raise RuntimeError(f"Two combinations of {profile.name} share a hash.")
    both = np.stack((unique, second[example]), axis=1)
    numbers = [profile.known.get((one, two), -1) for one, two in both.tolist()]
    new = np.flatnonzero(np.array(numbers, dtype=np.int64) < 0)
    told = reading.values(cursor, profile.name, seq[example[new]], both[new]) if len(new) else []
    for place, entry in enumerate(new.tolist()):
        numbers[entry] = len(profile) + place
    codes = np.array(numbers, dtype=np.int32)[inverse]
    return codes, profile.grown(both[new], told)
