"""Read the seed files; every complaint names file, row, field, value and remedy."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import yaml
from django.utils.translation import gettext as _

from core.dates import parse_partial
from incidents import disclosure

DATA = Path(__file__).parent / "data"
# What the loaded rows depend on beside the data: a change of these compares every row again.
CODE = (*Path(__file__).parent.glob("*.py"), Path(disclosure.__file__))
AXES = {"latitude": 90, "longitude": 180}
# Kept in the files for their editors: where in a seed essay something stands, hints, and what
# another row or the value itself says already.
NOT_LOADED = {
    "slug", "seed_refs", "date_in_seed", "gtd_note", "parent_hint", "presence_claims_seed", "core",
    "precision", "successor", "components",
}  # fmt: skip
SLUG = re.compile(r"[0-9a-z]+(-[0-9a-z]+)*")


class SeedRefused(ValueError):
    """The seed cannot be loaded as it stands; says where and what would mend it."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2 booleans: `on` and `no` are words, as in `{value: 6, on: "2022-07-21"}`."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern if tag != "tag:yaml.org,2002:bool" else re.compile("^(?:true|false)$"))
        for tag, pattern in resolvers
    ]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Span:
    """First and last day that a date or period can mean; both None where nothing is known."""

    first: dt.date | None = None
    last: dt.date | None = None
    precision: str = "unknown"


@dataclass(frozen=True)
class Row:
    """One entry of a seed file, which knows where it stands."""

    file: str
    section: str
    slug: str
    data: Mapping[str, Any]
    read: set[str] = field(default_factory=set, compare=False)

    @property
    def key(self) -> str:
        return f"{self.section}:{self.slug}"

    @property
    def digest(self) -> str:
        text = json.dumps(self.data, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        if name not in self.data:
            self.refuse(name, None, _("The field is missing; add it."))
        return self.data[name]

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        value = self.data.get(name)
        return default if value is None else value

    def refuse_unread(self) -> None:
        """Refuse a field that no loader knows: a misspelt one would be lost in silence."""
        for name in self.data.keys() - self.read - NOT_LOADED:
            self.refuse(name, self.data[name], _("No such field here; correct or remove it."))

    def refuse(self, name: str, value: object, remedy: str) -> NoReturn:
        """Raise SeedRefused for a field of this row."""
        raise SeedRefused(
            _("%(file)s, %(section)s %(slug)s: %(field)s = %(value)r. %(remedy)s")
            % {
                "file": self.file,
                "section": self.section,
                "slug": self.slug,
                "field": name,
                "value": value,
                "remedy": remedy,
            }
        )

    def part(self, name: str, data: Mapping[str, Any] | None = None) -> "Row":
        """A nested mapping as a row of its own, for the same clear complaints."""
        found = self.get(name, {}) if data is None else data
        return Row(self.file, self.section, f"{self.slug} / {name}", found)

    def choice(self, name: str, allowed: Collection[str], default: str | None = None) -> str:
        value = self.get(name, default)
        if value not in allowed:
            remedy = _("Write one of: %(words)s.") % {"words": ", ".join(map(str, allowed))}
            self.refuse(name, value, remedy)
        return str(value)

    def choices(self, name: str, allowed: Collection[str]) -> list[str]:
        for value in self.get(name, []):
            if value not in allowed:
                remedy = _("Use only: %(words)s.") % {"words": ", ".join(map(str, allowed))}
                self.refuse(name, value, remedy)
        return list(self.get(name, []))

    def partial(self, name: str) -> Span:
        """A partial date: `2012`, `2012-06` or `2012-06-21`."""
        value = self.get(name)
        if value is None:
            return Span()
        try:
            date = parse_partial(str(value))
        except ValueError as bad:
            self.refuse(name, value, str(bad))
        return Span(date.first, date.last, date.precision)

    def moment(self, name: str) -> Span:
        """A `{date: …, precision: …}` block, whose precision is what the date itself shows."""
        return self.part(name).partial("date")

    def days(self, first: str, last: str) -> tuple[dt.date, dt.date]:
        """Two dates that must be known, in order."""
        start, end = self.partial(first).first, self.partial(last).last
        if start is None or end is None or end < start:
            self.refuse(first, self.get(first), _("Write both days, the first one first."))
        return start, end

    def span(self, name: str) -> Span:
        """A `{start, end, precision}` block of a fact."""
        block = self.part(name)
        first, last = block.partial("start"), block.partial("end")
        word = block.get("precision", "unknown")
        # Days within a few weeks: the bounds are kept, the word is the next coarser one.
        precision = {"day_range": "month", "week": "month"}.get(word, word)
        return Span(first.first, last.last, precision)

    def point(self) -> tuple[Decimal | None, Decimal | None]:
        """`latitude` and `longitude` of a block in degrees; both or neither."""
        latitude, longitude = (self.get(axis) for axis in AXES)
        if latitude is None and longitude is None:
            return None, None
        for axis, limit in AXES.items():
            value = self.get(axis)
            if value is None or not -limit <= value <= limit:
                remedy = _("Write degrees between -%(limit)d and %(limit)d.") % {"limit": limit}
                self.refuse(axis, value, remedy)
        return Decimal(str(latitude)), Decimal(str(longitude))

    def triple(self) -> tuple[int | None, int | None, int | None]:
        """`low`, `best` and `high` of a block: not negative and in order."""
        values = (self.get("low"), self.get("best"), self.get("high"))
        known = [value for value in values if value is not None]
        if known != sorted(known) or any(value < 0 for value in known):
            remedy = _("Write 0 <= low <= best <= high, null if unknown.")
            self.refuse("low, best, high", values, remedy)
        return values


@dataclass(frozen=True)
class Book:
    """All seed files of a folder, read and split into rows."""

    folder: Path = DATA
    files: dict[str, Any] = field(default_factory=dict)
    sections: dict[tuple[str, str], list[Row]] = field(default_factory=dict)

    def rows(self, file: str, section: str, *key: str) -> list[Row]:
        """Rows of a section; `key` names the fields that identify a row (`slug` if none)."""
        if (file, section) not in self.sections:
            self.sections[file, section] = list(self._rows(file, section, *key))
        return self.sections[file, section]

    def _rows(self, file: str, section: str, *key: str) -> Iterator[Row]:
        seen = set()
        for data in self._section(file, section):
            slug = " ".join(str(data.get(name)) for name in key or ("slug",))
            row = Row(file, section, slug, data)
            if not key and not SLUG.fullmatch(slug):
                row.refuse("slug", slug, _("Use small letters, digits and single hyphens."))
            if slug in seen:
                row.refuse(", ".join(key) or "slug", slug, _("It occurs twice; remove one."))
            seen.add(slug)
            yield row

    def count(self) -> int:
        """How many rows all files hold."""
        books = [self._read(path.name) for path in self.folder.glob("*.yaml")]
        parts = [part for book in books for part in book.values() if isinstance(part, list)]
        return sum(len(part) for part in parts if part and isinstance(part[0], dict))

    def _section(self, file: str, section: str) -> list[dict[str, Any]]:
        found = self._read(file).get(section)
        if not isinstance(found, list):
            raise SeedRefused(
                _("%(file)s has no list %(section)s; add it.") % {"file": file, "section": section}
            )
        return found

    def _read(self, file: str) -> dict[str, Any]:
        if file not in self.files:
            try:
                text = (self.folder / file).read_bytes()
                self.files[file] = yaml.load(text, Loader=_Loader) or {}  # noqa: S506 - a safe loader
            except FileNotFoundError:
                raise SeedRefused(_("%(file)s is missing; restore it.") % {"file": file}) from None
            except yaml.YAMLError as bad:
                raise SeedRefused(f"{file}: {bad}") from None
        found: dict[str, Any] = self.files[file]
        return found


def digest(paths: Iterable[Path]) -> str:
    """One digest of the files' names and contents."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
