"""The record as numpy arrays in memory: facets, timeline, map cells and sums in milliseconds.

    answer = select(question)     what a valid IncidentQuestion asks for; see `answers.Answer`
    warm()                        load the arrays before the first reader asks

Only a cache: it holds nothing that the database does not say, and every `select` first asks the
database whether the record has moved (`store`). `incidents.rollups` stays the definition of every
sum; a differential test compares both (ADR 0012).
"""

from incidents.columns.answers import Answer, StackedGroup
from incidents.columns.cells import Place
from incidents.columns.counts import FacetValue
from incidents.columns.selecting import select
from incidents.columns.store import warm

__all__ = ["Answer", "FacetValue", "Place", "StackedGroup", "select", "warm"]
