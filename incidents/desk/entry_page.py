"""The entry page as it is shown: what was typed, what stands in the way, what readers will see."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.permissions import DeskRequest
from core.ids import new_public_id
from incidents import drafting
from incidents.choices import Status
from incidents.desk.comparison import packed
from incidents.desk.entry_checks import checks
from incidents.desk.sections import SECTIONS
from incidents.desk.sheet import Sheet
from incidents.desk.typed import typed
from incidents.models import Incident


def page(
    request: DeskRequest,
    sheet: Sheet,
    incident: Incident | None,
    *,
    status: int = 200,
    edition: int | None = None,
    base: str | None = None,
    fresh: str = "",
    **more: Any,
) -> HttpResponse:
    """The page of `incident`, or of a new one. Edition and base are as stored unless given.

    `fresh` names the part of which the last row was just added: writing goes on there.
    """
    if edition is None:
        edition = incident.edition if incident else 0
    if fresh:
        sheet.begin_at_last(fresh)
    context = {
        "sheet": sheet,
        "fresh": fresh,
        "sections": SECTIONS,
        "incident": incident,
        "edition": edition,
        "base": stored_base(incident) if base is None else base,
        "token": request.POST.get("token") or new_public_id(),
        # The same values, read for the notes without marking the page that is shown.
        "checks": checks(Sheet(sheet.data, sheet.person, checked=True)),
        "complaints": sheet.errors if sheet.checked else [],
        # What was typed is on this page already: no older copy need be offered.
        "typed": request.method == "POST" and "wanting" not in more,
        "can_submit": incident is None or incident.editorial_status == Status.DRAFT,
        **addresses(incident),
    }
    return render(request, "desk/incident/entry.html", context | more, status=status)


def addresses(incident: Incident | None) -> dict[str, str]:
    """Where the page sends itself."""
    if incident is None:
        return {"action": reverse("desk:entry"), "autosave": reverse("desk:autosave-new")}
    watch = reverse("desk:duplicates-watch")
    return {
        "action": reverse("desk:incident", args=[incident.public_id]),
        "autosave": reverse("desk:autosave", args=[incident.public_id]),
        "duplicates": f"{watch}?incident={incident.public_id}",
    }


def stored_base(incident: Incident | None) -> str:
    """What an editor begins with, kept on the page so that a conflict can tell who changed what."""
    return packed(typed(drafting.read(incident))) if incident else ""
