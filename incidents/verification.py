"""The source rule of verification (domain reference B3.18).

Verified needs two independent citations at C3 or better, or one at B2 or better from an
investigation of the United Nations or another international body. Citations are not independent
where they share a story (copies of one agency report) or the person who said it (one communiqué
in ten papers). A government's statement is no investigation: it needs a second source.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from incidents.models import Incident
from sources.choices import SourceKind
from sources.models import Citation

USABLE = ("C", 3)
STRONG = ("B", 2)
INVESTIGATORS = (SourceKind.IGO, SourceKind.MISSION)
ENOUGH = 2


@dataclass
class Story:
    """Citations that tell one story; `keys` are what they share."""

    keys: set[str]
    citations: list[Citation]


def independent(citations: Iterable[Citation]) -> list[Story]:
    """Citations grouped into independent stories. Needs `document` loaded."""
    stories: list[Story] = []
    for citation in citations:
        keys = _keys(citation)
        same = [story for story in stories if story.keys & keys]
        joined = Story(
            keys.union(*(story.keys for story in same)),
            [*(one for story in same for one in story.citations), citation],
        )
        stories = [story for story in stories if story not in same] + [joined]
    return stories


def missing(incident: Incident) -> list[str]:
    """What verification still wants, each as a sentence; empty where the rule is met."""
    citations = list(incident.citations.select_related("document__source").order_by("pk"))
    usable = [one for one in citations if _at_least(one, USABLE)]
    stories = independent(usable)
    if len(stories) >= ENOUGH or any(_is_investigation(one) for one in usable):
        return []
    return [_headline(stories), *_weak(citations), *_copies(stories)]


def _keys(citation: Citation) -> set[str]:
    document = citation.document
    keys = {f"story {document.syndicated_from_id or document.pk}"}
    if speaker := " ".join(citation.original_speaker.casefold().split()):
        keys.add(f"said by {speaker}")
    return keys


def _at_least(citation: Citation, grade: tuple[str, int]) -> bool:
    return citation.reliability <= grade[0] and citation.credibility <= grade[1]


def _is_investigation(citation: Citation) -> bool:
    return _at_least(citation, STRONG) and citation.document.source.kind in INVESTIGATORS


def _headline(stories: list[Story]) -> str:
    remedy = _(
        "Add independent sources until there are two, or one graded B2 or better from an "
        "investigation of the United Nations or another international body."
    )
    if not stories:
        return _("No source is graded C3 or better.") + " " + remedy
    return (
        _("Only one independent source is graded C3 or better: %(source)s.")
        % {"source": _named(stories[0].citations[0])}
        + " "
        + remedy
    )


def _weak(citations: list[Citation]) -> list[str]:
    return [
        _("%(source)s is graded below C3 and does not count.") % {"source": _named(one)}
        for one in citations
        if not _at_least(one, USABLE)
    ]


def _copies(stories: list[Story]) -> list[str]:
    return [
        _("%(sources)s tell one story and count once.")
        % {"sources": ", ".join(_named(one) for one in story.citations)}
        for story in stories
        if len(story.citations) > 1
    ]


def _named(citation: Citation) -> str:
    return f"“{citation.document}” [{citation.grade}]"
