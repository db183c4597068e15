"""Sums over the record: queryset in, frozen rows out. The only place where harm is added up.

Rules (domain reference B6): lows are summed where known; bests are summed with the low standing
in where no best is known, and then the sum is a minimum; highs are summed only where every high is
known. A combined toll counts once where all incidents that it covers are in the question, instead
of their own shares. Attackers' deaths are a line of their own.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models
from django.db.models import (
    Avg,
    Count,
    ExpressionWrapper,
    F,
    Func,
    Max,
    Q,
    Sum,
)
from django.db.models.functions import Coalesce, Floor, Trunc

from incidents.querysets import RecordQuerySet

HARMS = ("killed", "wounded", "abducted", "displaced", "attackers_killed")
CERTAIN = ("confirmed", "probable")


class HarmSum(NamedTuple):
    """People harmed, summed over incidents.

    `is_minimum`: a low stood in for a missing best. `high` is None where some incident has no
    high: "at least". `missing` counts the incidents that give no figure at all.
    """

    low: int = 0
    best: int = 0
    high: int | None = 0
    is_minimum: bool = False
    missing: int = 0

    def as_dict(self) -> dict[str, Any]:
        return self._asdict()

    def __add__(self, other: "HarmSum") -> "HarmSum":  # type: ignore[override]
        """Of other incidents as well."""
        unknown = self.high is None or other.high is None
        return HarmSum(
            low=self.low + other.low,
            best=self.best + other.best,
            high=None if unknown else (self.high or 0) + (other.high or 0),
            is_minimum=self.is_minimum or other.is_minimum,
            missing=self.missing + other.missing,
        )


@dataclass(frozen=True)
class Totals:
    """Every harm over a set of incidents, and the rule that joined combined tolls."""

    incidents: int
    killed: HarmSum
    wounded: HarmSum
    abducted: HarmSum
    displaced: HarmSum
    attackers_killed: HarmSum
    combined_tolls: int = 0
    mixed_scopes: bool = False

    @property
    def rule(self) -> str:
        """The machine name of the counting rule that was used for `killed`."""
        return "combined_tolls_once" if self.combined_tolls else "sum_of_incidents"


class Group(NamedTuple):
    """One row of a breakdown: `key` is a code, slug or date."""

    key: Any
    incidents: int
    killed: HarmSum


@dataclass(frozen=True)
class ActorGroup:
    """Deaths by actor. `certainty`: attributed, suspected, accused, or party (no direction)."""

    actor: str
    certainty: str
    incidents: int
    killed: HarmSum


def one(low: int | None, best: int | None, high: int | None) -> HarmSum:
    """The figures of a single incident, ready to be added to those of others."""
    known = low if best is None else best
    return HarmSum(
        low=low or 0,
        best=known or 0,
        high=high,
        is_minimum=best is None and low is not None,
        missing=int(low is None and best is None and high is None),
    )


def _sums(harm: str) -> dict[str, Any]:
    low, best, high = f"{harm}_low", f"{harm}_best", f"{harm}_high"
    return {
        f"{harm}__low": Coalesce(Sum(low), 0),
        f"{harm}__best": Coalesce(Sum(Coalesce(best, low)), 0),
        f"{harm}__high": Coalesce(Sum(high), 0),
        f"{harm}__stand_ins": Count(
            "seq", filter=Q(**{f"{best}__isnull": True, f"{low}__isnull": False})
        ),
        f"{harm}__no_high": Count("seq", filter=Q(**{f"{high}__isnull": True})),
        f"{harm}__missing": Count(
            "seq",
            filter=Q(**{f"{low}__isnull": True, f"{best}__isnull": True, f"{high}__isnull": True}),
        ),
    }


def _harm(row: dict[str, Any], harm: str) -> HarmSum:
    return HarmSum(
        low=row[f"{harm}__low"],
        best=row[f"{harm}__best"],
        high=None if row[f"{harm}__no_high"] else row[f"{harm}__high"],
        is_minimum=row[f"{harm}__stand_ins"] > 0,
        missing=row[f"{harm}__missing"],
    )


def _count_tolls_once(
    rows: RecordQuerySet, key: str | None, sums: dict[Any, dict[str, Any]]
) -> dict[Any, int]:
    """Replace, in `sums`, the shares of complete combined tolls by the toll; return how many."""
    used: dict[Any, int] = defaultdict(int)
    by = ("toll_id", key) if key else ("toll_id",)
    tolls = (
        rows.filter(toll_id__isnull=False)
        .order_by()
        .values(*by)
        .annotate(
            covered=Count("seq"),
            size=Max("toll_size"),
            low=Max("toll_low"),
            best=Max("toll_best"),
            high=Max("toll_high"),
            **_sums("killed"),
        )
        .filter(covered=F("size"))
    )
    for toll in tolls:
        group = toll[key] if key else None
        row = sums[group]
        best = toll["low"] if toll["best"] is None else toll["best"]
        row["killed__low"] += (toll["low"] or 0) - toll["killed__low"]
        row["killed__best"] += (best or 0) - toll["killed__best"]
        row["killed__high"] += (toll["high"] or 0) - toll["killed__high"]
        row["killed__stand_ins"] += (toll["best"] is None) - toll["killed__stand_ins"]
        row["killed__no_high"] += (toll["high"] is None) - toll["killed__no_high"]
        row["killed__missing"] -= toll["killed__missing"]
        used[group] += 1
    return used


def totals(rows: RecordQuerySet) -> Totals:
    """Every harm over `rows`."""
    rows = rows.order_by()
    annotations: dict[str, Any] = {"incidents": Count("seq")}
    for harm in HARMS:
        annotations |= _sums(harm)
    annotations["scopes"] = Count(
        "killed_scope", distinct=True, filter=Q(killed_best__isnull=False)
    )
    row = rows.aggregate(**annotations)
    used = _count_tolls_once(rows, None, {None: row})
    return Totals(
        incidents=row["incidents"],
        combined_tolls=used[None],
        mixed_scopes=row["scopes"] > 1,
        **{harm: _harm(row, harm) for harm in HARMS},
    )


def by(rows: RecordQuerySet, column: str) -> list[Group]:
    """Incidents and deaths for each value of a plain column (`country`, `type`, `dataset`, …)."""
    found = rows.order_by().values(column).annotate(incidents=Count("seq"), **_sums("killed"))
    sums = {row[column]: row for row in found}
    _count_tolls_once(rows, column, sums)
    groups = [Group(key, row["incidents"], _harm(row, "killed")) for key, row in sums.items()]
    return sorted(groups, key=lambda group: (-group.killed.best, -group.incidents, str(group.key)))


def by_term(rows: RecordQuerySet, column: str) -> list[Group]:
    """The same for each value of a list column (`targets`, `weapons`, `actors`, `bodies`, …).

    An incident with several values counts once in each: these rows do not add up to the total.
    """
    term = Func(F(column), function="unnest", output_field=models.TextField())
    rows = rows.order_by().annotate(term=term)
    found = rows.values("term").annotate(incidents=Count("seq"), **_sums("killed"))
    sums = {row["term"]: row for row in found}
    _count_tolls_once(rows, "term", sums)
    groups = [Group(key, row["incidents"], _harm(row, "killed")) for key, row in sums.items()]
    return sorted(groups, key=lambda group: (-group.incidents, str(group.key)))


def harm_by_term(rows: RecordQuerySet, column: str, harm: str) -> dict[str, HarmSum]:
    """People harmed otherwise than killed, or attackers killed, for each value of a list column."""
    term = Func(F(column), function="unnest", output_field=models.TextField())
    found = rows.order_by().annotate(term=term).values("term").annotate(**_sums(harm))
    return {row["term"]: _harm(row, harm) for row in found}


def by_period(rows: RecordQuerySet, interval: str) -> list[Group]:
    """Incidents and deaths by the day, week, month, quarter or year of their first day."""
    period = Trunc("date_start", interval, output_field=models.DateField())
    rows = rows.order_by().annotate(period=period)
    found = rows.values("period").annotate(incidents=Count("seq"), **_sums("killed"))
    sums = {row["period"]: row for row in found}
    _count_tolls_once(rows, "period", sums)
    groups = [Group(key, row["incidents"], _harm(row, "killed")) for key, row in sums.items()]
    return sorted(groups, key=lambda group: group.key)


def by_actor(rows: RecordQuerySet) -> list[ActorGroup]:
    """Deaths by actor; suspected and disputed attributions are rows of their own.

    An incident with several perpetrators counts once for each of them.
    """
    sure = Q(attribution__in=CERTAIN)
    groups = [
        *_in_role(rows.filter(sure), "perpetrator", "attributed"),
        *_in_role(rows.exclude(sure), "perpetrator", "suspected"),
        *_in_role(rows, "accused", "accused"),
        *_in_role(rows, "party", "party"),
    ]
    return sorted(groups, key=lambda group: (-group.killed.best, -group.incidents, group.actor))


def _in_role(rows: RecordQuerySet, role: str, certainty: str) -> Iterable[ActorGroup]:
    for group in by_term(rows, "actor_roles"):
        actor, _colon, part = str(group.key).rpartition(":")
        if part == role:
            yield ActorGroup(actor, certainty, group.incidents, group.killed)


class Cell(NamedTuple):
    """A square of a map grid: incidents at their mean shown point, in degrees.

    `imprecise` counts those whose place is known no better than an area.
    """

    latitude: float
    longitude: float
    incidents: int
    imprecise: int
    killed: HarmSum


PLACED = ("exact", "near")


def by_cell(rows: RecordQuerySet, degrees: float) -> list[Cell]:
    """Incidents and deaths on a grid of `degrees`, from shown points only."""
    column = Floor((F("longitude") + 180.0) / degrees, output_field=models.BigIntegerField())
    row = Floor((F("latitude") + 90.0) / degrees, output_field=models.BigIntegerField())
    cell = ExpressionWrapper(column * 1_000_000 + row, output_field=models.BigIntegerField())
    rows = rows.order_by().filter(latitude__isnull=False).annotate(cell=cell)
    found = rows.values("cell").annotate(
        incidents=Count("seq"),
        imprecise=Count("seq", filter=~Q(geo_precision__in=PLACED)),
        mean_latitude=Avg("latitude"),
        mean_longitude=Avg("longitude"),
        **_sums("killed"),
    )
    sums = {row["cell"]: row for row in found}
    _count_tolls_once(rows, "cell", sums)
    return [
        Cell(
            round(float(sums[key]["mean_latitude"]), 4),
            round(float(sums[key]["mean_longitude"]), 4),
            sums[key]["incidents"],
            sums[key]["imprecise"],
            _harm(sums[key], "killed"),
        )
        for key in sorted(sums)
    ]
