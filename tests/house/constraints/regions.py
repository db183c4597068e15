"""Countries, areas, bodies, missions."""

import datetime as dt
from typing import Any

from regions.models import AdminArea, Instrument, Membership, Mission, Place
from tests import make
from tests.house.constraints.registry import BACKWARDS, EARLY, LATE, case, change, twice


def mission(slug: str = "m", **more: Any) -> Mission:
    return Mission.objects.create(slug=slug, name=slug, kind="peace_support", **more)


@case("country_iso3_form")
def _() -> None:
    change(make.country(), iso3="ml1")


@case("country_region_iff_african")
def _() -> None:
    change(make.country(), au_region=None)


@case("country_coordinates_valid")
def _() -> None:
    change(make.country(), latitude=91)


def area(slug: str = "a", **more: Any) -> AdminArea:
    values = {"slug": slug, "country": make.country(), "level": 1, "name": "Kayes"} | more
    return AdminArea.objects.create(**values)


@case("area_level_known")
def _() -> None:
    area(level=9)


@case("area_unique_name")
def _() -> None:
    area("a")
    area("b")


@case("area_period_ordered")
def _() -> None:
    area(**BACKWARDS)


@case("area_coordinates_valid")
def _() -> None:
    area(latitude=1, longitude=181)


@case("area_one_below_parent")
def _() -> None:
    area("b", name="Kita", level=3, parent=area("a"))


@case("place_unique_point")
def _() -> None:
    kati = {"name": "Kati", "country": make.country(), "latitude": 1, "longitude": 1}
    twice(lambda: Place.objects.create(**kati))


@case("place_coordinates_valid")
def _() -> None:
    Place.objects.create(name="Kati", country=make.country(), latitude=1)


@case("body_kind_known")
def _() -> None:
    make.body(kind="club")


@case("body_not_own_parent")
def _() -> None:
    own = make.body()
    change(own, parent=own)


@case("body_period_ordered")
def _() -> None:
    make.body(established_on=LATE, dissolved_on=EARLY)


def membership(**more: Any) -> Membership:
    values = {
        "body": make.body(),
        "country": make.country(),
        "status": "member",
        "starts_on": EARLY,
    }
    return Membership.objects.create(**values | more)


@case("membership_period_ordered")
def _() -> None:
    membership(**BACKWARDS)


@case("membership_exit_announced_first")
def _() -> None:
    membership(ends_on=EARLY, exit_effective_on=EARLY + dt.timedelta(1), exit_announced_on=LATE)


@case("membership_ends_before_exit")
def _() -> None:
    membership(ends_on=LATE, exit_announced_on=EARLY, exit_effective_on=LATE)


@case("membership_no_overlap")
def _() -> None:
    membership()
    membership(starts_on=LATE)


@case("instrument_adopted_before_force")
def _() -> None:
    Instrument.objects.create(
        slug="i", body=make.body(), title="t", kind="treaty", adopted_on=LATE, in_force_on=EARLY
    )


@case("instrument_period_ordered")
def _() -> None:
    Instrument.objects.create(
        slug="i", body=make.body(), title="t", kind="treaty", in_force_on=LATE, ended_on=EARLY
    )


@case("mission_period_ordered")
def _() -> None:
    mission(**BACKWARDS)


@case("mission_planned_has_no_start")
def _() -> None:
    Mission.objects.create(slug="m", name="m", kind="planned_force", starts_on=EARLY)


@case("mission_not_own_predecessor")
def _() -> None:
    own = mission()
    change(own, predecessor=own)
