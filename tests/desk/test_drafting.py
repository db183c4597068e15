"""A draft is stored as it was written, part by part, and says what it still lacks."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry
from incidents import drafting, workflow
from incidents.drafting import (
    DraftCitation,
    DraftClaim,
    DraftDocument,
    DraftHarm,
    DraftHostages,
    DraftLink,
    DraftLocation,
    DraftParty,
    DraftTie,
)
from incidents.models import HarmEstimate, Incident, IncidentLocation, PublishedIncident
from sources.models import Document
from tests import make

DAY = dt.date(2022, 7, 22)


def kati(**more) -> drafting.Draft:
    """The attack at Kati with two sources that disagree, as an editor enters it."""
    make.country("MLI")
    make.incident_type("ARM-CPX")
    make.actor("jnim")
    make.document("wire-1")
    make.document("army-1")
    make.campaign("wave")
    values = {
        "title": "Attack on the base at Kati",
        "type": "ARM-CPX",
        "date_start": DAY,
        "country": "MLI",
        "targets": ("military",),
        "weapons": ("suicide_vehicle_bomb",),
        "sensitivity": "public",
        "locations": (
            DraftLocation(name="Kati", latitude=Decimal("12.745"), longitude=Decimal("-8.071")),
        ),
        "parties": (
            DraftParty(actor="jnim", attribution="probable", citation="wire-1"),
            DraftParty(actor_text="soldiers of the garrison", role="target"),
        ),
        "claims": (DraftClaim(claimant="jnim", claimed_on="2022-07-23", channel="website"),),
        "harm": (
            DraftHarm(low=1, best=1, high=6, citation="wire-1", is_preferred=True),
            DraftHarm(best=1, citation="army-1"),
            DraftHarm(population="attackers", best=7, citation="army-1"),
        ),
        "citations": (
            DraftCitation(document="wire-1", credibility=2),
            DraftCitation(document="army-1", credibility=3),
        ),
        "ties": (DraftTie(campaign="wave", reason="same_day"),),
    }
    return drafting.Draft(**values | more)


def entered(draft: drafting.Draft | None = None, **more) -> Incident:
    return drafting.create(draft or kati(**more), by=make.ed(), at=timezone.now())


def saved(incident: Incident, draft: drafting.Draft, **more) -> Incident:
    values = {"by": make.ed(), "at": timezone.now(), "edition": incident.edition} | more
    return drafting.save(incident.public_id, draft, **values)


def refused(draft: drafting.Draft) -> dict[str, str]:
    with pytest.raises(drafting.DraftRefused) as caught:
        drafting.create(draft, by=make.ed(), at=timezone.now())
    return caught.value.problems


def rows(incident: Incident) -> dict[str, set[tuple]]:
    """Primary key and moment of change of every part."""
    parts = {
        "locations": incident.locations, "parties": incident.participations,
        "claims": incident.claims, "harm": incident.estimates, "citations": incident.citations,
    }  # fmt: skip
    return {name: set(part.values_list("pk", "updated_at")) for name, part in parts.items()}


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


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ({"date_start": DAY}, (DAY, DAY, False)),
        ({"date_start": DAY, "date_precision": "month"},
         (dt.date(2022, 7, 1), dt.date(2022, 7, 31), False)),
        ({"date_start": DAY, "date_precision": "quarter"},
         (dt.date(2022, 7, 1), dt.date(2022, 9, 30), False)),
        ({"date_start": DAY, "date_precision": "year"},
         (dt.date(2022, 1, 1), dt.date(2022, 12, 31), False)),
        ({"date_start": DAY, "date_precision": "week"}, (DAY, dt.date(2022, 7, 28), False)),
        ({"date_start": DAY, "date_end": dt.date(2022, 7, 24), "date_precision": "day_range"},
         (DAY, dt.date(2022, 7, 24), False)),
        ({"date_start": DAY, "date_end": dt.date(2022, 7, 25), "is_multiday": True},
         (DAY, dt.date(2022, 7, 25), True)),
    ],
)  # fmt: skip
def test_dates_follow_their_precision(db, said, stored):
    incident = entered(**said)

    assert (incident.date_start, incident.date_end, incident.is_multiday) == stored


def test_several_days_at_day_precision_are_known_or_a_range(db):
    problems = refused(kati(date_end=dt.date(2022, 7, 25)))

    assert "lasted all these days" in problems["date_precision"]


@pytest.mark.parametrize(
    ("more", "path", "said"),
    [
        ({"title": " "}, "title", "missing"),
        ({"type": ""}, "type", "missing"),
        ({"type": "ARM-XYZ"}, "type", "ARM-XYZ"),
        ({"country": ""}, "country", "missing"),
        ({"date_start": None}, "date_start", "missing"),
        ({"date_end": dt.date(2022, 7, 1)}, "date_end", "before"),
        ({"date_start": dt.date(2199, 1, 1)}, "date_start", "future"),
        ({"outcome": "complete"}, "outcome", "did you mean completed"),
        ({"targets": ("palace",)}, "targets", "palace"),
        ({"title": "x" * 201}, "title", "at most 200"),
        ({"title": "a\x00b"}, "title", "cannot be printed"),
        ({"parties": (DraftParty(),)}, "parties.0.actor", "not both"),
        ({"parties": (DraftParty(actor="nobody"),)}, "parties.0.actor", "nobody"),
        ({"parties": (DraftParty(actor="jnim"),) * 2}, "parties.1", "twice"),
        ({"claims": (DraftClaim(claimant="jnim", claimed_on="May"),)}, "claims.0.claimed_on",
         "May"),
        ({"harm": (DraftHarm(best=1),)}, "harm.0.citation", "which source"),
        ({"harm": (DraftHarm(best=1, citation="x"),)}, "harm.0.citation", "wire-1, army-1"),
        ({"harm": (DraftHarm(low=5, best=1, citation="wire-1"),)}, "harm.0.best", "5, 1"),
        ({"harm": (DraftHarm(citation="wire-1"),)}, "harm.0", "dozens"),
        ({"harm": (DraftHarm(best=-1, citation="wire-1"),)}, "harm.0.best", "-1"),
        ({"harm": (DraftHarm(best=2**31, citation="wire-1"),)}, "harm.0.best", "2147483647"),
        ({"harm": (DraftHarm(best=1, citation="wire-1", is_preferred=True),) * 2},
         "harm.0.is_preferred", "Only one"),
        ({"locations": (DraftLocation(latitude=Decimal(1)),)}, "locations.0.longitude", "neither"),
        ({"locations": (DraftLocation(latitude=Decimal(95), longitude=Decimal(0)),)},
         "locations.0.latitude", "95"),
        ({"locations": (DraftLocation(),) * 2}, "locations", "primary"),
        ({"citations": (DraftCitation(),)}, "citations.0.document", "not both"),
        ({"citations": (DraftCitation(document="wire-1", archive_url="x"),)},
         "citations.0.archive_url", "https://"),
        ({"citations": (DraftCitation(document="wire-1", credibility=7),)},
         "citations.0.credibility", "7"),
        ({"ties": (DraftTie(campaign="tide"),)}, "ties.0.campaign", "tide"),
        ({"links": (DraftLink(target="0000000000", relation="duplicate_of"),)},
         "links.0.target", "0000000000"),
        ({"hostages": DraftHostages(status="held", publish_policy="publish")},
         "hostages.publish_policy", "country and month"),
    ],
)  # fmt: skip
def test_what_cannot_be_stored_is_named_with_its_remedy(db, more, path, said):
    problems = refused(kati(**more))

    assert said in problems[path]
    assert Incident.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"citations": (), "harm": (), "parties": ()}, "citations"),
        ({"locations": ()}, "locations"),
        ({"parties": (DraftParty(actor="jnim", attribution="confirmed"),)}, "parties.0.citation"),
        ({"harm": (DraftHarm(best=1, citation="wire-1"), DraftHarm(best=2, citation="army-1"))},
         "harm.0.is_preferred"),
        ({"harm": (DraftHarm(harm="abducted", best=3, citation="wire-1"),)}, "hostages"),
    ],
)  # fmt: skip
def test_draft_is_stored_although_something_is_missing_for_review(db, more, path):
    incident = entered(**more)

    assert path in drafting.problems(drafting.read(incident))


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


def public(**more) -> Incident:
    return make.through_the_door(entered(checked="read", **more))


def test_public_incident_changes_at_the_desk_without_changing_the_record(db):
    incident = public()
    record = list(PublishedIncident.objects.values_list("seq", "title"))
    read = drafting.read(incident)

    changed = saved(incident, dataclasses.replace(read, title="Attack at Kati"))

    assert list(PublishedIncident.objects.values_list("seq", "title")) == record
    workflow.correct(changed, by=make.rita(), at=timezone.now(), notice="Title.")
    assert PublishedIncident.objects.get(valid_to=None).title == "Attack at Kati"


def test_published_figure_is_superseded_never_edited(db):
    incident = public()
    read = drafting.read(incident)
    figure = dataclasses.replace(read.harm[0], best=4)
    old = HarmEstimate.objects.get(uuid=figure.id)

    after = saved(incident, dataclasses.replace(read, harm=(figure, *read.harm[1:])))

    old.refresh_from_db()
    assert (old.best, old.is_preferred) == (1, False)
    assert old.superseded_by.best == 4
    after.refresh_from_db()
    assert after.killed_best == 4
    assert [row.best for row in drafting.read(after).harm if row.population == "all"] == [1, 4]


def test_citation_of_a_published_figure_stays(db):
    incident = public()
    read = drafting.read(incident)
    figure = dataclasses.replace(read.harm[0], citation="army-1", best=2)
    less = dataclasses.replace(
        read, harm=(figure,), citations=read.citations[1:], parties=read.parties[1:]
    )

    with pytest.raises(drafting.DraftRefused) as caught:
        saved(incident, less)

    assert "wire-1" in caught.value.problems["citations"]
    assert incident.citations.count() == 2


def test_public_incident_keeps_a_source_and_a_place(db):
    incident = public()
    read = drafting.read(incident)

    with pytest.raises(drafting.DraftRefused) as caught:
        saved(incident, dataclasses.replace(read, locations=()))

    assert set(caught.value.problems) == {"locations"}
    assert IncidentLocation.objects.filter(incident=incident).exists()


@pytest.mark.parametrize("status", ["verified", "withdrawn"])
def test_what_was_vouched_for_or_is_gone_is_not_changed(db, status):
    incident = entered()
    at = timezone.now()
    workflow.submit(incident, by=make.ed(), at=at)
    workflow.verify(incident, by=make.rita(), at=at)
    if status == "withdrawn":
        workflow.publish(incident, by=make.rita(), at=at)
        workflow.withdraw(incident, by=make.rita(), at=at, reason="not_confirmed")

    with pytest.raises(drafting.EditRefused):
        saved(incident, kati())


def test_contributor_changes_own_drafts_only(db):
    own = drafting.create(kati(), by=make.ana(), at=timezone.now())
    theirs = entered()

    saved(own, dataclasses.replace(drafting.read(own), summary="More."), by=make.ana())
    with pytest.raises(drafting.EditRefused):
        saved(theirs, kati(), by=make.ana())
    workflow.submit(own, by=make.ana(), at=timezone.now())
    own.refresh_from_db()
    with pytest.raises(drafting.EditRefused):
        saved(own, kati(), by=make.ana())


def test_country_scope_holds_for_entering_and_for_moving(db):
    ed = make.ed()
    ed.countries = ["NER"]
    ed.save()
    make.country("NER")
    incident = drafting.create(kati(country="NER"), by=ed, at=timezone.now())

    assert "MLI" in refused(kati())["country"]
    with pytest.raises(drafting.DraftRefused):
        saved(incident, kati(), by=ed)


def test_slug_follows_the_title_until_publication(db):
    incident = entered()
    read = drafting.read(incident)

    renamed = saved(incident, dataclasses.replace(read, title="Attack at Kati"))
    shown = make.through_the_door(renamed)
    again = saved(shown, dataclasses.replace(drafting.read(shown), title="Another title"))

    assert incident.slug == "2022-07-22-attack-on-the-base-at-kati"
    assert again.slug == renamed.slug == "2022-07-22-attack-at-kati"
