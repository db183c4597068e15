"""Entering and editing an incident: one page, with and without JavaScript.

Every button of the page sends the whole form: `add` and `remove` change rows and check nothing,
`restore` shows a copy from the editor's device, `save` and `submit` write. Two editors who save
the same edition meet on a page that compares their versions.
"""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.db import connection, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import Role
from accounts.permissions import DeskRequest, require
from incidents import drafting, workflow
from incidents.access import EditRefused, refusal, visible
from incidents.choices import GONE
from incidents.desk.comparison import Difference, differences, merged, packed, unpacked
from incidents.desk.entry_checks import when_shown
from incidents.desk.entry_page import page
from incidents.desk.sheet import PARTS, Sheet, basics, findings
from incidents.desk.typed import add_row, remove_row, typed
from incidents.drafting import Draft, DraftRefused, EditConflict
from incidents.models import Incident

# How long a new page may be sent twice and still make one incident, in seconds.
ONE_ENTRY = 24 * 3600


@require(Role.CONTRIBUTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """An empty page, or what was typed into it."""
    if request.method == "POST":
        return _answer(request, None)
    return page(request, Sheet.of(Draft(), request.user), None)


@require(Role.CONTRIBUTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest, public_id: str) -> HttpResponse:
    """An incident of the desk as its editors change it."""
    incident = at_desk(request, public_id)
    if reason := refusal(incident, request.user):
        context = {"incident": incident, "reason": reason}
        return render(request, "desk/incident/closed.html", context, status=403)
    if request.method == "POST":
        return _answer(request, incident)
    return page(request, Sheet.of(drafting.read(incident), request.user), incident)


@require(Role.CONTRIBUTOR)
@require_POST
def compare(request: DeskRequest, public_id: str) -> HttpResponse:
    """Save the version that an editor made of two; once more if a third came in between."""
    incident = at_desk(request, public_id)
    yours = unpacked(request.POST.get("yours", ""))
    if incident.edition != edition_of(request):
        return _conflict(request, yours, incident)
    choices = {
        key.removeprefix("choice-"): str(value)
        for key, value in request.POST.items()
        if key.startswith("choice-")
    }
    data = merged(yours, typed(drafting.read(incident)), choices)
    return _save(request, incident, Sheet(data, request.user, checked=True))


@require(Role.CONTRIBUTOR)
@require_POST
def sentence(request: DeskRequest) -> HttpResponse:
    """How the date will read, for the page to show while it is chosen."""
    sheet = Sheet(request.POST, request.user, checked=True)
    return render(request, "desk/incident/_when.html", {"when": when_shown(sheet)})


@require(Role.CONTRIBUTOR)
@require_safe
def mine(request: DeskRequest) -> HttpResponse:
    """The incidents that the signed-in person wrote, last changed first."""
    rows = Incident.objects.filter(author=request.user).exclude(editorial_status__in=GONE)
    written = rows.select_related("country", "type").order_by("-updated_at", "pk")[:200]
    return render(request, "desk/incident/mine.html", {"incidents": written})


def at_desk(request: DeskRequest, public_id: str) -> Incident:
    """The incident, where this person may see it at all."""
    incident = visible(request.user).filter(public_id=public_id.upper()).first()
    if incident is None:
        raise Http404(_("There is no incident %(id)s at your desk.") % {"id": public_id})
    return incident


def _answer(request: DeskRequest, incident: Incident | None) -> HttpResponse:
    """What a button of the page asks for."""
    sent = request.POST
    kept: dict[str, Any] = {"edition": edition_of(request), "base": sent.get("base", "")}
    if (part := sent.get("add")) in PARTS:
        sheet = Sheet(add_row(sent, str(part)), request.user)
        return page(request, sheet, incident, fresh=part, **kept)
    part, _dash, number = sent.get("remove", "").rpartition("-")
    if part in PARTS and number.isdecimal():
        sheet = Sheet(remove_row(sent, part, int(number)), request.user)
        return page(request, sheet, incident, opened=part, **kept)
    if "restore" in sent:
        return page(request, Sheet(sent, request.user), incident, is_restored=True, **kept)
    return _save(request, incident, Sheet(sent, request.user, checked=True))


def _save(request: DeskRequest, incident: Incident | None, sheet: Sheet) -> HttpResponse:
    kept: dict[str, Any] = {"edition": edition_of(request), "base": request.POST.get("base", "")}
    if not sheet.is_readable:
        sheet.complain(basics(sheet))
        return page(request, sheet, incident, status=422, **kept)
    try:
        saved = write(request, sheet.draft(), incident)
    except DraftRefused as refused:
        sheet.complain(refused.problems)
        return page(request, sheet, incident, status=422, **kept)
    except EditConflict as stale:
        return _conflict(request, typed(sheet.draft()), stale.current)
    except EditRefused as refused:
        sheet.complain({"": str(refused)})
        return page(request, sheet, incident, status=403, **kept)
    if "submit" in request.POST:
        return _submit(request, saved)
    messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.now():%H:%M} UTC"})
    return redirect("desk:incident", saved.public_id)


def write(request: DeskRequest, draft: Draft, incident: Incident | None) -> Incident:
    """Create or save. A new page that is sent twice makes one incident.

    Raises EditConflict where somebody else saved something different meanwhile.
    """
    person, now = request.user, timezone.now()
    if incident is not None:
        edition = edition_of(request)
        try:
            return drafting.save(incident.public_id, draft, by=person, at=now, edition=edition)
        except EditConflict as stale:
            # The page's own save and its button may meet: the same words twice are no conflict.
            if _differences(request, typed(draft), stale.current):
                raise
            return stale.current
    key = f"entry:{person.pk}:{request.POST.get('token', '')[:40]}"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        made = Incident.objects.filter(public_id=cache.get(key, "")).first()
        if made is None:
            made = drafting.create(draft, by=person, at=now)
            cache.set(key, made.public_id, ONE_ENTRY)
            return made
    return drafting.save(made.public_id, draft, by=person, at=now, edition=made.edition)


def edition_of(request: DeskRequest) -> int:
    """The edition that the sent page was made from; 0 is none."""
    text = request.POST.get("edition", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _differences(request: DeskRequest, yours: Any, current: Incident) -> list[Difference]:
    base = unpacked(request.POST.get("base", ""))
    return differences(yours, typed(drafting.read(current)), base, request.user)


def _conflict(request: DeskRequest, yours: Any, current: Incident) -> HttpResponse:
    """Yours beside theirs. Nothing is saved, and nothing is lost."""
    context = {
        "incident": current,
        "differences": _differences(request, yours, current),
        "yours": packed(yours),
        "base": request.POST.get("base", ""),
    }
    return render(request, "desk/incident/conflict.html", context, status=409)


def _submit(request: DeskRequest, incident: Incident) -> HttpResponse:
    """Hand the saved draft to review, or show what review still wants."""
    draft = drafting.read(incident)
    blockers, wants = findings(draft, request.user)
    if blockers or wants:
        sheet = Sheet.of(draft, request.user)
        wanting = sheet.complaints(blockers | wants)
        return page(request, sheet, incident, status=422, wanting=wanting)
    try:
        workflow.submit(incident, by=request.user, at=timezone.now())
    except workflow.TransitionRefused as refused:
        messages.warning(request, str(refused))
    else:
        said = _("“%(title)s” is now in review.") % {"title": incident.title}
        messages.success(request, said)
    return redirect("desk:incident", incident.public_id)
