"""Incidents as Atom, as JSON Feed and as a calendar: `/incidents/feed.atom`, `.json`, `.ics`.

They take the parameters of the explorer and answer the same question. Atom and JSON Feed bring what
was published or corrected last; the calendar what happened last, on its days. What is withdrawn
leaves a feed without a word: who mirrors the record follows `/api/v1/incidents/changes/`.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, vGeo

from core import prose
from core.choices import DatePrecision
from core.dates import moment_text
from core.feeds import SteadyAtom
from core.pages import explains_refusals
from incidents import words
from incidents.choices import GeoPrecision
from incidents.filters import FeedQuestion
from incidents.models import PublishedIncident
from incidents.stories import told

ENTRIES, DAYS = 50, 100
POINTS = (GeoPrecision.EXACT, GeoPrecision.NEAR)


def _title(row: PublishedIncident) -> str:
    return words.title(row.title, row.payload)


def _said(row: PublishedIncident) -> str:
    """The incident in sentences, with how surely its dates and its authors are known."""
    return " ".join(told(row.payload))


def _page(row: PublishedIncident) -> str:
    """The address that stays, whatever the slug becomes."""
    return reverse("incidents:short", args=[row.public_id])


def _first(row: PublishedIncident) -> dt.datetime:
    """When the incident was published first."""
    return dt.datetime.fromisoformat(row.payload["first_published_at"])


def _tags(row: PublishedIncident) -> tuple[str, ...]:
    return row.type, row.country, f"dataset:{row.dataset}"


class IncidentFeed(Feed):
    """What was published or corrected last, as Atom."""

    feed_type = SteadyAtom

    def get_object(self, request: HttpRequest, *args: Any, **more: Any) -> FeedQuestion:
        self._address = request.build_absolute_uri
        self._path = request.get_full_path()
        return FeedQuestion(request.GET)

    def title(self, question: FeedQuestion) -> str:
        return _("Vigil: %(question)s") % {"question": question.sentence()}

    def subtitle(self) -> str:
        return _("Published and corrected incidents, the latest first.")

    def link(self, question: FeedQuestion) -> str:
        return _explorer(question)

    def feed_url(self) -> str:
        return self._path

    def items(self, question: FeedQuestion) -> Iterable[PublishedIncident]:
        return question.first("-published", ENTRIES)

    def item_title(self, item: Any) -> str:
        return _title(item)

    def item_description(self, item: Any) -> str:
        return _said(item)

    def item_link(self, item: Any) -> str:
        return reverse("incidents:detail", args=[item.public_id, item.slug])

    def item_guid(self, item: Any) -> str:
        return str(self._address(_page(item)))

    def item_pubdate(self, item: Any) -> dt.datetime:
        return _first(item)

    def item_updateddate(self, item: Any) -> Any:
        return item.valid_from

    def item_categories(self, item: Any) -> tuple[str, ...]:
        return _tags(item)


def _explorer(question: FeedQuestion) -> str:
    query = question.as_query()
    return f"{reverse('incidents:list')}?{query}" if query else reverse("incidents:list")


@require_safe
@explains_refusals
def atom(request: HttpRequest) -> HttpResponse:
    """Atom 1.0."""
    return IncidentFeed()(request)


@require_safe
@explains_refusals
def json_feed(request: HttpRequest) -> JsonResponse:
    """JSON Feed 1.1; `_vigil` has the id, the version and its number in the change feed."""
    question, address = FeedQuestion(request.GET), request.build_absolute_uri
    items = [
        {
            "id": address(_page(row)),
            "url": address(reverse("incidents:detail", args=[row.public_id, row.slug])),
            "title": _title(row),
            "content_text": _said(row),
            "date_published": moment_text(_first(row)),
            "date_modified": moment_text(row.valid_from),
            "tags": _tags(row),
            "_vigil": {"id": row.public_id, "version": row.version, "seq": row.seq},
        }
        for row in question.first("-published", ENTRIES)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("Vigil: %(question)s") % {"question": question.sentence()},
        "home_page_url": address(_explorer(question)),
        "feed_url": address(),
        "language": get_language(),
        "items": items,
    }
    return JsonResponse(feed, content_type="application/feed+json")


@require_safe
@explains_refusals
def calendar(request: HttpRequest) -> HttpResponse:
    """iCalendar (RFC 5545): each incident over the days that it lasted or may have happened on."""
    question = FeedQuestion(request.GET)
    found = Calendar()
    found.add("prodid", "-//Vigil//Incidents//EN")
    found.add("version", "2.0")
    found.add("name", _("Vigil: %(question)s") % {"question": question.sentence()})
    for row in question.first("-date", DAYS):
        found.add_component(_event(row, request))
    response = HttpResponse(found.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="vigil-incidents.ics"'
    return response


def _event(row: PublishedIncident, request: HttpRequest) -> Event:
    """One incident. A day that is not known is tentative, and its title says so."""
    is_dated = row.date_precision == DatePrecision.DAY
    location = row.payload["location"]
    title = _title(row)
    event = Event()
    event.add("uid", f"{row.public_id}@{request.get_host()}")
    event.add("sequence", row.version - 1)
    event.add("dtstamp", row.valid_from)
    event.add("dtstart", row.date_start)
    # RFC 5545: the day after the last one.
    event.add("dtend", row.date_end + dt.timedelta(days=1))
    when = prose.when_short(row.date_start, row.date_end, row.date_precision, row.is_multiday)
    is_said = is_dated or row.payload["is_withheld"]
    event.add("summary", title if is_said else f"{title} ({when})")
    event.add("description", _said(row))
    event.add("location", words.where(location, words.in_reader_language(location, "country_name")))
    if row.latitude is not None and row.longitude is not None and row.geo_precision in POINTS:
        event.add("geo", vGeo((float(row.latitude), float(row.longitude))))
    event.add("url", request.build_absolute_uri(_page(row)))
    event.add("categories", _tags(row))
    event.add("status", "CONFIRMED" if is_dated else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    return event
