"""What waits at the desk: by status, country and person, oldest first; and what asks for me."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import DeskRequest, require
from core.pages import explains_refusals
from incidents.access import visible
from incidents.choices import Status
from incidents.filters import QueueQuestion
from incidents.models import DeskNotice, Incident
from incidents.waiting import SHOW, part
from incidents.workflow.table import UNPUBLISHED
from regions.models import Country

PAGE = 50
NOTICES = 20


@dataclass(frozen=True)
class Tab:
    """One way to look at the queue, with how many incidents it holds."""

    name: str
    label: str
    number: int
    is_here: bool
    query: str


def tabs(question: QueueQuestion) -> list[Tab]:
    rows = visible(question.by)
    here = question.cleaned.get("show", "all")
    return [
        Tab(
            name,
            str(label),
            part(rows, name, question.by).count(),
            name == here,
            question.as_query(show=None if name == "all" else name),
        )
        for name, label in SHOW.items()
    ]


def numbers(rows: "QuerySet[Incident]") -> list[tuple[Status, int]]:
    """How many incidents stand in each status that waits."""
    waiting = rows.filter(editorial_status__in=UNPUBLISHED).order_by()
    counted = dict(waiting.values_list("editorial_status").annotate(number=Count("pk")))
    return [(status, counted.get(status.value, 0)) for status in UNPUBLISHED]


def notices(by: User) -> "QuerySet[DeskNotice]":
    """What `by` was told and has not read; of incidents that they still may see."""
    rows = DeskNotice.objects.filter(recipient=by, read_at=None)
    rows = rows.filter(incident__in=visible(by))
    return rows.select_related("incident", "comment", "sent_by")


@require_safe
@require(Role.CONTRIBUTOR)
@explains_refusals
def queue(request: DeskRequest) -> HttpResponse:
    """The queue. A contributor's holds their own incidents."""
    question = QueueQuestion(request.GET, request.user)
    page = question.page(PAGE)
    return render(
        request,
        "desk/review/queue.html",
        {
            "question": question,
            "page": page,
            "links": question.links(page),
            "tabs": tabs(question),
            "numbers": numbers(visible(request.user)),
            "countries": Country.objects.filter(
                pk__in=visible(request.user)
                .filter(editorial_status__in=UNPUBLISHED)
                .values("country")
            ).order_by("name"),
            "notices": notices(request.user)[:NOTICES],
            "now": timezone.now(),
        },
    )


@require_POST
@require(Role.CONTRIBUTOR)
def dismiss(request: DeskRequest, number: int) -> HttpResponse:
    """Mark one notice as read; only its own recipient can."""
    rows = DeskNotice.objects.filter(recipient=request.user, pk=number, read_at=None)
    rows.update(read_at=timezone.now())
    return redirect("desk:queue")
