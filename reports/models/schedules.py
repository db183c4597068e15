"""What is to be reported, for whom and how often."""

import datetime as dt
import zoneinfo

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from actors.models import Actor
from core.base import Tracked
from incidents.choices import Dataset, TargetType
from incidents.models import Campaign
from regions.choices import AuRegion
from regions.models import AdminArea, Country, RegionalBody
from reports.choices import Cadence, Release, Topic

PLACES = ("country", "area", "region", "body")
# What a schedule counts: fixed once it has reports, which would otherwise not belong together.
COUNTED = (*PLACES, "topic", "actor", "campaign", "cadence", "language", "dataset")
# What carries fuel, food and people, and what it carries.
SUPPLY_LINES = (
    TargetType.TRANSPORT_ROAD,
    TargetType.TRANSPORT_RIVER,
    TargetType.ENERGY_EXTRACTIVES,
)


def known_time_zone(name: str) -> None:
    """Refuse what is not in the IANA time zone database. Raises ValidationError."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("%(value)s is not a time zone: write a name such as Africa/Bamako or UTC."),
            params={"value": name[:40]},
        )


def _at_most_one_place() -> Q:
    """A region is a word, so that none is the empty string; none at all is the continent."""

    def only(kept: str) -> Q:
        found = Q()
        for place in PLACES:
            if place == kept:
                continue
            empty = Q(region="") if place == "region" else Q(**{f"{place}__isnull": True})
            found &= empty
        return found

    return only("country") | only("area") | only("region") | only("body")


class ReportSchedule(Tracked):
    """What is to be reported, for whom and how often; the due moments are computed from it.

    The place is a country, an area, a region of the African Union or a body, or else the continent.
    """

    slug = models.SlugField(max_length=80, unique=True)
    # What the report is called, for a series with a name of its own; else it is made of the place.
    name = models.CharField(max_length=120, blank=True)
    cadence = models.CharField(max_length=12, choices=Cadence.choices, default=Cadence.MONTHLY)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="schedules"
    )
    area = models.ForeignKey(
        AdminArea, null=True, blank=True, on_delete=models.PROTECT, related_name="schedules"
    )
    region = models.CharField(
        max_length=10, choices=AuRegion.choices, blank=True, default="", db_default=""
    )
    body = models.ForeignKey(
        RegionalBody, null=True, blank=True, on_delete=models.PROTECT, related_name="schedules"
    )
    topic = models.CharField(
        max_length=12, choices=Topic.choices, default=Topic.GENERAL, db_default="general"
    )
    actor = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="schedules"
    )
    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="schedules"
    )
    language = models.CharField(
        max_length=2, choices=[("en", gettext_lazy("English")), ("fr", gettext_lazy("French"))]
    )
    # One data set a report, so that an event recorded by two of them is not counted twice.
    dataset = models.CharField(max_length=8, choices=Dataset.choices, default="vigil")
    # Figures are cut off so many days after the last day of the period, at midnight there.
    cutoff_days = models.PositiveSmallIntegerField(default=3)
    time_zone = models.CharField(
        max_length=40, default="UTC", db_default="UTC", validators=[known_time_zone]
    )
    release = models.CharField(
        max_length=10, choices=Release.choices, default=Release.AUTOMATIC, db_default="automatic"
    )
    starts_on = models.DateField()
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(name="schedule_one_place", condition=_at_most_one_place()),
            models.CheckConstraint(
                name="schedule_topic_names_it",
                condition=Q(topic=Topic.ACTOR, actor__isnull=False, campaign__isnull=True)
                | Q(topic=Topic.CAMPAIGN, campaign__isnull=False, actor__isnull=True)
                | (
                    ~Q(topic__in=[Topic.ACTOR, Topic.CAMPAIGN])
                    & Q(actor__isnull=True, campaign__isnull=True)
                ),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="schedule_counts_the_same",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange(*COUNTED),
                func="""
                    IF EXISTS (SELECT 1 FROM reports_reportjob WHERE schedule_id = OLD.id)
                    THEN RAISE EXCEPTION 'schedule_counts_the_same';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def zone(self) -> dt.tzinfo:
        """The time zone in which its days end."""
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def place(self) -> dict[str, str]:
        """Where: parameters of a question to the record; none for the continent."""
        if self.country is not None:
            return {"country": self.country.iso3}
        if self.area is not None:
            return {"area": self.area.slug}
        if self.body is not None:
            return {"body": self.body.slug}
        return {"region": self.region} if self.region else {}

    @property
    def subject(self) -> dict[str, str]:
        """What: parameters of a question to the record; none for a general report."""
        if self.actor is not None:
            return {"actor": self.actor.slug, "lineage": "true"}
        if self.campaign is not None:
            return {"campaign": self.campaign.slug}
        if self.topic == Topic.KIDNAPPING:
            return {"group": "hostage"}
        if self.topic == Topic.SUPPLY_LINES:
            return {"target": ",".join(SUPPLY_LINES)}
        return {}

    @property
    def place_name(self) -> str:
        """Its name in the active language."""
        is_french = (get_language() or "").startswith("fr")
        if self.country is not None:
            return (is_french and self.country.name_fr) or self.country.name
        if self.area is not None:
            return self.area.name
        if self.body is not None:
            return (is_french and self.body.short_name_fr) or str(self.body)
        return str(AuRegion(self.region).label) if self.region else _("Africa")

    @property
    def subject_name(self) -> str:
        """What a thematic report is about, in the active language; empty for a general one."""
        if self.actor is not None:
            return str(self.actor)
        if self.campaign is not None:
            return self.campaign.name
        return "" if self.topic == Topic.GENERAL else str(Topic(self.topic).label)
