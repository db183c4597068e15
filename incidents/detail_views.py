"""One published incident: its page, now or as of a moment, and its citations as files."""

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import prose
from core.dates import moment_text
from core.pages import explains_refusals
from incidents import citing, words
from incidents.linked_data import json_ld
from incidents.models import PublishedIncident
from incidents.questions import AsOfQuestion
from incidents.stories import story


@dataclass(frozen=True)
class Asked:
    """One incident by its id: all versions newest first, the current one, the one asked for."""

    versions: list[PublishedIncident]
    moment: dt.datetime | None

    @property
    def current(self) -> PublishedIncident:
        return self.versions[0]

    @property
    def shown(self) -> PublishedIncident | None:
        """What was said at the moment; None where nothing was, or no more can be read."""
        moment = self.moment
        if moment is None:
            return self.current
        for row in self.versions:
            if row.valid_from <= moment and (row.valid_to is None or row.valid_to > moment):
                return row if row.is_listed else None
        return None


def asked_for(request: HttpRequest, public_id: str) -> Asked:
    """The incident of an address. Raises Http404 where none was ever published."""
    moment = AsOfQuestion(request.GET).cleaned.get("as_of")
    rows = PublishedIncident.objects.filter(public_id=public_id.upper())
    versions = list(rows.defer("search", "search_text").order_by("-version"))
    if not versions:
        raise Http404
    return Asked(versions, moment)


def gone(request: HttpRequest, asked: Asked, view: str, *args: str) -> HttpResponse | None:
    """The answer for what is public no more, or was not yet: a redirect, 410 or 404; else None.

    Merged incidents lead to `view` of the one that they are part of now.
    """
    current = asked.current
    if current.status == "merged":
        return HttpResponsePermanentRedirect(reverse(view, args=[current.merged_into, *args]))
    if current.status == "withdrawn":
        return render(request, "incidents/withdrawn.html", {"incident": current}, status=410)
    if asked.shown is None:
        context = {"incident": current, "moment": asked.moment}
        return render(request, "incidents/not_yet.html", context, status=404)
    return None


@require_safe
@explains_refusals
def detail(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """One incident, now or as of a moment; moved ones redirect, withdrawn ones say so (410)."""
    asked = asked_for(request, public_id)
    refused = gone(request, asked, "incidents:short")
    shown, current = asked.shown, asked.current
    if refused or shown is None:
        return refused or HttpResponse(status=404)
    if (public_id, slug) != (current.public_id, current.slug):
        query = request.META["QUERY_STRING"]
        path = reverse("incidents:detail", args=[current.public_id, current.slug])
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    reference = reference_to(request, shown)
    context = story(shown, asked.versions, asked.moment) | {
        "as_of": asked.moment,
        "as_of_text": request.GET.get("as_of", ""),
        "styles": [(style, form.name) for style, form in citing.STYLES.items()],
        "apa": [citing.apa_parts(reference), *(citing.UCDP_APA if reference.is_ucdp else ())],
        "bibtex": citing.bibtex(reference),
        "json_ld": json_ld(
            shown,
            title=words.title(shown.title, shown.payload),
            url=absolute(request, "incidents:short", shown),
            api_url=absolute(request, "api:incident-detail", shown),
        ),
    }
    return render(request, "incidents/detail.html", context)


@require_safe
@explains_refusals
def cite(request: HttpRequest, public_id: str, style: str) -> HttpResponse:
    """The citation of one version as a file: `txt` (APA), `bib` or `ris`."""
    if style not in citing.STYLES:
        raise Http404
    asked = asked_for(request, public_id)
    refused = gone(request, asked, "incidents:cite", style)
    if refused or asked.shown is None:
        return refused or HttpResponse(status=404)
    reference, form = reference_to(request, asked.shown), citing.STYLES[style]
    response = HttpResponse(form.write(reference), content_type=form.content_type)
    response["Content-Disposition"] = f'attachment; filename="{reference.key}.{style}"'
    return response


def reference_to(request: HttpRequest, shown: PublishedIncident) -> citing.Reference:
    """The reference for a version; its address shows it, whatever is corrected later."""
    return citing.reference(
        shown,
        words.title(shown.title, shown.payload),
        f"{absolute(request, 'incidents:short', shown)}?as_of={moment_text(shown.valid_from)}",
        prose.today(),
    )


def absolute(request: HttpRequest, view: str, shown: PublishedIncident) -> str:
    return request.build_absolute_uri(reverse(view, args=[shown.public_id]))
