"""Published situation reports as JSON."""

import json
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from core.parameters import ChoiceField
from core.questions import Parameter
from core.schema import page_of
from core.viewsets import NoQuestion, ReferenceViewSet
from reports.filters import ReportFilter, preceding, superseding
from reports.models import Report, ReportItem
from reports.outputs.document import Document
from reports.outputs.forms import FORMS

# Forms at an address of their own.
ELSEWHERE = ("pdf", "docx", "csv", "text")


class OneReportQuestion(NoQuestion):
    """One report in one of its forms."""

    format = Parameter(
        ChoiceField(
            words=("json", "html", *ELSEWHERE),
            help_text=gettext_lazy(
                "json; or a redirect: html to the page of the report, pdf, docx and text to the "
                "file, csv to a ZIP of all tables. Without it `Accept` decides."
            ),
        )
    )


class Elsewhere(BaseRenderer):
    """A form that stands at an address of its own: the API only names it."""

    charset = None

    def render(self, data: Any, *args: Any, **more: Any) -> bytes:
        """Only problems are written here, and those are shaped at the edge."""
        return json.dumps(data).encode()


def _elsewhere(name: str, media_type: str) -> type[BaseRenderer]:
    return type(
        f"{name.title()}Elsewhere", (Elsewhere,), {"media_type": media_type, "format": name}
    )


MEDIA_TYPES = {"html": "text/html", "csv": "text/csv"} | {
    name: FORMS[name].media_type for name in ("pdf", "docx", "text")
}
RENDERERS = [_elsewhere(name, media_type) for name, media_type in MEDIA_TYPES.items()]


class ReportSerializer(serializers.ModelSerializer[Report]):
    """A report never changes; a later edition supersedes it. `checksum` is of its content."""

    id = serializers.CharField(source="public_id")
    schedule = serializers.CharField(source="job.schedule.slug")
    country = serializers.CharField(
        source="job.schedule.country.iso3", allow_null=True, default=None
    )
    area = serializers.CharField(source="job.schedule.area.slug", allow_null=True, default=None)
    region = serializers.CharField(source="job.schedule.region", allow_blank=True)
    body = serializers.CharField(source="job.schedule.body.slug", allow_null=True, default=None)
    cadence = serializers.CharField(source="job.schedule.cadence")
    topic = serializers.CharField(source="job.schedule.topic")
    dataset = serializers.CharField(source="job.schedule.dataset")

    class Meta:
        model = Report
        fields = ["id", "title", "schedule", "country", "area", "region", "body", "cadence",
                  "topic", "dataset", "language", "edition", "period_start", "period_end",
                  "cutoff_at", "record_seq", "published_at", "checksum"]  # fmt: skip


class FigureSerializer(serializers.ModelSerializer[ReportItem]):
    """A frozen figure, the query that lists the incidents behind it, and their versions."""

    class Meta:
        model = ReportItem
        fields = ["key", "figure", "query", "rows"]


class FormsSerializer(serializers.Serializer[Any]):
    """Where a report stands in its other forms; `json` has the checksum, `csv` is a ZIP."""

    html = serializers.URLField()
    pdf = serializers.URLField()
    docx = serializers.URLField()
    json = serializers.URLField()
    csv = serializers.URLField()
    text = serializers.URLField()
    tables = serializers.DictField(child=serializers.URLField())


class ReportDetailSerializer(ReportSerializer):
    supersedes = serializers.SerializerMethodField(
        help_text=gettext_lazy("Id of the edition before; null for a first edition.")
    )
    superseded_by = serializers.SerializerMethodField(
        help_text=gettext_lazy("Id of the newest later edition; null while there is none.")
    )
    forms = serializers.SerializerMethodField(
        help_text=gettext_lazy("Addresses of the other forms, and of every table as CSV.")
    )
    written = serializers.JSONField(
        help_text=gettext_lazy("What analysts wrote, apart from what is generated; {} if nothing.")
    )
    content = serializers.SerializerMethodField()
    figures = FigureSerializer(source="items", many=True)

    class Meta(ReportSerializer.Meta):
        fields = [*ReportSerializer.Meta.fields, "supersedes", "superseded_by", "forms", "written",
                  "content", "figures"]  # fmt: skip

    def get_supersedes(self, report: Report) -> str | None:
        return earlier.public_id if (earlier := preceding(report)) else None

    def get_superseded_by(self, report: Report) -> str | None:
        later: Report | None = self.context["superseded_by"]
        return later.public_id if later else None

    @extend_schema_field(FormsSerializer)
    def get_forms(self, report: Report) -> dict[str, Any]:
        at, id_ = self.context["request"].build_absolute_uri, report.public_id
        addresses: dict[str, Any] = {
            name: at(reverse("reports:file", args=[id_, form.ending]))
            for name, form in FORMS.items()
        }
        tables = {
            key: at(reverse("reports:table", args=[id_, key])) for key in Document.of(report).tables
        }
        return {"html": at(reverse("reports:detail", args=[id_]))} | addresses | {"tables": tables}

    def get_content(self, report: Report) -> dict[str, Any]:
        content: dict[str, Any] = report.content
        return content


class ReportViewSet(ReferenceViewSet):
    """Situation reports of a country or a body for a period."""

    lookup = "public_id"
    questions = {"list": ReportFilter, "retrieve": OneReportQuestion}
    list_serializer = ReportSerializer
    detail_serializer = ReportDetailSerializer
    documents = {
        "list": page_of("Report", ReportSerializer(many=True)),
        "retrieve": {200: ReportDetailSerializer, 302: None, 304: None},
    }
    path_parameters = {"key": gettext_lazy("Id of the report.")}

    def rows(self) -> "QuerySet[Report]":
        return Report.objects.select_related(
            "job__schedule__country", "job__schedule__area", "job__schedule__body"
        )

    def detail_rows(self) -> "QuerySet[Report]":
        return self.rows().prefetch_related("items")

    def get_renderers(self) -> list[BaseRenderer]:
        """JSON, and for one report whatever else `Accept` may ask for."""
        found: list[BaseRenderer] = super().get_renderers()
        return found + [kind() for kind in RENDERERS] if self.action == "retrieve" else found

    def retrieve(self, request: Request, key: str) -> HttpResponseBase:
        """One report: all figures with the queries behind them, or where its other forms are."""
        form = self.question.cleaned.get("format") or request.accepted_renderer.format
        report = self.one(key)
        if form == "html":
            return HttpResponseRedirect(reverse("reports:detail", args=[report.public_id]))
        if form in ELSEWHERE:
            address = reverse("reports:file", args=[report.public_id, FORMS[form].ending])
            return HttpResponseRedirect(address)
        later = superseding(report)
        etag = f'"{report.checksum}{f"-{later.public_id}" if later else ""}"'
        answer = get_conditional_response(request._request, etag=etag)
        if answer is None:
            context = {"request": request, "superseded_by": later}
            answer = Response(self.detail_serializer(report, context=context).data)
        answer["ETag"] = etag
        return answer
