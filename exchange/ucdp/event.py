"""One UCDP row in Vigil's words: checked, typed, nothing looked up but the country."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import TypeVar

from django.utils.translation import gettext as _

from core.choices import MAX_WIDTH_DAYS, DatePrecision
from core.dates import narrowest_precision
from exchange.ucdp.countries import Countries
from exchange.ucdp.reading import clean
from exchange.ucdp.versions import Version
from incidents.choices import Attribution, Clarity, GeoPrecision, Role, TargetType
from regions.models import Country

# Raise when the meaning of a stored row changes: the next import then corrects every row.
MAPPING = "1"

WHERE_PRECISION = {
    1: GeoPrecision.EXACT,
    2: GeoPrecision.NEAR,
    3: GeoPrecision.ADMIN2,
    4: GeoPrecision.ADMIN1,
    5: GeoPrecision.LINEAR,
    6: GeoPrecision.COUNTRY,
    7: GeoPrecision.SEA_AIR,
}
DATE_PRECISION = {
    1: DatePrecision.DAY,
    2: DatePrecision.DAY_RANGE,
    3: DatePrecision.WEEK,
    4: DatePrecision.MONTH,
    5: DatePrecision.QUARTER,
}
ONE_SIDED = 3
REPLACED = "\N{REPLACEMENT CHARACTER}"
_INTEGER = re.compile(r"-?\d{1,12}(?:\.0+)?")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00:00(?:\.0+)?)?")
Value = TypeVar("Value")


class RowRefused(Exception):
    """A row that cannot be taken: the column, its value and the reason in plain words."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason


@dataclass(frozen=True)
class Event:
    """What Vigil keeps of one row. `low`, `best`, `high` are ordered; `reported` is verbatim."""

    id: str
    relid: str
    kind: int
    iso3: str
    side_a: str
    side_b: str
    date_start: dt.date
    date_end: dt.date
    date_precision: str
    is_multiday: bool
    clarity: str
    place: str
    description: str
    adm_1: str
    adm_2: str
    latitude: Decimal
    longitude: Decimal
    precision: str
    low: int
    best: int
    high: int
    reported: tuple[int, int, int] | None
    deaths: tuple[int | None, int | None, int | None, int | None]
    flags: tuple[str, ...]
    is_clear: bool
    speaker: str
    articles: str
    sources: int | None

    @cached_property
    def digest(self) -> str:
        """Equal for rows with equal content, however their file wrote it."""
        content = [str(getattr(self, name)) for name in self.__dataclass_fields__]
        return hashlib.sha256("\x1f".join([MAPPING, *content]).encode()).hexdigest()

    @property
    def is_one_sided(self) -> bool:
        return self.kind == ONE_SIDED

    @property
    def targets(self) -> list[str]:
        return [TargetType.CIVILIANS] if self.is_one_sided else []

    @property
    def parties(self) -> tuple[tuple[str, Role], ...]:
        """UCDP names the sides of a fight without a direction; one-sided violence has one."""
        if self.is_one_sided:
            return ((self.side_a, Role.PERPETRATOR),)
        return ((self.side_a, Role.PARTY), (self.side_b, Role.PARTY))

    @property
    def attribution(self) -> Attribution:
        """Of the perpetrator: UCDP's coding makes it probable; a fight names no perpetrator."""
        return Attribution.PROBABLE if self.is_one_sided else Attribution.UNKNOWN


@dataclass(frozen=True)
class RowReader:
    """Turns the cells of a file into events."""

    at: Mapping[str, int]
    countries: Countries

    def event(self, cells: Sequence[str]) -> Event:
        """Raises RowRefused naming the first column that cannot be taken."""
        if len(cells) != len(self.at):
            raise RowRefused(
                "*",
                str(len(cells)),
                _("The row has %(found)d columns, the header has %(wanted)d.")
                % {"found": len(cells), "wanted": len(self.at)},
            )
        return _Row(self.at, cells).event(self.countries)

    def version(self, cells: Sequence[str], fallback: Version | None) -> Version:
        """Of the row where the file says it, else of the file."""
        position = self.at.get("_ver")
        label = clean(cells[position]) if position is not None and position < len(cells) else ""
        if label:
            return Version(label[:20])
        if fallback is None:
            raise RowRefused("_ver", "", _("The row does not say its version."))
        return fallback


class _Row:
    def __init__(self, at: Mapping[str, int], cells: Sequence[str]) -> None:
        self.at, self.cells = at, cells

    def raw(self, column: str) -> str:
        position = self.at.get(column)
        return "" if position is None else self.cells[position].strip()

    def text(self, column: str, *, required: bool = False) -> str:
        value = clean(self.raw(column))
        if required and not value:
            raise RowRefused(column, "", _("A value is needed here."))
        if required and REPLACED in value:
            raise RowRefused(column, value, _("The text is damaged; the file is not clean UTF-8."))
        return value

    def integer(self, column: str, *, required: bool = False) -> int | None:
        value = self.raw(column)
        if not value and not required:
            return None
        if not _INTEGER.fullmatch(value):
            raise RowRefused(column, value, _("This is not a whole number."))
        return int(value.partition(".")[0])

    def deaths(self, column: str, *, required: bool = False) -> int | None:
        value = self.integer(column, required=required)
        if value is not None and not 0 <= value < 2**31:
            raise RowRefused(column, str(value), _("A number of deaths lies between 0 and 2^31."))
        return value

    def toll(self, column: str) -> int:
        return self.deaths(column, required=True) or 0

    def code(self, column: str, words: Mapping[int, Value]) -> Value | None:
        value = self.integer(column)
        if value is None:
            return None
        if value not in words:
            known = ", ".join(map(str, words))
            raise RowRefused(column, str(value), _("The codes are %(codes)s.") % {"codes": known})
        return words[value]

    def date(self, column: str) -> dt.date | None:
        value = self.raw(column)
        if not value:
            return None
        match = _DATE.fullmatch(value)
        try:
            return dt.date(*map(int, match.groups())) if match else _bad_date(column, value)
        except ValueError:
            return _bad_date(column, value)

    def degrees(self, column: str, limit: int) -> Decimal:
        value = self.raw(column)
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) > limit:
            raise RowRefused(
                column,
                value,
                _("Coordinates are decimal degrees between -%(limit)d and %(limit)d.")
                % {"limit": limit},
            )
        return round(number, 6)

    def country(self, countries: Countries) -> Country:
        number, name = self.integer("country_id"), self.text("country", required=True)
        found = countries.of_event(number, name)
        if found is None:
            raise RowRefused(
                "country", f"{name} ({number})", _("Vigil does not know this country.")
            )
        if not found.in_scope:
            raise RowRefused("country", name, _("The country is outside Africa."))
        return found

    def identifier(self) -> str:
        number = self.integer("id", required=True) or 0
        if number <= 0:
            raise RowRefused("id", str(number), _("An event id is a positive number."))
        return str(number)

    def sides(self, kind: int) -> tuple[str, str]:
        side_a, side_b = self.text("side_a", required=True), self.text("side_b", required=True)
        if kind != ONE_SIDED and side_a == side_b:
            raise RowRefused("side_b", side_b, _("Both sides are the same."))
        return side_a, side_b

    def figures(self) -> tuple[tuple[int, int, int], tuple[int, int, int] | None]:
        """The ordered triple, and the source's own where that breaks low <= best <= high."""
        said = (self.toll("low"), self.toll("best"), self.toll("high"))
        low, best, high = min(said), said[1], max(said)
        return (low, best, high), None if (low, best, high) == said else said

    def event(self, countries: Countries) -> Event:
        identifier = self.identifier()
        kind = self.code("type_of_violence", {1: 1, 2: 2, 3: 3})
        if kind is None:
            raise RowRefused("type_of_violence", "", _("A value is needed here."))
        side_a, side_b = self.sides(kind)
        figures, reported = self.figures()
        start, end, said, lasted = self.dates()
        precision = self.code("where_prec", WHERE_PRECISION)
        clarity = self.code("event_clarity", {1: Clarity.INDIVIDUAL, 2: Clarity.AGGREGATE})
        sources = self.integer("number_of_sources")
        event = Event(
            id=identifier, relid=self.text("relid"), kind=kind,
            iso3=self.country(countries).iso3, side_a=side_a, side_b=side_b,
            date_start=start, date_end=end, date_precision=said, is_multiday=lasted,
            clarity=clarity or Clarity.INDIVIDUAL,
            place=self.text("where_coordinates")[:300],
            description=self.text("where_description")[:400],
            adm_1=self.text("adm_1")[:150], adm_2=self.text("adm_2")[:150],
            latitude=self.degrees("latitude", 90), longitude=self.degrees("longitude", 180),
            precision=precision or GeoPrecision.NEAR,
            low=figures[0], best=figures[1], high=figures[2], reported=reported,
            deaths=(
                self.deaths("deaths_a"), self.deaths("deaths_b"),
                self.deaths("deaths_civilians"), self.deaths("deaths_unknown"),
            ),
            flags=(),
            is_clear=self.text("code_status") in ("", "Clear"),
            speaker=self.text("source_original")[:300],
            articles=self.text("source_article"),
            sources=sources if sources is not None and sources >= 0 else None,
        )  # fmt: skip
        found = {
            "figures_disagree": reported is not None,
            "date_precision_not_recorded": not self.raw("date_prec"),
            "geo_precision_not_recorded": precision is None,
            "clarity_not_recorded": clarity is None,
        }
        return replace(event, flags=tuple(flag for flag, holds in found.items() if holds))

    def dates(self) -> tuple[dt.date, dt.date, str, bool]:
        """First day, last day, the narrowest precision true of them, and whether it lasted."""
        start = self.date("date_start")
        if start is None:
            raise RowRefused("date_start", "", _("A value is needed here."))
        end = self.date("date_end") or start
        width = (end - start).days
        if width < 0:
            raise RowRefused("date_end", str(end), _("The event ends before it begins."))
        said = self.code("date_prec", DATE_PRECISION)
        if said != DatePrecision.DAY and width > MAX_WIDTH_DAYS[DatePrecision.YEAR]:
            raise RowRefused("date_end", str(end), _("The dates are more than a year apart."))
        if said is None or (said != DatePrecision.DAY and width > MAX_WIDTH_DAYS[said]):
            said = narrowest_precision(width)
        return start, end, said, said == DatePrecision.DAY and width > 0


def _bad_date(column: str, value: str) -> dt.date:
    raise RowRefused(column, value, _("Dates are written YYYY-MM-DD."))
