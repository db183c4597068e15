"""A merge keeps both ids, the higher class and everything that only one of the two knew."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone, translation

from accounts.models import AuditEntry
from incidents import merging, workflow
from incidents.models import (
    ClaimOfResponsibility,
    HarmEstimate,
    HostageCase,
    Incident,
    IncidentLink,
    PublishedIncident,
)
from incidents.workflow import TransitionRefused
from sources.models import ExternalIdentifier
from tests import make

pytestmark = pytest.mark.django_db


def merge(gone: Incident, stays: Incident, **more) -> Incident:
    workflow.merge(gone, stays, by=make.rita(), at=timezone.now(), **more)
    gone.refresh_from_db()
    stays.refresh_from_db()
    return stays


def shown(incident: Incident) -> dict:
    return PublishedIncident.objects.current().get(public_id=incident.public_id).payload


@pytest.fixture
def pair() -> tuple[Incident, Incident]:
    """Two public accounts of one event; `gone` knows more."""
    gone = make.incident(place="Kati camp", killed_low=1, killed_best=1, killed_high=2)
    make.citation(gone, "wire-2")
    make.estimate(gone, low=1, best=1, high=2, source="wire-2", is_preferred=True)
    make.part(gone, "jnim")
    make.tie(gone, make.campaign("wave"))
    ClaimOfResponsibility.objects.create(
        incident=gone, claimant=make.actor("jnim"), claimed_on="2022-07-23"
    )
    ExternalIdentifier.objects.create(target=gone, scheme="acled", value="MLI1")
    stays = make.incident(place="Kati")
    make.tie(stays, make.campaign("wave"))
    return make.through_the_door(gone), make.through_the_door(stays)


def test_the_one_that_stays_gains_sources_harm_claims_parties_ids_and_ties_without_doubles(pair):
    gone, stays = pair

    merge(gone, stays)

    now = shown(stays)
    assert [source["slug"] for source in now["sources"]] == ["wire-1", "wire-2"]
    assert [(e["source"], e["best"]) for e in now["estimates"]] == [("wire-2", 1)]
    assert now["harm"]["killed"]["best"] == 1
    assert [actor["actor"] for actor in now["actors"]] == ["jnim"]
    assert [claim["claimed_on"] for claim in now["claims"]] == ["2022-07-23"]
    assert now["external_ids"] == [{"scheme": "acled", "value": "MLI1"}]
    assert [tie["slug"] for tie in now["campaigns"]] == ["wave"]
    assert stays.citations.count() == 2
    assert stays.campaign_ties.count() == 1


def test_the_merged_id_redirects_on_pages_and_in_the_api_and_leaves_a_tombstone(pair):
    gone, stays = pair

    merge(gone, stays)

    page = Client().get(f"/incidents/{gone.public_id}/")
    answer = Client().get(f"/api/v1/incidents/{gone.public_id}/")
    feed = Client().get("/api/v1/incidents/changes/").json()["results"]
    assert (page.status_code, page["Location"]) == (301, f"/incidents/{stays.public_id}/")
    assert (answer.status_code, answer["Location"]) == (
        301, f"/api/v1/incidents/{stays.public_id}/"
    )  # fmt: skip
    [tombstone] = [entry for entry in feed if entry["status"] == "merged"]
    assert (tombstone["id"], tombstone["merged_into"]) == (gone.public_id, stays.public_id)
    assert set(tombstone["incident"]) == {
        "id", "version", "status", "reason", "merged_into", "date", "revised_at"
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
def test_readers_of_both_languages_are_told_whoever_merged(pair, language):
    gone, stays = pair

    with translation.override(language):
        merge(gone, stays)

    now = PublishedIncident.objects.current().get(public_id=stays.public_id)
    assert now.notice == f"Joined with {gone.public_id}, which told the same event."
    assert gone.public_id in now.notice_fr
    assert now.notice_fr not in ("", now.notice)


def test_a_chain_of_merges_leads_to_the_last(pair):
    gone, stays = pair
    last = make.through_the_door(make.incident(place="Koulikoro"))
    merge(gone, stays)

    merge(stays, last)

    answer = Client().get(f"/incidents/{gone.public_id}/", follow=True)
    assert answer.status_code == 200
    assert last.public_id in answer.request["PATH_INFO"]


def test_a_figure_of_a_source_that_both_cite_speaks_of_the_kept_citation():
    gone, stays = make.incident(place="Kati camp"), make.incident(place="Kati")
    make.estimate(gone, best=4, high=4, source="wire-1")

    merge(gone, stays)

    [figure] = HarmEstimate.objects.filter(incident=stays)
    assert figure.citation.target == stays
    assert stays.citations.count() == 1


def test_the_same_figure_is_not_doubled_and_preferred_figures_of_the_one_that_stays_win():
    gone, stays = make.incident(place="Kati camp"), make.incident(place="Kati", killed_best=5)
    make.estimate(gone, best=1, source="wire-1")
    make.estimate(gone, best=1, low=0, high=9, source="wire-2", is_preferred=True)
    make.estimate(stays, best=1, source="wire-1", is_preferred=True)

    merge(gone, stays)

    figures = HarmEstimate.objects.filter(incident=stays).order_by("pk")
    assert sorted((f.citation.document.slug, f.is_preferred) for f in figures) == [
        ("wire-1", True),
        ("wire-2", False),
    ]
    assert stays.killed_best == 5


def test_the_higher_class_the_narrower_disclosure_and_the_later_embargo_are_kept():
    later = timezone.now() + dt.timedelta(days=2)
    gone = make.incident(
        place="Kati camp", sensitivity="confidential", disclosure="country_month",
        embargo_until=later,
    )  # fmt: skip
    stays = make.incident(place="Kati", sensitivity="restricted")

    merge(gone, stays)

    assert (stays.sensitivity, stays.disclosure) == ("confidential", "country_month")
    assert stays.embargo_until == later


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"sensitivity": "restricted"}, "higher class"),
        ({"sensitivity": "confidential"}, "higher class"),
        ({"disclosure": "country_month"}, "country and month only"),
        ({"embargo_until": timezone.now() + dt.timedelta(days=1)}, "under embargo"),
    ],
)
def test_nothing_withheld_is_merged_into_what_is_public(values, words):
    gone = make.incident(place="Kati camp", author=make.ana(), **values)
    stays = make.published(place="Kati")

    with pytest.raises(TransitionRefused, match=words):
        merge(gone, stays)


def test_an_open_hostage_case_is_not_merged_into_what_is_shown_in_full():
    gone = make.incident(place="Kati camp", author=make.ana())
    HostageCase.objects.create(incident=gone, persons=2, status="held")

    with pytest.raises(TransitionRefused, match="country and month only"):
        merge(gone, make.published(place="Kati"))


def test_a_public_past_is_not_tied_to_an_incident_that_shows_country_and_month_only():
    """The older versions of the one would tell what the other withholds."""
    stays = make.published(place="Kati", sensitivity="restricted", disclosure="country_month")

    with pytest.raises(TransitionRefused, match="the past of"):
        merge(make.published(place="Kati camp"), stays)


def test_a_public_incident_does_not_go_into_a_draft():
    with pytest.raises(TransitionRefused, match="the other way round"):
        merge(make.published(place="Kati camp"), make.incident(place="Kati"))


def test_who_wrote_a_draft_does_not_publish_it_by_merging_it():
    draft = make.incident(place="Kati camp", author=make.rita())

    with pytest.raises(TransitionRefused, match="somebody else"):
        merge(draft, make.published(place="Kati"))


def test_a_merge_publishes_no_change_that_nobody_has_read():
    stays = make.published(place="Kati")
    Incident.objects.filter(pk=stays.pk).update(summary="Not read by anybody yet.")

    with pytest.raises(TransitionRefused, match="more of"):
        merge(make.incident(place="Kati camp", author=make.ana()), stays)


def test_a_merged_draft_leaves_no_trace_of_its_id_in_public():
    draft = make.incident(place="Kati camp", author=make.ana())
    make.citation(draft, "wire-9")
    stays = make.published(place="Kati")

    merge(draft, stays)

    pages = ["/api/v1/incidents/changes/", f"/api/v1/incidents/{stays.public_id}/versions/",
             f"/incidents/{stays.public_id}/{stays.slug}/"]  # fmt: skip
    assert [page for page in pages if draft.public_id in Client().get(page).content.decode()] == []
    assert Client().get(f"/incidents/{draft.public_id}/").status_code == 404
    assert "wire-9" in [source["slug"] for source in shown(stays)["sources"]]


def test_other_public_incidents_keep_their_version():
    """A neighbour's row is not rewritten from a desk that somebody may be changing."""
    neighbour = make.published(place="Bamako")
    gone, stays = make.published(place="Kati camp"), make.published(place="Kati")
    IncidentLink.objects.create(source=gone, target=neighbour, relation="follow_up_violence")

    merge(gone, stays)

    assert PublishedIncident.objects.filter(public_id=neighbour.public_id).count() == 1
    assert stays.links_out.get().target == neighbour


def test_fields_that_were_chosen_are_taken_and_blanks_are_filled(pair):
    gone, stays = (make.incident(place="Kati camp", summary="What happened.", targets=["military"]),
                   make.incident(place="Kati", outcome="repelled"))  # fmt: skip

    merge(gone, stays, take=["title", "location"])

    assert stays.title == "Attack at Kati camp"
    assert (stays.summary, stays.outcome, stays.targets) == (
        "What happened.", "repelled", ["military"]
    )  # fmt: skip
    assert str(stays.locations.get(is_primary=True)) == "Kati camp"
    assert stays.locations.count() == 2


def test_the_audit_trail_keeps_which_rows_went_over_and_what_changed(pair):
    gone, stays = pair

    merge(gone, stays)

    entry = AuditEntry.objects.get(verb="merge")
    assert entry.detail["into"] == stays.public_id
    assert set(entry.detail["absorbed"]["moved"]) == {
        "citations", "estimates", "participations", "claims", "external_ids"
    }  # fmt: skip
    assert entry.detail["absorbed"]["changed"]["killed_best"] == {"from": "None", "to": "1"}


def test_what_the_page_announces_is_what_the_merge_does(pair):
    gone, stays = pair
    announced = {part: len(rows) for part, rows in merging.gains(gone, stays).items()}

    merge(gone, stays)

    moved = AuditEntry.objects.get(verb="merge").detail["absorbed"]["moved"]
    assert {part: len(rows) for part, rows in moved.items()} == announced
