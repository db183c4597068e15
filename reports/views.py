"""Public pages of situation reports: the archive, and one report as page and as JSON. GET only."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from core.pages import explains_refusals
from incidents import charts
from incidents.chart_parts import HARM_COLUMNS, OVER_TIME, harm_cells
from incidents.charts.chart import Chart
from incidents.charts.files import WRITERS, file_of
from incidents.charts.picture import Panel
from incidents.rollups import Group, HarmSum
from regions.models import Country, RegionalBody
from reports.building import canonical
from reports.filters import ReportFilter, every_report, superseding
from reports.models import Report
from reports.periods import Month

PAGE = 25


@require_safe
@explains_refusals
def archive(request: HttpRequest) -> HttpResponse:
    """Published reports by country, body, language, data set and month."""
    question = ReportFilter(request.GET, every_report())
    page = question.page(PAGE)
    published = {"schedules__jobs__report__isnull": False}
    context = {
        "question": question,
        "reports": page.rows,
        "links": question.links(page),
        "countries": Country.objects.filter(**published).distinct(),
        "bodies": RegionalBody.objects.filter(**published).distinct(),
    }
    return render(request, "reports/report_list.html", context)


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One report as a page, in the language it was written in."""
    if public_id != public_id.upper():
        return redirect("reports:detail", public_id.upper(), permanent=True)
    report = _find(public_id)
    context = {
        "report": report,
        "content": report.content,
        "chart": trend_chart(report),
        "superseded_by": superseding(report),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "reports/report_detail.html", context)


@require_safe
def content(request: HttpRequest, public_id: str) -> HttpResponse:
    """The report's content: the very bytes whose SHA-256 is its checksum."""
    report = _find(public_id.upper())
    response = HttpResponse(canonical(report.content), content_type="application/json")
    response["ETag"] = f'"{report.checksum}"'
    response["Content-Language"] = report.language
    return response


def _find(public_id: str) -> Report:
    reports = Report.objects.select_related("job__schedule__country", "job__schedule__body")
    return get_object_or_404(reports, public_id=public_id)


@require_safe
def trend(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The twelve months of a report as a file, in the language it was written in."""
    report = _find(public_id.upper())
    with translation.override(report.language):
        drawn = trend_chart(report, charts.FULL)
        if drawn is None or form not in WRITERS:
            raise Http404
        address = request.build_absolute_uri(reverse("reports:detail", args=[report.public_id]))
        name = f"vigil-report-{report.public_id}"
        response = file_of(_as_chart(report, drawn), form, address, name)
    response["Content-Language"] = report.language
    return response


def _as_chart(report: Report, drawn: charts.Histogram) -> Chart:
    dataset = report.job.schedule.dataset
    return Chart(
        title=gettext("Incidents and people killed, month by month"),
        question=report.content["header"]["title"],
        panels=[Panel(drawn, OVER_TIME)],
        header=("month", "incidents", *HARM_COLUMNS),
        rows=[[f"{b.key:%Y-%m}", b.incidents, *harm_cells(b.killed)] for b in drawn.bars],
        datasets=[dataset] if dataset else [],
        query="",
        as_of=report.record_at,
    )


def trend_chart(report: Report, width: float = charts.WIDTH) -> charts.Histogram | None:
    """The twelve months as bars; None where all are empty."""
    groups = []
    for row in report.content["trend"]:
        killed = {name: row["killed"][name] for name in HarmSum.__dataclass_fields__}
        group = Group(_first_day(row["period"]), row["incidents"], HarmSum(**killed))
        groups.append((group, row["period"]))
    if not any(group.incidents for group, _label in groups):
        return None
    return charts.histogram(groups, width=width)


def _first_day(period: str) -> dt.date:
    return Month.parse(period).first
