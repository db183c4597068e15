"""The schedules that a fresh Vigil starts with. Editors may switch them off or add their own."""

import datetime as dt
from dataclasses import dataclass

from regions.models import Country, RegionalBody
from reports.models import ReportSchedule

STARTS_ON = dt.date(2022, 1, 1)


@dataclass(frozen=True)
class Default:
    """A monthly report of a country (ISO3) or a body (slug), in one language."""

    place: str
    language: str


DEFAULTS = (
    Default("ecowas", "en"),
    Default("ecowas", "fr"),
    Default("aes", "fr"),
    Default("MLI", "en"),
    Default("MLI", "fr"),
    Default("BFA", "fr"),
    Default("NER", "fr"),
    Default("NGA", "en"),
    Default("SOM", "en"),
    Default("MOZ", "en"),
)


class PlaceUnknown(Exception):
    """No such country or body; says where they are listed."""


def find_place(text: str) -> dict[str, Country] | dict[str, RegionalBody]:
    """The country of a code or the body of a slug, as a schedule's field. Raises PlaceUnknown."""
    country = Country.objects.filter(iso3=text, in_scope=True).first()
    if country is not None:
        return {"country": country}
    body = RegionalBody.objects.filter(slug=text).first()
    if body is not None:
        return {"body": body}
    raise PlaceUnknown(
        f"{text!r} is neither a country (ISO3, such as MLI) nor a body (such as ecowas). "
        "Load the reference data first (`make seed`), or look at /countries/ and /bodies/."
    )


def slug_for(place: str, language: str, dataset: str) -> str:
    """ "monthly-mli-en", "monthly-mli-en-ucdp"."""
    slug = f"monthly-{place.lower()}-{language}"
    return slug if dataset == "vigil" else f"{slug}-{dataset}"


def ensure(
    place: str, language: str, dataset: str, *, starts_on: dt.date, is_active: bool
) -> tuple[ReportSchedule, bool]:
    """The schedule of a place, language and data set, and whether it is new. Raises PlaceUnknown.

    One that exists is left as its editors made it.
    """
    found = find_place(place)
    existing = ReportSchedule.objects.filter(language=language, dataset=dataset, **found)
    schedule = existing.order_by("pk").first()
    if schedule is not None:
        return schedule, False
    return ReportSchedule.objects.get_or_create(
        slug=slug_for(place, language, dataset),
        defaults={
            "language": language,
            "dataset": dataset,
            "starts_on": starts_on,
            "is_active": is_active,
            **found,
        },
    )


def ensure_defaults() -> int:
    """Make the default schedules that are missing; return how many. Raises PlaceUnknown."""
    return sum(
        ensure(d.place, d.language, "vigil", starts_on=STARTS_ON, is_active=True)[1]
        for d in DEFAULTS
    )
