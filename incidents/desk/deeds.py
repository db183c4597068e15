"""One page for each verb: what it will do in words, what it needs, then the verb itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.choices import Role
from accounts.permissions import DeskRequest, require
from incidents import workflow
from incidents.access import visible
from incidents.desk import deed_forms as forms
from incidents.desk.unpublished import unpublished
from incidents.models import Incident
from incidents.preview import preview
from incidents.record import RecordTimeRefused
from incidents.stories import story
from incidents.workflow import TransitionRefused
from incidents.workflow.attention import read_notices
from incidents.workflow.table import BY_VERB

Text = str | Promise


@dataclass(frozen=True)
class Deed:
    """A verb as a page: its form, its consequences in words, and what is said when it is done."""

    verb: str
    form: type[forms.DeedForm]
    done: Text
    consequences: tuple[Text, ...] = ()
    # Shows what readers will see, beside what they see now.
    shows_record: bool = False
    is_grave: bool = False

    @property
    def label(self) -> Text:
        return BY_VERB[self.verb].label

    @property
    def run(self) -> Callable[..., Any]:
        function: Callable[..., Any] = getattr(workflow, self.verb)
        return function


DEEDS = (
    Deed(
        "submit",
        forms.DeedForm,
        gettext_lazy("Submitted: it waits for a reviewer now."),
        (gettext_lazy("It goes to the reviewers’ queue. You can still mend it there."),),
    ),
    Deed(
        "discard",
        forms.DiscardForm,
        gettext_lazy("Discarded: it is out of the lists, and its number still leads to it."),
        (
            gettext_lazy("It leaves your list, the queue and the duplicate watch."),
            gettext_lazy("Nothing is deleted: by its number it can be taken up again."),
        ),
        is_grave=True,
    ),
    Deed(
        "take_up",
        forms.DeedForm,
        gettext_lazy("It is a draft again."),
        (gettext_lazy("It becomes a draft again, with everything that it said."),),
    ),
    Deed(
        "verify",
        forms.ReadForm,
        gettext_lazy("Verified: it can be published."),
        (
            gettext_lazy("You vouch for every field, figure and grade below; your name stays."),
            gettext_lazy("Nobody changes it from now on without returning it first."),
        ),
        shows_record=True,
    ),
    Deed(
        "send_back",
        forms.ReturnForm,
        gettext_lazy("Returned to the author with your reason."),
        (gettext_lazy("It becomes a draft again, and the author finds your reason in the queue."),),
    ),
    Deed(
        "publish",
        forms.ReadForm,
        gettext_lazy("Published: readers, the API and the change feed have it."),
        (
            gettext_lazy("Everybody reads what is shown below, at once and on every surface."),
            gettext_lazy("The first version stays in the history for ever."),
        ),
        shows_record=True,
    ),
    Deed(
        "correct",
        forms.CorrectForm,
        gettext_lazy("Corrected: the notice stands beside the new version."),
        (
            gettext_lazy("Readers get the new version below; the older one stays in the history."),
            gettext_lazy("Your notice is public, on the page, in the API and in the change feed."),
        ),
        shows_record=True,
    ),
    Deed(
        "withdraw",
        forms.WithdrawForm,
        gettext_lazy("Withdrawn: number, dates and kind of reason remain."),
        (
            gettext_lazy(
                "Readers see a page that says when and for what kind of reason it was withdrawn; "
                "lists, maps, totals and exports lose it at once."
            ),
            gettext_lazy("The older versions stay in the history, unless the reason is safety."),
            gettext_lazy("This cannot be undone: the number is not used again."),
        ),
        is_grave=True,
    ),
    Deed(
        "merge",
        forms.MergeForm,
        gettext_lazy("Merged: its number leads to the one that stays."),
        (
            gettext_lazy("First you see both side by side and choose, field by field."),
            gettext_lazy("Its number and address lead to the incident that stays, for ever."),
            gettext_lazy(
                "The one that stays gains sources, figures, parties and links that it lacks, and "
                "keeps the higher class and the later embargo."
            ),
            gettext_lazy("This cannot be undone."),
        ),
        is_grave=True,
    ),
    Deed(
        "split",
        forms.SplitForm,
        gettext_lazy("The new drafts are in your list, linked to this incident."),
        (
            gettext_lazy("Each line becomes a draft of yours with this date, place and sources."),
            gettext_lazy("Figures of harm are not copied: divide them by hand."),
            gettext_lazy("This incident stays as it is until it is corrected or withdrawn."),
        ),
    ),
    Deed("assign", forms.AssignForm, gettext_lazy("Assigned.")),
    Deed("comment", forms.CommentForm, gettext_lazy("Your comment is below.")),
    Deed(
        "raise_sensitivity",
        forms.ClassForm,
        gettext_lazy("The class is raised."),
        (
            gettext_lazy("From now on readers see no more of it than country and month."),
            gettext_lazy(
                "If it is public, it is corrected at once and the text of its older versions is "
                "removed."
            ),
        ),
        is_grave=True,
    ),
    Deed(
        "propose_lower",
        forms.LowerForm,
        gettext_lazy("Proposed: a second person decides."),
        (
            gettext_lazy(
                "Nothing changes until a reviewer agrees who is neither you nor the author."
            ),
        ),
    ),
    Deed(
        "agree_lower",
        forms.DeedForm,
        gettext_lazy("The class is lowered."),
        (gettext_lazy("Readers see no more of it before it is published or corrected."),),
    ),
    Deed("decline_lower", forms.DeedForm, gettext_lazy("The class stays.")),
    Deed(
        "extend_embargo",
        forms.EmbargoForm,
        gettext_lazy("The embargo is set."),
        (gettext_lazy("Until then nobody can publish it, by no way."),),
    ),
    Deed(
        "lift_embargo",
        forms.LiftForm,
        gettext_lazy("The embargo is changed."),
        (gettext_lazy("It can be published as soon as the embargo is over."),),
    ),
)
BY_NAME = {deed.verb: deed for deed in DEEDS}


@require_http_methods(["GET", "HEAD", "POST"])
@require(Role.CONTRIBUTOR)
def deed(request: DeskRequest, public_id: str, verb: str) -> HttpResponse:
    """The page of a verb, or the verb itself. What was refused is said beside what was typed."""
    chosen = BY_NAME.get(verb)
    if chosen is None:
        raise Http404
    rows = visible(request.user).select_related("country", "type", "author")
    incident = get_object_or_404(rows, public_id=public_id.upper())
    bound = request.POST if request.method == "POST" else None
    form = chosen.form(bound, incident=incident, by=request.user)
    reasons = workflow.why_not(verb, incident, request.user)
    if bound is None:
        return _page(request, chosen, incident, form, reasons)
    if not form.is_valid():
        return _page(request, chosen, incident, form, reasons, status=400)
    if verb == "merge":
        return redirect("desk:join", incident.public_id, form.cleaned_data["into"].public_id)
    at = timezone.now()
    try:
        chosen.run(incident, by=request.user, at=at, **form.wanted())
    except TransitionRefused as refused:
        incident.refresh_from_db()
        return _page(request, chosen, incident, form, refused.reasons, status=409)
    except RecordTimeRefused as refused:
        return _page(request, chosen, incident, form, [str(refused)], status=409)
    read_notices(incident, by=request.user, at=timezone.now())
    messages.success(request, str(chosen.done))
    if not visible(request.user).filter(pk=incident.pk).exists():
        return redirect("desk:queue")
    return redirect("desk:review", incident.public_id)


def _page(
    request: DeskRequest,
    chosen: Deed,
    incident: Incident,
    form: forms.DeedForm,
    reasons: list[str],
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "deed": chosen,
        "incident_row": incident,
        "form": form,
        "reasons": reasons,
        "title": _("%(verb)s: %(title)s") % {"verb": chosen.label, "title": incident.title},
    }
    if chosen.shows_record:
        shown = preview(incident, timezone.now())
        context |= story(shown, []) | {"unpublished": unpublished(incident, shown)}
    return render(request, "desk/review/deed.html", context, status=status)
