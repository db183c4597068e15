"""What may be asked of the record: the same parameters for page, API, export, map and feed.

question = IncidentFilter(request.GET)        # see core.questions for is_valid, errors, qs
question.page()        core.paging.Page of PublishedIncident (limit, cursor, ordering applied)
question.count()       how many incidents answer it
question.sentence()    "Incidents in Mali or Niger from 1 July 2022 …", translated
question.as_query()    canonical query string for links; `as_query(cursor=page.next)`
question.asked         {"country": "MLI,NER"}: what was asked, as text
question.cleaned       {"country": ["MLI", "NER"]}: what it means
"""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core import paging
from core.pages import ListQuestion
from core.paging import BadCursor, Cursor, Key, Ordering, Page
from core.parameters import ChoiceField, ParameterField, TermsField, TextField, WholeNumberField
from core.questions import Parameter
from core.viewsets import ReferenceQuestion
from incidents.access import visible
from incidents.choices import CampaignKind, CampaignStatus, TypeGroup
from incidents.models import PublishedIncident
from incidents.questions import AsOfQuestion, IncidentQuestion
from incidents.waiting import SHOW, part
from incidents.workflow.table import UNPUBLISHED
from regions.filters import COUNTRY, ON

DEFAULT_LIMIT = 50
MAX_LIMIT = 1000
__all__ = [
    "CampaignFilter",
    "IncidentFilter",
    "IncidentQuestion",
    "MapFilter",
    "QueueQuestion",
    "TimelineFilter",
    "TypeFilter",
    "VersionQuestion",
]

FORMATS = ("json", "csv", "geojson", "ndjson")
INTERVALS = ("day", "week", "month", "quarter", "year")

ID = Key("public_id")
# An unknown number of deaths sorts below zero, so that the order is total.
DEATHS = Key("killed_best", int, Coalesce(F("killed_best"), Value(-1)))
ORDERINGS = {
    ordering.name: ordering
    for ordering in (
        Ordering("-date", (Key("date_start", dt.date), ID), descending=True),
        Ordering("date", (Key("date_start", dt.date), ID)),
        Ordering("-killed", (DEATHS, ID), descending=True),
        Ordering("killed", (DEATHS, ID)),
        Ordering("-published", (Key("seq", int),), descending=True),
        Ordering("published", (Key("seq", int),)),
    )
}

# Top-level keys of the public JSON, as `incidents/sql/record_rows.sql` writes them.
PAYLOAD_KEYS = (
    "id", "version", "status", "slug", "title", "summary", "dataset", "is_withheld",
    "first_published_at", "revised_at", "type", "date", "location", "attribution", "clarity",
    "outcome", "is_suicide", "confidence", "checked", "needs_primary_source", "actors", "claims",
    "harm", "estimates", "combined_toll", "targets", "weapons", "tactics", "campaigns", "links",
    "bodies", "sources", "external_ids", "flags", "note",
)  # fmt: skip


FORMAT_HELP = gettext_lazy("How the answer is written.")
FIELDS = TermsField(
    known=PAYLOAD_KEYS,
    example="id,title,date",
    help_text=gettext_lazy("Only these keys of each incident."),
)


class FormatField(ParameterField):
    """How the answer is written."""

    schema = {"type": "string", "enum": list(FORMATS)}

    def read(self, text: str) -> str:
        if text not in FORMATS:
            raise forms.ValidationError(
                _("%(value)s is not offered. Formats: %(formats)s.")
                % {"value": text[:40], "formats": ", ".join(FORMATS)}
            )
        return text


class VersionQuestion(AsOfQuestion):
    """One incident, in its present version or an older one."""

    presentation = ("fields", "format")
    fields = Parameter(FIELDS)
    format = Parameter(ChoiceField(words=["json"], help_text=FORMAT_HELP))


class IncidentFilter(IncidentQuestion):
    """The list of incidents: a question, and how its answer is shown."""

    presentation = ("ordering", "fields", "limit", "cursor", "format")

    ordering = Parameter(
        ChoiceField(
            words=ORDERINGS,
            help_text=gettext_lazy(
                "By first day, deaths or moment of publication; with a minus sign the last or most "
                "come first. Incidents with unknown deaths count as fewest."
            ),
        )
    )
    fields = Parameter(FIELDS)
    limit = Parameter(
        WholeNumberField(least=1, most=MAX_LIMIT, help_text=gettext_lazy("Incidents on a page."))
    )
    cursor = Parameter(
        TextField(
            max_length=paging.MAX_CURSOR_LENGTH,
            help_text=gettext_lazy("A place in the list, from `next` or `previous`."),
        )
    )
    format = Parameter(FormatField(help_text=FORMAT_HELP))

    def check(self, form: forms.Form, cleaned: dict[str, Any]) -> None:
        super().check(form, cleaned)
        if cleaned.get("format") in ("csv", "ndjson"):
            for name in {"limit", "cursor"} & cleaned.keys():
                form.add_error(name, _("This format carries every incident: leave it out."))
        if cleaned.get("format") == "csv" and "fields" in cleaned:
            form.add_error("fields", _("The columns of the CSV file are fixed: leave it out."))
        if "cursor" in cleaned:
            try:
                Cursor.decode(cleaned["cursor"], ORDERINGS[cleaned.get("ordering", "-date")])
            except BadCursor as error:
                form.add_error("cursor", str(error))

    @property
    def order(self) -> Ordering:
        return ORDERINGS[self.cleaned.get("ordering", "-date")]

    @property
    def limit_asked(self) -> int:
        return int(self.cleaned.get("limit", DEFAULT_LIMIT))

    def page(self) -> Page[PublishedIncident]:
        """The page that was asked for. Raises ParametersRefused."""
        cursor = self.cleaned.get("cursor")
        rows = self.qs.defer("search", "search_text")
        return paging.page(rows, self.order, limit=self.limit_asked, cursor=cursor)


class TimelineFilter(IncidentQuestion):
    """A question, and the length of the periods of its histogram."""

    presentation = ("interval",)

    interval = Parameter(
        ChoiceField(words=INTERVALS, help_text=gettext_lazy("Length of a period; month if absent."))
    )


class MapFilter(IncidentQuestion):
    """A question, and how close its map is."""

    presentation = ("zoom",)

    zoom = Parameter(
        WholeNumberField(least=0, most=22, help_text=gettext_lazy("Zoom of the map, 0 to 22."))
    )


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


class QueueQuestion(ListQuestion):
    """Incidents that wait for somebody, oldest at the desk first."""

    # Keys are given out in the order in which incidents come to the desk.
    order = Ordering("age", (Key("pk", int),))

    status = Parameter(
        ChoiceField(words=[*UNPUBLISHED], help_text=gettext_lazy("One status.")),
        "editorial_status",
    )
    country = Parameter(COUNTRY, "country__iso3", "in")
    show = Parameter(ChoiceField(words=SHOW, help_text=gettext_lazy("Which part of the queue.")))

    def __init__(self, data: Any, by: User) -> None:
        self.by = by
        super().__init__(data, visible(by))

    def filter_queryset(self, queryset: Any) -> Any:
        rows = part(super().filter_queryset(queryset), self.cleaned.get("show", "all"), self.by)
        return rows.select_related("country", "type", "author", "assignment__assignee")
