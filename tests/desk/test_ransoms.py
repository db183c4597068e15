"""A ransom and talks on the entry page and in the write API: typed, stored, kept and refused."""

import dataclasses

import pytest
from django.utils import timezone

from incidents import drafting
from incidents.desk.sheet import Sheet
from incidents.desk.typed import typed
from incidents.drafting import DraftHostages, DraftRansom, DraftRansomFigure, DraftTalks
from incidents.drafting.changes import changes
from incidents.models import Incident, Negotiation, RansomPayment
from incidents.preview import preview
from incidents.splitting import draft_from
from tests import make
from tests.desk import signed_in
from tests.desk.entering import page, save
from tests.desk.pages import fields

pytestmark = pytest.mark.django_db
PAID = DraftRansom(
    payer="a state", payee="jnim", amount_low=50_000_000, amount_high=70_000_000, hostages=2,
    paid_on="2022-08", figures=(
        DraftRansomFigure(citation="wire-1", low=50_000_000, high=70_000_000),
        DraftRansomFigure(citation="wire-2", best=50_000_000, note="approximately"),
    ),
)  # fmt: skip
TALKED = DraftTalks(
    party="jnim", counterparty="a state", held_on="2022-08", status="concluded",
    terms=("prisoner_release",), citations=("wire-1",),
)  # fmt: skip
SEEN = '<span class="note">readers would see it</span>'
FREED = DraftHostages(persons=2, status="released", publish_policy="publish")


@pytest.fixture
def entered() -> Incident:
    """A kidnapping of Ed's with two sources."""
    made = make.incident(type_code="HOS-KID", targets=["civilians"])
    make.citation(made, "wire-2")
    make.actor("jnim")
    return made


def written(incident: Incident, **more) -> Incident:
    draft = dataclasses.replace(drafting.read(incident), **more)
    return drafting.save(
        incident.public_id, draft, by=make.ed(), at=timezone.now(), edition=incident.edition
    )


def problems(incident: Incident, **more) -> dict[str, str]:
    return drafting.problems(dataclasses.replace(drafting.read(incident), **more), by=make.ed())


def same(draft, **more):
    return dataclasses.replace(draft, **more)


def test_what_is_written_is_read_again(entered):
    saved = written(entered, hostages=FREED, ransoms=(PAID,), talks=(TALKED,))

    read = drafting.read(saved)
    [ransom], [talks] = read.ransoms, read.talks
    assert same(ransom, id="") == PAID
    assert same(talks, id="") == TALKED
    assert drafting.from_json(drafting.to_json(read)) == read


def test_saving_the_same_again_changes_nothing(entered):
    saved = written(entered, hostages=FREED, ransoms=(PAID,), talks=(TALKED,))
    rows = [RansomPayment.objects.get().pk, Negotiation.objects.get().pk]

    again = written(saved)

    assert again.edition == saved.edition
    assert [RansomPayment.objects.get().pk, Negotiation.objects.get().pk] == rows


def test_each_source_is_cited_for_the_ransom_with_the_grade_that_the_incident_gives_it(entered):
    entered.citations.filter(document__slug="wire-2").update(reliability="D", credibility=5)

    written(entered, hostages=FREED, ransoms=(PAID,))

    cited = RansomPayment.objects.get().citations.order_by("document__slug")
    assert [(c.document.slug, c.grade) for c in cited][1] == ("wire-2", "D5")


def test_a_source_without_a_figure_is_kept_as_one(entered):
    silent = DraftRansomFigure(citation="wire-2")

    saved = written(entered, hostages=FREED, ransoms=(same(PAID, figures=(silent,)),))

    ransom = RansomPayment.objects.get()
    assert (ransom.figures, ransom.citations.count()) == ([], 1)
    assert drafting.read(saved).ransoms[0].figures == (silent,)


def test_a_ransom_that_is_removed_is_gone_with_its_citations(entered):
    saved = written(entered, hostages=FREED, ransoms=(PAID,), talks=(TALKED,))

    written(saved, ransoms=(), talks=())

    assert not RansomPayment.objects.exists()
    assert not Negotiation.objects.exists()
    assert entered.citations.count() == 2


def test_talks_about_several_incidents_are_left_alone(entered):
    shared = make.talks(entered, make.incident(place="Sokolo"))

    assert drafting.read(entered).talks == ()
    written(entered, title="Another title")
    assert list(entered.negotiations.all()) == [shared]


def test_another_incidents_ransom_cannot_be_taken_by_its_id(entered):
    other = make.incident(place="Sokolo")
    stolen = same(PAID, id=str(make.ransom(other).uuid))

    with pytest.raises(drafting.DraftRefused) as caught:
        written(entered, hostages=FREED, ransoms=(stolen,))

    assert set(caught.value.problems) == {"ransoms.0.id"}
    assert other.ransoms.count() == 1


@pytest.mark.parametrize(
    ("change", "path", "word"),
    [
        ({"payer": " "}, "ransoms.0.payer", "paid"),
        ({"payee": ""}, "ransoms.0.payee", "group"),
        ({"payee": "nobody"}, "ransoms.0.payee", "nobody"),
        ({"payer_country": "XXX"}, "ransoms.0.payer_country", "XXX"),
        ({"currency": "dollars"}, "ransoms.0.currency", "dollars"),
        ({"currency": "US$"}, "ransoms.0.currency", "ISO 4217"),
        ({"amount_low": 80_000_000}, "ransoms.0.amount_best", "out of order"),
        ({"amount_high": 10**15}, "ransoms.0.amount_high", "1000000000000000"),
        ({"paid_on": "in autumn"}, "ransoms.0.paid_on", "in autumn"),
        ({"paid_until": "2021"}, "ransoms.0.paid_until", "before"),
        ({"status": "rumoured"}, "ransoms.0.status", "rumoured"),
        ({"figures": PAID.figures * 4}, "ransoms.0.figures", "at most 6"),
        ({"figures": PAID.figures[:1] * 2}, "ransoms.0.figures.1.citation", "twice"),
        ({"figures": (DraftRansomFigure(low=1),)}, "ransoms.0.figures.0.citation", "source"),
        ({"figures": (DraftRansomFigure(citation="x"),)}, "ransoms.0.figures.0.citation", "x"),
        ({"figures": (DraftRansomFigure("wire-1", low=9, high=1),)}, "ransoms.0.figures.0.best",
         "out of order"),
        ({"figures": ()}, "ransoms.0.figures", "source"),
        ({"status": "denied"}, "ransoms.0.denied_by", "denies"),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_what_is_wrong_with_a_ransom_is_said_where_it_stands(entered, change, path, word):
    found = problems(entered, hostages=FREED, ransoms=(same(PAID, **change),))

    assert word in found[path]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"party": "", "counterparty": ""}, "talks.0.party"),
        ({"terms": ("gold",)}, "talks.0.terms"),
        ({"citations": ("x",)}, "talks.0.citations"),
        ({"citations": ()}, "talks.0.citations"),
        ({"held_on": "soon"}, "talks.0.held_on"),
        ({"held_until": "2020"}, "talks.0.held_until"),
        ({"status": "over"}, "talks.0.status"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_wrong_with_talks_is_said_where_it_stands(entered, change, path):
    assert path in problems(entered, hostages=FREED, talks=(same(TALKED, **change),))


def test_a_ransom_without_a_hostage_case_waits_for_one(entered):
    assert "hostages" in problems(entered, ransoms=(PAID,))
    assert "hostages" not in problems(entered, hostages=FREED, ransoms=(PAID,))


def test_the_audit_trail_tells_each_figure_apart(entered):
    saved = written(entered, hostages=FREED, ransoms=(PAID,))
    before = drafting.to_json(drafting.read(saved))
    first, second = PAID.figures
    mended = same(drafting.read(saved).ransoms[0], figures=(first, same(second, best=60_000_000)))

    after = drafting.to_json(drafting.read(written(saved, ransoms=(mended,))))

    [path] = changes(before, after)
    assert path.endswith(".figures.wire-2.best")


def test_the_page_shows_what_is_stored_and_sends_it_back_unchanged(entered, client):
    saved = written(entered, hostages=FREED, ransoms=(PAID,), talks=(TALKED,))
    draft = drafting.read(saved)

    sheet = Sheet(typed(draft), make.ed(), checked=True)

    assert sheet.is_readable
    assert (sheet.draft().ransoms, sheet.draft().talks) == (draft.ransoms, draft.talks)


def test_ed_adds_a_ransom_on_the_page_and_the_review_shows_what_readers_will_see(entered, client):
    signed_in(client, make.ed())
    address = f"/desk/incidents/{entered.public_id}/"
    sent = fields(client.get(address).content.decode(), "edition")
    said = sent | {
        "hostages-status": "released", "hostages-persons": "2",
        "hostages-publish_policy": "publish", "ransoms-count": "1", "ransoms-0-payer": "a state",
        "ransoms-0-payee": "jnim", "ransoms-0-payee_said": "Jnim", "ransoms-0-currency": "usd",
        "ransoms-0-status": "reported", "ransoms-0-amount_low": "50 000 000",
        "ransoms-0-amount_high": "70,000,000", "ransoms-0-figures-1-citation": "wire-1",
        "ransoms-0-figures-1-low": "50000000", "ransoms-0-figures-1-high": "70000000",
    }  # fmt: skip

    answer = save(client, said, address)

    assert answer.status_code == 302, page(answer)[-3000:]
    row = RansomPayment.objects.get()
    assert (row.amount_low, row.amount_high, row.currency) == (50e6, 70e6, "USD")
    assert [figure["source"] for figure in row.figures] == ["wire-1"]
    review = page(client.get(f"{address}review/"))
    assert "50 to 70 million USD" in review
    assert SEEN in review


def test_the_review_says_that_readers_see_nothing_while_a_case_is_withheld(entered, client):
    kept = same(FREED, publish_policy="withhold")
    saved = written(entered, hostages=kept, ransoms=(PAID,), talks=(TALKED,))
    signed_in(client, make.rita())

    review = page(client.get(f"/desk/incidents/{entered.public_id}/review/"))

    assert "50 to 70 million USD" not in review
    assert "kept from readers" in review
    assert SEEN not in review
    assert not {"ransoms", "hostage_talks"} & set(preview(saved, timezone.now()).payload)


def test_the_review_tells_talks_that_are_kept_back_from_those_that_are_told(entered, client):
    written(entered, hostages=FREED, talks=(TALKED,))
    make.talks(entered, make.incident(place="Sokolo"), counterparty="another state")
    signed_in(client, make.rita())

    review = page(client.get(f"/desk/incidents/{entered.public_id}/review/"))

    assert review.count(SEEN) == review.count("kept from readers") == 1


def test_a_wrong_amount_is_shown_beside_its_source(entered, client):
    signed_in(client, make.ed())
    address = f"/desk/incidents/{entered.public_id}/"
    sent = fields(client.get(address).content.decode(), "edition")
    said = sent | {
        "ransoms-count": "1", "ransoms-0-payer": "a state", "ransoms-0-payee": "jnim",
        "ransoms-0-payee_said": "Jnim", "ransoms-0-figures-2-citation": "wire-1",
        "ransoms-0-figures-2-low": "9", "ransoms-0-figures-2-high": "1",
    }  # fmt: skip

    answer = save(client, said, address)

    assert answer.status_code == 422
    [form] = answer.context["sheet"].parts["ransoms"]
    assert "figures-2-best" in form.errors
    unread = save(client, said | {"ransoms-0-amount_low": "fifty"}, address)
    assert "“fifty” is not an amount" in page(unread)
    assert not RansomPayment.objects.exists()


def test_a_split_leaves_ransoms_and_talks_behind(entered):
    saved = written(entered, hostages=FREED, ransoms=(PAID,), talks=(TALKED,))

    made = draft_from(saved, "The second half", by=make.ed(), at=timezone.now())

    assert (made.ransoms.count(), made.negotiations.count()) == (0, 0)
