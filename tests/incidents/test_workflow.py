"""Status, verb and role: the whole grid from the transition table, and each verb's own rules."""

import datetime as dt
import itertools

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import AuditEntry, User
from incidents import drafting, workflow
from incidents.choices import Status, WithdrawalReason
from incidents.models import Incident, PublishedIncident, SensitivityProposal
from incidents.record import RecordTimeRefused
from incidents.workflow import TRANSITIONS, TransitionRefused
from incidents.workflow.table import UNPUBLISHED
from tests import make

pytestmark = pytest.mark.django_db

PAIRS = list(itertools.product(Status, TRANSITIONS))
PEOPLE = list(itertools.product(Role, (False, True)))


def standing_at(status: Status) -> Incident:
    """An incident of nobody in particular in `status`, brought there by the verbs themselves."""
    now = timezone.now()
    which = make.incident(sensitivity="restricted", disclosure="country_month")
    if status == Status.DRAFT:
        return which
    if status == Status.DISCARDED:
        return workflow.discard(which, by=make.ed(), at=now, reason="Entered twice.")
    which = workflow.submit(which, by=make.ed(), at=now)
    if status == Status.IN_REVIEW:
        return which
    which = workflow.verify(which, by=make.rita(), at=now)
    if status == Status.VERIFIED:
        return which
    which = workflow.publish(which, by=make.rita(), at=now)
    later = timezone.now()
    if status == Status.CORRECTED:
        return workflow.correct(which, by=make.rita(), at=later, notice="Date corrected.")
    if status == Status.WITHDRAWN:
        return workflow.withdraw(which, by=make.rita(), at=later, reason=WithdrawalReason.SAFETY)
    if status == Status.MERGED:
        return workflow.merge(which, standing_at(Status.PUBLISHED), by=make.rita(), at=later)
    return which


def ready_for(verb: str, which: Incident) -> dict[str, object]:
    """What the verb needs beside the incident, and the state that its own rule wants."""
    soon = timezone.now() + dt.timedelta(days=1)
    if verb in ("agree_lower", "decline_lower"):
        SensitivityProposal.objects.create(
            incident=which,
            sensitivity="public",
            reason="The ministry has named the town.",
            proposed_by=make.person("petra", Role.EDITOR),
            proposed_at=timezone.now(),
        )
    if verb == "lift_embargo" and which.editorial_status in UNPUBLISHED:
        Incident.objects.filter(pk=which.pk).update(embargo_until=soon)
    if verb == "raise_sensitivity":
        Incident.objects.filter(pk=which.pk).update(sensitivity="public")
    more: dict[str, dict[str, object]] = {
        "send_back": {"reason": "One more source, please."},
        "discard": {"reason": "Entered twice."},
        "correct": {"notice": "Toll corrected."},
        "withdraw": {"reason": WithdrawalReason.NOT_CONFIRMED},
        "split": {"titles": ["First attack", "Second attack"]},
        "assign": {"to": make.rita()},
        "comment": {"text": "Which of the two is the primary source?"},
        "raise_sensitivity": {"to": "restricted", "reason": "The place can be recognised."},
        "propose_lower": {"to": "public", "reason": "The ministry has named the town."},
        "extend_embargo": {"until": soon},
        "lift_embargo": {"reason": "The convoy has arrived."},
    }
    if verb == "merge":
        public = which.editorial_status in ("published", "corrected")
        other = standing_at(Status.PUBLISHED) if public else make.incident()
        return {"into": other}
    return more.get(verb, {})


def do(verb: str, which: Incident, by: User, needs: dict[str, object]) -> None:
    getattr(workflow, verb)(which, by=by, at=timezone.now(), **needs)


@pytest.mark.parametrize(
    ("status", "transition"), PAIRS, ids=[f"{row.verb}-{status}" for status, row in PAIRS]
)
def test_the_grid_allows_exactly_what_the_table_says(status, transition):
    which = standing_at(status)
    needs = ready_for(transition.verb, which)

    for role, is_author in PEOPLE:
        somebody = make.person(f"some-{role}", role)
        needed = transition.needs(of_author=is_author)
        allowed = status in transition.sources and needed is not None and role.includes(needed)
        with transaction.atomic():
            if is_author:
                Incident.objects.filter(pk=which.pk).update(author=somebody)
            which.refresh_from_db()
            reasons = workflow.why_not(transition.verb, which, somebody)
            if allowed:
                do(transition.verb, which, somebody, needs)
            else:
                with pytest.raises(TransitionRefused):
                    do(transition.verb, which, somebody, needs)
            which.refresh_from_db()
            done = AuditEntry.objects.filter(
                verb=transition.verb, object_id=which.public_id, by=somebody.username
            )
            assert (reasons == []) == allowed == done.exists(), (role, is_author, reasons)
            if allowed and transition.target:
                assert which.editorial_status == transition.target
            elif not allowed or status in UNPUBLISHED:
                assert which.editorial_status == status
            transaction.set_rollback(True)


def test_the_grid_is_counted(capsys):
    cells = len(PAIRS) * len(PEOPLE)

    with capsys.disabled():
        print(
            f"\nworkflow grid: {len(Status)} statuses x {len(TRANSITIONS)} verbs x {len(Role)} "
            f"roles x author or not = {cells} cells, all asserted from the table"
        )

    assert cells == 8 * len(TRANSITIONS) * 5 * 2
    assert {row.verb for row in TRANSITIONS} == set(workflow.BY_VERB)


def test_a_draft_that_lacks_something_is_not_submitted_by_any_way():
    which = make.incident(sourced=False, located=False)

    with pytest.raises(TransitionRefused) as refused:
        workflow.submit(which, by=make.ed(), at=timezone.now())

    wanted = drafting.problems(drafting.read(which), by=make.ed())
    assert set(refused.value.reasons) == set(wanted.values()) != set()
    which.refresh_from_db()
    assert which.editorial_status == Status.DRAFT


def test_verify_refuses_the_author_and_says_who_must():
    rita_writes = make.incident(author=make.rita())
    workflow.submit(rita_writes, by=make.rita(), at=timezone.now())

    with pytest.raises(TransitionRefused, match=r"rita wrote .* is for somebody else"):
        workflow.verify(rita_writes, by=make.rita(), at=timezone.now())


def test_publish_writes_one_version_with_the_filter_columns_and_the_payload():
    which = make.incident(killed_low=1, killed_best=1, killed_high=1, weapons=["firearms"])
    make.part(which, "jnim", "claimant")

    make.through_the_door(which)

    row = PublishedIncident.objects.get(public_id=which.public_id)
    assert (row.version, row.status, row.country) == (1, "published", "MLI")
    assert row.actor_roles == ["jnim:claimant"]
    assert row.payload["harm"]["killed"] == {
        "low": 1,
        "best": 1,
        "high": 1,
        "scope": "excl_attackers",
    }
    assert row.payload["sources"][0]["grade"] == "B2"


def test_correct_closes_the_old_version_and_says_what_changed():
    which = make.published()
    Incident.objects.filter(pk=which.pk).update(title="Attack at Kati garrison")

    workflow.correct(which, by=make.rita(), at=timezone.now(), notice="Place named precisely.")

    old, new = PublishedIncident.objects.filter(public_id=which.public_id).order_by("seq")
    assert old.valid_to == new.valid_from
    assert (new.version, new.status, new.notice) == (2, "corrected", "Place named precisely.")
    assert (old.title, new.title) == ("Attack at Kati", "Attack at Kati garrison")


def test_withdraw_leaves_a_tombstone_with_id_dates_and_reason_only():
    which = make.published(summary="Something that must not stay.")

    workflow.withdraw(which, by=make.rita(), at=timezone.now(), reason=WithdrawalReason.SAFETY)

    stone = PublishedIncident.objects.get(public_id=which.public_id, valid_to=None)
    assert not stone.is_listed
    assert set(stone.payload) == {
        "id",
        "version",
        "status",
        "reason",
        "merged_into",
        "date",
        "revised_at",
    }
    assert stone.payload["reason"] == "safety"
    assert not PublishedIncident.objects.current().filter(public_id=which.public_id).exists()


def test_withdraw_for_safety_empties_the_older_versions_too():
    which = make.published(title="Attack at Kati", killed_low=1, killed_best=1, killed_high=1)
    make.through_the_door(make.incident(place="Kita"))
    shown_at = PublishedIncident.objects.get(public_id=which.public_id).valid_from

    workflow.withdraw(which, by=make.rita(), at=timezone.now(), reason=WithdrawalReason.SAFETY)

    versions = PublishedIncident.objects.filter(public_id=which.public_id)
    assert [row.status for row in versions.order_by("seq")] == ["withdrawn", "withdrawn"]
    assert not PublishedIncident.objects.as_of(shown_at).filter(public_id=which.public_id).exists()
    assert "Kati" not in str([row.payload for row in versions])


def test_withdraw_for_other_reasons_keeps_the_past_answerable():
    which = make.published()
    shown_at = PublishedIncident.objects.get(public_id=which.public_id).valid_from

    workflow.withdraw(
        which, by=make.rita(), at=timezone.now(), reason=WithdrawalReason.NOT_CONFIRMED
    )

    assert PublishedIncident.objects.as_of(shown_at).get().title == "Attack at Kati"


def test_merge_points_at_the_incident_that_stays():
    stays, goes = make.published(), make.published()

    workflow.merge(goes, stays, by=make.rita(), at=timezone.now())

    stone = PublishedIncident.objects.get(public_id=goes.public_id, valid_to=None)
    assert (stone.status, stone.merged_into) == ("merged", stays.public_id)


def test_merge_refuses_to_point_at_a_draft():
    with pytest.raises(TransitionRefused, match="merge it the other way round"):
        workflow.merge(make.published(), make.incident(), by=make.rita(), at=timezone.now())


def test_record_time_never_runs_backwards():
    make.published()
    yesterday = timezone.now() - dt.timedelta(days=1)

    with pytest.raises(RecordTimeRefused, match="newest moment of the record"):
        make.published(at=yesterday)


def test_publish_many_publishes_drafts_and_corrects_public_ones_in_one_go():
    public = make.published()
    drafts = [make.incident() for _ in range(3)]

    written = workflow.publish_many(
        Incident.objects.all(), by=make.rita(), at=timezone.now(), notice="Import of today."
    )

    assert written == 4
    assert PublishedIncident.objects.current().count() == 4
    assert PublishedIncident.objects.current().get(public_id=public.public_id).version == 2
    assert all(
        Incident.objects.get(pk=draft.pk).editorial_status == Status.PUBLISHED for draft in drafts
    )


def test_publish_many_and_publish_write_the_same_payload():
    one, many = make.incident(place="Kita"), make.incident(place="Kita")
    for which in (one, many):
        make.part(which)
        make.estimate(which, is_preferred=True)

    make.through_the_door(one)
    workflow.publish_many(Incident.objects.filter(pk=many.pk), by=make.rita(), at=timezone.now())

    own_words = {"id", "slug", "first_published_at", "revised_at"}
    first, second = (
        {
            k: v
            for k, v in PublishedIncident.objects.get(public_id=w.public_id).payload.items()
            if k not in own_words
        }
        for w in (one, many)
    )
    assert first == second


def test_publish_many_skips_what_the_reviewer_wrote():
    own = make.incident(author=make.rita())

    assert workflow.publish_many(Incident.objects.all(), by=make.rita(), at=timezone.now()) == 0

    own.refresh_from_db()
    assert own.editorial_status == Status.DRAFT


def test_publish_many_needs_a_reviewer():
    with pytest.raises(TransitionRefused, match="publish needs reviewer"):
        workflow.publish_many(Incident.objects.all(), by=make.ed(), at=timezone.now())
