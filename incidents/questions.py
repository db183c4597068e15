"""Which incidents a question is about: the parameters of list, facets, timeline, map and feed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.lineage import predecessors
from actors.models import Actor
from core.choices import DatePrecision
from core.parameters import (
    BooleanField,
    DayField,
    MomentField,
    NumbersField,
    Terms,
    TextField,
    WholeNumberField,
)
from core.questions import Parameter, Question
from incidents.choices import Attribution, Dataset, Role, Tactic, TargetType, TypeGroup, Weapon
from incidents.models import Campaign, IncidentType, PublishedIncident, RecordHead
from incidents.sentences import sentence
from incidents.terms import terms, words
from regions.choices import AuRegion
from regions.models import AdminArea, Country, RegionalBody


class AsOfQuestion(Question):
    """Asked of the record as it stands, or as it stood at a moment."""

    as_of = Parameter(
        MomentField(
            help_text=gettext_lazy(
                "What Vigil said then: a date (the end of that day, UTC) or a moment."
            )
        )
    )

    def __init__(
        self,
        data: QueryDict | Mapping[str, str] | None = None,
        queryset: Any = None,
        *,
        at: dt.datetime | None = None,
        **more: Any,
    ) -> None:
        self.at = at or timezone.now()
        super().__init__(data, queryset, **more)

    def start(self) -> Any:
        return PublishedIncident.objects.all()

    def check(self, form: forms.Form, cleaned: dict[str, Any]) -> None:
        """Today means now; any other moment to come is refused."""
        moment = cleaned.get("as_of")
        if moment is None:
            return
        is_today = len(self.asked["as_of"]) == 10 and moment.date() == self.at.date()
        if is_today:
            form.cleaned_data["as_of"] = min(moment, self.at)
        elif moment > self.at:
            form.add_error("as_of", _("This moment is still to come: give one in the past."))


class IncidentQuestion(AsOfQuestion):
    """Which incidents: the parameters of list, facets, timeline, map and exports."""

    from_ = Parameter(
        DayField(help_text=gettext_lazy("Incidents whose dates reach this day or later.")),
        "date_end",
        "gte",
    )
    to = Parameter(
        DayField(last=True, help_text=gettext_lazy("Incidents that began on this day or before.")),
        "date_start",
        "lte",
    )
    begun = Parameter(
        DayField(
            help_text=gettext_lazy(
                "Incidents that began on this day or later; reports count each incident once so."
            )
        ),
        "date_start",
        "gte",
    )
    country = Parameter(
        terms(
            Country,
            "iso3",
            "/api/v1/countries/",
            gettext_lazy("Countries by ISO 3166 code."),
            "MLI,NER",
            in_scope=True,
        ),
        "country",
        "in",
    )
    area = Parameter(
        terms(
            AdminArea, "slug", "/api/v1/areas/", gettext_lazy("Administrative areas."), "mli-gao"
        ),
        "area",
        "in",
    )
    region = Parameter(
        words(AuRegion.values, gettext_lazy("Regions of the African Union.")),
        "region",
        "in",
    )
    body = Parameter(
        terms(
            RegionalBody,
            "slug",
            "/api/v1/bodies/",
            gettext_lazy(
                "Bodies of which the country was a member on the day; a suspended member counts."
            ),
            "ecowas",
        ),
        "bodies",
        "overlap",
    )
    actor = Parameter(
        terms(Actor, "slug", "/api/v1/actors/", gettext_lazy("Actors that took part."), "jnim"),
        method="involving",
    )
    lineage = Parameter(
        BooleanField(help_text=gettext_lazy("true: predecessors of the actors as well."))
    )
    role = Parameter(words(Role.values, gettext_lazy("The part that the actors took.")))
    type = Parameter(
        terms(
            IncidentType,
            "code",
            "/api/v1/types/",
            gettext_lazy("Types of incident by code."),
            "ARM-BAS",
        ),
        "type",
        "in",
    )
    group = Parameter(
        words(TypeGroup.values, gettext_lazy("Groups of types.")),
        "group",
        "in",
    )
    target = Parameter(
        words(TargetType.values, gettext_lazy("What was attacked.")),
        "targets",
        "overlap",
    )
    weapon = Parameter(
        words(Weapon.values, gettext_lazy("Classes of weapon.")),
        "weapons",
        "overlap",
    )
    tactic = Parameter(
        words(Tactic.values, gettext_lazy("How it was done.")),
        "tactics",
        "overlap",
    )
    campaign = Parameter(
        terms(
            Campaign,
            "slug",
            "/api/v1/campaigns/",
            gettext_lazy("Conflicts, episodes, series and conditions."),
            "july-2022-wave",
        ),
        "campaigns",
        "overlap",
    )
    attribution = Parameter(
        words(Attribution.values, gettext_lazy("How sure the attribution is.")),
        "attribution",
        "in",
    )
    precision = Parameter(
        words(DatePrecision.values, gettext_lazy("How surely the date is known.")),
        "date_precision",
        "in",
    )
    killed_min = Parameter(
        WholeNumberField(
            help_text=gettext_lazy(
                "At least so many deaths: the best figure, else the lowest; unknown is left out."
            )
        ),
        "deaths",
        "gte",
    )
    killed_max = Parameter(
        WholeNumberField(
            help_text=gettext_lazy(
                "At most so many deaths: the best figure, else the lowest; unknown is left out."
            )
        ),
        "deaths",
        "lte",
    )
    bbox = Parameter(
        NumbersField(
            names="west,south,east,north",
            example="-12.3,10.1,4.3,25.0",
            bounds=[(-180, 180), (-90, 90), (-180, 180), (-90, 90)],
            help_text=gettext_lazy("Shown points within a box, in degrees."),
        ),
        method="within_box",
    )
    near = Parameter(
        NumbersField(
            names="lat,lon,km",
            example="12.64,-8.00,100",
            bounds=[(-90, 90), (-180, 180), (0, 20020)],
            help_text=gettext_lazy("Shown points within so many kilometres of a point."),
        ),
        method="near_point",
    )
    dataset = Parameter(words(Dataset.values, gettext_lazy("Data sets.")), "dataset", "in")
    q = Parameter(
        TextField(
            help_text=gettext_lazy(
                "Words in title, summary, place or actors, in English or French; accents ignored."
            )
        ),
        method="saying",
    )

    def check(self, form: forms.Form, cleaned: dict[str, Any]) -> None:
        super().check(form, cleaned)
        end = cleaned.get("to")
        for name in ("from", "begun"):
            if name in cleaned and end and cleaned[name] > end:
                form.add_error(
                    "to", _("`to` is before `%(name)s`: exchange them.") % {"name": name}
                )
        least, most = cleaned.get("killed_min"), cleaned.get("killed_max")
        if least is not None and most is not None and least > most:
            form.add_error(
                "killed_max", _("`killed_max` is less than `killed_min`: exchange them.")
            )
        for name in ("role", "lineage"):
            if name in self.asked and "actor" not in self.asked:
                form.add_error(name, _("This asks about an actor: add `actor`."))
        actor, role = cleaned.get("actor"), cleaned.get("role")
        if actor and role and actor.excluded and role.excluded:
            form.add_error("role", _("Leave out either the actors or the roles, not both."))
        if "bbox" in cleaned:
            west, south, east, north = cleaned["bbox"]
            if west > east or south > north:
                message = _("Write west, south, east, north: west ≤ east and south ≤ north.")
                form.add_error("bbox", message)

    def filter_queryset(self, queryset: Any) -> Any:
        asked = self.cleaned
        moment = asked.get("as_of")
        rows = queryset.current() if moment is None else queryset.as_of(moment)
        if {"killed_min", "killed_max"} & asked.keys():
            rows = rows.alias(deaths=Coalesce("killed_best", "killed_low"))
        return super().filter_queryset(rows)

    @cached_property
    def involved(self) -> tuple[str, ...]:
        """Slugs that `actor` stands for; with `lineage`, those of predecessors too."""
        slugs = self.cleaned.get("actor", Terms())
        if not self.cleaned.get("lineage"):
            return tuple(slugs)
        older = {
            before.slug
            for actor in Actor.objects.filter(slug__in=slugs)
            for before in predecessors(actor)
        }
        return (*slugs, *sorted(older - set(slugs)))

    def involving(self, queryset: Any, name: str, slugs: Terms) -> Any:
        roles = self.cleaned.get("role", Terms())
        if slugs.excluded:
            return queryset.not_involving(self.involved, roles)
        if roles.excluded:
            return queryset.involving(self.involved).not_involving(self.involved, roles)
        return queryset.involving(self.involved, roles)

    def within_box(self, queryset: Any, name: str, box: tuple[float, ...]) -> Any:
        return queryset.within_box(*box)

    def near_point(self, queryset: Any, name: str, circle: tuple[float, ...]) -> Any:
        return queryset.near(*circle)

    def saying(self, queryset: Any, name: str, words: str) -> Any:
        return queryset.saying(words)

    @property
    def asks_for_all(self) -> bool:
        """Whether nothing narrows the answer: every current incident."""
        return self.cleaned.keys() <= set(self.presentation)

    def count(self) -> int:
        """How many incidents answer the question: exact, and at no cost for all current ones."""
        if self.asks_for_all:
            return RecordHead.objects.values_list("listed", flat=True).first() or 0
        return int(self.qs.count())

    def sentence(self) -> str:
        """What is shown, in a sentence of the reader's language."""
        return sentence(self.cleaned)
