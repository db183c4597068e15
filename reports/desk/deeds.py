"""One page for each verb of a manuscript: what it does in words, what it needs, then the verb."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.choices import Role
from accounts.permissions import DeskRequest, require
from reports.desk.deed_forms import BY_NAME, Deed, DeedForm
from reports.desk.finding import at_desk, takeaways_of
from reports.manuscripts import releasing
from reports.manuscripts.release_table import ReleaseRefused, why_not
from reports.models import Manuscript
from reports.outputs.document import Document


@require(Role.CONTRIBUTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: DeskRequest, number: int, verb: str) -> HttpResponse:
    """The page of a verb, or the verb itself. What was refused is said beside what was typed."""
    chosen = BY_NAME.get(verb)
    if chosen is None:
        raise Http404
    manuscript = at_desk(number)
    bound = request.POST if request.method == "POST" else None
    form = chosen.form(bound, manuscript=manuscript)
    reasons = why_not(verb, manuscript, request.user)
    if bound is None:
        return _page(request, chosen, manuscript, form, reasons)
    if not form.is_valid():
        return _page(request, chosen, manuscript, form, reasons, status=400)
    try:
        getattr(releasing, verb)(manuscript, by=request.user, at=timezone.now(), **form.wanted())
    except ReleaseRefused as refused:
        return _page(request, chosen, at_desk(number), form, refused.reasons, status=409)
    messages.success(request, str(chosen.done))
    page = "write" if verb in ("take_over", "take_back") else "manuscript"
    return redirect(f"report-desk:{page}", manuscript.pk)


def _page(
    request: DeskRequest,
    chosen: Deed,
    manuscript: Manuscript,
    form: DeedForm,
    reasons: list[str],
    status: int = 200,
) -> HttpResponse:
    document = Document.of_manuscript(manuscript)
    context = {
        "deed": chosen,
        "manuscript": manuscript,
        "form": form,
        "reasons": reasons,
        "title": _("%(verb)s: %(title)s") % {"verb": chosen.label, "title": manuscript.title},
        "document": document,
        "takeaways": takeaways_of(document),
    }
    return render(request, "desk/reports/deed.html", context, status=status)
