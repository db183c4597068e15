"""Public pages of situation reports: the archive, and one report in every form. GET only."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core import prose
from core.pages import explains_refusals
from core.parameters import shown
from core.questions import Refusal
from incidents.charts.picture import png
from regions.models import Country, RegionalBody
from reports import revisions, scope
from reports.choices import Cadence, Topic
from reports.filters import ReportFilter, every_report, superseding
from reports.models import Report
from reports.outputs import csv
from reports.outputs.document import Document, site
from reports.outputs.forms import BY_ENDING, FORMS
from reports.revisions import Revision
from reports.schedules.telling import untold
from reports.sections.totals import harm_label

PAGE = 25
PICTURES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}
# A report never changes; what links to it, and how a form is set, may.
KEPT = "public, max-age=600"


@require_safe
@explains_refusals
def archive(request: HttpRequest) -> HttpResponse:
    """Published reports by words, place, topic, cadence, language, data set and period."""
    question = ReportFilter(request.GET, every_report())
    page = question.page(PAGE)
    context = {
        "question": question,
        "reports": page.rows,
        "links": question.links(page),
        "choices": _choices(question),
    }
    return render(request, "reports/report_list.html", context)


def _choices(question: ReportFilter) -> list[dict[str, Any]]:
    """What the archive can be narrowed to: places of which there is a report, kinds of report."""
    published = {"schedules__jobs__report__isnull": False}
    countries = Country.objects.filter(**published).distinct()
    bodies = RegionalBody.objects.filter(**published).distinct()
    offered: tuple[tuple[str, str, Any], ...] = (
        ("country", _("Country"), [(one.iso3, scope.country_name(one)) for one in countries]),
        ("body", _("Body"), [(one.slug, one.short_name or one.name) for one in bodies]),
        ("topic", _("Theme"), Topic.choices),
        ("cadence", _("How often"), Cadence.choices),
        ("language", _("Language"), [("en", "English"), ("fr", "français")]),
    )
    return [
        {"name": name, "label": label, "options": options, "asked": question.asked.get(name)}
        for name, label, options in offered
    ]


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One report as a page, in the language it was written in."""
    if public_id != public_id.upper():
        return redirect("reports:detail", public_id.upper(), permanent=True)
    report = _find(public_id)
    found = revisions.revised(report)
    context = {
        "report": report,
        "revised": {key: _revised(several) for key, several in found.items()},
        "revisions": list({one.id: one for several in found.values() for one in several}.values()),
        "today": _today(report) if found else [],
        "is_untold": untold(report.job.schedule) is not None,
        "document": Document.of(report, site(request)),
        "forms": FORMS.values(),
        "series": _series(report),
        "superseded_by": superseding(report),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "reports/report_detail.html", context)


def _series(report: Report) -> str:
    """Query of archive and feed that lists the reports of the same kind."""
    schedule = report.job.schedule
    kind = {"cadence": schedule.cadence, "topic": schedule.topic, "language": report.language}
    return urlencode(schedule.place | kind)


def _today(report: Report) -> list[dict[str, str]]:
    """Key figures as the record gives them now: label, words, query."""
    found = []
    for key, figure in revisions.today(report).items():
        name = key.removeprefix("total.")
        said = figure.get("short") or prose.count(figure.get("count"))
        label = _("incidents") if name == "incidents" else harm_label(name)
        found.append({"label": label, "text": said, "query": figure["query"]})
    return found


def _revised(several: Sequence[Revision]) -> str:
    text = ngettext("revised since: %(n)s incident", "revised since: %(n)s incidents", len(several))
    return text % {"n": prose.count(len(several))}


@require_safe
def file(request: HttpRequest, public_id: str, ending: str) -> HttpResponseBase:
    """The report as a file. JSON is the very bytes whose SHA-256 is its checksum."""
    report = _find(public_id.upper())
    form = BY_ENDING.get(ending)
    if form is None:
        return _unknown(request, ending, BY_ENDING)
    mark = "" if ending == "json" else f"-{ending}"
    etag = f'"{report.checksum}{mark}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        document = Document.of(report, site(request))
        answer = HttpResponse(form.write(document), content_type=form.content_type)
        place = "attachment" if ending in ("zip", "docx") else "inline"
        answer["Content-Disposition"] = f'{place}; filename="{document.name}.{ending}"'
    return _marked(answer, report, etag)


@require_safe
def table(request: HttpRequest, public_id: str, key: str) -> HttpResponseBase:
    """One table of a report as CSV."""
    report = _find(public_id.upper())
    document = Document.of(report)
    block = document.tables.get(key)
    if block is None:
        return _unknown(request, key, document.tables)
    answer = HttpResponse(csv.table(block), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{document.name}-{key}.csv"'
    return _marked(answer, report, f'"{report.checksum}-{key}"')


@require_safe
def picture(request: HttpRequest, public_id: str, key: str, ending: str) -> HttpResponseBase:
    """One drawing of a report, as it was drawn when the report was built."""
    report = _find(public_id.upper())
    svg = report.pictures.filter(key=key).values_list("svg", flat=True).first()
    if svg is None:
        return _unknown(request, key, report.pictures.values_list("key", flat=True))
    if ending not in PICTURES:
        return _unknown(request, ending, PICTURES)
    body = png(svg) if ending == "png" else svg.encode()
    answer = HttpResponse(body, content_type=PICTURES[ending])
    name = f"vigil-{report.public_id}-{key}.{ending}"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return _marked(answer, report, f'"{report.checksum}-{key}-{ending}"')


def _marked(answer: HttpResponseBase, report: Report, etag: str) -> HttpResponseBase:
    answer["ETag"] = etag
    answer["Content-Language"] = report.language
    answer["Cache-Control"] = KEPT
    return answer


def _unknown(request: HttpRequest, asked: str, known: Iterable[str]) -> HttpResponse:
    """404 that names what there is."""
    names = ", ".join(known) or "–"
    detail = _("This report has no such part. It has: %(names)s.") % {"names": names}
    report = request.path.split("/")[2].split(".")[0]
    context = {
        "refusals": [Refusal(shown(asked), shown(asked), detail)],
        "path": f"/reports/{report}/",
    }
    return render(request, "core/refused.html", context, status=404)


def _find(public_id: str) -> Report:
    reports = Report.objects.select_related("job__schedule__country", "job__schedule__body")
    return get_object_or_404(reports, public_id=public_id)
