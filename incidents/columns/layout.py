"""Which columns of the record are held in memory, and how they travel.

Columns whose values repeat together are one *profile*: each row holds a small number that names a
combination of values, and each combination is held once. The record of a continent for forty years
has some thousand combinations, so a count over a million rows is one pass over small numbers.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.signedinteger[Any]]
Flags = NDArray[np.bool_]
Reals = NDArray[np.float64]

TABLE = "incidents_publishedincident"
# What stands for NULL in an integer that travels as four bytes.
NULL = -(2**31)

PROFILES: dict[str, tuple[str, ...]] = {
    "geography": ("country", "region", "area", "bodies"),
    "kind": ("type", "group", "targets", "weapons", "tactics"),
    "parties": ("actors", "actor_roles", "attribution", "campaigns"),
    "quality": ("dataset", "clarity", "checked", "date_precision", "geo_precision"),
    "deaths": ("killed_low", "killed_best", "killed_high", "killed_scope"),
    "harms": tuple(
        f"{harm}_{figure}"
        for harm in ("wounded", "abducted", "displaced", "attackers_killed")
        for figure in ("low", "best", "high")
    ),
    "toll": ("toll_id", "toll_size", "toll_low", "toll_best", "toll_high"),
}
LISTS = ("bodies", "targets", "weapons", "tactics", "actors", "actor_roles", "campaigns")
# The profile in which a column of words lies.
HOME = {
    column: profile
    for profile in ("geography", "kind", "parties", "quality")
    for column in PROFILES[profile]
}


@dataclass(frozen=True)
class Field:
    """A column of one row as PostgreSQL sends it and as memory holds it."""

    name: str
    sql: str
    sent: str
    held: type[np.generic]


def _hash(profile: str, seed: int) -> str:
    columns = ", ".join(f'"{column}"' for column in PROFILES[profile])
    return f"hash_record_extended(ROW({columns}), {seed})"


# Moments are microseconds and days are days since 2000-01-01, as PostgreSQL counts them.
ROW: tuple[Field, ...] = (
    Field("seq", "seq", ">i8", np.int64),
    Field("valid_from", "valid_from", ">i8", np.int64),
    Field("valid_to", "coalesce(valid_to, 'infinity')", ">i8", np.int64),
    Field("is_listed", "is_listed", "?", np.bool_),
    Field("date_start", "date_start", ">i4", np.int32),
    Field("date_end", "date_end", ">i4", np.int32),
    Field("public_id", "rpad(public_id, 10, '0')", "S10", np.bytes_),
    Field("latitude", f"coalesce((latitude * 1000000)::int, {NULL})", ">i4", np.int32),
    Field("longitude", f"coalesce((longitude * 1000000)::int, {NULL})", ">i4", np.int32),
)
FOREVER = 2**63 - 1
# Two hashes of 64 bits for each profile: rows are held to be alike where both agree.
HASHES: tuple[Field, ...] = tuple(
    Field(f"{profile} {seed}", _hash(profile, seed), ">i8", np.int64)
    for profile in PROFILES
    for seed in (0, 1)
)


def hashes(profile: str) -> str:
    """SQL of both hashes of a profile."""
    return f"{_hash(profile, 0)}, {_hash(profile, 1)}"


def names(profile: str) -> str:
    """SQL of the columns of a profile."""
    return ", ".join(f'"{column}"' for column in PROFILES[profile])


def wire_type() -> np.dtype[Any]:
    """One row of `COPY … (FORMAT BINARY)`: a number of fields, then length and bytes of each."""
    parts: list[tuple[str, str]] = [("fields", ">i2")]
    for field in (*ROW, *HASHES):
        parts += [(f"{field.name} length", ">i4"), (field.name, field.sent)]
    return np.dtype(parts)


def copy_statement(condition: str = "") -> str:
    """The statement that sends every row, or those that meet the condition."""
    columns = ", ".join(field.sql for field in (*ROW, *HASHES))
    where = f" WHERE {condition}" if condition else ""
    return f"COPY (SELECT {columns} FROM {TABLE}{where}) TO STDOUT (FORMAT BINARY)"  # noqa: S608
