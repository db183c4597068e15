"""What people do with a built report before it is published, each verb in one transaction.

Lock, ask the table (`release_table`), change, audit. The generated part never changes: what is
published is what was built, with what was written beside it.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.reference import pictures
from reports import workflow
from reports.choices import ManuscriptState
from reports.manuscripts import writing
from reports.manuscripts.release_table import BY_VERB, ReleaseRefused, allowed, edition_before
from reports.manuscripts.writing import Known, Written
from reports.models import Manuscript, Report
from reports.schedules.telling import untold, why

LONGEST_COMMENT = 2000


class WritingConflict(Exception):
    """Somebody else saved since; holds the manuscript as it stands now."""

    def __init__(self, current: Manuscript) -> None:
        self.current = current
        super().__init__(str(current))


@transaction.atomic
def write(
    manuscript: Manuscript, written: Any, *, by: User, at: dt.datetime, version: int
) -> Manuscript:
    """Save what analysts wrote, from the version that they had before them.

    Raises ReleaseRefused, WritingRefused with every problem, WritingConflict where somebody else
    saved something different since.
    """
    now = _locked(manuscript)
    allowed("write", now, by)
    text = writing.validated(written, Known.of(workflow.drafted(now)))
    if text == now.written:
        return now
    if now.version != version:
        raise WritingConflict(now)
    return _written(now, "write", text, by=by, at=at)


@transaction.atomic
def take_over(manuscript: Manuscript, *, by: User, at: dt.datetime) -> Manuscript:
    """Begin with the text of the edition before; whoever wrote that is a writer of this one too.

    What this edition has no figure for is left out. Raises ReleaseRefused.
    """
    now = _locked(manuscript)
    allowed("take_over", now, by)
    before = edition_before(now)
    if before is None:
        raise ReleaseRefused(_("The edition before is gone."))
    text = writing.kept(before.written, Known.of(workflow.drafted(now)))
    now.taken_from = before
    now = _written(now, "take_over", text, by=by, at=at)
    earlier = Manuscript.objects.filter(job=before.job).first()
    if earlier is not None:
        now.writers.add(*earlier.writers.all())
    return now


@transaction.atomic
def submit(
    manuscript: Manuscript, *, by: User, at: dt.datetime, checked: bool = False
) -> Manuscript:
    """Hand the text to somebody who did not write it.

    `checked` says that what was taken over from the edition before was read against the new
    figures. Raises ReleaseRefused.
    """
    now = _locked(manuscript)
    allowed("submit", now, by)
    if now.taken_from is not None and not checked:
        raise ReleaseRefused(
            _(
                "The text began with edition %(edition)s: read every sentence against the new "
                "figures, and say that you did."
            )
            % {"edition": now.taken_from.edition}
        )
    now.submitted_by, now.submitted_at = by, at
    return _moved(now, "submit", by=by, at=at)


@transaction.atomic
def take_back(manuscript: Manuscript, *, by: User, at: dt.datetime) -> Manuscript:
    """Go on writing. Raises ReleaseRefused."""
    now = _locked(manuscript)
    allowed("take_back", now, by)
    return _reopened(now, "take_back", by=by, at=at)


@transaction.atomic
def return_to_writer(
    manuscript: Manuscript, *, by: User, at: dt.datetime, comment: str
) -> Manuscript:
    """Give it back with a comment, which the writers read beside their text.

    Raises ReleaseRefused.
    """
    now = _locked(manuscript)
    allowed("return_to_writer", now, by)
    text = comment.strip()
    if not text or len(text) > LONGEST_COMMENT:
        raise ReleaseRefused(
            _("Say what the writers should mend, in 1 to %(most)s characters.")
            % {"most": LONGEST_COMMENT}
        )
    return _reopened(now, "return_to_writer", by=by, at=at, comment=text)


@transaction.atomic
def release(manuscript: Manuscript, *, by: User, at: dt.datetime, version: int) -> Report:
    """Publish it as it was read in `version`: the generated part unchanged, the written beside it.

    Of two people who release at once, one publishes and the other is refused, and so is what
    readers may no longer know of. Raises ReleaseRefused.
    """
    now = _locked(manuscript)
    allowed("release", now, by)
    if now.version != version:
        raise ReleaseRefused(
            _("“%(title)s” was saved since you opened it: read it again.") % {"title": now.title}
        )
    if subject := untold(now.job.schedule):
        raise ReleaseRefused(why(subject))
    now.released_by, now.released_at = by, at
    _moved(now, "release", by=by, at=at, checksum=now.checksum)
    return workflow.store(now.job, workflow.drafted(now), at=at, written=now.written)


@transaction.atomic
def drop(manuscript: Manuscript, *, by: User, at: dt.datetime, reason: str) -> Manuscript:
    """Give this edition up; another may be asked for. Text and figures stay.

    Raises ReleaseRefused.
    """
    now = _locked(manuscript)
    allowed("drop", now, by)
    return _moved(now, "drop", by=by, at=at, reason=reason[:LONGEST_COMMENT])


def _locked(manuscript: Manuscript) -> Manuscript:
    """The manuscript as it stands now, held until the transaction ends."""
    rows = Manuscript.objects.select_related(
        "job__schedule__country", "job__schedule__area__country", "taken_from"
    )
    return rows.select_for_update(of=("self",)).get(pk=manuscript.pk)


def _written(now: Manuscript, verb: str, text: Written, *, by: User, at: dt.datetime) -> Manuscript:
    before = now.written
    now.written, now.version, now.updated_at = text, now.version + 1, at
    now.save(update_fields=["written", "version", "updated_at", "taken_from"])
    now.writers.add(by)
    changed = pictures.changes(_picture(before), _picture(text))
    more = {"edition": now.taken_from.edition} if verb == "take_over" and now.taken_from else {}
    audit.record(verb, "manuscript", now.job.key, by=by, at=at, changed=changed, **more)
    return now


def _reopened(
    now: Manuscript, verb: str, *, by: User, at: dt.datetime, **detail: str
) -> Manuscript:
    """Back to writing; who had submitted it stays among those who may not release it."""
    if now.submitted_by is not None:
        now.writers.add(now.submitted_by)
    now.submitted_by = now.submitted_at = None
    return _moved(now, verb, by=by, at=at, **detail)


def _moved(now: Manuscript, verb: str, *, by: User, at: dt.datetime, **detail: str) -> Manuscript:
    was, target = now.state, BY_VERB[verb].target or ManuscriptState(now.state)
    now.state, now.updated_at = target, at
    now.save(
        update_fields=[
            "state", "updated_at", "submitted_by", "submitted_at", "released_by", "released_at",
        ]
    )  # fmt: skip
    changed = {"state": {"from": str(was), "to": str(target)}}
    audit.record(verb, "manuscript", now.job.key, by=by, at=at, changed=changed, **detail)
    return now


def _picture(written: Written) -> dict[str, Any]:
    """Key takeaways by their number, so that the audit names the one that changed."""
    rows = enumerate(written.get("takeaways", []), 1)
    return written | {"takeaways": {str(number): row for number, row in rows}}
