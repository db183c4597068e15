"""Sums: what is missing is said aloud, attackers are apart, a combined toll counts once."""

from django.utils import timezone

from incidents import rollups, workflow
from incidents.models import HarmEstimate, Incident, PublishedIncident
from tests import make


def rows():
    return PublishedIncident.objects.current()


def published(**more):
    return make.published(**more)


def test_missing_best_makes_the_sum_a_minimum(db):
    published(killed_low=2, killed_best=3, killed_high=4)
    published(killed_low=5)

    killed = rollups.totals(rows()).killed

    assert (killed.low, killed.best, killed.high) == (7, 8, None)
    assert killed.is_minimum
    assert killed.missing == 0


def test_incident_without_any_figure_is_counted_as_missing(db):
    published(killed_low=1, killed_best=1, killed_high=1)
    published()

    killed = rollups.totals(rows()).killed

    assert (killed.best, killed.missing, killed.high) == (1, 1, None)


def test_zero_is_not_unknown(db):
    published(killed_low=0, killed_best=0, killed_high=0)

    killed = rollups.totals(rows()).killed

    assert (killed.best, killed.high, killed.missing) == (0, 0, 0)


def test_attackers_are_a_line_of_their_own(db):
    published(killed_low=67, killed_best=67, killed_high=67, attackers_killed_low=4,
              attackers_killed_best=4, attackers_killed_high=4)  # fmt: skip

    totals = rollups.totals(rows())

    assert (totals.killed.best, totals.attackers_killed.best) == (67, 4)


def test_combined_toll_counts_once_where_all_that_it_covers_is_asked_about(db):
    one, two = make.incident(place="Douentza"), make.incident(place="Koro")
    toll = HarmEstimate.objects.create(
        campaign=make.campaign("wave"),
        harm="killed",
        low=3,
        best=3,
        high=3,
        is_preferred=True,
        as_of=one.date_end,
        citation=make.citation(one),
    )
    toll.covers.set([one, two])
    public = [make.through_the_door(incident) for incident in (one, two)]
    for incident in public:  # a toll is known once all that it covers is public
        workflow.correct(incident, by=make.rita(), at=timezone.now(), notice="Toll.")
    published(place="Kati", killed_low=1, killed_best=1, killed_high=1)

    everything = rollups.totals(rows())
    part = rollups.totals(rows().exclude(public_id=two.public_id))

    assert (everything.killed.low, everything.killed.best, everything.killed.high) == (4, 4, 4)
    assert (everything.rule, part.rule) == ("combined_tolls_once", "sum_of_incidents")
    assert (part.killed.best, part.killed.missing) == (1, 1)


def test_a_toll_counts_once_for_each_term_that_all_its_incidents_have(db):
    both = {"killed_low": 2, "killed_best": 2, "killed_high": 2}
    one = make.incident(place="Douentza", targets=["military", "market"], **both)
    two = make.incident(place="Koro", targets=["military"], **both)
    toll = make.estimate(one, low=3, best=3, high=3, is_preferred=True)
    toll.covers.set([one, two])
    workflow.publish_many(Incident.objects.order_by("pk"), by=make.rita(), at=timezone.now())

    found = {group.key: group.killed.best for group in rollups.by_term(rows(), "targets")}

    assert found == {"military": 3, "market": 2}


def test_any_harm_is_summed_by_term(db):
    published(targets=["military", "market"], attackers_killed_low=4, attackers_killed_best=5)
    published(targets=["military"])

    found = rollups.harm_by_term(rows(), "targets", "attackers_killed")

    assert (found["military"].low, found["military"].best, found["military"].missing) == (4, 5, 1)
    assert found["market"].missing == 0


def test_the_sum_of_incidents_is_that_of_each_added(db):
    figures = [(2, 3, 4), (5, None, None), (None, None, None), (0, 0, 0), (None, 7, None)]
    for low, best, high in figures:
        published(killed_low=low, killed_best=best, killed_high=high)

    added = sum((rollups.one(*triple) for triple in figures), rollups.HarmSum())

    assert added == rollups.totals(rows()).killed


def test_versions_are_found_by_their_numbers(db):
    wanted = [published(place=place).public_id for place in ("Kati", "Koro", "Bapho")][:2]
    numbers = rows().filter(public_id__in=wanted).values_list("seq", flat=True)

    found = PublishedIncident.objects.numbered(numbers)

    assert sorted(row.public_id for row in found) == sorted(wanted)
    assert not PublishedIncident.objects.numbered([]).exists()


def test_suspected_attribution_has_a_row_of_its_own(db):
    for attribution, deaths in (("confirmed", 5), ("suspected", 2)):
        incident = make.incident(
            attribution=attribution, killed_low=deaths, killed_best=deaths, killed_high=deaths
        )
        make.part(incident, "jnim", attribution=attribution)
        make.through_the_door(incident)

    found = {(g.actor, g.certainty): g.killed.best for g in rollups.by_actor(rows())}

    assert found == {("jnim", "attributed"): 5, ("jnim", "suspected"): 2}


def test_incident_belongs_to_the_period_of_its_first_day(db):
    published(day="2022-07-31", killed_low=1, killed_best=1, killed_high=1)
    published(day="2022-08-01", killed_low=2, killed_best=2, killed_high=2)

    months = {str(g.key): g.killed.best for g in rollups.by_period(rows(), "month")}

    assert months == {"2022-07-01": 1, "2022-08-01": 2}


def test_cells_of_the_map_hold_every_shown_point_once(db):
    for n in range(3):
        published(place=f"P{n}", killed_low=1, killed_best=2, killed_high=3)
    published(place="Hidden", display_precision="country")

    cells = rollups.by_cell(rows(), 90.0)

    assert [c.incidents for c in cells] == [3]
    assert (cells[0].killed.low, cells[0].killed.high) == (3, 9)
