"""The search page, and what the search box proposes while one types. GET only."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.pages import explains_refusals
from core.parameters import TermsField, TextField, among
from core.questions import NoRows, Parameter, Question
from core.search import FINDERS, MAX_LENGTH, Found, Hit, search

SHOWN_OF_EACH = 6
SHOWN_OF_ONE = 50
SHOWN_OF_INCIDENTS = 20
PROPOSED = 8


def _kinds() -> str:
    return among(FINDERS)


# The rooms register what they find after the question below is made.
choose_a_kind = lazy(_kinds, str)


class SearchQuestion(Question):
    """What is looked for, and among which kinds of thing."""

    presentation: tuple[str, ...] = ()

    q = Parameter(
        TextField(
            max_length=MAX_LENGTH,
            help_text=gettext_lazy(
                "Names in any script or spelling; for incidents words, “a phrase”, or, -without."
            ),
        )
    )
    kind = Parameter(
        TermsField(
            known=lambda terms: FINDERS.keys() & set(terms),
            remedy=choose_a_kind(),
            help_text=gettext_lazy("Only these kinds of thing."),
            example="actor,incident",
        )
    )

    def start(self) -> Any:
        return NoRows()

    @property
    def text(self) -> str:
        return str(self.cleaned.get("q", ""))

    @property
    def kinds(self) -> list[str]:
        return list(self.cleaned.get("kind", []))


@require_safe
@explains_refusals
def page(request: HttpRequest) -> HttpResponse:
    """Everything that answers the words, the surest kind first; of one kind more is shown."""
    question = SearchQuestion(request.GET)
    kinds = question.kinds
    found = search(
        question.text,
        kinds=kinds,
        limit=SHOWN_OF_ONE if kinds else SHOWN_OF_EACH,
        # Names come in handfuls beside incidents, unless one kind was asked for.
        limits=None if kinds else {"incident": SHOWN_OF_INCIDENTS},
    )
    context = {
        "question": question,
        "q": question.text,
        "kinds": kinds,
        "found": [(answer, _more(question, answer, kinds)) for answer in found],
    }
    return render(request, "core/search.html", context)


def _more(question: SearchQuestion, answer: Found, kinds: list[str]) -> str:
    """Where the rest is: the finder's own list, or this page with that kind only."""
    if answer.more_url:
        return answer.more_url
    is_rest = not kinds and answer.count > SHOWN_OF_EACH
    return f"?{question.as_query(kind=answer.kind)}" if is_rest else ""


@require_safe
@explains_refusals
def suggest(request: HttpRequest) -> HttpResponse:
    """The likeliest few of all kinds, as options of a list box."""
    question = SearchQuestion(request.GET)
    found = search(question.text, kinds=question.kinds, limit=PROPOSED, is_typing=True)
    # An incident is proposed by its title only: one that has the words elsewhere looks unasked.
    hits = [hit for answer in found for hit in answer.hits if _shows_why(hit)]
    hits.sort(key=lambda hit: -hit.score)
    labels = {answer.kind: answer.label for answer in found}
    options = [(hit, labels[hit.kind]) for hit in hits[:PROPOSED]]
    return render(request, "core/_suggestions.html", {"q": question.text, "options": options})


def _shows_why(hit: Hit) -> bool:
    return any(is_match for _text, is_match in [*hit.marked, *hit.known_as_marked])
