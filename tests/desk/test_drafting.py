"""A draft is stored as it was written, part by part."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry
from incidents import drafting
from incidents.drafting import (
    DraftCitation,
    DraftDocument,
    DraftHarm,
    DraftHostages,
    DraftLink,
    DraftLocation,
    DraftParty,
    DraftTie,
)
from incidents.models import Incident
from sources.models import Document
from tests import make
from tests.desk.drafts import DAY, entered, kati, rows, saved


def test_what_is_entered_is_what_is_read(db):
    incident = entered()

    read = drafting.read(incident)

    assert read.title == "Attack on the base at Kati"
    assert [(p.actor, p.actor_text, p.role) for p in read.parties] == [
        ("jnim", "", "perpetrator"),
        ("", "soldiers of the garrison", "target"),
    ]
    assert read.claims[0].claimed_on == "2022-07-23"
    assert [(h.low, h.best, h.high, h.citation) for h in read.harm] == [
        (1, 1, 6, "wire-1"),
        (None, 1, None, "army-1"),
        (None, 7, None, "army-1"),
    ]
    assert read.locations[0].latitude == Decimal("12.745")
    assert read.ties == (DraftTie(campaign="wave", reason="same_day"),)
    assert [c.reliability for c in read.citations] == ["B", "B"]
    assert drafting.problems(read) == {}


def test_json_of_a_draft_is_the_draft(db):
    read = drafting.read(entered())

    assert drafting.from_json(drafting.to_json(read)) == read


def test_saving_what_was_read_changes_nothing(db):
    incident = entered()
    before, entries = rows(incident), AuditEntry.objects.count()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = saved(incident, drafting.read(incident))

    assert again.edition == incident.edition
    assert rows(incident) == before
    assert AuditEntry.objects.count() == entries
    writes = [q["sql"] for q in queries if q["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    assert writes == []


def test_only_the_part_that_changed_is_written(db):
    incident = entered()
    read, before = drafting.read(incident), rows(incident)
    claim = dataclasses.replace(read.claims[0], authenticity="plausible")

    after = saved(incident, dataclasses.replace(read, claims=(claim,)))

    assert after.edition == incident.edition + 1
    now = rows(incident)
    assert {pk for pk, _ in now["claims"]} == {pk for pk, _ in before["claims"]}
    assert now["claims"] != before["claims"]
    assert {k: v for k, v in now.items() if k != "claims"} == {
        k: v for k, v in before.items() if k != "claims"
    }


def test_parts_without_their_ids_are_recognised(db):
    """A tool that sends its own document again makes no new rows."""
    incident = entered()
    before = rows(incident)

    saved(incident, kati())

    assert rows(incident) == before


def test_two_parties_may_exchange_their_roles(db):
    make.actor("iswap")
    parties = (DraftParty(actor="jnim", role="accused"), DraftParty(actor="iswap", role="target"))
    incident = entered(parties=parties)
    first, second = drafting.read(incident).parties
    swapped = (
        dataclasses.replace(first, actor="iswap", role="target"),
        dataclasses.replace(second, actor="jnim", role="accused"),
    )

    saved(incident, dataclasses.replace(drafting.read(incident), parties=swapped))

    read = drafting.read(incident).parties
    assert [(p.actor, p.role) for p in read] == [("iswap", "target"), ("jnim", "accused")]


def test_another_place_can_become_the_primary_one(db):
    incident = entered(
        locations=(DraftLocation(name="Kati"), DraftLocation(name="Bamako", is_primary=False))
    )
    first, second = drafting.read(incident).locations
    turned = (
        dataclasses.replace(first, is_primary=False),
        dataclasses.replace(second, is_primary=True),
    )

    saved(incident, dataclasses.replace(drafting.read(incident), locations=turned))

    assert incident.locations.get(is_primary=True).name == "Bamako"
    assert incident.locations.count() == 2


def test_stale_edition_is_a_conflict_and_changes_nothing(db):
    incident = entered()
    read = drafting.read(incident)
    saved(incident, dataclasses.replace(read, summary="First."))

    with pytest.raises(drafting.EditConflict) as caught:
        saved(incident, dataclasses.replace(read, summary="Second."))

    assert caught.value.current.edition == incident.edition + 1
    incident.refresh_from_db()
    assert incident.summary == "First."


def test_every_value_that_changed_is_in_the_audit_trail(db):
    incident = entered()
    read = drafting.read(incident)
    figure = dataclasses.replace(read.harm[1], best=2)

    saved(incident, dataclasses.replace(read, title="Attack at Kati", harm=(read.harm[0], figure)))

    changed = AuditEntry.objects.filter(verb="save").get().detail["changed"]
    assert changed["title"] == {"from": "Attack on the base at Kati", "to": "Attack at Kati"}
    assert changed[f"harm.{figure.id}.best"] == {"from": 1, "to": 2}
    assert changed[f"harm.{read.harm[2].id}"]["to"] is None


def test_preferred_figures_are_repeated_on_the_incident(db):
    incident = entered()

    incident.refresh_from_db()

    assert (incident.killed_low, incident.killed_best, incident.killed_high) == (1, 1, 6)
    assert incident.attackers_killed_best == 7
    assert incident.wounded_best is None
    assert incident.attribution == "probable"
    assert incident.is_suicide is True


def test_self_interested_figure_is_never_preferred_by_itself(db):
    harm = (DraftHarm(best=50, citation="army-1", is_self_interested=True),)

    incident = entered(harm=harm)

    assert not incident.estimates.get().is_preferred
    assert incident.killed_best is None


def test_government_alone_does_not_confirm(db):
    army = make.document("army-1")
    army.source = type(army.source).objects.create(
        slug="army", name="Army", kind="government", reliability="C"
    )
    army.save()
    party = DraftParty(actor="jnim", attribution="confirmed", citation="army-1")

    assert "parties.0.attribution" in drafting.problems(kati(parties=(party,)))


def test_new_document_is_entered_once_and_cited(db):
    draft = kati()
    new = DraftDocument(
        url="https://example.org/kati", source="agency", title="Kati attacked",
        published="2022-07-22",
    )  # fmt: skip
    cited = DraftCitation(
        ref="a", new_document=new, archive_url="https://archive.example.org/1", credibility=2
    )
    figure = DraftHarm(best=1, citation="a")
    draft = dataclasses.replace(draft, citations=(cited,), harm=(figure,), parties=(), claims=())

    first, second = entered(draft), entered(draft)

    document = Document.objects.get(url="https://example.org/kati")
    assert document.archive_url == "https://archive.example.org/1"
    assert document.published_from == DAY
    assert drafting.read(first).harm[0].citation == document.slug
    assert drafting.read(second).citations[0].document == document.slug
    assert first.slug != second.slug


def test_document_without_an_address_is_entered_once_too(db):
    draft = kati()
    new = DraftDocument(source="agency", title="Printed report", published="2022-07")
    draft = dataclasses.replace(
        draft, citations=(DraftCitation(ref="a", new_document=new),), harm=(), parties=()
    )

    entered(draft)
    entered(draft)

    document = Document.objects.get(title="Printed report")
    assert (document.url, document.published_precision) == (None, "month")
    assert document.published_to == dt.date(2022, 7, 31)


def test_contributor_links_to_public_incidents_but_not_to_drafts_of_others(db):
    draft = kati()
    told, untold = make.published(), make.incident()

    def linked(target: Incident) -> Incident:
        link = DraftLink(target=target.public_id, relation="same_day_coordinated")
        return drafting.create(
            dataclasses.replace(draft, links=(link,)), by=make.ana(), at=timezone.now()
        )

    assert drafting.read(linked(told)).links[0].target == told.public_id
    with pytest.raises(drafting.DraftRefused):
        linked(untold)


def test_abduction_is_shown_coarsely_whatever_the_writer_asks(db):
    make.incident_type("HOS-KID")

    incident = entered(type="HOS-KID", hostages=DraftHostages(persons=3, status="held"))

    where = incident.locations.get()
    assert (where.precision, where.display_precision) == ("exact", "country")
    assert where.fuzz_reason == "open hostage case"
    assert incident.hostage_cases.get().publish_policy == "withhold"


def test_class_rises_freely_and_does_not_fall_by_saving(db):
    incident = entered()
    read = drafting.read(incident)
    higher = saved(incident, dataclasses.replace(read, sensitivity="confidential"))

    with pytest.raises(drafting.DraftRefused) as caught:
        saved(higher, read)

    assert set(caught.value.problems) == {"sensitivity"}


def test_open_hostage_case_is_not_removed_by_saving(db):
    incident = entered(hostages=DraftHostages(persons=3, status="held"))
    read = drafting.read(incident)

    with pytest.raises(drafting.DraftRefused) as caught:
        saved(incident, dataclasses.replace(read, hostages=None))

    assert set(caught.value.problems) == {"hostages"}
