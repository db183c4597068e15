"""Numbered sources of a section, for facts of reference data; protected documents are not named."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reports.blocks import Block, notes
from reports.sentences import Sentence, cited
from sources.choices import Protection
from sources.models import Citation

# For `prefetch_related`, behind the name of whatever is cited for.
CITED = "citations__document__source"


class Sources:
    """Documents by number, in the order in which they are cited."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}
        self.entries: list[tuple[int, Sentence, str]] = []

    def cite(self, citations: Iterable[Citation]) -> Sentence:
        """ " [1, B2]" with a space before, each mark leading to its source."""
        marks: set[tuple[int, str]] = set()
        for citation in citations:
            document = citation.document
            if document.protection != Protection.PUBLIC:
                continue
            if document.pk not in self.numbers:
                self.numbers[document.pk] = len(self.numbers) + 1
                title = _("“%(title)s”") % {"title": document.title} if document.title else ""
                said = ", ".join(filter(None, [str(document.source), title])) + "."
                entry = (self.numbers[document.pk], [{"text": said}], document.url or "")
                self.entries.append(entry)
            marks.add((self.numbers[document.pk], citation.grade))
        spaced = [({"text": " "}, cited(number, grade)) for number, grade in sorted(marks)]
        return [piece for pair in spaced for piece in pair]

    @property
    def block(self) -> Block | None:
        return notes(self.entries)
