"""The map of an answer: one data set at a time, since two may hold the same event."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from incidents import maps
from incidents.columns import select
from incidents.explorer.asking import Asked
from incidents.filters import IncidentFilter
from incidents.words import in_words


def of_one_set(question: IncidentFilter, dataset: str) -> IncidentFilter:
    """The same question about one data set."""
    return IncidentFilter({**question.asked, "dataset": dataset}, at=question.at)


def sets_of(answer: Any) -> list[str]:
    """The data sets of an answer, the one with the most incidents first."""
    counted = answer.incidents("dataset")
    return sorted(counted, key=lambda name: (-counted[name], name))


def mapped(asked: Asked, answer: Any | None = None) -> maps.Panel:
    """The map of the data set that was chosen to be drawn, else of the largest in the answer."""
    question, options = asked.question, asked.options
    answer = answer or select(question)
    sets = sets_of(answer)
    if len(sets) < 2:
        return maps.panel(question, answer, options)
    drawn = options.drawn if options.drawn in sets else sets[0]
    panel = maps.panel(of_one_set(question, drawn), answer.of_set(drawn), options)
    note = _(
        "The map shows the data set %(name)s alone: data sets may hold the same event, so their "
        "figures are never added."
    ) % {"name": in_words(drawn, "dataset")}
    return replace(panel, notes=[note, *panel.notes])
