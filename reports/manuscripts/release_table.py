"""Which verb on a manuscript, in which state, by whom: one table for code, pages and tests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import may_edit
from reports.choices import ManuscriptState
from reports.manuscripts import writing
from reports.models import Manuscript, Report, ReportSchedule

WRITING, SUBMITTED = ManuscriptState.WRITING, ManuscriptState.SUBMITTED


@dataclass(frozen=True)
class Transition:
    """`verb` leads from any of `sources` to `target`, or leaves the state as it is (None).

    People with at least `role` may do it; who wrote some of it, or submitted it, needs `writer`
    instead, and may never do it where that is None.
    """

    verb: str
    label: str | Promise
    sources: tuple[ManuscriptState, ...]
    target: ManuscriptState | None
    role: Role
    writer: Role | None


TRANSITIONS = (
    Transition(
        "write", gettext_lazy("Write"), (WRITING,), None, Role.CONTRIBUTOR, Role.CONTRIBUTOR
    ),
    Transition(
        "take_over",
        gettext_lazy("Begin with the text of the edition before"),
        (WRITING,),
        None,
        Role.CONTRIBUTOR,
        Role.CONTRIBUTOR,
    ),
    Transition(
        "submit",
        gettext_lazy("Submit for release"),
        (WRITING,),
        SUBMITTED,
        Role.EDITOR,
        Role.CONTRIBUTOR,
    ),
    Transition(
        "take_back",
        gettext_lazy("Take back"),
        (SUBMITTED,),
        WRITING,
        Role.EDITOR,
        Role.CONTRIBUTOR,
    ),
    Transition(
        "return_to_writer",
        gettext_lazy("Return to the writers"),
        (SUBMITTED,),
        WRITING,
        Role.REVIEWER,
        None,
    ),
    Transition(
        "release",
        gettext_lazy("Release"),
        (SUBMITTED,),
        ManuscriptState.RELEASED,
        Role.REVIEWER,
        None,
    ),
    Transition(
        "drop",
        gettext_lazy("Drop"),
        (WRITING, SUBMITTED),
        ManuscriptState.DROPPED,
        Role.EDITOR,
        Role.EDITOR,
    ),
)
BY_VERB = {transition.verb: transition for transition in TRANSITIONS}


class ReleaseRefused(Exception):
    """The verb may not be done to this manuscript now, or not by this person; `reasons` say why."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(reasons))


def why_not(verb: str, manuscript: Manuscript, by: User) -> list[str]:
    """Every reason, in words, why `by` may not do the verb now; empty where they may."""
    transition = BY_VERB[verb]
    reasons = [*_wrong_state(transition, manuscript), *_wrong_person(transition, manuscript, by)]
    return reasons or OWN_RULES.get(verb, _no_rule)(manuscript)


def allowed(verb: str, manuscript: Manuscript, by: User) -> Transition:
    """The transition. Raises ReleaseRefused with every reason."""
    if reasons := why_not(verb, manuscript, by):
        raise ReleaseRefused(*reasons)
    return BY_VERB[verb]


def is_writer(manuscript: Manuscript, person: User) -> bool:
    """Whether the person wrote some of the text, or submitted it."""
    wrote = manuscript.writers.filter(pk=person.pk).exists()
    return wrote or manuscript.submitted_by_id == person.pk


def edition_before(manuscript: Manuscript) -> Report | None:
    """The published edition before for the same period whose text could be begun with."""
    job = manuscript.job
    same = Report.objects.filter(
        job__schedule=job.schedule, period_start=job.period_start, edition__lt=job.edition
    )
    last = same.select_related("job").order_by("-edition").first()
    return last if last and last.written else None


def outside_scope(schedule: ReportSchedule, by: User) -> list[str]:
    """The reason where the schedule's country is none of those that `by` edits."""
    country = schedule.country or (schedule.area.country if schedule.area else None)
    if may_edit(by, country):
        return []
    return [
        _("%(person)s edits %(scope)s only; “%(schedule)s” is about %(country)s.")
        % {
            "person": by.username,
            "scope": ", ".join(by.countries),
            "schedule": schedule,
            "country": country,
        }
    ]


def _wrong_state(transition: Transition, manuscript: Manuscript) -> list[str]:
    if manuscript.state in transition.sources:
        return []
    return [
        _("“%(title)s” is %(state)s; “%(verb)s” is for: %(wanted)s.")
        % {
            "title": manuscript.title,
            "state": ManuscriptState(manuscript.state).label,
            "verb": transition.label,
            "wanted": ", ".join(str(source.label) for source in transition.sources),
        }
    ]


def _wrong_person(transition: Transition, manuscript: Manuscript, by: User) -> list[str]:
    mine = is_writer(manuscript, by)
    needed = transition.writer if mine else transition.role
    names = {"person": by.username, "verb": transition.label, "title": manuscript.title}
    if not by.may(needed or transition.role):
        return [
            _("%(person)s is %(role)s; “%(verb)s” needs %(needed)s.")
            % {
                **names,
                "role": Role(by.role).label,
                "needed": (needed or transition.role).label,
            }
        ]
    if needed is None:
        return [
            _("%(person)s wrote or submitted “%(title)s”; “%(verb)s” is for somebody else.") % names
        ]
    return outside_scope(manuscript.job.schedule, by)


def _no_rule(manuscript: Manuscript) -> list[str]:
    return []


def _complete(manuscript: Manuscript) -> list[str]:
    wanted = writing.lacking(manuscript.written, manuscript.job.schedule.cadence)
    return [f"{writing.label_of(path)}: {remedy}" for path, remedy in wanted.items()]


def _has_one_before(manuscript: Manuscript) -> list[str]:
    if edition_before(manuscript) is None:
        return [_("No edition of this period with a written part was published before.")]
    if manuscript.written:
        return [_("Something is written already: empty it first, or go on from it.")]
    return []


OWN_RULES: Mapping[str, Callable[[Manuscript], list[str]]] = {
    "submit": _complete,
    "take_over": _has_one_before,
}
