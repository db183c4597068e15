"""What the database itself refuses of an incident: pairs, ranges, status rules."""

from django.db import models
from django.db.models import F, Q

from core.base import ordered_triple
from core.choices import MAX_WIDTH_DAYS
from incidents.choices import (
    PUBLIC_STATUSES,
    Disclosure,
    Sensitivity,
    Status,
    Tactic,
    TargetType,
    Weapon,
)

REVIEWED = (Status.VERIFIED, *PUBLIC_STATUSES)


def width_fits_precision() -> Q:
    """The interval is no wider than its precision allows, unless the event is known to last."""
    condition = Q(is_multiday=True)
    for precision, days in MAX_WIDTH_DAYS.items():
        condition |= Q(date_precision=precision, date_end__lte=F("date_start") + days)
    return condition


def known_terms(field: str, terms: list[str]) -> models.CheckConstraint:
    """An array field holds nothing but terms of its vocabulary."""
    return models.CheckConstraint(
        name=f"incident_{field}_known", condition=Q(**{f"{field}__contained_by": terms})
    )


CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        name="incident_dates_ordered", condition=Q(date_start__lte=F("date_end"))
    ),
    models.CheckConstraint(name="incident_width_fits_precision", condition=width_fits_precision()),
    models.CheckConstraint(
        name="incident_public_id_form",
        condition=Q(public_id__regex="^[0-9A-HJKMNP-TV-Z]{10}$"),
    ),
    known_terms("targets", TargetType.values),
    known_terms("weapons", Weapon.values),
    known_terms("tactics", Tactic.values),
    *(
        ordered_triple(f"incident_{harm}_ordered", f"{harm}_")
        for harm in ("killed", "wounded", "abducted", "displaced", "attackers_killed")
    ),
    models.CheckConstraint(
        name="incident_reviewer_is_not_author",
        condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("author")),
    ),
    models.CheckConstraint(
        name="incident_reviewed_pair",
        condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
        | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
    ),
    models.CheckConstraint(
        name="incident_verified_has_reviewer",
        condition=~Q(editorial_status__in=REVIEWED) | Q(reviewed_by__isnull=False),
    ),
    models.CheckConstraint(
        name="incident_published_is_public",
        condition=~Q(editorial_status__in=PUBLIC_STATUSES)
        | Q(sensitivity=Sensitivity.PUBLIC)
        | Q(sensitivity=Sensitivity.RESTRICTED, disclosure=Disclosure.COUNTRY_MONTH),
    ),
    models.CheckConstraint(
        name="incident_published_has_moment",
        condition=~Q(editorial_status__in=PUBLIC_STATUSES) | Q(first_published_at__isnull=False),
    ),
    models.CheckConstraint(
        name="incident_embargo_passed",
        condition=~Q(editorial_status__in=PUBLIC_STATUSES)
        | Q(embargo_until__isnull=True)
        | Q(embargo_until__lte=F("first_published_at")),
    ),
    models.CheckConstraint(
        name="incident_withdrawn_has_reason",
        condition=Q(editorial_status=Status.WITHDRAWN) & ~Q(withdrawal_reason="")
        | ~Q(editorial_status=Status.WITHDRAWN) & Q(withdrawal_reason=""),
    ),
    models.CheckConstraint(
        name="incident_merged_iff_target",
        condition=Q(editorial_status=Status.MERGED, merged_into__isnull=False)
        | ~Q(editorial_status=Status.MERGED) & Q(merged_into__isnull=True),
    ),
    models.CheckConstraint(
        name="incident_not_merged_into_itself",
        condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
    ),
]
