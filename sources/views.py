"""Public pages of source documents: what was cited, how it is graded, what cites it."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.pages import PageQuestion, explains_refusals
from sources.choices import Credibility, Protection, Reliability, SourceKind
from sources.filters import DocumentFilter
from sources.models import Document


@require_safe
@explains_refusals
def listing(request: HttpRequest) -> HttpResponse:
    """Documents by publisher. Those of anonymous sources are not listed."""
    rows = Document.objects.told().filter(protection=Protection.PUBLIC).select_related("source")
    question = DocumentFilter(request.GET, rows)
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
    told = Document.objects.told().select_related("source")
    question = PageQuestion(request.GET, told)
    document = get_object_or_404(question.qs, slug=slug)
    is_protected = document.protection != Protection.PUBLIC
    origin = document.syndicated_from_id
    context = {
        "document": document,
        "is_protected": is_protected,
        "original": told.filter(pk=origin).first() if origin else None,
        "copies": told.filter(protection=Protection.PUBLIC, syndicated_from=document),
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
