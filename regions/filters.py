"""Which countries, areas, bodies and missions."""

from typing import Any

from django.utils.translation import gettext_lazy

from core.pages import OneDayField
from core.paging import Key, Ordering
from core.parameters import BooleanField, TermsField
from core.questions import Parameter
from core.viewsets import ReferenceQuestion
from regions.choices import AuRegion, BodyKind, MissionKind
from regions.models import Country, RegionalBody

BY_SLUG = Ordering("slug", (Key("slug"),))


def countries(terms: list[str]) -> set[str]:
    return set(Country.objects.filter(iso3__in=terms).values_list("iso3", flat=True))


def bodies(terms: list[str]) -> set[str]:
    return set(RegionalBody.objects.filter(slug__in=terms).values_list("slug", flat=True))


COUNTRY = TermsField(
    known=countries,
    remedy=gettext_lazy("The list is at /api/v1/countries/."),
    help_text=gettext_lazy("Countries by ISO 3166 code."),
    example="MLI,NER",
)
BODY = TermsField(
    known=bodies,
    remedy=gettext_lazy("The list is at /api/v1/bodies/."),
    help_text=gettext_lazy("Bodies by slug."),
    example="ecowas",
)
ON = OneDayField(help_text=gettext_lazy("Only those in force on this day."))


class CountryFilter(ReferenceQuestion):
    """Countries by region, by scope, or by membership on a day."""

    order = Ordering("iso3", (Key("iso3"),))

    region = Parameter(
        TermsField(known=AuRegion.values, help_text=gettext_lazy("Regions of the African Union.")),
        "au_region",
        "in",
    )
    in_scope = Parameter(
        BooleanField(help_text=gettext_lazy("true: African states, where incidents are recorded.")),
        "in_scope",
    )


class AreaFilter(ReferenceQuestion):
    """Administrative areas of countries."""

    order = BY_SLUG

    country = Parameter(COUNTRY, "country__iso3", "in")
    on = Parameter(ON, method="in_force")

    def in_force(self, queryset: Any, name: str, day: Any) -> Any:
        return queryset.on(day)


class BodyFilter(ReferenceQuestion):
    """Regional bodies by kind."""

    order = BY_SLUG

    kind = Parameter(
        TermsField(known=BodyKind.values, help_text=gettext_lazy("Kinds of body.")), "kind", "in"
    )


class MissionFilter(ReferenceQuestion):
    """Missions by kind, mandating body and day."""

    order = Ordering("name", (Key("name"), Key("slug")))

    kind = Parameter(
        TermsField(known=MissionKind.values, help_text=gettext_lazy("Kinds of mission.")),
        "kind",
        "in",
    )
    body = Parameter(BODY, "mandating_body__slug", "in")
    on = Parameter(ON, method="in_force")

    def in_force(self, queryset: Any, name: str, day: Any) -> Any:
        return queryset.filter(starts_on__isnull=False).on(day)
