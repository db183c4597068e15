"""A report as every form reads it: generated sections, and what analysts wrote marked as theirs.

Beside the blocks of `reports.blocks`, two kinds appear here only, both written by people:

takeaways  `takeaways`: each `judgement`, `evidence`, `words` (likelihood and confidence, may be
           empty), `sentence` (the figures that it rests on, may be empty)
remark     `paragraphs`: a comment below the generated part of a section
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core import prose
from reports.blocks import Block, Section
from reports.choices import Confidence, Likelihood
from reports.filters import preceding
from reports.models import Manuscript, Report
from reports.sentences import Sentence

API = "/api/v1/"
SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"')
GAPS = re.compile(r"\n\s*\n")


def page_of(query: str) -> str:
    """The page that shows what an API query lists: its path without `api/v1`."""
    return query.replace(API, "/", 1)


def opened(piece: Mapping[str, Any]) -> str:
    """What a piece or cell opens: a path of the site, `#source-3` within the report, or nothing."""
    return page_of(piece["query"]) if piece.get("query") else str(piece.get("path") or "")


def site(request: HttpRequest | None = None) -> str:
    """Where the site stands, for links in files that are taken away: PUBLIC_URL, else as asked."""
    if settings.PUBLIC_URL or request is None:
        return settings.PUBLIC_URL.rstrip("/")
    return request.build_absolute_uri("/").rstrip("/")


@dataclass(frozen=True)
class Document:
    """A report or a manuscript; `public_id` is empty for one that is not published.

    `queries` are those of its figures by key, `base` where the site stands.
    """

    content: Mapping[str, Any]
    written: Mapping[str, Any]
    pictures: Mapping[str, str]
    queries: Mapping[str, str]
    checksum: str
    at: dt.datetime
    public_id: str = ""
    base: str = ""
    # What it supersedes: the edition before, and the path of its page.
    before: tuple[int, str] | None = None

    @classmethod
    def of(cls, report: Report, base: str = "") -> "Document":
        """A published report."""
        earlier = preceding(report)
        path = reverse("reports:detail", args=[earlier.public_id]) if earlier else ""
        return cls(
            content=report.content,
            written=report.written,
            pictures=dict(report.pictures.values_list("key", "svg")),
            queries=dict(report.items.values_list("key", "query")),
            checksum=report.checksum,
            at=report.published_at,
            public_id=report.public_id,
            base=base,
            before=(earlier.edition, path) if earlier else None,
        )

    @classmethod
    def of_manuscript(cls, manuscript: Manuscript, base: str = "") -> "Document":
        """A report that waits for people, as it would be published."""
        return cls(
            content=manuscript.content,
            written=manuscript.written,
            pictures=manuscript.pictures,
            queries={item["key"]: item["query"] for item in manuscript.items},
            checksum=manuscript.checksum,
            at=manuscript.updated_at,
            base=base,
        )

    @property
    def title(self) -> str:
        return str(self.content["title"])

    @property
    def language(self) -> str:
        return str(self.content["language"])

    @property
    def name(self) -> str:
        """What its files are called, without the ending."""
        return (
            f"vigil-{self.content['schedule']}-{self.content['number']}-{self.content['edition']}"
        )

    @property
    def address(self) -> str:
        """Where it stands; empty for one that is not published."""
        path = reverse("reports:detail", args=[self.public_id]) if self.public_id else ""
        return self.base + path if path else ""

    def link(self, piece: Mapping[str, Any]) -> str:
        """Full address that a piece or cell opens; empty where it opens none."""
        path = opened(piece)
        if path.startswith("#"):
            return ""
        return path if "://" in path else self.base + path if path else ""

    @property
    def said(self) -> str:
        """Number and edition: "No. 2022-07, edition 1"."""
        return _("No. %(number)s, edition %(edition)s") % self.content

    @cached_property
    def facts(self) -> list[dict[str, Any]]:
        """What the report is: label and sentence; from its first section."""
        found = [fact for block in self._first["blocks"] for fact in block.get("facts", ())]
        for label, name in ((_("Written by"), "authors"), (_("Reviewed by"), "reviewers")):
            if self.written.get(name):
                found.append({"label": label, "sentence": [{"text": self.written[name]}]})
        if self.before:
            edition, path = self.before
            words = _("edition %(edition)s") % {"edition": edition}
            found.append({"label": _("Supersedes"), "sentence": [{"text": words, "path": path}]})
        if self.public_id:
            published = [{"text": prose.moment(self.at)}]
            found.append({"label": _("Published"), "sentence": published})
        return found

    @property
    def lead(self) -> list[str]:
        """Opening paragraphs by analysts; none where nobody wrote."""
        return paragraphs(self.written.get("lead", ""))

    @cached_property
    def sections(self) -> list[Section]:
        """Every section with something in it; the facts of the first are in `facts`."""
        _first, *others = self.content["sections"]
        rest = [block for block in self._first["blocks"] if block["kind"] != "facts"]
        told = [self._first | {"blocks": rest}, *self._assessed(), *others]
        told = [one | {"blocks": [*one["blocks"], *self._remarks(one["name"])]} for one in told]
        return [one for one in told if one["blocks"]]

    @property
    def blocks(self) -> Iterator[Block]:
        return (block for section in self.sections for block in section["blocks"])

    @cached_property
    def tables(self) -> dict[str, Block]:
        """Its tables by key, in order."""
        return {block["key"]: block for block in self.blocks if block["kind"] == "table"}

    def caption(self, block: Mapping[str, Any]) -> str:
        """What analysts say of a picture; empty where they say nothing."""
        return str(self.written.get("captions", {}).get(block["key"], ""))

    def size(self, key: str) -> tuple[int, int]:
        """Width and height of a drawing, in pixels. Raises KeyError for an unknown one."""
        found = SIZE.search(self.pictures[key])
        return (round(float(found[1])), round(float(found[2]))) if found else (0, 0)

    @property
    def _first(self) -> Section:
        first: Section = self.content["sections"][0]
        return first

    def _assessed(self) -> list[Section]:
        """The sections that nobody generated."""
        found = [self._takeaway(one) for one in self.written.get("takeaways", ())]
        outlook = paragraphs(self.written.get("outlook", ""))
        told = []
        if found:
            told.append(_own("takeaways", _("Key takeaways"), "takeaways", found))
            told[-1]["blocks"] += [_words_explained()] if any(r["words"] for r in found) else []
        if outlook:
            told.append(_own("outlook", _("Outlook"), "paragraphs", outlook))
        return told

    def _takeaway(self, one: Mapping[str, Any]) -> dict[str, Any]:
        keys = [key for key in one.get("figures", ()) if key in self.queries]
        figures: Sentence = []
        for number, key in enumerate(keys, 1):
            figures += [{"text": " "}] if figures else []
            figures.append({"text": f"[{number}]", "key": key, "query": self.queries[key]})
        return {
            "judgement": one.get("judgement", ""),
            "evidence": one.get("evidence", ""),
            "words": certainty(one),
            "sentence": figures,
        }

    def _remarks(self, name: str) -> list[Block]:
        said = paragraphs(self.written.get("notes", {}).get(name, ""))
        return [{"kind": "remark", "paragraphs": said}] if said else []


def _own(name: str, title: str, member: str, told: list[Any]) -> Section:
    kind = "takeaways" if member == "takeaways" else "remark"
    block = {"kind": kind, member: told}
    return {"name": name, "title": title, "blocks": [block], "data": {}}


def _words_explained() -> Block:
    """What the words of likelihood and confidence stand for; generated, not written."""
    said = _(
        "Words of likelihood and their ranges are those of US Intelligence Community Directive 203 "
        "(2015). Confidence says how good the ground of a judgement is, not how likely it is."
    )
    return {"kind": "prose", "sentences": [[{"text": said}]]}


def certainty(one: Mapping[str, Any]) -> str:
    """How likely, and how sure: "Likelihood: likely (55–80%). Moderate confidence."."""
    said = []
    if one.get("likelihood"):
        word = Likelihood(one["likelihood"]).label
        said.append(_("Likelihood: %(word)s.") % {"word": word})
    if one.get("confidence"):
        said.append(f"{str(Confidence(one['confidence']).label).capitalize()}.")
    return " ".join(said)


def paragraphs(text: str) -> list[str]:
    """A written text in paragraphs: a blank line parts them."""
    return [" ".join(part.split()) for part in GAPS.split(text) if part.strip()]
