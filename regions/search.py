"""What this room can find: countries, areas, regional bodies, missions."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import prose
from core.search import Named, Names, register
from core.templatetags.prose import named
from regions.models import AdminArea, Country, Mission, RegionalBody


def _country(row: Country) -> Named:
    region = str(row.get_au_region_display()) if row.au_region else ""
    return Named(named(row), reverse("regions:country", args=[row.iso3]), [region])


def _area(row: AdminArea) -> Named:
    details = [str(row.get_kind_display()), named(row.country)]
    return Named(row.name, reverse("regions:area", args=[row.slug]), details)


def _body(row: RegionalBody) -> Named:
    details = [named(row, "short_name"), str(row.get_kind_display())]
    return Named(named(row), reverse("regions:body", args=[row.slug]), details)


def _mission(row: Mission) -> Named:
    since = prose.partial(row.starts_on, row.start_precision) if row.starts_on else ""
    details = [row.short_name, str(row.get_kind_display()), since]
    return Named(row.name, reverse("regions:mission", args=[row.slug]), details)


register(
    Names(
        "country",
        _("Countries"),
        rows=Country.objects.all,
        columns=("name", "name_fr", "iso3"),
        lists=("aliases",),
        key="iso3",
        show=_country,
    )
)
register(
    Names(
        "area",
        _("Areas"),
        rows=lambda: AdminArea.objects.select_related("country"),
        lists=("aliases",),
        show=_area,
    )
)
register(
    Names(
        "body",
        _("Regional bodies"),
        rows=RegionalBody.objects.all,
        columns=("name", "name_fr", "short_name", "short_name_fr"),
        lists=("aliases",),
        show=_body,
    )
)
register(
    Names(
        "mission",
        _("Missions"),
        rows=Mission.objects.all,
        columns=("name", "short_name"),
        show=_mission,
    )
)
