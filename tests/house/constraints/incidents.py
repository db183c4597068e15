"""The desk: incidents, where they were, who took part."""

import datetime as dt
from typing import Any

from django.db import connection
from django.utils import timezone

from incidents.models import (
    ClaimOfResponsibility,
    IncidentLink,
    IncidentLocation,
    IncidentType,
    Participation,
)
from tests import make
from tests.house.constraints.registry import EARLY, LATE, case, change, twice


@case("incident_type_code_form")
def _() -> None:
    IncidentType.objects.create(code="ambush", group="other", label="x", label_fr="x")


@case("incident_type_gtd_known")
def _() -> None:
    IncidentType.objects.create(
        code="XXX-YYY", group="other", label="x", label_fr="x", gtd_attack_types=[12]
    )


@case("incident_dates_ordered")
def _() -> None:
    change(make.incident(), date_start=LATE, date_end=EARLY)


@case("incident_width_fits_precision")
def _() -> None:
    change(make.incident(), date_start=EARLY, date_end=LATE, date_precision="week")


@case("incident_public_id_form")
def _() -> None:
    change(make.incident(), public_id="LOWER-CASE"[:10])


@case("incident_targets_known", "incident_weapons_known", "incident_tactics_known")
def _(name: str) -> None:
    change(make.incident(), **{name.split("_")[1]: ["moon"]})


@case(
    "incident_killed_ordered",
    "incident_wounded_ordered",
    "incident_abducted_ordered",
    "incident_displaced_ordered",
    "incident_attackers_killed_ordered",
)
def _(name: str) -> None:
    harm = name.removeprefix("incident_").removesuffix("_ordered")
    change(make.incident(), **{f"{harm}_low": 5, f"{harm}_high": 3})


@case("incident_reviewer_is_not_author")
def _() -> None:
    change(make.incident(), reviewed_by=make.ed(), reviewed_at=timezone.now())


@case("incident_reviewed_pair")
def _() -> None:
    change(make.incident(), reviewed_at=timezone.now())


@case("incident_verified_has_reviewer")
def _() -> None:
    change(make.incident(), editorial_status="verified")


def force_published(**more: Any) -> None:
    now = timezone.now()
    values = {
        "editorial_status": "published",
        "reviewed_by": make.rita(),
        "reviewed_at": now,
        "first_published_at": now,
    }
    changes = {k: more.pop(k) for k in ("sensitivity", "embargo_until") if k in more}
    moment = {"first_published_at": None} if more.pop("no_moment", False) else {}
    change(make.incident(**more), **values | changes | moment)


@case("incident_published_is_public")
def _() -> None:
    force_published(sensitivity="confidential")


@case("incident_published_has_moment")
def _() -> None:
    force_published(no_moment=True)


@case("incident_embargo_passed")
def _() -> None:
    force_published(embargo_until=timezone.now() + dt.timedelta(hours=1))


@case("incident_withdrawn_has_reason")
def _() -> None:
    change(make.incident(), editorial_status="withdrawn")


@case("incident_merged_iff_target")
def _() -> None:
    change(make.incident(), editorial_status="merged")


@case("incident_not_merged_into_itself")
def _() -> None:
    own = make.incident()
    change(own, editorial_status="merged", merged_into=own)


@case("incident_published_has_citation")
def _() -> None:
    force_published(sourced=False)


@case("incident_published_has_location")
def _() -> None:
    force_published(located=False)


@case("location_of_published_stays")
def _() -> None:
    make.published().locations.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@case("incident_merges_acyclic")
def _() -> None:
    one, two, three = (make.incident() for _ in range(3))
    for loser, winner in ((one, two), (two, three), (three, one)):
        change(loser, editorial_status="merged", merged_into=winner)


@case("location_one_primary")
def _() -> None:
    IncidentLocation.objects.create(
        incident=make.incident(), precision="exact", display_precision="exact"
    )


@case("location_coordinates_valid")
def _() -> None:
    make.incident().locations.update(latitude=-91)


@case("location_never_shown_finer")
def _() -> None:
    make.incident(geo_precision="admin1", display_precision="exact")


@case("participation_actor_or_text")
def _() -> None:
    Participation.objects.create(incident=make.incident(), role="target")


@case("participation_unique_role")
def _() -> None:
    which = make.incident()
    twice(lambda: make.part(which))


@case("claim_unique_day")
def _() -> None:
    which = make.incident()
    twice(lambda: ClaimOfResponsibility.objects.create(incident=which, claimant=make.actor()))


@case("link_not_to_self")
def _() -> None:
    own = make.incident()
    IncidentLink.objects.create(source=own, target=own, relation="split_of")


@case("link_unique_relation")
def _() -> None:
    one, two = make.incident(), make.incident()
    twice(lambda: IncidentLink.objects.create(source=one, target=two, relation="split_of"))
