"""The record as JSON: list, one, versions, change feed, facets, timeline, map, exports."""

import hashlib
import re
from typing import Any

from django.http import HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from core import paging
from core.parameters import WholeNumberField, shown
from core.problems import Gone, NotFound
from core.questions import Parameter
from core.viewsets import NoQuestion, PublicViewSet, json_list
from incidents import exports, maps, versions
from incidents.columns import select
from incidents.documents import (
    CHANGES,
    DETAIL,
    FACETS,
    LIST,
    MAP,
    TIMELINE,
    VERSIONS,
)
from incidents.filters import (
    MAX_LIMIT,
    IncidentFilter,
    IncidentQuestion,
    MapFilter,
    TimelineFilter,
    VersionQuestion,
)
from incidents.models import PublishedIncident, RecordHead

ID = re.compile("[0-9A-HJKMNP-TV-Z]{10}")
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "ndjson": "application/x-ndjson",
    "geojson": "application/geo+json",
}


class ChangesQuestion(NoQuestion):
    """The change feed after one version."""

    presentation = ("limit", "format")
    since = Parameter(
        WholeNumberField(
            most=paging.BIGGEST,
            help_text=gettext_lazy("Versions after this `seq`; from the beginning if absent."),
        )
    )
    limit = Parameter(
        WholeNumberField(least=1, most=MAX_LIMIT, help_text=gettext_lazy("Versions on a page."))
    )


def tip() -> int:
    """`seq` of the newest version."""
    return RecordHead.objects.values_list("seq", flat=True).first() or 0


class IncidentViewSet(PublicViewSet):
    """Incidents as published: the record and nothing else."""

    path_parameters = {"public_id": gettext_lazy("Id of the incident, ten characters.")}
    problems = {"retrieve": (410,)}
    also_writes = {"map": MEDIA_TYPES["geojson"]}
    questions = {
        "list": IncidentFilter,
        "retrieve": VersionQuestion,
        "changes": ChangesQuestion,
        "facets": IncidentQuestion,
        "timeline": TimelineFilter,
        "map": MapFilter,
    }
    documents = {
        "list": LIST,
        "retrieve": DETAIL,
        "versions": VERSIONS,
        "changes": CHANGES,
        "facets": FACETS,
        "timeline": TIMELINE,
        "map": MAP,
    }

    def list(self, request: Request) -> HttpResponseBase:
        """Incidents that answer a question, in pages; CSV and NDJSON carry all of them."""
        form = self.question.cleaned.get("format", "json")
        return self._stream(request, form) if form in ("csv", "ndjson") else self._page(request)

    def _page(self, request: Request) -> HttpResponse:
        question = self.question
        asked = question.cleaned
        keys = asked.get("fields", ())
        is_geo = asked.get("format") == "geojson"
        text = exports.json_text(keys)
        if is_geo:
            text = exports.feature_text(keys or exports.FEATURE_KEYS)
        page = paging.page_of_values(
            question.around, question.order, text,
            limit=question.limit_asked, cursor=asked.get("cursor"),
        )  # fmt: skip
        head = {"count": question.count(), **self.links(request, page)}
        if not is_geo:
            return json_list(head, "results", page.rows)
        response = json_list({"type": "FeatureCollection", **head}, "features", page.rows)
        response["Content-Type"] = MEDIA_TYPES["geojson"]
        return response

    def _stream(self, request: Request, form: str) -> StreamingHttpResponse:
        """All rows, newest first; they change only with the record, so its tip is the ETag."""
        question, seq = self.question, tip()
        rows = question.order.sort(question.qs, backwards=False)
        if form == "csv":
            lines = exports.stream(rows, exports.csv_line(), exports.CSV_HEADER, "\r\n")
        else:
            text = exports.json_text(question.cleaned.get("fields", ()))
            lines = exports.stream(rows, exports.one_line(text))
        response = StreamingHttpResponse(lines, content_type=MEDIA_TYPES[form])
        state = f"{seq} {question.involved} {exports.CSV_HEADER} {request.build_absolute_uri()}"
        response["ETag"] = f'"{hashlib.sha256(state.encode()).hexdigest()[:32]}"'
        name = f"vigil-incidents-{seq}.{form}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def retrieve(self, request: Request, public_id: str) -> HttpResponseBase:
        """One incident as it stands, or as it stood `as_of` a moment."""
        found = self._version(public_id)
        if found.status == "merged":
            target = reverse("api:incident-detail", args=[found.merged_into])
            query = self.question.as_query()
            return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)
        if not found.is_listed:
            raise Gone(found.payload)
        return HttpResponse(found.text, content_type="application/json")

    def _rows(self, public_id: str) -> Any:
        """All versions of one incident. Raises NotFound where there are none."""
        rows = PublishedIncident.objects.filter(public_id=public_id)
        if not ID.fullmatch(public_id) or not rows.exists():
            raise NotFound(
                _("No incident with the id %(id)s is published. The list is at %(address)s.")
                % {"id": shown(public_id), "address": "/api/v1/incidents/"}
            )
        return rows.defer("search", "search_text")

    def _version(self, public_id: str) -> Any:
        rows = self._rows(public_id)
        moment = self.question.cleaned.get("as_of")
        rows = rows.open_at(moment) if moment else rows.filter(valid_to__isnull=True)
        text = exports.json_text(self.question.cleaned.get("fields", ()))
        found = rows.annotate(text=text).first()
        if found is None:
            raise NotFound(_("This incident was not published yet at that moment."))
        return found

    def versions(self, request: Request, public_id: str) -> HttpResponseBase:
        """Every published version of one incident, oldest first, with what it changed."""
        found = list(self._rows(public_id).order_by("version"))
        results = [
            {
                "version": row.version,
                "seq": row.seq,
                "status": row.status,
                "valid_from": row.valid_from,
                "valid_to": row.valid_to,
                "notice": row.notice,
                "notice_fr": row.notice_fr,
                "reason": row.reason or None,
                "merged_into": row.merged_into or None,
                "changes": [vars(change) for change in changed],
            }
            for row, changed in versions.history(found)
        ]
        return Response({"id": public_id, "count": len(results), "results": results})

    def changes(self, request: Request) -> HttpResponseBase:
        """Every version after `since`, in order, tombstones included; `seq` is the tip."""
        asked = self.question.cleaned
        newest = tip()
        since = asked.get("since", 0)
        limit = asked.get("limit", 100)
        rows = PublishedIncident.objects.filter(seq__gt=since).order_by("seq")
        found = list(rows.values_list("seq", exports.change_text())[: limit + 1])
        more = len(found) > limit
        del found[limit:]
        last = found[-1][0] if found else since
        head = {
            "seq": max(newest, last) if found else newest,
            "next": self.link(request, since=str(last)) if more else None,
        }
        return json_list(head, "results", [text for _, text in found])

    def facets(self, request: Request) -> HttpResponseBase:
        """How many incidents have each value that one may filter by, most first.

        The values of one parameter are alternatives: it does not narrow its own facet.
        """
        answer = select(self.question)
        return Response(
            {
                "count": answer.count,
                "facets": {
                    name: [value._asdict() for value in values]
                    for name, values in answer.facets().items()
                },
            }
        )

    def timeline(self, request: Request) -> HttpResponseBase:
        """Incidents and deaths by period of the first day; periods without incidents are absent."""
        interval = self.question.cleaned.get("interval", "month")
        answer = select(self.question)
        totals = answer.totals()
        return Response(
            {
                "count": totals.incidents,
                "interval": interval,
                "killed": totals.killed.as_dict(),
                "rule": totals.rule,
                "results": [
                    {"start": g.key, "incidents": g.incidents, "killed": g.killed.as_dict()}
                    for g in answer.by_period(interval)
                ],
            }
        )

    def map(self, request: Request) -> HttpResponseBase:
        """GeoJSON of shown points, or of a grid with counts and deaths."""
        asked = self.question.cleaned
        shown = maps.geojson(
            self.question, zoom=asked.get("zoom", maps.DEFAULT_ZOOM), layer=asked.get("layer")
        )
        response = json_list(shown.head(), "features", shown.features)
        response["Content-Type"] = MEDIA_TYPES["geojson"]
        return response
