"""Who may do what with a manuscript, and that two people release it."""

import copy
import threading
from contextlib import contextmanager

import pytest
from django.db import InternalError, connection, transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import AuditEntry
from reports.choices import ManuscriptState
from reports.manuscripts import releasing
from reports.manuscripts.release_table import TRANSITIONS, ReleaseRefused
from reports.manuscripts.releasing import WritingConflict
from reports.manuscripts.writing import Known
from reports.models import Manuscript, Report
from tests import make
from tests.reports.manuscripts import (
    IN_STATE,
    dropped,
    manuscript,
    released,
    stranger,
    submitted,
    text,
    writes,
)

KNOWN = Known(frozenset({"total.killed"}), frozenset({"map"}), frozenset({"totals"}))
A, B, C = Role.CONTRIBUTOR, Role.EDITOR, Role.REVIEWER
W, S = ManuscriptState.WRITING, ManuscriptState.SUBMITTED
# As docs/reports.md promises: verb -> states, least role of others, least role of its writers.
PROMISED = {
    "write": ({W}, A, A),
    "take_over": ({W}, A, A),
    "submit": ({W}, B, A),
    "take_back": ({S}, B, A),
    "return_to_writer": ({S}, C, None),
    "release": ({S}, C, None),
    "drop": ({W, S}, B, B),
}


def done(verb, found, by):
    at = timezone.now()
    more = {
        "write": {"written": text(lead="Another lead."), "version": found.version},
        "release": {"version": found.version},
        "return_to_writer": {"comment": "Which day?"},
        "drop": {"reason": "Not needed."},
    }
    return getattr(releasing, verb)(found, by=by, at=at, **more.get(verb, {}))


@pytest.mark.django_db
def test_every_state_verb_and_role_as_the_docs_promise(capsys):
    assert PROMISED.keys() == {transition.verb for transition in TRANSITIONS}
    people = {role: stranger(role) for role in Role}
    lines = []
    for state, build in IN_STATE.items():
        for verb, (states, others, writers) in PROMISED.items():
            with undone():
                found = further() if verb == "take_over" and state == W else build()
                for is_writer, least in ((False, others), (True, writers)):
                    may = least if state in states else None
                    cells = [_cell(found, verb, p, is_writer, may) for p in people.values()]
                    who = "writer" if is_writer else "other"
                    lines.append(f"{state:10}{verb:18}{who:8}" + " ".join(cells))

    with capsys.disabled():
        print("\nstate × verb × person: reader contributor editor reviewer administrator")
        print("\n".join(lines))


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def further():
    """A second edition; the first was released with a text."""
    released()
    return manuscript(2)


def _cell(found, verb, person, is_writer, least):
    """Try it and undo it; fail where the answer is not the promised one."""
    with undone():
        if is_writer:
            found.writers.add(person)
        reasons = _refusal(verb, found, person)
    may = least is not None and Role(person.role).includes(least)
    assert (reasons == []) is may, (verb, person, is_writer, reasons)
    assert all(reason.strip() for reason in reasons)
    return "–" if reasons else "yes"


def _refusal(verb, found, person):
    try:
        done(verb, found, person)
    except ReleaseRefused as refused:
        return refused.reasons
    return []


@pytest.mark.django_db
def test_what_is_released_is_what_was_built_and_what_was_written():
    found = submitted()

    report = releasing.release(found, by=make.rita(), at=timezone.now(), version=found.version)

    assert report.content == found.content
    assert report.checksum == found.checksum
    assert report.written == found.written
    assert sorted(report.items.values_list("key", flat=True)) == sorted(
        item["key"] for item in found.items
    )
    assert report.pictures.get().svg == found.pictures["map"]
    now = Manuscript.objects.get(pk=found.pk)
    assert (now.state, now.released_by) == ("released", make.rita())
    assert now.released_at == report.published_at


@pytest.mark.django_db
def test_every_verb_is_audited_with_who_and_what():
    found = writes(manuscript(), make.ana())
    releasing.submit(found, by=make.ana(), at=timezone.now())
    releasing.return_to_writer(found, by=make.rita(), at=timezone.now(), comment="Which day?")
    releasing.submit(found, by=make.ana(), at=timezone.now())
    releasing.take_back(found, by=make.ana(), at=timezone.now())
    releasing.submit(found, by=make.ana(), at=timezone.now())
    releasing.release(found, by=make.rita(), at=timezone.now(), version=2)

    entries = AuditEntry.objects.filter(noun="manuscript", object_id="monthly-mli-en:2022-07:1")

    assert [(entry.verb, entry.by) for entry in entries.order_by("pk")] == [
        ("write", "ana"), ("submit", "ana"), ("return_to_writer", "rita"), ("submit", "ana"),
        ("take_back", "ana"), ("submit", "ana"), ("release", "rita"),
    ]  # fmt: skip
    assert "takeaways/1" in entries.get(verb="write").detail["changed"]
    assert entries.get(verb="return_to_writer").detail["comment"] == "Which day?"


@pytest.mark.django_db
def test_who_wrote_some_of_it_once_can_never_release_it():
    found = writes(manuscript(), make.rita())
    found = writes(found, make.ana(), lead="Ana wrote it anew.", outlook="Ana’s.", takeaways=3)
    found = releasing.submit(found, by=make.ana(), at=timezone.now())

    with pytest.raises(ReleaseRefused, match="is for somebody else"):
        releasing.release(found, by=make.rita(), at=timezone.now(), version=found.version)

    assert not Report.objects.exists()


@pytest.mark.django_db
def test_the_database_refuses_a_writer_who_releases_behind_the_verbs():
    found = submitted()
    found.writers.add(make.rita())

    with pytest.raises(InternalError, match="no_writer"), transaction.atomic():
        Manuscript.objects.filter(pk=found.pk).update(
            state="released", released_by=make.rita(), released_at=timezone.now()
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"),
    [("content", {"sections": []}), ("items", []), ("pictures", {}), ("checksum", "0"),
     ("title", "Calm")],
)  # fmt: skip
def test_what_was_generated_can_never_change(column, value):
    found = manuscript()

    with pytest.raises(InternalError, match="generated_is_frozen"), transaction.atomic():
        Manuscript.objects.filter(pk=found.pk).update(**{column: value})


@pytest.mark.django_db
@pytest.mark.parametrize("build", [released, dropped])
def test_what_has_ended_can_never_change(build):
    found = build()

    with pytest.raises(InternalError, match="ends_once"), transaction.atomic():
        Manuscript.objects.filter(pk=found.pk).update(written={"lead": "Other."})


@pytest.mark.django_db
def test_two_writers_of_one_version_lose_nothing():
    found = manuscript()
    first = writes(found, make.ana())

    with pytest.raises(WritingConflict) as stale:
        writes(found, make.ed(), lead="Ed’s lead.")

    assert stale.value.current.written == first.written
    assert writes(found, make.ana()).version == 2  # the same words twice are no conflict


@pytest.mark.django_db
def test_a_release_vouches_for_the_version_that_was_read():
    found = submitted()
    read = found.version
    releasing.take_back(found, by=make.ana(), at=timezone.now())
    found = writes(Manuscript.objects.get(pk=found.pk), make.ana(), lead="Changed.")
    releasing.submit(found, by=make.ana(), at=timezone.now())

    with pytest.raises(ReleaseRefused, match="read it again"):
        releasing.release(found, by=make.rita(), at=timezone.now(), version=read)


@pytest.mark.django_db
def test_what_is_missing_is_said_when_it_is_submitted():
    found = manuscript()

    with pytest.raises(ReleaseRefused) as refused:
        releasing.submit(found, by=make.ed(), at=timezone.now())

    assert any("Lead" in reason for reason in refused.value.reasons)
    assert any("at least 3 key takeaways" in reason for reason in refused.value.reasons)


@pytest.mark.django_db
def test_a_further_edition_begins_with_the_text_before_and_must_be_checked():
    before = released()
    after = manuscript(2, items=copy.deepcopy(before.items)[:1], pictures={})

    after = releasing.take_over(after, by=make.ed(), at=timezone.now())

    assert after.written["lead"] == before.written["lead"]
    # This edition has no such figure, so the takeaway does not name it.
    assert "figures" not in after.written["takeaways"][0]
    assert set(after.writers.all()) == {make.ana(), make.ed()}
    with pytest.raises(ReleaseRefused, match="edition 1"):
        releasing.submit(after, by=make.ed(), at=timezone.now())
    after = releasing.submit(after, by=make.ed(), at=timezone.now(), checked=True)
    ana = make.ana()
    ana.role = Role.REVIEWER
    with pytest.raises(ReleaseRefused, match="ana wrote or submitted"):
        releasing.release(after, by=ana, at=timezone.now(), version=after.version)


@pytest.mark.django_db
def test_a_country_scope_holds_for_reports_too():
    found = submitted()
    other = make.person("nadia", Role.REVIEWER, countries=["NER"])

    with pytest.raises(ReleaseRefused, match="edits NER only"):
        releasing.release(found, by=other, at=timezone.now(), version=found.version)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_release_at_once_one_publishes():
    found = submitted()
    people = [stranger(Role.REVIEWER), make.rita()]
    start, outcomes = threading.Barrier(2), []

    def attempt(person):
        try:
            start.wait(timeout=10)
            releasing.release(found, by=person, at=timezone.now(), version=found.version)
            outcomes.append("released")
        except ReleaseRefused as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(outcome == "released" for outcome in outcomes) == [False, True]
    assert "is released" in next(one for one in outcomes if one != "released")
    assert Report.objects.count() == 1
