"""Which jobs: those of every kind in one list, the newest first."""

from typing import Any

from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from core.jobs import Job, JobQuerySet, JobState
from core.pages import PAGE_LENGTH, ListQuestion
from core.paging import Cursor, Key, Ordering, Page, page
from core.parameters import TermsField
from core.questions import NoRows, Parameter
from reports.operations.listing import by_slug


class Microseconds(models.Func):
    """A moment as a whole number, exact."""

    template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"
    output_field = models.BigIntegerField()


def _order(rank: int) -> Ordering:
    """The same order for every kind; `rank` tells the kinds apart."""
    keys = (
        Key("made", int, Microseconds("created_at")),
        Key("rank", int, Value(rank)),
        Key("pk", int),
    )
    return Ordering("jobs", keys, descending=True)


class JobsQuestion(ListQuestion):
    """Jobs by state and kind, the newest first."""

    order = _order(0)

    state = Parameter(TermsField(known=JobState.values, help_text=_("How far a job is.")))
    kind = Parameter(TermsField(known=lambda _terms: by_slug(), help_text=_("What is done.")))

    def start(self) -> Any:
        return NoRows()  # each kind brings its own

    def page(self, limit: int = PAGE_LENGTH) -> Page[Job]:
        """One page out of the tables of all the kinds. Raises ParametersRefused."""
        asked = self.cleaned
        cursor = asked.get("cursor")
        is_back = cursor is not None and Cursor.decode(cursor, self.order).backwards
        found: list[Any] = []
        for rank, (word, kind) in enumerate(by_slug().items()):
            if word in asked.get("kind", [word]):
                jobs = JobQuerySet(kind)
                rows = jobs.filter(state__in=asked["state"]) if "state" in asked else jobs.all()
                found += page(rows, _order(rank), limit=limit + 1, cursor=cursor).rows
        found.sort(key=_place, reverse=True)
        more = len(found) > limit
        rows_here = found[-limit:] if is_back else found[:limit]
        if not rows_here:
            return Page([], None, None)
        after = Cursor(_place(rows_here[-1]), backwards=False).encode(self.order)
        before = Cursor(_place(rows_here[0]), backwards=True).encode(self.order)
        return Page(
            rows_here,
            after if more or is_back else None,
            before if (more if is_back else cursor) else None,
        )


def _place(job: Any) -> tuple[int, int, int]:
    return (job.order_0, job.order_1, job.order_2)
