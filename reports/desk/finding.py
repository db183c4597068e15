"""Find a manuscript and what was said about it."""

from typing import Any

from django.shortcuts import get_object_or_404

from accounts.models import AuditEntry
from accounts.reference.trail import entries_of
from reports.choices import ManuscriptState
from reports.models import Manuscript
from reports.outputs.document import Document


def at_desk(number: int) -> Manuscript:
    """The manuscript of an address, with what its pages need. Raises Http404."""
    rows = Manuscript.objects.select_related(
        "job__schedule__country", "job__schedule__area__country", "taken_from", "submitted_by",
        "released_by",
    )  # fmt: skip
    found: Manuscript = get_object_or_404(rows, pk=number)
    return found


def takeaways_of(document: Document) -> list[dict[str, Any]]:
    """The key takeaways as readers would see them, each with the figures that it rests on."""
    return [
        one
        for section in document.sections
        for block in section["blocks"]
        if block["kind"] == "takeaways"
        for one in block["takeaways"]
    ]


def last_return(manuscript: Manuscript) -> AuditEntry | None:
    """The reviewer's comment, while the text waits for its writers."""
    if manuscript.state != ManuscriptState.WRITING:
        return None
    entries = entries_of("manuscript", manuscript.job.key)
    last = entries.filter(verb__in=["return_to_writer", "submit"]).first()
    return last if last and last.verb == "return_to_writer" else None
