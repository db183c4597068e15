"""A draft says what cannot be stored, and what it still lacks."""

import datetime as dt
from decimal import Decimal

import pytest

from incidents import drafting
from incidents.drafting import (
    DraftCitation,
    DraftClaim,
    DraftHarm,
    DraftHostages,
    DraftLink,
    DraftLocation,
    DraftParty,
    DraftTie,
)
from incidents.models import Incident
from tests.desk.drafts import DAY, entered, kati, refused


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
