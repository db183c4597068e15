"""From a question to its answer."""

from core.parameters import Terms
from incidents.columns import conditions, store
from incidents.columns.answers import Answer
from incidents.columns.memory import Lately
from incidents.questions import IncidentQuestion

# An answer holds the numbers of its rows, eight bytes each, beside what was computed from them.
_lately: Lately[Answer] = Lately(8)


def select(question: IncidentQuestion) -> Answer:
    """The answer to a question from the columns, as fresh as the database.

    The same question about the same record is computed once. Raises ParametersRefused for a
    question with errors.
    """
    asked = conditions.asked_of(question)
    named = Terms(question.cleaned.get("actor", ()))
    table = store.table()
    if question.queryset.query.where:
        return Answer(table, asked, named, question.queryset)
    key = (table.number, tuple(named), conditions.key_of(asked))
    return _lately.get(key, lambda: Answer(table, asked, named))


def forget() -> None:
    """Forget the answers that were computed lately."""
    _lately.forget()
