"""A release names the record of one moment, and its address keeps answering with it."""

import datetime as dt
import hashlib
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import AuditEntry
from exchange import releases
from exchange.checksum import of_record
from exchange.models import Release
from incidents import workflow
from incidents.choices import WithdrawalReason
from incidents.models import PublishedIncident
from tests import make

pytestmark = pytest.mark.django_db
DAY = dt.datetime(2025, 1, 10, 12, tzinfo=dt.UTC)


def run(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def freeze(slug="2026-q3", **more):
    words = {"title": "Third quarter of 2026", "by": make.rita(), "at": timezone.now()}
    return releases.freeze(slug, **words | more)[0]


def get(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:300]
    return answer


def part(client, dataset="vigil"):
    document = get(client, "/api/v1/releases/2026-q3/").json()
    return next(p for p in document["datasets"] if p["dataset"] == dataset)


def file_of(client, dataset="vigil"):
    return b"".join(get(client, part(client, dataset)["file"]))


def three():
    return [make.published(place=place, killed_low=2, killed_best=2, killed_high=3)
            for place in ("Kati", "Gao", "Diffa")]  # fmt: skip


def fix(incident, **values):
    for name, value in values.items():
        setattr(incident, name, value)
    incident.save()
    workflow.correct(incident, by=make.rita(), at=timezone.now(), notice="Corrected.")


def test_after_correction_withdrawal_and_merger_the_address_gives_the_same_rows(client):
    kati, gao, diffa = three()
    release = freeze()
    rows = part(client)["rows"]
    before, file = get(client, rows).json(), file_of(client)

    fix(kati, title="Attack on the base at Kati", killed_best=3)
    workflow.withdraw(gao, by=make.rita(), at=timezone.now(), reason=WithdrawalReason.NOT_CONFIRMED)
    workflow.merge(diffa, kati, by=make.rita(), at=timezone.now())
    make.published(place="Timbuktu")

    assert before["count"] == release.incidents == 3
    assert get(client, rows).json() == before
    assert get(client, get(client, "/api/v1/releases/2026-q3/").json()["rows"]).json() == before
    assert file_of(client) == file
    assert part(client)["withdrawn_for_safety"] == 0
    assert get(client, "/api/v1/incidents/").json()["results"] != before["results"]
    assert release.sha256 in run("checksum", "--release", "2026-q3")


def test_a_withdrawal_for_safety_empties_the_release_too_and_the_document_says_so(client):
    kati, gao, _ = three()
    freeze()
    fix(kati, title="Attack on the base at Kati")
    workflow.withdraw(gao, by=make.rita(), at=timezone.now(), reason=WithdrawalReason.SAFETY)

    left = part(client)

    assert (left["incidents"], left["withdrawn_for_safety"]) == (3, 1)
    rows = get(client, left["rows"]).json()
    assert rows["count"] == 2
    assert {row["title"] for row in rows["results"]} == {"Attack at Kati", "Attack at Diffa"}
    assert hashlib.sha256(file_of(client)).hexdigest() != left["file_sha256"]
    with pytest.raises(CommandError, match="withdrawn for safety"):
        run("checksum", "--release", "2026-q3")


def test_the_document_carries_what_verifies_it(client):
    three()
    make.published(place="Westgate", iso3="KEN", dataset="ucdp")
    now = of_record()
    release = freeze(title_fr="Troisième trimestre 2026", note="First release.")

    document = get(client, "/api/v1/releases/2026-q3/").json()

    tip = PublishedIncident.objects.order_by("-seq").first()
    assert (document["record_seq"], release.record_at) == (tip.seq, tip.valid_from)
    assert (document["incidents"], document["sha256"]) == (4, now.sha256)
    assert document["title_fr"] == "Troisième trimestre 2026"
    assert [p["dataset"] for p in document["datasets"]] == ["ucdp", "vigil"]
    for found in document["datasets"]:
        content = of_record(found["dataset"])
        assert (found["incidents"], found["sha256"]) == (content.incidents, content.sha256)
        assert found["killed"] == content.killed.as_dict()
        file = file_of(client, found["dataset"])
        assert hashlib.sha256(file).hexdigest() == found["file_sha256"]
        assert [json.loads(line) for line in file.splitlines()] == get(
            client, found["rows"]
        ).json()["results"]
        assert run("checksum", "--release", "2026-q3", "--dataset", found["dataset"])
    assert "checksum --release 2026-q3" in document["verify"]
    as_of = set(PublishedIncident.objects.as_of(release.record_at).values_list("seq", flat=True))
    assert as_of == set(
        PublishedIncident.objects.as_of_seq(release.record_seq).values_list("seq", flat=True)
    )


def test_verification_is_explained_in_french_too(client):
    make.published()
    freeze()

    answer = client.get("/api/v1/releases/2026-q3/", headers={"Accept-Language": "fr"}).json()

    assert answer["verify"].startswith("Téléchargez")


def test_the_list_is_newest_first_and_in_pages(client):
    slugs = ["a", "b", "c"]
    for slug in slugs:
        make.published()
        freeze(slug)

    first = get(client, "/api/v1/releases/?limit=2").json()
    second = get(client, first["next"]).json()

    assert first["count"] == 3
    assert [r["slug"] for r in first["results"] + second["results"]] == ["c", "b", "a"]
    assert [get(client, r["rows"]).json()["count"] for r in first["results"]] == [3, 2]
    assert get(client, second["previous"]).json()["results"] == first["results"]


def test_the_document_is_revalidated_until_something_is_emptied(client):
    one, _, _ = three()
    freeze()
    address = "/api/v1/releases/2026-q3/"
    tag = get(client, address)["ETag"]
    workflow.withdraw(one, by=make.rita(), at=timezone.now(), reason=WithdrawalReason.OUT_OF_SCOPE)

    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("address", ["", "2026-q3/"])
def test_unknown_parameters_are_refused(client, address):
    make.published()
    freeze()

    problem = get(client, f"/api/v1/releases/{address}?version=1", 400)

    assert problem["Content-Type"] == "application/problem+json"
    assert [e["parameter"] for e in problem.json()["errors"]] == ["version"]


def test_an_unknown_release_says_where_the_list_is(client):
    assert "/api/v1/releases/" in get(client, "/api/v1/releases/none/", 404).json()["detail"]


def test_the_command_names_the_record_once(db):
    make.published()
    first = run("release", "2026-q3", "--title", " Third quarter of 2026 ")
    make.published()
    again = run("release", "2026-q3", "--title", "Another title")

    release = Release.objects.get()
    assert release.title == "Third quarter of 2026"
    assert (release.incidents, release.record_seq) == (1, 1)
    assert f"sha256={release.sha256}" in first
    assert "exists and never changes" in again
    assert first in again
    entry = AuditEntry.objects.get(noun="release")
    assert (entry.by, entry.object_id) == ("release", "2026-q3")


@pytest.mark.parametrize("slug", ["Q3", "2026_q3", "-q3", "a" * 81, "été"])
def test_the_command_refuses_a_bad_slug_with_a_remedy(slug):
    make.published()

    with pytest.raises(CommandError, match="such as 2026-q3"):
        run("release", slug if slug[0] != "-" else f" {slug}", "--title", "x")


@pytest.mark.parametrize(("name", "text"), [("title", " "), ("title", "x" * 201),
                                            ("title_fr", "x" * 201)])  # fmt: skip
def test_a_title_that_does_not_fit_is_refused(name, text):
    make.published()

    with pytest.raises(releases.ReleaseRefused, match=name):
        freeze(**{name: text})


def test_an_empty_record_is_refused_with_a_remedy():
    with pytest.raises(CommandError, match="make seed"):
        run("release", "2026-q3", "--title", "x")
    only = make.published()
    workflow.withdraw(only, by=make.rita(), at=timezone.now(), reason=WithdrawalReason.OUT_OF_SCOPE)
    with pytest.raises(CommandError, match="make seed"):
        run("release", "2026-q3", "--title", "x")


def test_a_record_from_the_future_is_refused():
    make.published()

    with pytest.raises(releases.ReleaseRefused, match="still to come"):
        freeze(at=DAY)


def test_only_a_reviewer_releases():
    make.published()

    with pytest.raises(releases.ReleaseRefused, match="needs reviewer"):
        freeze(by=make.ana())


def test_checksum_of_an_unknown_release_says_where_the_list_is():
    with pytest.raises(CommandError, match="/api/v1/releases/"):
        run("checksum", "--release", "none")
