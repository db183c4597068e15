"""The schedules that a fresh Vigil starts with. Editors may switch them off or add their own."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from incidents.models import Campaign
from regions.models import Country, RegionalBody
from reports.choices import Cadence, Topic
from reports.models import ReportSchedule

STARTS_ON = dt.date(2022, 1, 1)
CONTINENT = "africa"


class PlaceUnknown(Exception):
    """No such country or body; says where they are listed."""


@dataclass(frozen=True)
class Wanted:
    """A series of reports: the place is a country (ISO3), a body (slug) or `africa`.

    `campaign` makes it a thematic one.
    """

    place: str
    language: str
    cadence: Cadence = Cadence.MONTHLY
    dataset: str = "vigil"
    campaign: str = ""

    @property
    def slug(self) -> str:
        """ "monthly-mli-en", "monthly-mli-en-ucdp", "monthly-mali-fuel-blockade-2025-en"."""
        parts = [self.cadence, self.campaign or self.place.lower(), self.language]
        return "-".join(parts if self.dataset == "vigil" else [*parts, self.dataset])

    def fields(self) -> dict[str, Any]:
        """The columns of its schedule. Raises PlaceUnknown."""
        fields = find_place(self.place) | {
            "cadence": self.cadence,
            "language": self.language,
            "dataset": self.dataset,
        }
        if self.campaign:
            campaign = Campaign.objects.filter(slug=self.campaign).first()
            if campaign is None:
                raise PlaceUnknown(
                    f"{self.campaign!r} is no campaign. Load the seed first (`make seed`), or look "
                    "at /campaigns/."
                )
            fields |= {"topic": Topic.CAMPAIGN, "campaign": campaign}
        return fields


DEFAULTS = (
    Wanted(CONTINENT, "en", Cadence.FORTNIGHTLY),
    Wanted(CONTINENT, "fr", Cadence.FORTNIGHTLY),
    Wanted("ecowas", "en"),
    Wanted("ecowas", "fr"),
    Wanted("aes", "fr"),
    Wanted("MLI", "en"),
    Wanted("MLI", "fr"),
    Wanted("BFA", "fr"),
    Wanted("NER", "fr"),
    Wanted("NGA", "en"),
    Wanted("SOM", "en"),
    Wanted("MOZ", "en"),
    Wanted("MLI", "en", campaign="mali-fuel-blockade-2025"),
    Wanted("MLI", "fr", campaign="mali-fuel-blockade-2025"),
)


def find_place(text: str) -> dict[str, Any]:
    """The country of a code or the body of a slug, as a schedule's field; the continent has none.

    Raises PlaceUnknown.
    """
    if text == CONTINENT:
        return {}
    country = Country.objects.filter(iso3=text, in_scope=True).first()
    if country is not None:
        return {"country": country}
    body = RegionalBody.objects.filter(slug=text).first()
    if body is not None:
        return {"body": body}
    raise PlaceUnknown(
        f"{text!r} is neither a country (ISO3, such as MLI) nor a body (such as ecowas) nor "
        f"{CONTINENT!r}. Load the reference data first (`make seed`), or look at /countries/ and "
        "/bodies/."
    )


def ensure(wanted: Wanted, *, starts_on: dt.date, is_active: bool) -> tuple[ReportSchedule, bool]:
    """The schedule of a series, and whether it is new. Raises PlaceUnknown.

    One that exists is left as its editors made it.
    """
    fields = wanted.fields()
    none = {"country": None, "area": None, "body": None, "campaign": None, "actor": None}
    same = none | {"region": "", "topic": Topic.GENERAL} | fields
    existing = ReportSchedule.objects.filter(
        **{f"{name}__isnull" if value is None else name: value is None or value
           for name, value in same.items()}
    )  # fmt: skip
    schedule = existing.order_by("pk").first()
    if schedule is not None:
        return schedule, False
    return ReportSchedule.objects.get_or_create(
        slug=wanted.slug, defaults=fields | {"starts_on": starts_on, "is_active": is_active}
    )


def ensure_defaults() -> int:
    """Make the default schedules that are missing; return how many. Raises PlaceUnknown."""
    return sum(ensure(wanted, starts_on=STARTS_ON, is_active=True)[1] for wanted in DEFAULTS)
