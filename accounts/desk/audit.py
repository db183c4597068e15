"""The audit trail for administrators: a page that can be narrowed, and an export of the same."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.choices import Role
from accounts.filters import AuditFilter
from accounts.models import AuditEntry
from accounts.permissions import DeskRequest, require
from accounts.reference.deeds import deed, thing
from accounts.reference.trail import told
from core.pages import explains_refusals

COLUMNS = ("entry", "at", "by", "verb", "noun", "object", "field", "from", "to", "more")
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
CHUNK = 500
RECENT = 2000
# A spreadsheet would run a text that begins like a formula.
_FORMULA = re.compile(r"\s*[=+@＝＋－＠-]|[\t\r]")


@require_safe
@require(Role.ADMINISTRATOR)
@explains_refusals
def page(request: DeskRequest) -> HttpResponse:
    """Who did what, when, from which value to which; the newest first."""
    question = AuditFilter(request.GET, AuditEntry.objects.all())
    found = question.page()
    context = {
        "question": question,
        "entries": [told(entry) for entry in found.rows],
        "links": question.links(found),
        "query": question.as_query(),
        "words": _words(),
    }
    return render(request, "desk/audit/list.html", context)


def _words() -> dict[str, list[tuple[str, str]]]:
    """People, verbs and nouns of the newest entries, to choose from, and as people say them."""
    recent = AuditEntry.objects.order_by("-pk").values_list("by", "verb", "noun")[:RECENT]
    columns = zip(*recent, strict=True) if recent else ((), (), ())
    said: dict[str, Callable[[str], str]] = {"by": str, "verb": deed, "noun": thing}
    return {
        name: [(word, said[name](word)) for word in sorted(set(found))]
        for name, found in zip(said, columns, strict=True)
    }


@require_POST
@require(Role.ADMINISTRATOR)
@explains_refusals
def export(request: DeskRequest) -> HttpResponse:
    """Every entry that answers the question, as it stands now; the export itself is audited."""
    question = AuditFilter(request.GET, AuditEntry.objects.all())
    rows = question.qs.order_by("pk")
    newest = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = rows.filter(pk__lte=newest)
    form, asked, at = question.cleaned.get("format", "csv"), question.as_query(), timezone.now()
    audit.record(
        "export", "audit", asked[:120] or "*", by=request.user, at=at, format=form,
        question=asked, entries=rows.count(),
    )  # fmt: skip
    entries = rows.iterator(chunk_size=CHUNK)
    lines = as_csv(entries) if form == "csv" else as_json(entries)
    answer: Any = StreamingHttpResponse(lines, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="audit-{at:%Y-%m-%dT%H%M%SZ}.{form}"'
    return answer


def as_csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """One line for each changed value; an entry without one has one line of its own."""
    yield _line(COLUMNS)
    for entry in entries:
        said = told(entry)
        head = (entry.pk, entry.at.isoformat(), entry.by, entry.verb, entry.noun, entry.object_id)
        more = json.dumps(dict(said.more), ensure_ascii=False) if said.more else ""
        for change in said.changes:
            yield _line((*head, change.path, change.old or "", change.new or "", more))
        if not said.changes:
            yield _line((*head, "", "", "", more))


def _line(cells: Iterable[Any]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([_safe(str(cell)) for cell in cells])
    return text.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_json(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """One document with every entry as it was written."""
    yield '{"entries": ['
    comma = ""
    for entry in entries:
        yield comma + json.dumps(
            {
                "entry": entry.pk, "at": entry.at.isoformat(), "by": entry.by, "verb": entry.verb,
                "noun": entry.noun, "object": entry.object_id, "detail": entry.detail,
            },
            ensure_ascii=False,
        )  # fmt: skip
        comma = ",\n"
    yield "]}\n"
