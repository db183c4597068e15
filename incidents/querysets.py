"""Adjectives of the record. Every public question is a chain of these words."""

import datetime as dt
import math
from collections.abc import Iterable
from typing import Any, Self, cast

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Radians

from incidents.saying import read

EARTH_RADIUS_KM = 6371.0088  # IUGG mean radius
KM_PER_DEGREE = EARTH_RADIUS_KM * math.pi / 180


def box_around(latitude: float, longitude: float, km: float) -> tuple[float, ...]:
    """West, south, east and north of a box that holds the circle, in degrees."""
    reach = km / KM_PER_DEGREE
    north, south = min(latitude + reach, 90.0), max(latitude - reach, -90.0)
    widest = max(abs(north), abs(south))
    sideways = 180.0 if widest >= 89.0 else reach / math.cos(math.radians(widest))
    return longitude - sideways, south, longitude + sideways, north


@models.BigIntegerField.register_lookup
class Among(models.Lookup):
    """Whether a number is one of many, which travel as one array: `in` sends each by itself."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, list(self.rhs)]


class RecordQuerySet(models.QuerySet[Any]):
    """Versions of published incidents."""

    def current(self) -> Self:
        """What Vigil says now: the open version of each listed incident."""
        return self.filter(valid_to__isnull=True, is_listed=True)

    def as_of(self, moment: dt.datetime) -> Self:
        """What Vigil said at `moment`."""
        return self.open_at(moment).filter(is_listed=True)

    def open_at(self, moment: dt.datetime) -> Self:
        """The version of each incident that stood at `moment`, tombstones included."""
        open_then = Q(valid_to__isnull=True) | Q(valid_to__gt=moment)
        return self.filter(open_then, valid_from__lte=moment)

    def as_of_seq(self, seq: int) -> Self:
        """What Vigil said when the record's tip was `seq`; exact where moments could tie."""
        newer = self.model._default_manager.filter(
            public_id=models.OuterRef("public_id"),
            version__gt=models.OuterRef("version"),
            seq__lte=seq,
        )
        return self.filter(~models.Exists(newer), seq__lte=seq, is_listed=True)

    def numbered(self, seqs: Iterable[int]) -> Self:
        """The versions with these numbers, however many."""
        return self.filter(seq__among=list(seqs))

    def between(self, start: dt.date | None, end: dt.date | None) -> Self:
        """Whose dates overlap `start` to `end`, both included; None is open."""
        rows = self
        if start is not None:
            rows = rows.filter(date_end__gte=start)
        if end is not None:
            rows = rows.filter(date_start__lte=end)
        return rows

    def involving(self, actors: Iterable[str], roles: Iterable[str] = ()) -> Self:
        """With one of these actor slugs, in one of these roles where roles are given."""
        slugs, wanted = list(actors), list(roles)
        if not wanted:
            return self.filter(actors__overlap=slugs)
        pairs = [f"{slug}:{role}" for slug in slugs for role in wanted]
        return self.filter(actor_roles__overlap=pairs)

    def not_involving(self, actors: Iterable[str], roles: Iterable[str] = ()) -> Self:
        """Without any of these actor slugs, or without them in any of these roles."""
        slugs, wanted = list(actors), list(roles)
        if not wanted:
            return self.exclude(actors__overlap=slugs)
        pairs = [f"{slug}:{role}" for slug in slugs for role in wanted]
        return self.exclude(actor_roles__overlap=pairs)

    def naming(self, column: str, term: Any) -> Self:
        """Whose list `column` has the term, which is a column of an outer query.

        Said in two ways that mean the same: the planner supposes that a term which it does not
        know is in every 200th row, and would read the whole record for one that is in none.
        """
        return self.filter(**{f"{column}__contains": [term], f"{column}__overlap": [term]})

    def within_body(self, bodies: Iterable[str]) -> Self:
        """In a country that was a member of one of these bodies on the day."""
        return self.filter(bodies__overlap=list(bodies))

    def within_box(self, west: float, south: float, east: float, north: float) -> Self:
        """Whose shown point lies in the box, in degrees; incidents without a point are left out."""
        return self.filter(
            longitude__gte=west, longitude__lte=east, latitude__gte=south, latitude__lte=north
        )

    def near(self, latitude: float, longitude: float, km: float) -> Self:
        """Whose shown point lies within `km` of a point on the sphere (haversine)."""
        here, there = Radians(Value(latitude)), Radians(F("latitude"))
        half_lat = (there - here) / 2.0
        half_lon = (Radians(F("longitude")) - Radians(Value(longitude))) / 2.0

        def squared_sine(angle: Any) -> Any:
            return Func(angle, function="sin", output_field=models.FloatField()) ** 2

        def cosine(angle: Any) -> Any:
            return Func(angle, function="cos", output_field=models.FloatField())

        chord = squared_sine(half_lat) + cosine(here) * cosine(there) * squared_sine(half_lon)
        distance = (
            2
            * EARTH_RADIUS_KM
            * Func(Func(chord, function="sqrt"), function="asin", output_field=models.FloatField())
        )
        # The box is a superset of the circle and has an index; the sphere decides within it.
        boxed = self.within_box(*box_around(latitude, longitude, km))
        return boxed.alias(distance_km=distance).filter(distance_km__lte=km)

    def saying(self, text: str) -> Self:
        """That contain the words, in English or French, accents ignored.

        Where no incident contains them all, those with the words that they are misspelt for.
        """
        return cast(Self, read(self, text).rows)
