"""Comments, notices and proposals about class."""

import datetime as dt

from django.utils import timezone

from incidents.models import DeskNotice, ReviewComment, SensitivityProposal
from tests import make
from tests.house.constraints.registry import case, change


def comment(text: str = "Which source?") -> ReviewComment:
    return ReviewComment.objects.create(
        incident=make.incident(), text=text, written_by=make.ed(), written_at=timezone.now()
    )


def proposal(**more) -> SensitivityProposal:
    values = {"sensitivity": "public", "reason": "Named by the army.", "incident": make.incident()}
    return SensitivityProposal.objects.create(
        **values | more, proposed_by=make.ed(), proposed_at=timezone.now()
    )


@case("comment_says_something")
def _() -> None:
    comment("")


@case("comment_is_append_only")
def _() -> None:
    comment().delete()


@case("notice_read_after_sent")
def _() -> None:
    now = timezone.now()
    DeskNotice.objects.create(
        recipient=make.rita(),
        incident=make.incident(),
        kind="mention",
        sent_by=make.ed(),
        sent_at=now,
        read_at=now - dt.timedelta(hours=1),
    )


@case("sensitivity_proposal_gives_reason")
def _() -> None:
    proposal(reason="")


@case("sensitivity_proposal_two_people")
def _() -> None:
    change(proposal(), decided_by=make.ed(), decided_at=timezone.now(), is_agreed=True)


@case("sensitivity_proposal_decided_pair")
def _() -> None:
    change(proposal(), decided_by=make.rita())


@case("sensitivity_proposal_one_open")
def _() -> None:
    first = proposal()
    proposal(incident=first.incident)
