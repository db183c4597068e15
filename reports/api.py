"""Published situation reports as JSON."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request

from core.parameters import ChoiceField
from core.questions import Parameter
from core.schema import page_of
from core.viewsets import NoQuestion, ReferenceViewSet
from reports.filters import ReportFilter
from reports.models import Report, ReportItem


class OneReportQuestion(NoQuestion):
    """One report, as JSON or as its page."""

    format = Parameter(
        ChoiceField(
            words=("json", "html"),
            help_text=gettext_lazy("json, or html: a redirect to the page of the report."),
        )
    )


class ReportSerializer(serializers.ModelSerializer[Report]):
    """A report never changes; a later edition supersedes it. `checksum` is of its content."""

    id = serializers.CharField(source="public_id")
    schedule = serializers.CharField(source="job.schedule.slug")
    country = serializers.CharField(
        source="job.schedule.country.iso3", allow_null=True, default=None
    )
    body = serializers.CharField(source="job.schedule.body.slug", allow_null=True, default=None)

    class Meta:
        model = Report
        fields = ["id", "title", "schedule", "country", "body", "language", "edition",
                  "period_start", "period_end", "cutoff_at", "record_seq", "published_at",
                  "checksum"]  # fmt: skip


class FigureSerializer(serializers.ModelSerializer[ReportItem]):
    """A frozen figure, the query that lists the incidents behind it, and their versions."""

    class Meta:
        model = ReportItem
        fields = ["key", "figure", "query", "rows"]


class ReportDetailSerializer(ReportSerializer):
    content = serializers.SerializerMethodField()
    figures = FigureSerializer(source="items", many=True)

    class Meta(ReportSerializer.Meta):
        fields = [*ReportSerializer.Meta.fields, "content", "figures"]

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
        "retrieve": {200: ReportDetailSerializer, 302: None},
    }
    path_parameters = {"key": gettext_lazy("Id of the report.")}

    def rows(self) -> "QuerySet[Report]":
        return Report.objects.select_related("job__schedule__country", "job__schedule__body")

    def detail_rows(self) -> "QuerySet[Report]":
        return self.rows().prefetch_related("items")

    def retrieve(self, request: Request, key: str) -> HttpResponseBase:
        """One report: all figures with the queries behind them, or its page."""
        if self.question.cleaned.get("format") == "html":
            return HttpResponseRedirect(reverse("reports:detail", args=[self.one(key).public_id]))
        return super().retrieve(request, key)
