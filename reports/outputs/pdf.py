"""A report as PDF, set by Typst: tagged (PDF/UA-1), the same bytes for the same report.

Data reach the template as JSON, never as source. Nothing is read but the template's folder and
our own fonts.
"""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from core import fonts
from reports.blocks import Block, Cell, Section
from reports.outputs.document import Document, opened

FOLDER = Path(__file__).parent / "typst"
STANDARDS: list[Any] = ["ua-1"]
AUTHORITY = "Vigil"
# How many letters of a column's words are worth its width, and the least for one with notes.
WIDEST = {"text": 42, "count": 12, "percent": 12, "change": 18, "harm": 18, "date": 18}
NOTED = 17
# No word of so many letters breaks.
WORD = 14
# Width of a page, of the room around a cell, of a letter by size: points.
PAGE, AROUND = 482, 7
LETTER = {9.0: 4.7, 7.5: 3.9}
# A drawing that is higher than this share of its width does not take the whole width.
TALL, SHARE = 0.8, 68
# A table of more rows may begin on one page and end on another.
KEPT_TOGETHER = 12


def pdf(document: Document) -> bytes:
    """The report as a file. Raises typst.TypstError where it cannot be set."""
    with translation.override(document.language):
        data = json.dumps(told(document), ensure_ascii=False)
    try:
        return _compiled(data, document, STANDARDS)
    except typst.TypstError:
        # The standard forbids a letter that none of our fonts has; without it a box is shown.
        return _compiled(data, document, [])


def _compiled(data: str, document: Document, standards: list[Any]) -> bytes:
    made = _compiler().compile(
        format="pdf",
        sys_inputs={"report": data},
        pdf_standards=standards,
        timestamp=int(document.at.timestamp()),
    )
    return made if isinstance(made, bytes) else b"".join(made or [])


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(folder) for folder in fonts.FOLDERS],
    )


def _compiler() -> typst.Compiler:
    return typst.Compiler(FOLDER / "report.typ", root=FOLDER, font_paths=_fonts())


def told(document: Document) -> dict[str, Any]:
    """What the template needs, in the active language: texts, links, drawings."""
    setter = _Setter(document)
    return {
        "authority": AUTHORITY,
        "title": document.title,
        "said": document.said,
        "lang": document.language,
        "fonts": list(fonts.FAMILIES),
        "facts": [
            {"label": fact["label"], "said": setter.sentence(fact["sentence"])}
            for fact in document.facts
        ],
        "lead": document.lead,
        "sections": [setter.part(section) for section in document.sections],
        "cite": " ".join(filter(None, (str(document.content["cite_as"]), document.address))),
        "address": document.address,
        "licence": document.content["licence"],
        "checksum": document.checksum,
        "words": {
            "contents": _("Contents"),
            "written": _("Written by analysts"),
            "generated": _(
                "Text and figures are generated from the record; every number in colour opens the "
                "rows behind it. What analysts wrote stands beside a bar and says so."
            ),
            "citation": _("Citation and licence"),
            "checksum": _("Checksum (SHA-256) of the JSON:"),
            "sources": _("Sources"),
            "figure": _("Figure"),
            "table": _("Table"),
            "draft": "" if document.public_id else _("Not published: for its writers only"),
        },
    }


class _Setter:
    """Blocks as the template reads them: addresses in full, drawings at hand."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.section = ""
        self.sources: set[str] = set()

    def part(self, section: Section) -> dict[str, Any]:
        self.section = section["name"]
        notes = [note for block in section["blocks"] for note in block.get("notes", ())]
        self.sources = {f"#source-{note['number']}" for note in notes}
        blocks = [self.block(block) for block in section["blocks"]]
        return {"name": section["name"], "title": section["title"], "blocks": blocks}

    def sentence(self, pieces: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
        return [self.piece(piece) for piece in pieces]

    def piece(self, piece: Mapping[str, Any]) -> dict[str, str]:
        path = opened(piece)
        return {
            "text": piece["text"],
            "url": self.document.link(piece),
            "source": f"{self.section}-{path[1:]}" if path in self.sources else "",
        }

    def cell(self, cell: Cell) -> dict[str, str]:
        return self.piece(cell) | {"note": cell.get("note", "")}

    def block(self, block: Block) -> dict[str, Any]:
        """Any block; what is not named here is text already."""
        kind = block["kind"]
        if kind in ("prose", "items"):
            return block | {"sentences": [self.sentence(one) for one in block["sentences"]]}
        if kind == "facts":
            pairs = block["facts"]
            return block | {
                "facts": [
                    {"label": one["label"], "said": self.sentence(one["sentence"])} for one in pairs
                ]
            }
        if kind == "boxes":
            boxes = block["boxes"]
            return block | {"boxes": [{"label": b["label"]} | self.cell(b["cell"]) for b in boxes]}
        if kind == "notes":
            return block | {
                "section": self.section,
                "notes": [one | {"said": self.sentence(one["sentence"])} for one in block["notes"]],
            }
        if kind == "takeaways":
            several = block["takeaways"]
            return block | {
                "takeaways": [one | {"said": self.sentence(one["sentence"])} for one in several]
            }
        if kind == "picture":
            svg = self.document.pictures[block["key"]]
            width, height = self.document.size(block["key"])
            share = SHARE if height > width * TALL else 100
            caption = self.document.caption(block)
            return block | {"svg": svg, "caption": caption, "share": share}
        return self.table(block) if kind == "table" else block

    def table(self, block: Block) -> dict[str, Any]:
        rows = [[self.cell(cell) for cell in row] for row in block["rows"]]
        columns = [
            _letters(column, [row[place] for row in rows])
            for place, column in enumerate(block["columns"])
        ]
        size, widths = _fitting(columns)
        breakable = len(rows) > KEPT_TOGETHER
        return block | {"rows": rows, "widths": widths, "size": size, "breakable": breakable}


def _letters(column: Mapping[str, str], cells: list[dict[str, str]]) -> tuple[int, int]:
    """How wide a column must be, and how wide it wants to be, in letters."""
    said = [column["label"], *(cell["text"] for cell in cells)]
    word = max(len(part) for text in said for part in text.split() or [""])
    longest = max((len(cell["text"]) for cell in cells), default=0)
    noted = NOTED if any(cell["note"] for cell in cells) else 0
    least = min(word, WORD) + 1
    return least, max(least, min(longest, WIDEST[column["kind"]]), noted)


def _fitting(columns: list[tuple[int, int]]) -> tuple[float, list[float]]:
    """Size of the letters in points, and the share of the width that each column gets.

    What is left when every column has its least goes to those that want more.
    """
    least, wanted = (sum(numbers) for numbers in zip(*columns, strict=True))
    points = PAGE - AROUND * len(columns)
    size = next((s for s, letter in LETTER.items() if wanted * letter <= points), min(LETTER))
    room = points / LETTER[size]
    if wanted <= room:
        return size, [float(want) for _least, want in columns]
    part = max(room - least, 0) / (wanted - least) if wanted > least else 0
    around = AROUND / LETTER[size]
    return size, [round(low + (want - low) * part + around, 2) for low, want in columns]
