"""What analysts write: which keys, how long, and nothing that leads to a person or a spot."""

import pytest

from accounts.choices import Role
from core.private_text import private_details
from reports.choices import Confidence, Likelihood, ManuscriptState
from reports.manuscripts import writing
from reports.manuscripts.writing import Known, WritingRefused
from tests.reports.manuscripts import (
    text,
)

KNOWN = Known(frozenset({"total.killed"}), frozenset({"map"}), frozenset({"totals"}))
A, B, C = Role.CONTRIBUTOR, Role.EDITOR, Role.REVIEWER
W, S = ManuscriptState.WRITING, ManuscriptState.SUBMITTED
# As docs/reports.md promises: verb -> states, least role of others, least role of its writers.
PROMISED = {
    "write": ({W}, A, A),
    "take_over": ({W}, A, A),
    "submit": ({W}, B, A),
    "take_back": ({S}, B, A),
    "return_to_writer": ({S}, C, None),
    "release": ({S}, C, None),
    "drop": ({W, S}, B, B),
}


def problems(**more):
    with pytest.raises(WritingRefused) as refused:
        writing.validated(text() | more, KNOWN)
    return refused.value.problems


def test_a_text_is_kept_without_what_is_empty():
    given = text(reviewers="  ", captions={"map": ""}, notes={"totals": " Two days late. "})
    given["takeaways"].append({"judgement": "", "figures": []})

    kept = writing.validated(given, KNOWN)

    assert "reviewers" not in kept
    assert "captions" not in kept
    assert kept["notes"] == {"totals": "Two days late."}
    assert len(kept["takeaways"]) == 3


@pytest.mark.parametrize(
    ("more", "path", "said"),
    [
        ({"mood": "calm"}, "mood", "mood is not known"),
        ({"lead": "x" * 1501}, "lead", "1501 characters"),
        ({"lead": ["x"]}, "lead", "Write a text"),
        ({"lead": "a\x07b"}, "lead", "control characters"),
        ({"outlook": "Call +223 76 12 34 56."}, "outlook", "a telephone number"),
        ({"authors": "ana@example.org"}, "authors", "an e-mail address"),
        ({"notes": {"totals": "At 12.745, -8.071."}}, "notes.totals", "coordinates"),
        ({"notes": {"weather": "Rain."}}, "notes.weather", "no part called weather"),
        ({"captions": {"chart": "Up."}}, "captions.chart", "no part called chart"),
        ({"captions": "Up."}, "captions", "Send an object"),
        ({"takeaways": "one"}, "takeaways", "list of objects"),
        ({"takeaways": 7}, "takeaways", "keep the 6"),
        ({"takeaways": [{"likelihood": "perhaps"}]}, "takeaways.0.likelihood", "perhaps"),
        ({"takeaways": [{"confidence": "medium"}]}, "takeaways.0.confidence", "medium"),
        ({"takeaways": [{"figures": ["x.y"]}]}, "takeaways.0.figures", "“x.y” is no figure"),
        ({"takeaways": [{"figures": "x.y"}]}, "takeaways.0.figures", "Send a list of keys"),
        ({"takeaways": [{"colour": "red"}]}, "takeaways.0.colour", "colour is not known"),
        ({"takeaways": [{"evidence": "x" * 1501}]}, "takeaways.0.evidence", "1501 characters"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_named_with_its_value_and_the_remedy(more, path, said):
    if isinstance(more.get("takeaways"), int):
        more = {"takeaways": text(more["takeaways"])["takeaways"]}

    found = problems(**more)

    assert said in found[path]


@pytest.mark.parametrize(
    "said",
    ["+223 76 12 34 56", "0022376123456", "76 12 34 56", "76123456", "0803 123 4567",
     "nobody@example.org", "12.745, -8.071", "12°44′42″N", "12.745 N", "29P PQ 12345 67890"],
)  # fmt: skip
def test_what_leads_to_a_person_or_a_spot_is_found(said):
    assert private_details(f"Seen at {said}, they said.") != []


@pytest.mark.parametrize(
    "said",
    ["2022-07-21", "20220721", "21.07.2022", "1,193 and 2,200 people", "12 000 000 people",
     "from 86 to 78 attacks", "77.2 % of 35 deaths", "2022-W29", "S/2022/689",
     "resolution 2640 (2022)", "RN 7 and RN 16", "between 10 and 15 March 2025"],
)  # fmt: skip
def test_days_counts_and_document_numbers_are_neither(said):
    assert private_details(f"It was {said}, they said.") == []


def test_the_words_of_likelihood_are_those_of_the_directive():
    """ICD 203: seven words whose ranges meet without a gap, from 1 to 99 per cent."""
    ranges = [label.rpartition("(")[2].rstrip("%)").split("–") for _v, label in Likelihood.choices]

    assert [int(low) for low, _high in ranges] == [1, 5, 20, 45, 55, 80, 95]
    assert [int(high) for _low, high in ranges] == [5, 20, 45, 55, 80, 95, 99]
    assert Confidence.values == ["low", "moderate", "high"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cadence", "takeaways", "lacks"),
    [("monthly", 2, True), ("monthly", 3, False), ("daily", 1, False)],
)
def test_a_text_is_submitted_with_as_many_takeaways_as_its_period_asks(cadence, takeaways, lacks):
    wanted = writing.lacking(text(takeaways), cadence)

    assert ("takeaways" in wanted) is lacks
