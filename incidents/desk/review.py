"""One incident as its reviewers see it: what readers would read, what only the desk knows."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import DeskRequest, require
from incidents import access, drafting, language, workflow
from incidents.choices import Attribution
from incidents.desk.deed_forms import CommentForm
from incidents.desk.deeds import DEEDS, Deed
from incidents.desk.trail import trail
from incidents.desk.unpublished import unpublished
from incidents.models import Incident, Negotiation, PublishedIncident
from incidents.preview import preview
from incidents.stories import story
from incidents.verification import missing

NEWEST = 12
# Done in their own places on the page.
ELSEWHERE = ("comment",)


@dataclass(frozen=True)
class Choice:
    """A verb with the reasons why this person may not do it now; none where they may."""

    deed: Deed
    reasons: list[str]


def choices(incident: Incident, by: User) -> tuple[list[Choice], list[Choice]]:
    """The verbs that `by` may do now, and those that they may not."""
    every = [
        Choice(deed, workflow.why_not(deed.verb, incident, by))
        for deed in DEEDS
        if deed.verb not in ELSEWHERE
    ]
    return [one for one in every if not one.reasons], [one for one in every if one.reasons]


def words(incident: Incident) -> list[language.Finding]:
    """What the lint of neutral language says about title and summary."""
    actors = incident.participations.exclude(actor=None).values_list("actor__name", flat=True)
    return [
        *language.title_findings(
            incident.title, actors, is_confirmed=incident.attribution == Attribution.CONFIRMED
        ),
        *language.findings(f"{incident.title}\n{incident.summary}"),
    ]


def deals_at_desk(incident: Incident, shown: PublishedIncident) -> list[tuple[str, bool]]:
    """Ransoms and talks of the desk, each with whether readers would see it."""
    paid = [
        (f"{_('Ransom')}: {row.payer}, {row.get_status_display()}", "ransoms" in shown.payload)
        for row in incident.ransoms.all()
    ]
    # Talks about several incidents may be kept back while others are told.
    told = [
        (one["counterparty"], one["facilitator"], one["status"], one["date"]["start"])
        for one in shown.payload.get("hostage_talks", ())
    ]
    held = []
    for row in incident.negotiations.filter(kind=Negotiation.Kind.HOSTAGE):
        start = row.starts_on.isoformat() if row.starts_on else None
        is_told = (row.counterparty, row.facilitator, row.status, start) in told
        held.append((f"{_('Talks')}: {row.counterparty}, {row.get_status_display()}", is_told))
    return paid + held


@require_safe
@require(Role.CONTRIBUTOR)
def review(request: DeskRequest, public_id: str) -> HttpResponse:
    """Everything that a reviewer needs for a verdict, and the verbs that this person may do."""
    rows = access.visible(request.user)
    rows = rows.select_related("country", "type", "author", "reviewed_by", "assignment__assignee")
    incident = get_object_or_404(rows, public_id=public_id.upper())
    may, may_not = choices(incident, request.user)
    shown = preview(incident, timezone.now())
    context: dict[str, Any] = story(shown, []) | {
        "incident_row": incident,
        "may": may,
        "may_not": may_not,
        "edit_refusal": access.refusal(incident, request.user),
        "missing": missing(incident),
        "problems": drafting.problems(drafting.read(incident), by=request.user),
        "words": words(incident),
        "proposal": incident.sensitivity_proposals.filter(decided_by=None).first(),
        "unpublished": unpublished(incident, shown),
        "places": incident.locations.select_related("place", "admin1", "admin2"),
        "citations": incident.citations.select_related("document__source"),
        "hostage_cases": incident.hostage_cases.all(),
        "deals_at_desk": deals_at_desk(incident, shown),
        "comment_form": CommentForm(incident=incident, by=request.user),
        "may_comment": not workflow.why_not("comment", incident, request.user),
        "trail": trail(incident, NEWEST),
        "now": timezone.now(),
    }
    return render(request, "desk/review/review.html", context)
