"""What the mail of an edition says, taken from the blocks of the report alone."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from reports.blocks import Block, Section
from reports.delivery import links
from reports.models import Report
from reports.outputs.document import Document
from reports.sentences import Sentence, plain

# Opening sentences and key figures that a mail repeats; the rest is on the page.
SENTENCES = 10
FIGURES = 8
OPENINGS = ("summary", "situation")


def subject(report: Report) -> str:
    """The title; a further edition says so."""
    with translation.override(report.language):
        if report.edition == 1:
            return report.title
        return _("%(title)s (edition %(n)s)") % {"title": report.title, "n": report.edition}


def context(report: Report) -> dict[str, Any]:
    """For the templates of the mail. Links are full addresses."""
    document = Document.of(report, links.site())
    with translation.override(report.language):
        return {
            "title": report.title,
            "said": document.said,
            "facts": [(fact["label"], plain(fact["sentence"])) for fact in document.facts],
            "lead": document.lead,
            "headline": _headline(document),
            "figures": _figures(document),
            "takeaways": _takeaways(document),
            "replaces": _replaced(report),
            "page": document.address,
            "pdf": links.absolute(reverse("reports:file", args=[report.public_id, "pdf"])),
        }


def _blocks(document: Document, *kinds: str, section: str = "") -> list[Block]:
    """Blocks of these kinds, of one section or of all, in the order of the report."""
    sections: list[Section] = [s for s in document.sections if section in ("", s["name"])]
    return [block for one in sections for block in one["blocks"] if block["kind"] in kinds]


def _headline(document: Document) -> list[dict[str, Any]]:
    """The opening paragraphs and lists of the generated text, their numbers as links."""
    opening = (_blocks(document, "prose", "items", section=name) for name in OPENINGS)
    left, told = SENTENCES, []
    for block in next((found for found in opening if found), []):
        sentences = [_linked(document, one) for one in block["sentences"][:left]]
        left -= len(sentences)
        if sentences:
            told.append({"is_list": block["kind"] == "items", "sentences": sentences})
    return told


def _linked(document: Document, sentence: Sentence) -> list[dict[str, str]]:
    return [{"text": piece["text"], "url": document.link(piece)} for piece in sentence]


def _figures(document: Document) -> list[dict[str, str]]:
    boxes = [box for block in _blocks(document, "boxes") for box in block["boxes"]]
    return [
        {
            "label": box["label"],
            "text": box["cell"]["text"],
            "note": box["cell"].get("note", ""),
            "url": document.link(box["cell"]),
        }
        for box in boxes[:FIGURES]
    ]


def _takeaways(document: Document) -> list[dict[str, Any]]:
    return [one for block in _blocks(document, "takeaways") for one in block["takeaways"]]


def _replaced(report: Report) -> dict[str, Any] | None:
    """The edition that this one supersedes, if there is one."""
    same = Report.objects.filter(
        job__schedule=report.job.schedule,
        period_start=report.period_start,
        period_end=report.period_end,
        edition__lt=report.edition,
    )
    older = same.order_by("-edition").defer("content", "written").first()
    if older is None:
        return None
    path = reverse("reports:detail", args=[older.public_id])
    return {"edition": older.edition, "page": links.absolute(path)}
