"""What a question has for an answer: count, sums, facets, timeline, map cells, order."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np

from core.parameters import Terms
from incidents.columns import cells, conditions, counts, matches, order, periods, sums
from incidents.columns.cells import Place
from incidents.columns.conditions import TERMS, Asked
from incidents.columns.counts import FacetValue
from incidents.columns.layout import HOME, NULL, Flags, Ints, Reals
from incidents.columns.rows import Rows
from incidents.columns.stacks import stacked
from incidents.columns.table import SPOTTED, Table
from incidents.models import PublishedIncident
from incidents.rollups import Cell, Group, HarmSum, Totals

T = TypeVar("T")


class StackedGroup(NamedTuple):
    """One period and, where periods are divided, one value; `key` is the period's first day."""

    key: dt.date
    stack: str | None
    incidents: int
    killed: HarmSum


class Answer:
    """The incidents that one question asks for. Every part is computed once, when asked for."""

    def __init__(self, table: Table, asked: Asked, named: Terms, only: Any = None) -> None:
        self._table = table
        self._asked = asked
        self._named = named
        self._only = only
        self._made: dict[Any, Any] = {}

    def _once(self, key: Any, make: Callable[[], T]) -> T:
        if key not in self._made:
            self._made[key] = make()
        found: T = self._made[key]
        return found

    @cached_property
    def _domain(self) -> Rows:
        rows = conditions.domain(self._table, self._asked.get("as_of"))
        if self._only is None:
            return rows
        return rows.where(rows.of(matches.among(self._table, self._only)))

    @cached_property
    def _flags(self) -> dict[str, Flags]:
        return conditions.flags(self._domain, self._asked)

    @cached_property
    def _rows(self) -> Rows:
        return self._without(None)

    def _without(self, facet: str | None) -> Rows:
        """The rows that meet every condition but that of one facet."""
        if facet is not None and facet not in self._flags:
            return self._rows
        flags = conditions.all_of(f for name, f in self._flags.items() if name != facet)
        return self._domain if flags is None else self._domain.where(flags)

    @property
    def count(self) -> int:
        """How many incidents."""
        return self._rows.size

    @property
    def without_point(self) -> int:
        """How many of them show no point on a map."""
        rows = self._rows
        return rows.once("without point", lambda: int((rows.take("latitude") == NULL).sum()))

    def totals(self) -> Totals:
        """Every harm."""
        return self._rows.once("totals", lambda: sums.totals(self._rows))

    def narrowed(self, **asked: Any) -> "Answer":
        """The answer where these conditions are met besides, or instead of those of their name.

        Values are such as an IncidentQuestion's `cleaned` holds: terms, days, numbers.
        """
        more = {name.rstrip("_"): value for name, value in asked.items()}
        wanted = self._asked | more

        def make() -> Answer:
            found = Answer(self._table, wanted, self._named, self._only)
            if not more.keys() & self._asked.keys():
                found._rows = self._rows_that_are(more)
            return found

        return self._once(("narrowed", conditions.key_of(wanted)), make)

    def of_set(self, dataset: str) -> "Answer":
        """The part of the answer that lies in one data set: data sets are never added up."""
        only = {"dataset": Terms([dataset])}

        def make() -> Answer:
            found = Answer(self._table, self._asked | only, self._named, self._only)
            # Data sets are few: what is summed over one is kept as long as the sums over all.
            found._rows = self._rows.once(("set", dataset), lambda: self._rows_that_are(only))
            return found

        return self._once(("set", dataset), make)

    def _rows_that_are(self, asked: Asked) -> Rows:
        flags = conditions.all_of(conditions.flags(self._rows, asked).values())
        return self._rows if flags is None else self._rows.where(flags)

    def newest(self, limit: int) -> Any:
        """The latest incidents, as rows of the record without their search texts."""
        rows = PublishedIncident.objects.numbered(self.seqs("-date", limit))
        return rows.order_by("-date_start", "-public_id").defer("search", "search_text")

    def incidents(self, column: str) -> dict[str, int]:
        """How many incidents each value of a column has; without deaths this costs little."""
        words = self._rows.table.profiles[HOME[column]].words(column)
        counts = words.spread(self._rows.counts(HOME[column])).tolist()
        return {word: int(n) for word, n in zip(words.words, counts, strict=True) if n}

    def by(self, column: str) -> list[Group]:
        """Incidents and deaths for each value of a column of the record (`country`, `actors` …).

        An incident with several values of a list counts once in each.
        """
        return self._once(("by", column), lambda: self._by(column))

    def _by(self, column: str) -> list[Group]:
        rows = self._rows
        profile = rows.table.profiles[HOME[column]]
        words = profile.words(column)
        by_entry = self._by_entry(HOME[column])
        found = sums.spread(by_entry, words.entry, words.word, len(words.words))
        if words.is_list:
            sums.tolls_once(rows, lambda at: rows.at(HOME[column], at), found, words)
        else:
            sums.tolls_once(rows, lambda at: words.word[rows.at(HOME[column], at)], found)
        groups = [
            Group(words.words[word], row[0], sums.harm_of(row))
            for word, row in sums.occurring(found)
        ]
        if words.is_list:
            return sorted(groups, key=lambda group: (-group.incidents, str(group.key)))
        return sorted(groups, key=lambda g: (-g.killed.best, -g.incidents, str(g.key)))

    def facets(self) -> dict[str, list[FacetValue]]:
        """The values of every attribute that one may ask for, most first.

        The facet's own parameter does not narrow its counts: its values are alternatives.
        """
        return self._once("facets", self._facets)

    def _facets(self) -> dict[str, list[FacetValue]]:
        asked = self._asked
        found = {facet: counts.of_terms(self._without(facet), facet, asked) for facet in TERMS}
        any_actor = self._without("actor")
        found["actor"] = counts.of_actors(any_actor, asked, self._named)
        found["role"] = counts.of_roles(any_actor, asked)
        found["killed"] = counts.of_deaths(self._without("killed"), asked)
        return found

    def _by_entry(self, profile: str) -> Reals:
        """Sums by combination of a profile."""
        return self._rows.once(("by entry", profile), lambda: self._sums_of(profile))

    def _sums_of(self, profile: str) -> Reals:
        size = len(self._table.profiles[profile])
        if profile not in SPOTTED:
            return sums.by_key(self._rows, self._rows.take(profile), size)
        of_spot = getattr(self._table.spots, profile)
        columns = [np.bincount(of_spot, weights=c, minlength=size) for c in self._by_spot.T]
        return np.column_stack(columns)

    def by_period(
        self, interval: str, stack: str | None = None, top: int | None = None
    ) -> list[StackedGroup]:
        """Incidents and deaths by the day, week, month, quarter or year of their first day.

        `stack` names a column that divides the periods; with `top` only its most frequent values
        are told apart, and "" stands for incidents that have none of them.
        """
        key = ("by period", interval, stack, top)
        return self._rows.once(key, lambda: self._by_period(interval, stack, top))

    def _by_period(self, interval: str, stack: str | None, top: int | None) -> list[StackedGroup]:
        number, begins = periods.of(self._rows, interval)
        if stack is None:
            found = sums.by_key(self._rows, number, len(begins))
            sums.tolls_once(self._rows, number.take, found)
            return [
                StackedGroup(begins[period], None, row[0], sums.harm_of(row))
                for period, row in sums.occurring(found)
            ]
        return [
            StackedGroup(begins[period], word, row[0], sums.harm_of(row))
            for period, word, row in stacked(self._rows, number, len(begins), stack, top)
        ]

    @property
    def _by_spot(self) -> Reals:
        """Sums of deaths by spot of the table; combined tolls are still counted in shares."""
        return self._rows.once("by spot", self._sums_of_spots)

    def _sums_of_spots(self) -> Reals:
        rows, spots = self._rows, self._table.spots
        number = rows.of(spots.number)
        if rows.size >= len(spots):
            return sums.by_key(rows, number, len(spots))
        found = np.zeros((len(spots), sums.WIDTH))
        occurring, keys = np.unique(number, return_inverse=True)
        found[occurring] = sums.by_key(rows, keys, len(occurring))
        return found

    def by_cell(self, degrees: float, precisions: tuple[str, ...] | None = None) -> list[Cell]:
        """Incidents and deaths on a grid of `degrees`, from shown points only.

        With `precisions` only incidents whose place is known to one of them.
        """
        return self._once(
            ("by_cell", degrees, precisions),
            lambda: cells.by_cell(self._rows, self._by_spot, degrees, precisions),
        )

    def by_place(
        self, *, without: tuple[str, ...] = (), outlined: tuple[str, ...] = ()
    ) -> list[Place]:
        """Incidents and deaths by shown place, without those known to some precisions.

        Places known to an `outlined` precision have no point: their area or country is shown.
        """
        return self._once(
            ("by_place", without, outlined),
            lambda: cells.by_place(self._rows, self._by_spot, without, outlined),
        )

    def seqs(
        self,
        ordering: str = "-date",
        limit: int | None = None,
        beyond: Sequence[Any] = (),
        *,
        placed: bool = False,
        precisions: tuple[str, ...] | None = None,
    ) -> list[int]:
        """`seq` of the incidents, all or the first `limit` in the ordering.

        `beyond` is the key of a row (as in a cursor) after which to begin; `placed` leaves out
        those without a shown point, `precisions` those whose place is known to no such precision.
        """
        rows = self._rows
        if precisions is not None:
            rows = cells.of_precision(rows, precisions)
        if placed:
            rows = rows.where(rows.take("latitude") != NULL)
        found: Ints = rows.take("seq")[order.first(rows, ordering, limit, beyond)]
        return [int(seq) for seq in found]

    def ids(self, limit: int | None = None, ordering: str = "-date") -> list[str]:
        """Public ids of the incidents, all or the first `limit` in the ordering."""
        rows = self._rows
        places = order.first(rows, ordering, limit, ())
        return [order.public_id(int(number)) for number in rows.take("public_id")[places]]
