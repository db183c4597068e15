"""Where analysts write: one page beside what was generated, with and without JavaScript.

Every button sends the whole form: `add`, `remove` and `up` change rows and check nothing, `restore`
shows a copy from the writer's device, `save` and `submit` write. Two writers who save the same
version meet on a page that compares their texts.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.choices import Role
from accounts.permissions import DeskRequest, require
from reports.desk.comparison import differences, merged, packed, unpacked
from reports.desk.finding import at_desk, last_return
from reports.desk.sheet import Sheet, changed, typed
from reports.manuscripts import releasing, writing
from reports.manuscripts.release_table import ReleaseRefused, why_not
from reports.manuscripts.releasing import WritingConflict
from reports.manuscripts.writing import WritingRefused, Written
from reports.models import Manuscript
from reports.outputs.document import Document


@require(Role.CONTRIBUTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: DeskRequest, number: int) -> HttpResponse:
    """The page of a manuscript that is being written, or what one of its buttons asks for."""
    manuscript = at_desk(number)
    if reasons := why_not("write", manuscript, request.user):
        context = {"manuscript": manuscript, "reasons": reasons}
        return render(request, "desk/reports/closed.html", context, status=403)
    if request.method != "POST":
        return _page(request, Sheet(manuscript))
    for button in ("add", "remove", "up"):
        if button in request.POST:
            row = request.POST.get(button, "")
            place = int(row) if row.isdecimal() and len(row) < 4 else -1
            sheet = Sheet(manuscript, changed(request.POST, button, place))
            return _page(request, sheet, fresh=button == "add")
    if "restore" in request.POST:
        return _page(request, Sheet(manuscript, request.POST), is_restored=True)
    return _save(request, Sheet(manuscript, request.POST))


@require(Role.CONTRIBUTOR)
@require_POST
def autosave(request: DeskRequest, number: int) -> JsonResponse:
    """Save by the same verb as the button, or say what stands in the way."""
    manuscript = at_desk(number)
    sheet = Sheet(manuscript, request.POST)
    try:
        saved = _write(request, manuscript, sheet.written())
    except WritingRefused as refused:
        path, remedy = next(iter(refused.problems.items()))
        return _told(request, sheet, reason=f"{writing.label_of(path)}: {remedy}")
    except ReleaseRefused as refused:
        return _told(request, sheet, reason=str(refused))
    except WritingConflict:
        reason = _("Somebody else has saved this text meanwhile. Save to compare the two versions.")
        return _told(request, sheet, conflict=True, reason=reason)
    return _told(
        request,
        sheet,
        saved=True,
        incident=_device_key(saved),
        edition=saved.version,
        base=packed(saved.written),
        at=f"{timezone.now():%H:%M} UTC",
        sources="",
        **_addresses(saved),
    )


@require(Role.CONTRIBUTOR)
@require_POST
def compare(request: DeskRequest, number: int) -> HttpResponse:
    """Save the version that a writer made of two; once more if a third came in between."""
    manuscript = at_desk(number)
    yours = unpacked(request.POST.get("yours", ""))
    if manuscript.version != version_of(request):
        return _conflict(request, yours, manuscript)
    choices = {
        key.removeprefix("choice-"): str(value)
        for key, value in request.POST.items()
        if key.startswith("choice-")
    }
    text = merged(yours, manuscript.written, choices)
    return _save(request, Sheet(manuscript, _typed(manuscript, text)))


def version_of(request: DeskRequest) -> int:
    """The version that the sent page was made from; 0 is none."""
    text = request.POST.get("edition", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _write(request: DeskRequest, manuscript: Manuscript, text: Written) -> Manuscript:
    return releasing.write(
        manuscript, text, by=request.user, at=timezone.now(), version=version_of(request)
    )


def _save(request: DeskRequest, sheet: Sheet) -> HttpResponse:
    manuscript = sheet.manuscript
    try:
        saved = _write(request, manuscript, sheet.written())
    except WritingRefused as refused:
        sheet.complain(refused.problems)
        return _page(request, sheet, status=422)
    except ReleaseRefused as refused:
        sheet.complain({"": str(refused)})
        return _page(request, sheet, status=403)
    except WritingConflict as stale:
        return _conflict(request, writing.filled(sheet.written()), stale.current)
    if "submit" in request.POST:
        return redirect("report-desk:deed", saved.pk, "submit")
    messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.now():%H:%M} UTC"})
    return redirect("report-desk:write", saved.pk)


def _conflict(request: DeskRequest, yours: Written, current: Manuscript) -> HttpResponse:
    """Yours beside theirs. Nothing is saved, and nothing is lost."""
    base = request.POST.get("base", "")
    names = Sheet(current).names
    context = {
        "manuscript": current,
        "differences": differences(yours, current.written, unpacked(base), names),
        "yours": packed(yours),
        "base": base,
    }
    return render(request, "desk/reports/conflict.html", context, status=409)


def _typed(manuscript: Manuscript, text: Written) -> QueryDict:
    return typed(text, Sheet(manuscript).names)


def _page(
    request: DeskRequest,
    sheet: Sheet,
    *,
    status: int = 200,
    fresh: bool = False,
    is_restored: bool = False,
) -> HttpResponse:
    manuscript, is_sent = sheet.manuscript, request.method == "POST"
    context: dict[str, Any] = {
        "manuscript": manuscript,
        "document": Document.of_manuscript(manuscript),
        "sections": manuscript.content["sections"],
        "sheet": sheet,
        "captions": sheet.fields("captions"),
        "notes": sheet.fields("notes"),
        "checks": sheet.checks(),
        "complaints": sheet.complaints,
        "version": version_of(request) if is_sent else manuscript.version,
        "base": request.POST.get("base", "") if is_sent else packed(manuscript.written),
        "typed": is_sent,
        "fresh": fresh,
        "is_restored": is_restored,
        "returned": last_return(manuscript),
        "device_key": _device_key(manuscript),
        **_addresses(manuscript),
    }
    return render(request, "desk/reports/write.html", context, status=status)


def _told(request: DeskRequest, sheet: Sheet, **more: Any) -> JsonResponse:
    """The state, and the notes beside the form as they are now."""
    notes = render_to_string("desk/incident/_notes.html", {"checks": sheet.checks()}, request)
    return JsonResponse({**more, "notes": notes})


def _device_key(manuscript: Manuscript) -> str:
    return f"report-{manuscript.pk}"


def _addresses(manuscript: Manuscript) -> dict[str, str]:
    """Where the page sends itself."""
    return {
        "action": reverse("report-desk:write", args=[manuscript.pk]),
        "autosave": reverse("report-desk:autosave", args=[manuscript.pk]),
    }
