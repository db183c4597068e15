"""A question as a saved search keeps it: canonical, current, and nothing of how it is shown."""

import datetime as dt

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.dates import moment_text
from core.questions import ParametersRefused, Refusal
from incidents.explorer.asking import Asked, tidied
from incidents.filters import IncidentFilter
from incidents.models import PublishedIncident
from reports.models.watches import MAX_QUERY


def canonical(data: QueryDict) -> str:
    """The question of an explorer's address, as it is kept. Raises ParametersRefused."""
    asked = Asked.of(tidied(data))
    question = asked.question
    question.demand()
    refused = []
    if "as_of" in question.asked:
        what = _("What Vigil said in the past never changes: leave it out.")
        refused.append(Refusal("as_of", question.asked["as_of"], what))
    query = question.as_query()
    if len(query) > MAX_QUERY:
        what = _("The question is too long to be kept: ask for less.")
        refused.append(Refusal("query", query, what))
    if refused:
        raise ParametersRefused(refused)
    return query


def read(
    query: str,
    rows: "QuerySet[PublishedIncident] | None" = None,
    moment: dt.datetime | None = None,
) -> IncidentFilter:
    """The question again; of `rows` and as of a moment of the record where they are given."""
    data = QueryDict(query, mutable=True)
    if moment is not None:
        data["as_of"] = moment_text(moment)
    return IncidentFilter(data, rows, at=moment)
