"""A page that saves itself, and the words beside it: answers for the page's own script."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import Role
from accounts.permissions import DeskRequest, require
from incidents.access import EditRefused
from incidents.desk import pickers
from incidents.desk.entry import at_desk, write
from incidents.desk.entry_checks import checks
from incidents.desk.entry_page import addresses, stored_base
from incidents.desk.options import Context
from incidents.desk.reading import in_reader_language
from incidents.desk.sections import SECTIONS
from incidents.desk.sheet import Sheet, cited
from incidents.drafting import DraftRefused, EditConflict
from regions.maps import locator
from regions.models import Country


@require(Role.CONTRIBUTOR)
@require_POST
def autosave(request: DeskRequest, public_id: str = "") -> JsonResponse:
    """Save by the same verb as the button, or say what stands in the way."""
    incident = at_desk(request, public_id) if public_id else None
    sheet = Sheet(request.POST, request.user, checked=True)
    if not sheet.is_readable:
        first = sheet.errors[0]
        return _told(request, reason=f"{first.label}: {first.text}")
    try:
        saved = write(request, sheet.draft(), incident)
    except DraftRefused as refused:
        return _told(request, reason=next(iter(refused.problems.values())))
    except EditConflict:
        reason = _(
            "Somebody else has saved this incident meanwhile. Save to compare the two versions."
        )
        return _told(request, conflict=True, reason=reason)
    except EditRefused as refused:
        return _told(request, reason=str(refused))
    values = cited(request.POST, sheet, saved)
    return _told(
        request,
        saved=True,
        incident=saved.public_id,
        edition=saved.edition,
        base=stored_base(saved),
        at=f"{timezone.now():%H:%M} UTC",
        sources=_sources(request, Sheet(values, request.user))
        if values is not request.POST
        else "",
        **addresses(saved),
    )


def _told(request: DeskRequest, **more: Any) -> JsonResponse:
    """The state, and the notes beside the form as they are now."""
    again = Sheet(request.POST, request.user, checked=True)
    notes = render_to_string("desk/incident/_notes.html", {"checks": checks(again)}, request)
    return JsonResponse({**more, "notes": notes})


def _sources(request: DeskRequest, sheet: Sheet) -> str:
    section = next(section for section in SECTIONS if section.part == "citations")
    context = {"section": section, "sheet": sheet}
    return render_to_string("desk/incident/_part.html", context, request)


@require(Role.CONTRIBUTOR)
@require_safe
def pick(request: DeskRequest, kind: str) -> HttpResponse:
    """The options for words typed so far, as entries of a list box."""
    if kind not in pickers.FINDERS:
        raise Http404(_("There is nothing called %(kind)s to choose from.") % {"kind": kind})
    context = Context(request.user, request.GET.get("country", ""))
    options = pickers.find(kind, request.GET.get("q", "")[:200], context)
    return render(request, "desk/incident/_options.html", {"options": options})


@require(Role.CONTRIBUTOR)
@require_safe
def pin_map(request: DeskRequest) -> HttpResponse:
    """Our own outline of a country, on which a pin can be put."""
    country = Country.objects.filter(iso3=request.GET.get("country", "")).first()
    drawn = (
        locator(country.m49, latitude=None, longitude=None, precision="exact") if country else None
    )
    context = {"map": drawn, "name": in_reader_language(country, "name") if country else ""}
    return render(request, "desk/incident/_pin_map.html", context)
