"""Public pages of source documents: what was cited, how it is graded, what cites it."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.pages import ListQuestion, PageQuestion, explains_refusals
from core.paging import Key, Ordering
from core.parameters import ChoiceField, TextField
from core.questions import Parameter
from sources.choices import Credibility, Protection, Reliability, SourceKind
from sources.models import Document


class DocumentQuestion(ListQuestion):
    """Which documents: by words of title or publisher, kind of publisher and grade."""

    order = Ordering("publisher", (Key("source__name"), Key("slug"), Key("pk", int)))

    q = Parameter(TextField(max_length=120), method="saying")
    kind = Parameter(ChoiceField(words=SourceKind.values), "source__kind")
    grade = Parameter(ChoiceField(words=Reliability.values), "reliability")

    def saying(self, queryset: Any, name: str, text: str) -> Any:
        return queryset.filter(
            Q(title__unaccent__icontains=text) | Q(source__name__unaccent__icontains=text)
        )


@require_safe
@explains_refusals
def listing(request: HttpRequest) -> HttpResponse:
    """Documents by publisher. Those of anonymous sources are not listed."""
    rows = Document.objects.filter(protection=Protection.PUBLIC).select_related("source")
    question = DocumentQuestion(request.GET, rows)
    page = question.page()
    context = {
        "question": question,
        "documents": page.rows,
        "links": question.links(page),
        "kinds": SourceKind.choices,
        "reliabilities": Reliability.choices,
        "credibilities": Credibility.choices,
    }
    return render(request, "sources/source_list.html", context)


@require_safe
@explains_refusals
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One document. Of an anonymous source only its grade is shown and what rests on it."""
    rows = Document.objects.select_related("source", "syndicated_from__source")
    question = PageQuestion(request.GET, rows)
    document = get_object_or_404(question.qs, slug=slug)
    is_protected = document.protection != Protection.PUBLIC
    context = {
        "document": document,
        "is_protected": is_protected,
        "copies": document.copies.filter(protection=Protection.PUBLIC).select_related("source"),
        "grades": _grades(document),
        "reliabilities": Reliability.choices,
        "credibilities": Credibility.choices,
    }
    return render(request, "sources/source_detail.html", context)


def _grades(document: Document) -> list[tuple[str, int]]:
    """The grades with which public reference data cite the document, most frequent first.

    Citations of incidents are told by the record, not by the desk.
    """
    rows = document.citations.exclude(target_type__app_label="incidents")
    found = rows.values("reliability", "credibility").annotate(number=Count("pk"))
    graded = [(f"{row['reliability']}{row['credibility']}", row["number"]) for row in found]
    return sorted(graded, key=lambda pair: (-pair[1], pair[0]))
