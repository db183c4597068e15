"""Published reports as Atom and as JSON Feed: one entry an edition, the same parameters as the
archive, which it accompanies.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from core.dates import moment_text
from core.feeds import SteadyAtom
from core.pages import explains_refusals
from reports.filters import ReportFilter, every_report
from reports.models import Report

MOST = 50


def title() -> str:
    return _("Vigil: situation reports")


def newest(request: HttpRequest) -> list[Report]:
    """The latest editions that answer the question, whatever their period.

    Raises ParametersRefused for what the archive refuses too.
    """
    question = ReportFilter(request.GET, every_report().defer("content", "written"))
    return list(question.qs.order_by("-published_at", "-pk")[:MOST])


class LinkedAtom(SteadyAtom):
    """Atom whose entries name the editions before and after them (RFC 5829)."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for relation, address in item["related"]:
            handler.addQuickElement("link", "", {"rel": relation, "href": address})


class ReportFeed(Feed):
    """The archive as a feed."""

    feed_type = LinkedAtom

    def get_object(self, request: HttpRequest, *args: Any, **more: Any) -> HttpRequest:
        return request

    def title(self) -> str:
        return title()

    def subtitle(self) -> str:
        return _("Each edition once. A later edition names the one that it supersedes.")

    def link(self) -> str:
        return reverse("reports:list")

    def feed_url(self, request: HttpRequest) -> str:
        return request.get_full_path()

    def items(self, request: HttpRequest) -> Iterable[Report]:
        found = newest(request)
        self._address = request.build_absolute_uri
        self._others = _editions(found)
        return found

    def item_title(self, item: Any) -> str:
        return named(item)

    def item_description(self, item: Any) -> str:
        return summary(item)

    def item_link(self, item: Any) -> str:
        return reverse("reports:detail", args=[item.public_id])

    def item_guid(self, item: Any) -> str:
        return self._address(self.item_link(item))

    def item_pubdate(self, item: Any) -> Any:
        return item.published_at

    def item_updateddate(self, item: Any) -> Any:
        return item.published_at

    def item_categories(self, item: Any) -> tuple[str, ...]:
        schedule = item.job.schedule
        return (schedule.slug, schedule.cadence, schedule.topic, f"language:{item.language}")

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        return {"related": related(item, self._others, self._address)}


def named(report: Report) -> str:
    """The title; a further edition says so."""
    if report.edition == 1:
        return report.title
    return _("%(title)s (edition %(n)s)") % {"title": report.title, "n": report.edition}


def summary(report: Report) -> str:
    """Period, edition, data set and moment of the data."""
    return _("%(start)s to %(end)s, edition %(edition)s, %(dataset)s, data of %(moment)s") % {
        "start": report.period_start.isoformat(),
        "end": report.period_end.isoformat(),
        "edition": report.edition,
        "dataset": report.dataset_label,
        "moment": moment_text(report.record_at),
    }


Key = tuple[int, Any, Any]


def _key(report: Report) -> Key:
    return report.job.schedule_id, report.period_start, report.period_end


def _editions(found: list[Report]) -> dict[Key, list[Report]]:
    """All editions of the periods of these reports, in order: one query."""
    schedules = {report.job.schedule_id for report in found}
    same = Report.objects.filter(
        job__schedule__in=schedules, period_start__in={r.period_start for r in found}
    )
    several: dict[Key, list[Report]] = {}
    for report in same.select_related("job").defer("content", "written").order_by("edition"):
        several.setdefault(_key(report), []).append(report)
    return several


def related(report: Report, others: dict[Key, list[Report]], address: Any) -> list[tuple[str, str]]:
    """Relation and address of the edition before and of the newest one."""

    def page(other: Report) -> str:
        return str(address(reverse("reports:detail", args=[other.public_id])))

    same = others[_key(report)]
    before = [other for other in same if other.edition < report.edition]
    after = [other for other in same if other.edition > report.edition]
    found = [("predecessor-version", page(before[-1]))] if before else []
    found += [("successor-version", page(after[0]))] if after else []
    return found + ([("latest-version", page(same[-1]))] if after else [])


@require_safe
@explains_refusals
def atom(request: HttpRequest) -> HttpResponse:
    """Atom 1.0."""
    return ReportFeed()(request)


@require_safe
@explains_refusals
def json_feed(request: HttpRequest) -> JsonResponse:
    """JSON Feed 1.1; `_vigil` names the editions before and after."""
    found, address = newest(request), request.build_absolute_uri
    others = _editions(found)
    items = [
        {
            "id": address(reverse("reports:detail", args=[report.public_id])),
            "url": address(reverse("reports:detail", args=[report.public_id])),
            "title": named(report),
            "content_text": summary(report),
            "date_published": moment_text(report.published_at),
            "language": report.language,
            "tags": [report.job.schedule.slug, report.job.schedule.cadence],
            "_vigil": {
                "schedule": report.job.schedule.slug,
                "edition": report.edition,
                "checksum": report.checksum,
                **{name.replace("-", "_"): to for name, to in related(report, others, address)},
            },
        }
        for report in found
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title(),
        "home_page_url": address(reverse("reports:list")),
        "feed_url": address(),
        "language": get_language(),
        "items": items,
    }
    return JsonResponse(feed, content_type="application/feed+json")
