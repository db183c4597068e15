"""The duplicate watch: who else tells this event, with the reasons, while it is being typed."""

import datetime as dt
import time

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import AuditEntry
from incidents.apart import ApartRefused, reconsider, tell_apart
from incidents.duplicates import LIKELY, POSSIBLE, Sighting, candidates, sighting_of
from incidents.models import Incident, IncidentLink, IncidentLocation, NotDuplicate
from tests import make
from tests.desk import signed_in

pytestmark = pytest.mark.django_db
WATCH = "/desk/incidents/duplicates/"
KATI = Sighting(
    date_start=dt.date(2022, 7, 22), country="MLI", place="Kati", latitude=12.74, longitude=-8.07,
    actors=("jnim",), killed=(1, 1, 1), type="ARM-BAS", title="Assault on the base at Kati",
)  # fmt: skip


def like(**more) -> Sighting:
    return Sighting(**{**vars(KATI), **more})


def reasons(found) -> list[str]:
    return [str(reason) for reason in found.reasons]


@pytest.fixture
def kati() -> Incident:
    """The attack of 22 July 2022 on the base at Kati, as the desk has it."""
    made = make.incident(place="Kati", title="Assault on the military base at Kati",
                         killed_low=1, killed_best=1, killed_high=1)  # fmt: skip
    make.part(made, "jnim")
    return made


def test_the_same_event_is_found_with_its_reasons_in_words(kati):
    [found] = candidates(KATI, by=make.ed())

    assert found.incident == kati
    assert found.is_likely
    assert reasons(found)[:4] == [
        "the same day",
        "the same place, the place has the same name",
        "the same actor: JNIM",
        "people killed: 1 in both",
    ]


def test_the_reasons_speak_french(kati):
    with translation.override("fr"):
        [found] = candidates(KATI, by=make.ed())

        assert "the same day" not in reasons(found)


@pytest.mark.parametrize(
    ("told", "least"),
    [
        ({"date_start": dt.date(2022, 7, 23)}, LIKELY),
        ({"date_start": dt.date(2022, 7, 24)}, POSSIBLE),
        ({"latitude": 12.65, "longitude": -8.0, "precision": "near"}, LIKELY),
        ({"killed": (2, 3, 4)}, LIKELY),
        ({"actors": ()}, LIKELY),
        ({"latitude": None, "longitude": None, "title": ""}, LIKELY),
        ({"title": "", "type": "", "actors": (), "place": "", "killed": (None,) * 3}, LIKELY),
        ({"date_start": dt.date(2022, 7, 1), "date_end": dt.date(2022, 7, 31),
          "date_precision": "month"}, POSSIBLE),
    ],
)  # fmt: skip
def test_it_is_still_found_where_a_source_is_less_exact(kati, told, least):
    [found] = candidates(like(**told), by=make.ed())

    assert found.incident == kati
    assert found.score >= least


@pytest.mark.parametrize(
    "told",
    [
        {"date_start": dt.date(2022, 7, 27)},
        {"date_start": dt.date(2021, 7, 22)},
        {"latitude": 16.27, "longitude": -0.04, "place": "Gao"},
        {"country": "NER", "latitude": 13.5, "longitude": 2.1, "place": "Niamey"},
    ],
)
def test_another_day_or_another_place_is_another_event(kati, told):
    assert candidates(like(**told), by=make.ed()) == []


def test_two_attacks_of_one_day_by_one_group_in_two_towns_are_two(kati):
    """The wave of 21 July 2022: six towns, one day, one group."""
    Incident.objects.update(date_start="2022-07-22", date_end="2022-07-22")
    sevare = like(latitude=14.53, longitude=-4.1, place="Sévaré", title="Attack at Sévaré")

    assert candidates(sevare, by=make.ed()) == []


def test_a_predecessor_and_a_namesake_count_as_related(kati):
    """A source still says Ansar Dine; another writes the name of an imported actor."""
    older = make.actor("ansar-dine", name="Ansar Dine", short_name="")
    make.relation(older, make.actor("jnim"), "merged_into", "2017-03-02")
    other = make.actor("gsim", name="GSIM", short_name="")
    make.alias(make.actor("jnim"), "GSIM", "fr")
    make.alias(other, "GSIM", "fr")

    for slug in ("ansar-dine", "gsim"):
        [found] = candidates(like(actors=(slug,)), by=make.ed())
        assert "a related actor: JNIM" in reasons(found)


def test_another_group_and_another_toll_speak_against_it(kati):
    make.actor("issp")

    [found] = candidates(like(actors=("issp",), killed=(90, 90, 90)), by=make.ed())

    against = [str(reason) for reason in found.reasons if reason.is_against]
    assert against == ["other groups are named", "people killed: 90 here, 1 there"]
    assert not found.is_likely


def test_an_event_beyond_the_border_is_found_by_its_point():
    niger = make.incident(iso3="NER", place="Inates", day="2019-12-10")
    IncidentLocation.objects.filter(incident=niger).update(latitude="15.01", longitude="1.36")

    [found] = candidates(
        Sighting(date_start=dt.date(2019, 12, 10), country="MLI", place="Inates", latitude=15.05,
                 longitude=1.3, precision="near"),
        by=make.ed(),
    )  # fmt: skip

    assert found.incident == niger


def test_merged_and_withdrawn_incidents_are_not_offered(kati):
    other = make.incident(place="Kati")
    Incident.objects.filter(pk=kati.pk).update(editorial_status="merged", merged_into=other)
    Incident.objects.filter(pk=other.pk).update(
        editorial_status="withdrawn", withdrawal_reason="duplicate"
    )

    assert candidates(KATI, by=make.ed()) == []


def test_nobody_is_told_of_incidents_that_they_may_not_see(kati):
    elsewhere = make.person("nia", "editor", countries=["NER"])

    assert candidates(KATI, by=make.ana()) == []
    assert candidates(KATI, by=elsewhere) == []
    assert candidates(KATI, by=make.rae()) == []
    make.through_the_door(kati)
    assert [found.incident for found in candidates(KATI, by=make.ana())] == [kati]


def test_told_apart_once_it_is_never_asked_again_and_can_be_taken_back(kati):
    draft = make.incident(place="Kati", title="Assault on the base at Kati")
    now = timezone.now()

    tell_apart(draft, kati, by=make.ed(), at=now)
    tell_apart(kati, draft, by=make.rita(), at=now)

    assert NotDuplicate.objects.count() == 1
    assert candidates(sighting_of(draft), by=make.ed()) == []
    assert candidates(sighting_of(kati), by=make.ed()) == []
    assert reconsider(kati, draft, by=make.ed(), at=now)
    assert [found.incident for found in candidates(sighting_of(draft), by=make.ed())] == [kati]
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["tell_apart", "reconsider"]


def test_linked_incidents_are_known_to_be_two(kati):
    """The crowd that beat a man at Kati the same day is another event, and linked as such."""
    crowd = make.incident(place="Kati", title="Crowd violence at Kati")
    assert candidates(sighting_of(crowd), by=make.ed())

    IncidentLink.objects.create(source=crowd, target=kati, relation="follow_up_violence")

    assert candidates(sighting_of(crowd), by=make.ed()) == []
    assert candidates(sighting_of(kati), by=make.ed()) == []


def test_nobody_tells_apart_what_they_may_not_see(kati):
    draft = make.incident(place="Kati", author=make.ana())

    with pytest.raises(ApartRefused):
        tell_apart(draft, kati, by=make.ana(), at=timezone.now())


def test_the_watch_reads_the_entry_form_while_it_is_half_written(client, kati):
    typed = {
        "title": "Assault on the base at Kati", "country": "MLI", "when": "day",
        "date_start": "2022-07-22", "date_end": "nonsense", "locations-0-latitude": "12.7",
        "locations-0-longitude": "-8.0x", "locations-0-name": "Kati", "parties-0-actor": "jnim",
        "harm-0-harm": "killed", "harm-0-best": "one",
    }  # fmt: skip
    signed_in(client, make.ed())

    answer = client.post(WATCH, typed, headers={"HX-Request": "true"})
    empty = client.post(WATCH, {"title": "Something"}, headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Assault on the military base at Kati" in page
    assert "the same day" in page
    assert "<html" not in page
    assert empty.content.decode().strip() == ""


def test_the_watch_is_a_page_of_its_own_without_javascript(client, kati):
    draft = make.incident(place="Kati", title="Assault on the base at Kati")
    signed_in(client, make.ed())

    page = client.get(f"{WATCH}?incident={draft.public_id}").content.decode()
    gone = client.post(
        reverse("desk:apart", args=[draft.public_id]), {"other": kati.public_id}, follow=True
    )

    assert "<html" in page
    assert reverse("desk:join", args=[draft.public_id, kati.public_id]) in page
    assert "Told apart from this one" in gone.content.decode()
    assert NotDuplicate.objects.count() == 1


def test_the_watch_answers_nobody_who_is_not_signed_in(client, kati):
    answer = client.post(WATCH, {"country": "MLI", "date_start": "2022-07-22"})
    signed_in(client, make.rae())
    refused = client.post(WATCH, {"country": "MLI", "date_start": "2022-07-22"})

    assert answer.status_code == 302
    assert refused.status_code == 403
    assert "Kati" not in answer.content.decode() + refused.content.decode()


def test_the_merge_page_shows_both_and_takes_what_was_chosen(client, kati):
    draft = make.incident(place="Kati camp", title="Assault on Kati", author=make.ana())
    make.citation(draft, "wire-2")
    signed_in(client, make.rita())
    address = reverse("desk:join", args=[draft.public_id, kati.public_id])

    page = client.get(address).content.decode()
    done = client.post(address, {"take-title": "gone", "take-location": "stays"})

    assert "Sources: 1" in page
    assert "Assault on Kati" in page
    kati.refresh_from_db()
    assert done.status_code == 302
    assert kati.title == "Assault on Kati"
    assert kati.citations.count() == 2
    assert Incident.objects.get(pk=draft.pk).merged_into == kati


def test_the_merge_page_says_why_it_may_not_be(client, kati):
    draft = make.incident(place="Kati camp", author=make.ana())
    signed_in(client, make.ed())
    address = reverse("desk:join", args=[draft.public_id, kati.public_id])

    page = client.get(address).content.decode()
    done = client.post(address, {})

    assert "This cannot be done now." in page
    assert done.status_code == 409
    assert Incident.objects.get(pk=draft.pk).merged_into is None


def test_a_search_costs_the_same_few_queries_however_many_incidents_there_are(
    kati, django_assert_max_num_queries
):
    for number in range(40):
        made = make.incident(place=f"Kati {number}")
        make.part(made, "jnim")

    with django_assert_max_num_queries(8):
        started = time.perf_counter()
        found = candidates(KATI, by=make.ed())

    assert len(found) == 8
    assert time.perf_counter() - started < 5
