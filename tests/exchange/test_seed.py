"""`manage.py seed`: everything once, nothing twice, changes as corrections."""

import json
import shutil

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import AuditEntry
from actors.models import Actor, ActorAlias
from exchange.seed import loading
from exchange.seed.desk import credibility
from exchange.seed.loading import load
from exchange.seed.reading import DATA, SeedRefused
from incidents import rollups, workflow
from incidents.models import HarmEstimate, Incident, IncidentType, PublishedIncident, Statement
from regions.models import Country, Membership
from tests import make
from tests.seeded import seeded_database

pytestmark = pytest.mark.django_db
WESTGATE = "2013-09-21-westgate-nairobi"
RESTRICTED = "2025-10-21-niger-abduction"


@pytest.fixture(scope="module", autouse=True)
def _seeded(django_db_setup, django_db_blocker):
    with seeded_database(django_db_blocker):
        yield


@pytest.fixture
def changed(tmp_path):
    """A copy of the seed in which one text of one file is another."""
    folder = shutil.copytree(DATA, tmp_path / "seed")

    def change(file, old, new):
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return change


def record():
    return PublishedIncident.objects.current()


def desk(slug):
    return Incident.objects.get(slug=slug)


def test_99_incidents_are_published_98_in_full_and_one_by_country_and_month():
    vague = [row for row in record() if row.payload["is_withheld"]]

    assert record().count() == Incident.objects.count() == 99
    assert [row.public_id for row in vague] == [desk(RESTRICTED).public_id]


def test_seeding_twice_changes_nothing():
    versions, entries = PublishedIncident.objects.count(), AuditEntry.objects.count()

    assert load() == loading.Outcome()

    assert PublishedIncident.objects.count() == versions
    assert AuditEntry.objects.count() == entries


def test_comparing_every_row_again_changes_nothing():
    versions = PublishedIncident.objects.count()

    outcome = load(force=True)

    assert (outcome.changes, outcome.kept) == (0, [])
    assert PublishedIncident.objects.count() == versions


def test_a_changed_file_appears_as_a_correction(changed):
    folder = changed(
        "incidents.yaml",
        "killed: {low: 67, best: 67, high: 67}",
        "killed: {low: 67, best: 68, high: 69}",
    )
    before = record().get(slug=WESTGATE)

    outcome = load(folder)

    now = record().get(slug=WESTGATE)
    before.refresh_from_db()
    assert (outcome.published, outcome.corrected) == (0, 1)
    assert (now.version, now.status, now.killed_best) == (before.version + 1, "corrected", 68)
    assert now.notice
    assert (before.killed_best, before.valid_to) == (67, now.valid_from)
    stale = HarmEstimate.objects.get(
        incident__slug=WESTGATE, harm="killed", population="all", best=67
    )
    assert stale.superseded_by.best == 68
    assert load(folder) == loading.Outcome()


def test_a_changed_figure_of_a_combined_toll_corrects_every_incident_that_it_covers(changed):
    folder = changed("combined_tolls.yaml", "low: 64\n    best: 64", "low: 65\n    best: 65")

    outcome = load(folder)

    boat = record().get(slug="2023-09-07-tombouctou-boat")
    assert outcome.corrected == 2
    assert (boat.version, boat.toll_best) == (2, 65)


def test_a_changed_actor_leaves_the_record_alone(changed):
    folder = changed("actors.yaml", 'short_name: "AQIM"', 'short_name: "AQMI"')

    outcome = load(folder)

    assert Actor.objects.get(slug="aqim").short_name == "AQMI"
    assert outcome.corrected == 0


def test_an_incident_that_a_person_changed_is_left_to_that_person(changed):
    mine = desk(WESTGATE)
    mine.title = "Attack on Westgate"
    mine.save()
    workflow.correct(mine, by=make.rita(), at=timezone.now(), notice="A shorter title.")
    folder = changed("incidents.yaml", "Attack and siege at the Westgate", "Siege of the Westgate")

    outcome = load(folder)

    assert outcome.corrected == 0
    assert len(outcome.kept) == 1
    assert WESTGATE in outcome.kept[0]
    assert record().get(slug=WESTGATE).title == "Attack on Westgate"


def test_a_figure_that_a_person_added_keeps_the_seed_away_from_its_incident(changed):
    make.estimate(desk(WESTGATE), best=71, high=72, source="inquest")
    folder = changed("incidents.yaml", "Attack and siege at the Westgate", "Siege of the Westgate")

    outcome = load(folder)

    assert len(outcome.kept) == 1
    assert record().get(slug=WESTGATE).version == 1


def test_a_new_incident_in_the_file_is_published_beside_the_others(changed):
    text = (DATA / "incidents.yaml").read_text(encoding="utf-8")
    start = text.index("  - slug: 2022-06-05-owo-church")
    row = text[start : text.index("  - slug: 2022-06-11-seytenga")]
    folder = changed(
        "incidents.yaml", row, row + row.replace("2022-06-05-owo-church", "2022-06-06-owo")
    )

    outcome = load(folder)

    assert (outcome.published, outcome.corrected) == (1, 0)
    assert record().filter(slug="2022-06-06-owo").exists()


def test_a_seed_that_is_cut_off_leaves_nothing_behind(changed, monkeypatch):
    def cut(desk):
        raise KeyboardInterrupt

    folder = changed("actors.yaml", 'short_name: "AQIM"', 'short_name: "AQMI"')
    monkeypatch.setattr(loading, "STEPS", (*loading.STEPS[:-1], cut))

    with pytest.raises(KeyboardInterrupt):
        load(folder)

    assert Actor.objects.get(slug="aqim").short_name == "AQIM"
    monkeypatch.undo()
    assert load(folder).changed == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("incidents.yaml", "type: EXP-SVB", "type: EXP-XXX", "1998-08-07-nairobi-us-embassy: type"),
        ("incidents.yaml", "low: 213, best: 213", "low: 214, best: 213", "low <= best <= high"),
        ("incidents.yaml", 'start: "1998-08-07"', 'start: "1998-13-07"', "'1998-13-07'"),
        ("incidents.yaml", "[diplomatic, civilians]", "[embassy]", "targets = 'embassy'"),
        ("incidents.yaml", "latitude: -1.29", "latitude: -129", "latitude = -129"),
        ("incidents.yaml", 'admin1: "Nairobi"', 'admin1: "Narobi"', "areas.yaml"),
        ("incidents.yaml", "actor: al-qaida", "actor: jnim", "did not exist then"),
        ("incidents.yaml", "wp-embassies-1998]", "wp-embassies]", "'wp-embassies'"),
        ("actors.yaml", "kind: armed_group\n", "kind: gang\n", "armed_group, separatist_group"),
        ("actors.yaml", "slug: gspc", "slug: gia", "occurs twice"),
        ("memberships.yaml", "[DZA, AGO", "[DZA, XXX", "'XXX'"),
        ("sources.yaml", "sources:\n", "documents:\n", "no list sources"),
        ("incidents.yaml", "wounded: {low: 4000", "wonded: {low: 4000", "wonded = "),
        ("relations.yaml", "relations:\n", "relations: [\n", "relations.yaml"),
    ],
)
def test_a_mistake_in_a_file_is_refused_with_its_place_and_its_remedy(
    changed, file, old, new, said
):
    folder = changed(file, old, new)

    with pytest.raises(SeedRefused) as refused:
        load(folder)

    assert file in str(refused.value)
    assert said in str(refused.value)


def test_the_command_says_what_it_did_and_ends_with_a_clear_error(changed, capsys):
    call_command("seed")
    assert "0 created, 0 changed, 0 removed" in capsys.readouterr().out

    with pytest.raises(CommandError, match="EXP-XXX"):
        call_command("seed", folder=changed("incidents.yaml", "type: EXP-SVB", "type: EXP-XXX"))


def test_the_restricted_incident_shows_country_and_month_only_through_its_record_row():
    hidden = desk(RESTRICTED)
    [row] = PublishedIncident.objects.filter(public_id=hidden.public_id).values()

    shown = json.dumps(row, default=str, ensure_ascii=False).casefold()

    assert (hidden.sensitivity, hidden.disclosure) == ("restricted", "country_month")
    assert (row["country"], str(row["date_start"])) == ("NER", "2025-10-01")
    secrets = ["niamey", "2025-10-21", "2025-10-22", "issp", "sahel province", "united states"]
    secrets += [c.document.source.name.casefold() for c in hidden.citations.all()]
    assert [secret for secret in secrets if secret in shown] == []
    assert hidden.hostage_cases.get().publish_policy == "withhold"


def test_an_ended_abduction_is_shown_at_the_point_of_its_area():
    chibok = record().get(slug="2014-04-14-chibok")
    borno = desk("2014-04-14-chibok").locations.get().admin1

    assert (chibok.geo_precision, chibok.area) == ("admin1", "nga-borno")
    assert (chibok.latitude, chibok.longitude) == (borno.latitude, borno.longitude)
    assert chibok.payload["location"]["name"] == ""


def test_sexual_violence_is_counted_at_its_area_without_a_word_more():
    moura = record().get(slug="2022-03-27-moura")
    [figure] = [e for e in moura.payload["estimates"] if e["harm"] == "sexual_violence"]

    assert (moura.geo_precision, figure["low"], figure["note"]) == ("admin1", 58, "")


def test_rival_figures_stand_beside_the_preferred_one():
    zobe = desk("2017-10-14-mogadishu-zobe")

    killed = zobe.estimates.filter(harm="killed").values_list("low", "best", "high", "is_preferred")

    assert set(killed) == {
        (358, 587, 587, True),
        (None, 358, None, False),
        (None, 512, None, False),
        (None, 587, None, False),
    }
    assert (
        zobe.estimates.get(is_preferred=True, harm="killed").citation.document.slug
        == "hiiraan-zobe"
    )


def test_an_armys_word_on_its_enemys_losses_is_kept_and_never_summed():
    sokolo = desk("2022-07-27-sokolo")
    [claimed] = sokolo.estimates.filter(population="attackers")

    assert (claimed.best, claimed.is_self_interested, claimed.is_preferred) == (48, True, False)
    assert sokolo.attackers_killed_best is None


@pytest.mark.parametrize(
    ("slugs", "best"),
    [
        (("2023-09-07-tombouctou-boat", "2023-09-07-bamba-camp"), 64),
        (("2025-04-17-benin-point-triple", "2025-04-17-benin-koudou-falls"), 54),
    ],
)
def test_a_toll_that_two_places_share_is_counted_once(slugs, best):
    totals = rollups.totals(record().filter(slug__in=slugs))

    assert (totals.incidents, totals.killed.best) == (2, best)
    assert totals.rule == "combined_tolls_once"


def test_what_rests_on_public_knowledge_says_that_it_needs_a_primary_source():
    chibok = record().get(slug="2014-04-14-chibok")

    assert chibok.payload["needs_primary_source"]
    assert {source["grade"] for source in chibok.payload["sources"]} == {"C6"}


@pytest.mark.parametrize(
    ("seen", "checked", "confidence", "digit"),
    [
        ("read", "read", "high", 2),
        ("read", "read", "medium", 3),
        ("read", "read", "low", 4),
        ("seed", "read", "high", 3),
        ("unverified", "read", "high", 6),
        ("read", "unverified", "high", 6),
    ],
)
def test_a_citation_is_as_credible_as_what_was_read_and_how_sure_the_record_is(
    seen, checked, confidence, digit
):
    assert credibility(seen, checked, confidence) == digit


def test_a_member_that_left_in_december_2000_was_one_until_the_eve_of_the_last_day():
    mauritania = Membership.objects.get(body__slug="ecowas", country__iso3="MRT")

    assert str(mauritania.ends_on) == "2000-12-30"
    assert str(mauritania.exit_effective_on) == "2000-12-31"
    assert mauritania.exit_precision == "month"


def test_every_african_country_has_its_point_and_every_type_its_french_label():
    assert Country.objects.in_scope().count() == 55
    assert not Country.objects.in_scope().filter(latitude=None).exists()
    assert IncidentType.objects.exclude(label_fr="").filter(code__regex="^(?!UCD)").count() == 33


def test_the_al_shabaab_of_cabo_delgado_is_bound_to_mozambique():
    alias = ActorAlias.objects.get(actor__slug="is-mozambique", search_key="al shabaab")

    assert alias.context_country.iso3 == "MOZ"


def test_the_anonymous_interview_is_kept_as_a_role():
    said = Statement.objects.get(slug="ngo-official-interview")

    assert (said.protection, said.speaker_role) == ("anonymous", "anonymous_source")
