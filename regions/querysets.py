"""World time: what was in force on a day, and who belonged to what."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from regions.models import RegionalBody

OPEN_START = Q(starts_on__isnull=True)
OPEN_END = Q(ends_on__isnull=True)


class PeriodQuerySet(models.QuerySet[Any]):
    """Rows with `starts_on` and `ends_on`, both days included; NULL means open."""

    def on(self, day: dt.date) -> Self:
        """In force on `day`."""
        return self.filter(OPEN_START | Q(starts_on__lte=day), OPEN_END | Q(ends_on__gte=day))

    def between(self, first: dt.date, last: dt.date) -> Self:
        """In force on at least one day from `first` to `last`."""
        return self.filter(OPEN_START | Q(starts_on__lte=last), OPEN_END | Q(ends_on__gte=first))


class CountryQuerySet(models.QuerySet[Any]):
    def in_scope(self) -> Self:
        """African states: where incidents are recorded."""
        return self.filter(in_scope=True)

    def members_as_of(self, body: "RegionalBody", day: dt.date) -> Self:
        """States that were full members of `body` on `day`; a suspended member is still one."""
        memberships = body.memberships.filter(status="member").on(day)
        return self.filter(pk__in=memberships.values("country_id"))
