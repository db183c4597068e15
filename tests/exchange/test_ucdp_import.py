"""Importing UCDP GED: what arrives at the desk and in the record."""

import datetime as dt
from pathlib import Path

import pytest

from exchange.checksum import of_record
from exchange.models import RejectedRow
from exchange.ucdp.importing import import_file
from incidents.models import HarmEstimate, Incident, IncidentLocation, PublishedIncident
from incidents.rollups import totals
from regions.models import Country
from sources.models import Citation, ExternalIdentifier
from tests import make
from tests.exchange.ucdp_rows import SPARSE, row, shown

REAL = Path(__file__).resolve().parents[3] / "shared/data/ucdp/ged-africa-merged.csv.gz"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("countries")]


def test_a_row_becomes_a_published_incident_with_its_figures_source_and_ids(bring):
    batch = bring(row())

    record = shown()
    assert (batch.rows_read, batch.created, batch.rows_rejected) == (1, 1, 0)
    assert (record.killed_low, record.killed_best, record.killed_high) == (3, 3, 5)
    assert (record.country, record.killed_scope) == ("MLI", "all_parties")
    assert record.payload["title"] == "Fighting at Invented town, Mali"
    assert record.slug == "2020-03-04-invented-town-ucdp-900001"
    assert record.payload["sources"][0]["title"] == "UCDP GED 21.1"
    assert record.payload["sources"][0]["grade"] == "B3"
    assert record.payload["sources"][0]["said_by"] == "army spokesperson"
    assert {"scheme": "ucdp_ged", "value": "900001"} in record.payload["external_ids"]


def test_both_sides_of_a_fight_are_parties_without_a_direction(bring):
    bring(row())

    parties = {(a["name"], a["role"]) for a in shown().payload["actors"]}
    assert parties == {("Government of Mali", "party"), ("Imaginary Front", "party")}
    assert shown().attribution == "unknown"


def test_one_sided_violence_has_a_probable_perpetrator_and_civilians_are_no_actor(bring):
    bring(row(type_of_violence="3", side_a="Imaginary Front", side_b="Civilians",
              side_a_new_id="999901", side_b_new_id="1"))  # fmt: skip

    record = shown()
    assert [(a["name"], a["role"]) for a in record.payload["actors"]] == [
        ("Imaginary Front", "perpetrator")
    ]
    assert record.targets == ["civilians"]
    assert record.attribution == "probable"


def test_deaths_by_side_stand_beside_the_toll_and_are_never_preferred(bring):
    bring(row())

    figures = dict(HarmEstimate.objects.values_list("population", "best"))
    assert figures == {"all": 3, "side_a": 1, "side_b": 2, "civilians": 0, "unknown": 0}
    assert HarmEstimate.objects.get(is_preferred=True).population == "all"


def test_a_sparse_row_is_kept_and_says_what_was_not_recorded(bring):
    bring(row(**SPARSE))

    incident = Incident.objects.get()
    assert incident.flags == [
        "date_precision_not_recorded", "geo_precision_not_recorded", "clarity_not_recorded",
    ]  # fmt: skip
    assert (incident.date_start, incident.date_precision) == (dt.date(2020, 3, 4), "day")
    assert incident.title == "Fighting in Mali"
    assert IncidentLocation.objects.get().precision == "near"
    assert HarmEstimate.objects.count() == 1


def test_a_sparse_row_finds_the_actor_that_another_row_gives_an_id(bring):
    bring(row(1, **(SPARSE | {"relid": ""})), row(2))

    assert ExternalIdentifier.objects.filter(scheme="ucdp_actor").count() == 2
    assert {a["actor"] for a in shown(1).payload["actors"]} == {
        a["actor"] for a in shown(2).payload["actors"]
    }


def test_a_curated_actor_is_found_by_its_ucdp_id_whatever_it_is_called(bring):
    jnim = make.actor("jnim")
    ExternalIdentifier.objects.create(target=jnim, scheme="ucdp_actor", value="6716")

    bring(row(side_b="Another Name", side_b_new_id="6716"))

    assert shown().actors == ["government-of-mali", "jnim"]


def test_a_short_name_that_only_resembles_an_actor_does_not_match_it(bring):
    make.actor("is", name="IS", short_name="IS")

    bring(row(1, side_b="AIS", side_b_new_id=""), row(2, side_b="IS", side_b_new_id=""))

    assert "is" not in shown(1).actors
    assert "is" in shown(2).actors


def test_figures_that_disagree_are_flagged_and_kept_verbatim(bring):
    bring(row(low="118", best="118", high="0"))

    record = shown()
    assert (record.killed_low, record.killed_best, record.killed_high) == (0, 118, 118)
    assert "figures_disagree" in record.payload["flags"]
    said = HarmEstimate.objects.get(population="all").as_reported
    assert said == {"low": 118, "best": 118, "high": 0}


def test_a_best_of_zero_is_a_value_and_not_a_gap(bring):
    bring(row(low="0", best="0", high="7", deaths_a="0", deaths_b="0"))

    assert shown().killed_best == 0
    assert totals(PublishedIncident.objects.current()).killed.missing == 0


@pytest.mark.parametrize(
    ("code", "end", "precision", "lasted"),
    [
        ("1", "2020-03-04", "day", False),
        ("1", "2020-03-07", "day", True),
        ("2", "2020-03-06", "day_range", False),
        ("3", "2020-03-10", "week", False),
        ("3", "2020-03-14", "day_range", False),
        ("4", "2020-03-31", "month", False),
        ("5", "2020-05-31", "quarter", False),
        ("5", "2020-12-31", "year", False),
    ],
)
def test_the_date_has_the_narrowest_precision_that_is_true(bring, code, end, precision, lasted):
    bring(row(date_prec=code, date_end=end))

    record = shown()
    assert (record.date_precision, record.is_multiday) == (precision, lasted)
    assert record.date_end == dt.date.fromisoformat(end)


def test_area_names_lose_odd_spaces_and_their_type_word(bring):
    bring(row(1, adm_1="Kayes\u00a0region"), row(2, adm_1="Kayes  region", adm_2="Kita cercle"))

    assert shown(1).area == shown(2).area == "mli-kayes"
    assert shown(1).payload["location"]["area_name"] == "Kayes"


def test_two_second_level_areas_of_one_name_stay_apart(bring):
    bring(
        row(1, adm_1="Kogi state", adm_2="Bassa lga", country="Nigeria", country_id="475"),
        row(2, adm_1="Plateau state", adm_2="Bassa lga", country="Nigeria", country_id="475"),
    )

    names = IncidentLocation.objects.values_list("admin2__name", flat=True).order_by("pk")
    assert list(names) == ["Bassa", "Bassa (Plateau)"]


def test_the_gleditsch_ward_number_names_the_country_before_its_name_does(bring):
    bring(row(1, country="Some other spelling"), row(2, country="Mali", country_id=""))

    assert shown(1).country == shown(2).country == "MLI"


def test_a_second_run_changes_nothing(bring):
    bring(row(1), row(2))
    before = of_record(), PublishedIncident.objects.count()

    again = bring(row(1), row(2))

    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert (of_record(), PublishedIncident.objects.count()) == before


def test_the_same_numbers_written_otherwise_are_no_change(bring):
    bring(row(1))

    again = bring(row(1, best="3.0", date_start="2020-03-04 00:00:00.000"), name="b.csv")

    assert (again.updated, again.unchanged) == (0, 1)


def test_a_newer_version_corrects_the_event_under_the_same_id(bring):
    bring(row())
    public_id = shown().public_id

    newer = bring(row(best="4", low="4", side_b="Second Front", side_b_new_id="999902"),
                  name="b.csv", version="22.1")  # fmt: skip

    record = shown()
    assert (newer.created, newer.updated) == (0, 1)
    assert (record.public_id, record.version, record.status) == (public_id, 2, "corrected")
    assert record.notice == "UCDP GED 22.1"
    assert record.killed_best == 4
    assert [s["title"] for s in record.payload["sources"]] == ["UCDP GED 22.1"]
    assert record.sources_count == 1
    assert {a["name"] for a in record.payload["actors"]} == {"Government of Mali", "Second Front"}
    old = HarmEstimate.objects.get(population="all", superseded_by__isnull=False)
    assert (old.best, old.superseded_by.best) == (3, 4)
    assert old.citation.document.title == "UCDP GED 21.1"


def test_a_corrected_file_of_the_same_version_corrects_too(bring):
    bring(row())

    bring(row(best="4"), name="b.csv")

    assert shown().killed_best == 4
    assert Citation.objects.filter(target_id=Incident.objects.get().pk).exists()
    assert shown().sources_count == 1


def test_an_older_version_does_not_overwrite_a_newer_one(bring):
    bring(row(best="4"), version="22.1")

    older = bring(row(best="3"), name="b.csv", version="21.1")

    assert (older.updated, older.unchanged) == (0, 1)
    assert shown().killed_best == 4


def test_a_newer_version_that_repeats_a_row_protects_it_from_the_versions_between(bring):
    bring(row(best="3"), version="21.1")
    bring(row(best="3"), name="b.csv", version="23.1")

    bring(row(best="9"), name="c.csv", version="22.1")

    assert (shown().version, shown().killed_best) == (1, 3)


def test_a_withdrawn_event_stays_withdrawn(bring):
    bring(row())
    Incident.objects.update(editorial_status="withdrawn", withdrawal_reason="safety")

    again = bring(row(best="9"), name="b.csv", version="24.1")

    assert (again.updated, again.unchanged) == (0, 1)


def test_a_place_that_an_editor_shows_coarser_stays_so_after_a_newer_version(bring):
    bring(row())
    IncidentLocation.objects.update(display_precision="admin1", fuzz_reason="aid compound")

    bring(row(latitude="14.600000"), name="b.csv", version="24.1")

    assert shown().geo_precision == "admin1"
    assert IncidentLocation.objects.get().fuzz_reason == "aid compound"


def test_an_event_that_the_editors_keep_themselves_is_left_to_them(bring):
    own = make.incident()
    ExternalIdentifier.objects.create(target=own, scheme="ucdp_ged", value="900001")

    batch = bring(row(), row(2))

    assert (batch.created, batch.rows_rejected) == (1, 1)
    assert own.public_id in RejectedRow.objects.get().reason


# Gleditsch-Ward numbers of the other African states in the file.
OTHERS = {
    "DR Congo": 490, "Sudan": 625, "South Africa": 560, "Algeria": 615, "Rwanda": 517,
    "Central African Republic": 482, "Ethiopia": 530, "Sierra Leone": 451, "Libya": 620,
    "Angola": 540, "Burundi": 516, "Cameroon": 471, "Uganda": 500, "Egypt": 651,
    "South Sudan": 626, "Liberia": 450, "Ivory Coast": 437, "Senegal": 433, "Congo": 484,
    "Togo": 461, "Guinea": 438, "Zimbabwe": 552, "Madagascar": 580, "Ghana": 452,
    "Eritrea": 531, "Djibouti": 522, "Mauritania": 435, "Tanzania": 510, "Guinea-Bissau": 404,
    "Tunisia": 616, "Namibia": 565, "Zambia": 551, "Morocco": 600, "Comoros": 581,
    "Lesotho": 570, "Gambia": 420, "Eswatini": 572, "Botswana": 571,
}  # fmt: skip


def country_named(number: int, name: str, gw_number: int) -> None:
    letters = f"{chr(65 + number // 26)}{chr(65 + number % 26)}"
    Country.objects.create(
        iso3=f"Q{letters}", iso2=f"{letters[0].lower()}{letters[1]}", m49=f"Z{number:02}",
        gw_number=gw_number, name=name, name_fr=name, au_region="western", in_scope=True,
    )  # fmt: skip


@pytest.mark.skipif(not REAL.exists(), reason="the shared data folder is not here")
def test_the_whole_african_file_arrives_and_a_second_run_changes_nothing():
    for number, name in enumerate(sorted(OTHERS)):
        country_named(number, name, OTHERS[name])

    first = import_file(REAL)
    again = import_file(REAL)

    killed = totals(PublishedIncident.objects.current()).killed
    assert (first.rows_read, first.created, first.rows_rejected) == (41391, 41391, 0)
    assert killed.best == 1_100_129
    flagged = Incident.objects.filter(flags__contains=["figures_disagree"])
    assert flagged.count() == 242
    assert Incident.objects.filter(flags__contains=["geo_precision_not_recorded"]).count() == 29440
    assert (again.created, again.updated, again.unchanged) == (0, 0, 41391)
    assert PublishedIncident.objects.count() == 41391
    assert ExternalIdentifier.objects.filter(scheme="ucdp_ged").count() == 41391
