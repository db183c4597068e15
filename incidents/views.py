"""Public pages of incidents: home, list, one incident, search. GET only; they read the record."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core import prose
from core.pages import explains_refusals
from core.parameters import MomentField
from core.questions import Parameter, Question
from incidents import charts, rollups
from incidents.choices import Dataset
from incidents.filters import IncidentFilter
from incidents.forms import chips, faults, filter_form
from incidents.models import PublishedIncident
from incidents.querysets import RecordQuerySet
from incidents.search import found_by
from incidents.sentences import NAMES
from incidents.stories import story

HOME_YEARS = 15
HOME_ROWS = 6
HOME_COUNTRIES = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What happened lately, the last years, and what was corrected; Vigil's own record only."""
    rows = PublishedIncident.objects.current().filter(dataset=Dataset.VIGIL)
    years = rollups.by_period(rows, "year")
    first = max((group.key.year for group in years), default=0) - HOME_YEARS + 1
    return render(
        request,
        "incidents/home.html",
        {
            "incidents": rows.defer("search", "search_text")[:HOME_ROWS],
            "totals": rollups.totals(rows),
            "chart": charts.by_year(years, first=first),
            "first_year": first,
            "countries": with_names(rollups.by(rows, "country")[:HOME_COUNTRIES]),
            "changes": latest_changes(),
            "others": [
                row
                for row in sizes_by_dataset(PublishedIncident.objects.current()).items()
                if row[0] != Dataset.VIGIL
            ],
        },
    )


def with_names(groups: list[rollups.Group]) -> list[tuple[rollups.Group, str]]:
    """Countries of a breakdown with their names in the reader's language."""
    names = NAMES["country"]([str(group.key) for group in groups])
    return [(group, names.get(str(group.key), str(group.key))) for group in groups]


def latest_changes(limit: int = 5) -> list[PublishedIncident]:
    """The newest corrections, withdrawals and merges."""
    changed = PublishedIncident.objects.filter(version__gt=1, valid_to__isnull=True)
    return list(changed.defer("search", "search_text").order_by("-seq")[:limit])


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The list of incidents that answer a question, or what was wrong with the question."""
    is_partial = bool(request.htmx) and not request.htmx.boosted  # type: ignore[attr-defined]
    if not is_partial and any(value == "" for value in request.GET.values()):
        asked = request.GET.copy()
        for name in [name for name, values in asked.lists() if not any(values)]:
            del asked[name]
        return redirect(f"{request.path}?{asked.urlencode(safe=',:')}")
    question = IncidentFilter(request.GET)
    valid = question.is_valid()
    context: dict[str, Any] = {"question": question, "chips": list(chips(question))}
    context |= answer(question) if valid else {"faults": faults(question)}
    if is_partial:
        template = "incidents/_results.html"
    else:
        template = "incidents/list.html"
        context["form"] = filter_form(question)
    response = render(request, template, context, status=200 if valid else 400)
    if is_partial:
        response["HX-Push-Url"] = address_of(question, request.path)
    patch_vary_headers(response, ["HX-Request"])
    return response


def sizes_by_dataset(rows: RecordQuerySet) -> dict[str, int]:
    """How many incidents each data set holds, Vigil's own first."""
    found = rows.order_by().values_list("dataset").annotate(number=Count("seq"))
    return dict(sorted(found, key=lambda row: (row[0] != Dataset.VIGIL, row[0])))


def shown_as(question: IncidentFilter) -> dict[str, str]:
    """Order and length of page, which `as_query` leaves out."""
    return {name: question.asked[name] for name in ("ordering", "limit") if name in question.asked}


def address_of(question: IncidentFilter, path: str) -> str:
    query = question.as_query(**shown_as(question))
    return f"{path}?{query}" if query else path


def answer(question: IncidentFilter) -> dict[str, Any]:
    """Rows, totals for each data set, and the addresses around them."""
    page = question.page()
    shown = shown_as(question)
    sizes = sizes_by_dataset(question.qs)
    return {
        "page": page,
        "sentence": question.sentence(),
        "sets": [(name, rollups.totals(question.qs.filter(dataset=name))) for name in sizes],
        "next": page.next and f"?{question.as_query(cursor=page.next, **shown)}",
        "previous": page.previous and f"?{question.as_query(cursor=page.previous, **shown)}",
        "query": question.as_query(),
        "as_of": question.cleaned.get("as_of"),
        "now_query": question.as_query(as_of=None, **shown),
    }


class MomentQuestion(Question):
    """A page about one thing, as it was said at a moment."""

    as_of = Parameter(MomentField(help_text=_("What Vigil said then: a date or a moment.")))

    def start(self) -> Any:
        return PublishedIncident.objects.all()

    def check(self, form: forms.Form, cleaned: dict[str, Any]) -> None:
        if "as_of" in cleaned and cleaned["as_of"].date() > prose.today():
            form.add_error("as_of", _("This moment is still to come: give one in the past."))


@require_safe
@explains_refusals
def detail(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """One incident, now or as of a moment; moved ones redirect, withdrawn ones say so (410)."""
    asked_id, public_id = public_id, public_id.upper()
    moment: dt.datetime | None = MomentQuestion(request.GET).cleaned.get("as_of")
    versions = PublishedIncident.objects.filter(public_id=public_id).defer("search", "search_text")
    current = versions.filter(valid_to__isnull=True).first()
    if current is None:
        raise Http404
    if current.status == "merged":
        return HttpResponsePermanentRedirect(reverse("incidents:short", args=[current.merged_into]))
    if current.status == "withdrawn":
        return render(request, "incidents/withdrawn.html", {"incident": current}, status=410)
    shown = current if moment is None else versions.as_of(moment).first()
    if shown is None:
        return render(
            request, "incidents/not_yet.html", {"incident": current, "moment": moment}, status=404
        )
    if (asked_id, slug) != (public_id, current.slug):
        query = request.META["QUERY_STRING"]
        path = reverse("incidents:detail", args=[public_id, current.slug])
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    context = story(shown, list(versions.order_by("-version")))
    return render(request, "incidents/detail.html", context | {"as_of": moment})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Incidents, actors, bodies, countries and campaigns by name or words."""
    words = request.GET.get("q", "").strip()[:200]
    return render(request, "incidents/search.html", {"q": words, "found": found_by(words)})
