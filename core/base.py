"""Abstract bases and constraint builders for every table. No domain nouns here."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now


class Tracked(models.Model):
    """Columns of every table: a public-safe `uuid`, when the row was made and changed, and by whom.

    Defaults live in the database so that set-based SQL fills them too.
    """

    uuid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


class DateRange(Func):
    """PostgreSQL `daterange(start, end, '[]')`: both days included, NULL end is open."""

    function = "DATERANGE"
    template = "%(function)s(%(expressions)s, '[]')"


def ordered(name: str, low: str, high: str) -> models.CheckConstraint:
    """`low <= high` where both are known."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{low}__isnull": True})
        | Q(**{f"{high}__isnull": True})
        | Q(**{f"{low}__lte": F(high)}),
    )


def ordered_triple(name: str, prefix: str = "") -> models.CheckConstraint:
    """`0 <= low <= best <= high` for whichever of the three are known; NULL means unknown."""
    low, best, high = (f"{prefix}{part}" for part in ("low", "best", "high"))

    def pair(a: str, b: str) -> Q:
        return Q(**{f"{a}__isnull": True}) | Q(**{f"{b}__isnull": True}) | Q(**{f"{a}__lte": F(b)})

    def not_negative(a: str) -> Q:
        return Q(**{f"{a}__isnull": True}) | Q(**{f"{a}__gte": 0})

    return models.CheckConstraint(
        name=name,
        condition=pair(low, best)
        & pair(best, high)
        & pair(low, high)
        & not_negative(low)
        & not_negative(best)
        & not_negative(high),
    )


def one_of(name: str, *fields: str) -> models.CheckConstraint:
    """Exactly one of the nullable `fields` is set."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return models.CheckConstraint(name=name, condition=condition)


def no_overlap(name: str, *same: str, condition: Q | None = None) -> ExclusionConstraint:
    """Rows equal in `same` may not overlap; `starts_on` and `ends_on` are both included."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in same),
            (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )
