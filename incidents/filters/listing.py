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
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import paging
from core.paging import BadCursor, Cursor, Key, Ordering, Page
from core.parameters import ChoiceField, ParameterField, TermsField, TextField, WholeNumberField
from core.questions import Parameter
from incidents.columns import Answer, select
from incidents.models import PublishedIncident
from incidents.questions import AsOfQuestion, IncidentQuestion

DEFAULT_LIMIT = 50
MAX_LIMIT = 1000
FORMATS = ("json", "csv", "geojson", "ndjson")

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
    "harm", "estimates", "combined_toll", "hostages", "targets", "weapons", "tactics", "campaigns",
    "links", "bodies", "sources", "external_ids", "flags", "note",
)  # fmt: skip
# Keys that only incidents with something to say there have.
OPTIONAL_KEYS = ("ransoms", "hostage_talks")


FORMAT_HELP = gettext_lazy("How the answer is written.")
FIELDS = TermsField(
    known=(*PAYLOAD_KEYS, *OPTIONAL_KEYS),
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

    def count(self) -> int:
        return super().count() if self.asks_for_all else self.answer.count

    @cached_property
    def answer(self) -> Answer:
        """The answer from the columns, as fresh as when it was first asked for."""
        return select(self)

    @property
    def around(self) -> Any:
        """Rows among which the page that was asked for lies; nothing but the page is read.

        The columns know where it begins; for all current incidents an index does.
        """
        if self.asks_for_all:
            return self.qs
        cursor, name = self.cleaned.get("cursor"), self.order.name
        place = Cursor.decode(cursor, self.order) if cursor else Cursor((), backwards=False)
        if place.backwards:
            name = name[1:] if name.startswith("-") else f"-{name}"
        seqs = self.answer.seqs(name, self.limit_asked + 1, place.values)
        return PublishedIncident.objects.numbered(seqs)

    def page(self, most: int = MAX_LIMIT, columns: Sequence[str] = ()) -> Page[PublishedIncident]:
        """The page that was asked for, of at most `most` rows. Raises ParametersRefused.

        With `columns` only these are read; without, all but the search texts.
        """
        cursor, rows = self.cleaned.get("cursor"), self.around
        rows = rows.only(*columns) if columns else rows.defer("search", "search_text")
        return paging.page(rows, self.order, limit=min(self.limit_asked, most), cursor=cursor)
