"""A question as data: what it means, how it is written, and how it reads aloud."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils.translation import override

from core.questions import ParametersRefused
from incidents.filters import IncidentFilter
from tests import make

NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def ask(query: str, **more) -> IncidentFilter:
    return IncidentFilter(QueryDict(query), at=NOW, **more)


def test_question_reads_as_a_sentence(db):
    make.country("MLI")
    make.country("NER")
    make.actor("jnim")

    question = ask("country=MLI,NER&from=2022-07&to=2022-07&actor=jnim&as_of=2026-01-01")

    assert question.sentence() == (
        "Incidents in Mali or Niger from 1 July 2022 to 31 July 2022, involving JNIM, "
        "as of 1 January 2026"
    )


def test_sentence_takes_names_of_the_readers_language(db):
    make.country("TCD")

    with override("fr"):
        assert "Tchad" in ask("country=TCD").sentence()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("killed_min=1000", "with at least 1,000 people killed"),
        ("killed_max=5", "with at most 5 people killed"),
        ("killed_min=1&killed_max=5", "with 1 to 5 people killed"),
        ("killed_min=1", "with at least 1 person killed"),
        ("killed_min=5&killed_max=5", "with exactly 5 people killed"),
        ("killed_min=0&killed_max=0", "in which nobody was killed"),
        ("q=fuel", "containing “fuel”"),
        ("from=2020", "since 1 January 2020"),
        ("to=2020", "until 31 December 2020"),
        ("from=2020-02-03&to=2020-02-03", "on 3 February 2020"),
        ("region=western", "in Western Africa"),
        ("dataset=ucdp", "from the data set UCDP GED"),
        ("near=12.5,-8,50", "within 50 km of 12.5, -8"),
        ("attribution=suspected,disputed", "with attribution suspected or disputed"),
        ("tactic=checkpoint", "done by: false checkpoint"),
        ("tactic=-checkpoint", "not done by: false checkpoint"),
        ("precision=day,day_range", "precision of the date: exact day or within a few days"),
        ("precision=-year", "precision of the date other than: within a year"),
    ],
)
def test_every_kind_of_filter_is_said(db, query, words):
    assert words in ask(query).sentence()


def test_query_string_is_canonical_and_without_paging(db):
    question = ask("to=2022&from=2020&limit=5&ordering=killed&dataset=vigil,ucdp")

    assert question.as_query() == "dataset=vigil,ucdp&from=2020&to=2022"
    assert question.as_query(dataset=None, cursor="x") == "cursor=x&from=2020&to=2022"
    assert question.as_query(from_="2021") == "dataset=vigil,ucdp&from=2021&to=2022"


def test_blank_fields_of_a_form_are_absent_on_a_page_and_refused_by_the_api(db):
    assert ask("country=&q=").is_valid()
    assert list(ask("country=&q=", refuse_blanks=True).errors) == ["country", "q"]


def test_no_number_is_given_where_the_question_was_not_understood(db):
    question = ask("country=XXX")

    assert not question.is_valid()
    for number in (lambda: question.qs, question.count, question.page, question.sentence):
        with pytest.raises(ParametersRefused):
            number()


def test_today_means_now_and_tomorrow_is_refused(db):
    assert ask("as_of=2026-06-01").cleaned["as_of"] == NOW
    assert ask("as_of=2026-05-31").cleaned["as_of"] == dt.datetime(
        2026, 5, 31, 23, 59, 59, 999999, tzinfo=dt.UTC
    )
    assert ask("as_of=2026-06-02").errors.keys() == {"as_of"}
    assert ask("as_of=2026-06-01T12:00:01Z").errors.keys() == {"as_of"}
    assert ask("as_of=2026-06-01T13:00:00+01:00").is_valid()
