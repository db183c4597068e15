"""Who looks after an incident, and what people of the desk say to each other about it."""

import datetime as dt
import re
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from incidents.access import visible
from incidents.models import Assignment, DeskNotice, Incident, ReviewComment
from incidents.models.review import LONGEST_COMMENT
from incidents.workflow.table import TransitionRefused, allowed, audited, locked

# A name after an at sign, which is no part of an e-mail address.
MENTION = re.compile(r"(?<![\w.@+-])@([\w.@+-]*\w)")


def may_see(person: User, incident: Incident) -> bool:
    """Whether the desk shows the incident to this person."""
    return person.is_active and visible(person).filter(pk=incident.pk).exists()


@transaction.atomic
def assign(incident: Incident, to: User | None, *, by: User, at: dt.datetime) -> Incident:
    """Give the incident to one person of the desk, or to nobody."""
    incident = locked(incident)
    allowed("assign", incident, by)
    now = Assignment.objects.filter(incident=incident).select_related("assignee").first()
    before = now.assignee.username if now else None
    if to is None:
        if now:
            now.delete()
    elif not may_see(to, incident):
        raise TransitionRefused(
            _("%(person)s cannot see “%(incident)s” at the desk: choose somebody who can.")
            % {"person": to.username, "incident": incident.title}
        )
    else:
        Assignment.objects.update_or_create(
            incident=incident, defaults={"assignee": to, "assigned_by": by, "assigned_at": at}
        )
        notify([to], incident, DeskNotice.Kind.ASSIGNED, by=by, at=at)
    after = to.username if to else None
    audited("assign", incident, by=by, at=at, assignee=[before, after])
    return incident


@transaction.atomic
def comment(incident: Incident, text: str, *, by: User, at: dt.datetime) -> ReviewComment:
    """Add a remark. `@name` puts it into that person's queue; unknown names are refused."""
    incident = locked(incident)
    allowed("comment", incident, by)
    made = said(incident, text, ReviewComment.Kind.REMARK, by=by, at=at)
    audited("comment", incident, by=by, at=at, comment=made.pk)
    return made


def said(
    incident: Incident, text: str, kind: ReviewComment.Kind, *, by: User, at: dt.datetime
) -> ReviewComment:
    """Keep what was said and tell those whom it mentions."""
    text = text.strip()
    if not text or len(text) > LONGEST_COMMENT:
        raise TransitionRefused(
            _("A comment has 1 to %(most)s characters; this one has %(length)s.")
            % {"most": LONGEST_COMMENT, "length": len(text)}
        )
    people = mentioned(text, incident)
    made = ReviewComment.objects.create(
        incident=incident, kind=kind, text=text, written_by=by, written_at=at
    )
    notify(people, incident, DeskNotice.Kind.MENTION, by=by, at=at, comment=made)
    return made


def mentioned(text: str, incident: Incident) -> list[User]:
    """The people named with `@`. Raises TransitionRefused for names that would not see it."""
    names = dict.fromkeys(MENTION.findall(text))
    known = {person.username: person for person in User.objects.filter(username__in=names)}
    strangers = [name for name in names if name not in known or not may_see(known[name], incident)]
    if strangers:
        raise TransitionRefused(
            _("Nobody of that name sees this incident at the desk: %(names)s.")
            % {"names": ", ".join(f"@{name}" for name in strangers)}
        )
    return [known[name] for name in names]


def notify(
    people: Iterable[User],
    incident: Incident,
    kind: DeskNotice.Kind,
    *,
    by: User,
    at: dt.datetime,
    comment: ReviewComment | None = None,
) -> None:
    """A row in the queue of each of them; nobody is told of what they did themselves."""
    DeskNotice.objects.bulk_create(
        DeskNotice(
            recipient=person, incident=incident, kind=kind, comment=comment, sent_by=by, sent_at=at
        )
        for person in people
        if person != by
    )


def read_notices(incident: Incident, *, by: User, at: dt.datetime) -> int:
    """Mark what `by` was told of this incident as read; return how many notices that were."""
    return DeskNotice.objects.filter(
        recipient=by, incident=incident, read_at=None, sent_at__lte=at
    ).update(read_at=at)
