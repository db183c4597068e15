"""What may be asked of campaigns and of types of incident."""

import datetime as dt
from typing import Any

from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from core.paging import Key, Ordering
from core.parameters import TermsField
from core.questions import Parameter
from core.viewsets import ReferenceQuestion
from incidents.choices import CampaignKind, CampaignStatus, TypeGroup
from regions.filters import COUNTRY, ON

# Conditions come first, then what is largest in time and place last; the latest start first.
RANK = Case(*(When(kind=kind, then=Value(rank)) for rank, kind in enumerate(CampaignKind)))
STARTED = Coalesce("starts_on", Value(dt.date.min))


class CampaignFilter(ReferenceQuestion):
    """Which conflicts, episodes, series, campaigns and conditions."""

    order = Ordering(
        "kind",
        (Key("rank", int, RANK), Key("started", dt.date, STARTED), Key("slug")),
        descending=True,
    )

    kind = Parameter(
        TermsField(known=CampaignKind.values, help_text=gettext_lazy("Kinds of campaign.")),
        "kind",
        "in",
    )
    status = Parameter(
        TermsField(known=CampaignStatus.values, help_text=gettext_lazy("Whether it goes on.")),
        "status",
        "in",
    )
    country = Parameter(COUNTRY, "countries__iso3", "in", distinct=True)
    on = Parameter(ON, method="in_force")

    def in_force(self, queryset: Any, name: str, day: Any) -> Any:
        return queryset.filter(starts_on__isnull=False).on(day)


class TypeFilter(ReferenceQuestion):
    """Which types of incident."""

    order = Ordering("code", (Key("code"),))

    group = Parameter(
        TermsField(known=TypeGroup.values, help_text=gettext_lazy("Groups of types.")),
        "group",
        "in",
    )
