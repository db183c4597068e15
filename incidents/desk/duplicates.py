"""Duplicate watch at the desk: who else tells this event, that it is another, or that it is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.choices import Role
from accounts.permissions import DeskRequest, require
from incidents.access import visible
from incidents.apart import ApartRefused, reconsider, tell_apart
from incidents.desk.typed_sighting import typed_sighting
from incidents.duplicates import Candidate, Sighting, candidates, sighting_of
from incidents.models import Incident, NotDuplicate
from incidents.sight import seen_by


@dataclass(frozen=True)
class Shown:
    """A candidate and where this person can read it."""

    candidate: Candidate
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
@require(Role.CONTRIBUTOR)
def watch(request: DeskRequest) -> HttpResponse:
    """Candidates for what the entry form says so far, or for a stored draft (`incident`).

    POST from the form, so that no word of a draft stands in an address; it changes nothing.
    """
    public_id = request.GET.get("incident", "").upper()
    draft = _own(request, public_id) if public_id else None
    if request.method == "POST":
        sighting = typed_sighting(request.POST, public_id)
    elif draft is not None:
        sighting = sighting_of(draft)
    else:
        sighting = typed_sighting(request.GET)
    return _answer(request, draft, sighting)


@require_POST
@require(Role.CONTRIBUTOR)
def apart(request: DeskRequest, public_id: str) -> HttpResponse:
    """Remember that `other` is another event, or forget it again (`reconsider`)."""
    draft = _own(request, public_id.upper())
    named = request.POST.get("other", "") or request.POST.get("reconsider", "")
    other = get_object_or_404(seen_by(request.user), public_id=named.upper())
    now = timezone.now()
    try:
        if request.POST.get("other"):
            tell_apart(draft, other, by=request.user, at=now)
        else:
            reconsider(draft, other, by=request.user, at=now)
    except ApartRefused as refused:
        messages.error(request, str(refused))
    if request.htmx:  # type: ignore[attr-defined]
        return _answer(request, draft, sighting_of(draft))
    return redirect(f"{reverse('desk:duplicates-watch')}?incident={draft.public_id}")


def _own(request: DeskRequest, public_id: str) -> Incident:
    rows = visible(request.user).select_related("country", "type")
    return get_object_or_404(rows, public_id=public_id)


def _answer(request: DeskRequest, draft: Incident | None, sighting: Sighting) -> HttpResponse:
    """The list as a part of the entry page, or as a page of its own."""
    found = candidates(sighting, by=request.user)
    context: dict[str, Any] = {
        "draft": draft,
        "sighting": sighting,
        "found": _with_addresses(request, found),
        "is_likely": any(candidate.is_likely for candidate in found),
        "told_apart": _told_apart(request, draft) if draft else [],
        "title": _("Possible duplicates"),
    }
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    template = "desk/incident/_duplicates.html" if is_part else "desk/incident/duplicates.html"
    return render(request, template, context)


def _with_addresses(request: DeskRequest, found: Sequence[Candidate]) -> list[Shown]:
    keys = [candidate.incident.pk for candidate in found]
    mine = set(visible(request.user).filter(pk__in=keys).values_list("pk", flat=True))
    return [
        Shown(
            candidate,
            reverse("desk:review", args=[candidate.incident.public_id])
            if candidate.incident.pk in mine
            else reverse("incidents:short", args=[candidate.incident.public_id]),
        )
        for candidate in found
    ]


def _told_apart(request: DeskRequest, draft: Incident) -> "models.QuerySet[Incident]":
    """The incidents that somebody told apart from the draft, as far as this person may see them."""
    others = NotDuplicate.objects.told_apart_from(draft.public_id)
    return seen_by(request.user).filter(pk__in=others).order_by("-date_start", "pk")
