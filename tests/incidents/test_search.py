"""One box finds everything that is public, and nothing else."""

import re
from math import ceil, comb

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.search import FINDERS, search
from core.text import containing
from incidents import workflow
from incidents.models import PublishedIncident, RecordWord
from incidents.saying import FEW_HITS, LOOKED_AT, Reading, _surely_many, mended, read, read_all
from regions.models import AdminArea, Mission
from tests import make

pytestmark = pytest.mark.django_db


def found(text: str, **more) -> dict[str, list[str]]:
    """Kind -> names, the surest first."""
    answers = search(text, **{"limit": 10} | more)
    return {answer.kind: [hit.name for hit in answer.hits] for answer in answers}


def test_every_room_says_what_it_finds():
    assert set(FINDERS) == {
        "country", "area", "body", "mission", "actor", "source", "campaign", "type", "place",
        "incident", "report",
    }  # fmt: skip


@pytest.mark.parametrize("words", ["JNIM", "gsim", "jnmi", "نصرة الاسلام", "Nusrat al Islam"])
def test_an_actor_is_found_by_any_name_in_any_script(words):
    jnim = make.actor("jnim", name="Jama'at Nusrat al-Islam wal-Muslimin", short_name="JNIM")
    make.alias(jnim, "GSIM", "fr")
    make.alias(jnim, "جماعة نصرة الإسلام والمسلمين", "ar")
    make.actor("al-shabaab", name="Harakat al-Shabaab al-Mujahideen")

    assert found(words)["actor"] == ["Jama'at Nusrat al-Islam wal-Muslimin"]


def test_the_alias_that_answered_is_told():
    make.alias(make.actor("jnim"), "Groupe de soutien à l'islam", "fr")

    [answer] = search("groupe de soutien", limit=5)

    assert answer.hits[0].known_as == "Groupe de soutien à l'islam"
    assert "Groupe" in answer.hits[0].matches


def test_countries_bodies_missions_areas_and_campaigns_are_found_by_their_names():
    mali = make.country("MLI")
    make.country("TCD")
    make.body("ecowas", name="Economic Community", name_fr="Communauté (CEDEAO)", aliases=["CDAO"])
    AdminArea.objects.create(slug="mli-tombouctou", country=mali, level=1, name="Tombouctou")
    Mission.objects.create(slug="amisom", name="AU Mission in Somalia", short_name="AMISOM",
                           kind="peace_operation")  # fmt: skip
    make.published()

    assert found("mali")["country"][0] == "Mali"
    assert found("tchad")["country"] == ["Chad"]
    assert found("CEDEAO")["body"] == ["Economic Community"]
    assert found("tombouktou")["area"] == ["Tombouctou"]
    assert found("amisom")["mission"] == ["AU Mission in Somalia"]


def test_incidents_are_ranked_with_the_title_first_and_their_words_marked():
    text = make.published(title="Ambush near Ségou", summary="A convoy was burnt.", place="Segou")
    title = make.published(title="Convoy burnt at Diboli", place="Diboli")

    [answer] = [answer for answer in search("convoys", limit=5) if answer.kind == "incident"]

    assert [hit.key for hit in answer.hits] == [title.public_id, text.public_id]
    assert answer.hits[0].matches == ["Convoy"]
    assert [piece for piece, is_match in answer.hits[1].snippet if is_match] == ["convoy"]


def test_an_incident_that_is_found_by_a_name_says_which():
    incident = make.incident(place="Kati")
    make.part(incident, make.actor("jnim", name="Jama'at Nusrat", short_name="JNIM").slug)
    make.through_the_door(incident)

    [answer] = [answer for answer in search("jnim", limit=5) if answer.kind == "incident"]

    assert answer.hits[0].matches == ["jnim"]


def test_many_incidents_are_not_ranked_but_dated(monkeypatch):
    monkeypatch.setattr("incidents.saying.FEW_HITS", 2)
    for day in ("2022-07-01", "2022-07-03", "2022-07-02"):
        make.published(day=day)

    [answer] = [answer for answer in search("kati", limit=5) if answer.kind == "incident"]

    assert (answer.count, answer.is_floor) == (2, True)
    assert [hit.detail[:6] for hit in answer.hits] == ["3 July", "2 July", "1 July"]


def test_a_place_leads_to_its_incidents(client):
    make.published(place="Kati")
    make.published(place="Diboli")

    [answer] = [answer for answer in search("kati", limit=5) if answer.kind == "place"]

    assert [(hit.name, hit.detail) for hit in answer.hits] == [("Kati", "Mali")]
    assert "Attack at Kati" in client.get(answer.hits[0].url).content.decode()


def test_misspelt_words_are_mended_by_the_words_of_the_record():
    boat = make.published(place="Tombouctou", title="Attaque d'un bateau à Tombouctou")
    make.published(place="Kita")

    reading = read(PublishedIncident.objects.current(), "attaqe tombouktou")

    assert [row.public_id for row in reading.rows] == [boat.public_id]
    assert reading.instead == "attaque tombouctou"


def test_a_right_word_is_not_mended_where_another_parameter_leaves_nothing():
    make.published(place="Tombouctou")
    make.published(place="Tombouk", iso3="KEN")
    in_kenya = PublishedIncident.objects.current().filter(country="KEN")

    assert read(in_kenya, "tombouctou").count == 0


def test_a_word_that_only_a_withdrawn_incident_had_mends_nothing():
    gone = make.published(place="Tombouctou", title="Bateau")
    workflow.withdraw(gone, by=make.rita(), at=timezone.now(), reason="safety")

    assert RecordWord.objects.filter(word="tombouctou").exists()
    assert mended(PublishedIncident, "tombouktou") == ""
    assert found("tombouktou") == {}


def test_words_of_drafts_are_not_known():
    make.incident(place="Zzyzxville", title="Attack at Zzyzxville")

    assert not RecordWord.objects.filter(word__startswith="zzyzx").exists()


def test_a_word_after_a_minus_is_left_out_in_every_form():
    make.published(title="Attack on a mosque at Kati")
    school = make.published(title="Attack on a school at Kati")

    rows = PublishedIncident.objects.current().saying("kati -mosques")

    assert [row.public_id for row in rows] == [school.public_id]


def test_what_only_drafts_name_is_not_found():
    hidden = make.incident(title="Quorvath attack", place="Quorvath")
    make.part(hidden, make.actor("quorvath-front", created_by=make.ed()).slug)
    make.citation(hidden, make.document("quorvath-news", title="Quorvath news").slug)

    assert found("quorvath") == {}


def test_hidden_names_push_no_public_one_aside():
    public = make.actor("ansar-front", name="Ansar front")
    for number in range(100):
        make.actor(f"ansar-{number}", name="Ansar", created_by=make.ed())

    assert found("ansar")["actor"] == [public.name]


def test_the_page_shows_what_was_found_and_escapes_what_was_typed(client):
    make.published(place="Kati")

    page = client.get("/search/", {"q": 'kati "<script>alert(1)</script>'}).content.decode()
    kati = client.get("/search/?q=kati").content.decode()

    assert "<script>alert" not in page
    assert "Attack at <mark>Kati</mark>" in kati


def test_one_kind_is_shown_at_length(client):
    for number in range(9):
        make.actor(f"ansar-{number}", name=f"Ansar {number}")

    everything = client.get("/search/?q=ansar")
    more = client.get("/search/?q=ansar&kind=actor")

    assert everything.content.decode().count('class="hit"') == 6
    assert '"?kind=actor&amp;q=ansar"' in everything.content.decode()
    assert more.content.decode().count('class="hit"') == 9


def test_more_hits_ask_the_database_no_more_often(client):
    def one_more(number: int) -> None:
        make.alias(make.actor(f"kati-{number}", name=f"Kati {number}"), f"Katiba {number}")
        make.campaign(f"kati-{number}", name=f"Kati wave {number}")
        make.published(place="Kati")

    def queries() -> int:
        client.get("/search/?q=kati")  # names are read again after a change
        with CaptureQueriesContext(connection) as asked:
            client.get("/search/?q=kati")
        return len(asked)

    one_more(0)
    with_one = queries()
    for number in range(1, 5):
        one_more(number)

    assert queries() == with_one


@pytest.mark.parametrize("query", ["q=x&kind=foo", "word=x", "q=" + "x" * 201, "q=a%00b"])
@pytest.mark.parametrize("address", ["/search/", "/search/suggest/", "/api/v1/search/"])
def test_what_is_not_understood_is_refused(client, address, query):
    assert client.get(f"{address}?{query}").status_code == 400


def test_the_api_answers_the_same_and_wants_words(client):
    make.alias(make.actor("jnim"), "GSIM", "fr")
    make.published(place="Kati")

    answer = client.get("/api/v1/search/?q=GSIM").json()
    nothing = client.get("/api/v1/search/")

    [hit] = answer["results"]
    assert (hit["kind"], hit["key"], hit["known_as"], hit["score"]) == ("actor", "jnim", "GSIM", 1)
    assert hit["url"] == "http://testserver/actors/jnim/"
    assert answer["kinds"] == [{"kind": "actor", "count": 1, "is_floor": False, "instead": ""}]
    assert nothing.status_code == 400
    assert nothing.json()["errors"][0]["parameter"] == "q"


def test_the_box_proposes_names_and_titles_but_no_incident_that_hides_why(client):
    jnim = make.actor("jnim", name="Jama'at Nusrat", short_name="JNIM")
    incident = make.incident(place="Kati")
    make.part(incident, jnim.slug)
    make.through_the_door(incident)

    by_actor = client.get("/search/suggest/?q=jnim").content.decode()
    by_title = client.get("/search/suggest/?q=kati").content.decode()

    assert 'data-url="/actors/jnim/"' in by_actor
    assert "/incidents/" not in by_actor
    assert f'data-url="/incidents/{incident.public_id}/' in by_title


def proposed(client, text: str) -> list[str]:
    """What the box proposes, as the addresses of incidents without their slugs."""
    page = client.get("/search/suggest/", {"q": text}).content.decode()
    return re.findall(r'data-url="/incidents/(\w{10})/', page)


@pytest.mark.parametrize(("ranked", "few"), [(200, 2000), (1, 2000), (1, 2)])
def test_while_one_types_incidents_with_the_word_in_the_title_are_proposed(
    client, monkeypatch, ranked, few
):
    monkeypatch.setattr("incidents.search.RANKED_AT_ONCE", ranked)
    monkeypatch.setattr("incidents.saying.FEW_HITS", few)
    older = make.published(day="2022-07-01", place="Kati")
    newer = make.published(day="2022-07-02", place="Kati")
    make.published(day="2022-07-03", title="Ambush", summary="On the road to Kati.", place="Kita")

    assert proposed(client, "kati") == [newer.public_id, older.public_id]


@pytest.mark.parametrize("looked_at", [1, 2, 4, 50])
@pytest.mark.parametrize("is_frequent", [False, True], ids=["by the index", "by chance"])
@pytest.mark.parametrize("words", ["kati", "attack kati"])
def test_the_newest_of_many_are_found_however_old_they_are(
    monkeypatch, looked_at, is_frequent, words
):
    monkeypatch.setattr("incidents.saying.FEW_HITS", 2)
    monkeypatch.setattr("incidents.saying.LOOKED_AT", looked_at)
    if is_frequent:
        monkeypatch.setattr("incidents.saying._surely_many", lambda _size: 1)
    wanted = [make.published(day=f"2022-07-0{day}", place="Kati") for day in (1, 2, 3)]
    for day in (4, 5, 6):
        make.published(day=f"2022-07-0{day}", place="Diboli")

    reading = read_all(PublishedIncident.objects.current(), words)
    seqs = reading.newest(2)

    rows = PublishedIncident.objects.in_bulk(seqs)
    assert (reading.count, reading.is_floor) == (2, True)
    assert [rows[seq].public_id for seq in seqs] == [wanted[2].public_id, wanted[1].public_id]


def test_where_too_few_are_newer_than_what_is_known_by_chance_all_are_asked_for():
    older, newer = (make.published(day=f"2022-07-0{day}", place="Kati") for day in (1, 2))
    rows = PublishedIncident.objects.current().filter(search=containing("kati"))
    known = rows.values_list("date_start", "public_id", "seq").get(public_id=newer.public_id)

    reading = Reading(rows, 1, is_floor=True, hits=(known,), each=1000)

    found = PublishedIncident.objects.in_bulk(seqs := reading.newest(2))
    assert [found[seq].public_id for seq in seqs] == [newer.public_id, older.public_id]


@pytest.mark.parametrize("size", [0, 500, 2_001, 41_490, 1_000_000, 50_000_000])
def test_no_rare_word_is_taken_for_a_frequent_one(size):
    enough, chance = ceil(_surely_many(size)), min(FEW_HITS / max(size, 1), 1)

    by_luck = sum(
        comb(LOOKED_AT, hits) * chance**hits * (1 - chance) ** (LOOKED_AT - hits)
        for hits in range(enough, LOOKED_AT + 1)
    )

    assert by_luck < 1e-12


def test_a_common_word_is_known_in_a_large_record_by_the_rows_that_are_looked_at():
    assert _surely_many(1_000_000) < LOOKED_AT / 25


def test_a_word_within_a_longer_one_is_noise_beside_the_very_name():
    make.country("MLI")
    make.country("SOM")

    assert found("mali")["country"] == ["Mali"]
    assert found("omali")["country"] == ["Somalia"]


@pytest.mark.parametrize("words", ["attaques tombouktou", "fighting near tombuktou"])
def test_a_misspelt_name_is_found_among_other_words(words):
    AdminArea.objects.create(
        slug="mli-tombouctou", country=make.country("MLI"), level=1, name="Tombouctou"
    )

    assert found(words)["area"] == ["Tombouctou"]


def test_names_that_are_only_spelt_alike_are_not_counted_beside_one_that_was_meant():
    make.actor("ansar-dine", name="Ansar Dine")
    for number in range(7):
        make.actor(f"anser-{number}", name=f"Anzar D{number}ne")

    [answer] = search("ansar dine", limit=2)

    assert ([hit.name for hit in answer.hits], answer.count) == (["Ansar Dine"], 1)


def test_a_misspelt_place_leads_to_its_incidents_too():
    make.published(place="Tombouctou")

    assert found("tombouktou")["place"] == ["Tombouctou"]
