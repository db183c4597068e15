"""A report as DOCX, for those who edit on: headings, tables, pictures, links as Word has them."""

import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Any

import docx
from django.utils import translation
from django.utils.translation import gettext as _
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from core.parameters import CONTROL
from incidents.charts.picture import png
from reports.blocks import Block, Cell, Section
from reports.outputs import word_parts as parts
from reports.outputs.document import Document, opened
from reports.outputs.word_parts import FACT, NOTE, SOFT, WIDTH, WRITTEN

LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
NUMERIC = ("count", "harm", "percent", "change")
TALLEST = Cm(13.5)  # a picture with its heading and its table fits on a page
SHORT = 12  # rows


def word(document: Document) -> bytes:
    """The report as a file."""
    with translation.override(document.language):
        made = _Writer(document).written()
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


class _Writer:
    """Writes block after block into one Word document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.word: WordDocument = docx.Document()
        self.marks = count(1)
        self.style = parts.CELL_ID
        self.section: Section | None = None
        self.sources: set[str] = set()
        self.writers: dict[str, Callable[[Block], None]] = {
            "prose": self.prose,
            "items": self.items,
            "boxes": self.boxes,
            "facts": self.facts,
            "table": self.table,
            "picture": self.picture,
            "notes": self.notes,
            "takeaways": self.takeaways,
            "remark": self.remark,
        }

    def written(self) -> WordDocument:
        document = self.document
        _properties(self.word, document)
        parts.dress(self.word, LANGUAGES.get(document.language, document.language))
        parts.lay_paper(self.word, f"{document.title} · {document.said}", document.address)
        self.word.add_heading(document.title, level=0)
        self.paragraph(document.said)
        self.facts({"facts": document.facts})
        self.said_by_analysts(document.lead)
        last = _("Citation and licence")
        parts.contents(self.word, [*(one["title"] for one in document.sections), last])
        for number, section in enumerate(document.sections, 1):
            self.begin(section)
            self.heading(section["title"], number)
            for block in section["blocks"]:
                self.writers[block["kind"]](block)
        self.heading(last, len(document.sections) + 1)
        self.citation()
        return self.word

    def begin(self, section: Section) -> None:
        """Its own sources are those that its references lead to."""
        self.section = section
        listed = (note for block in section["blocks"] for note in block.get("notes", ()))
        self.sources = {f"#source-{note['number']}" for note in listed}

    def citation(self) -> None:
        document = self.document
        self.paragraph(str(document.content["cite_as"]))
        if document.address:
            self.sentence(self.paragraph(), [{"text": document.address, "path": document.address}])
        self.paragraph(str(document.content["licence"]))
        self.paragraph(f"{_('Checksum (SHA-256) of the JSON:')} {document.checksum}")

    def heading(self, title: str, number: int) -> None:
        paragraph = self.word.add_heading(title, level=1)
        parts.bookmark(paragraph, f"part{number}", next(self.marks))

    def paragraph(self, text: str = "", style: str | None = None) -> Paragraph:
        return self.word.add_paragraph(text, style=style)

    def sentence(self, paragraph: Paragraph, pieces: Iterable[Mapping[str, Any]]) -> Paragraph:
        for piece in pieces:
            # XML has no room for control characters, which a title of a source may bring.
            said = CONTROL.sub("", piece["text"])
            if opened(piece) in self.sources:
                parts.link(paragraph, self.source(opened(piece)), said)
            elif address := self.document.link(piece):
                parts.link(paragraph, address, said)
            else:
                paragraph.add_run(said)
        return paragraph

    def source(self, reference: str) -> str:
        """The bookmark of `#source-3` in this section; Word allows no hyphen."""
        name = self.section["name"] if self.section else ""
        return f"#{name}_{reference[1:]}".replace("-", "_")

    def prose(self, block: Block) -> None:
        for sentence in block["sentences"]:
            self.sentence(self.paragraph(), sentence)

    def items(self, block: Block) -> None:
        style = "List Number" if block.get("ordered") else "List Bullet"
        for sentence in block["sentences"]:
            self.sentence(self.paragraph(style=style), sentence)

    def boxes(self, block: Block) -> None:
        for box in block["boxes"]:
            paragraph = self.paragraph(style=FACT)
            paragraph.add_run(_named(box["label"])).bold = True
            self.cell(paragraph, box["cell"])

    def facts(self, block: Mapping[str, Any]) -> None:
        for fact in block["facts"]:
            paragraph = self.paragraph(style=FACT)
            paragraph.add_run(_named(fact["label"])).bold = True
            self.sentence(paragraph, fact["sentence"])

    def cell(self, paragraph: Paragraph, cell: Cell) -> None:
        """What a cell says, and below it what it leaves out."""
        self.sentence(paragraph, [cell])
        if cell.get("note"):
            paragraph.add_run().add_break()
            note = paragraph.add_run(CONTROL.sub("", cell["note"]))
            note.font.size, note.font.color.rgb = Pt(8), SOFT

    def table(self, block: Block) -> None:
        if not self.is_named_by_heading(block):
            self.paragraph(block["title"], "Caption").paragraph_format.keep_with_next = True
        columns, rows = block["columns"], block["rows"]
        table = self.word.add_table(rows=1, cols=len(columns), style=parts.GRID)
        table.autofit = False
        parts.describe(table, block["title"])
        head = table.rows[0]
        parts.keep_row(head, is_head=True)
        self.style = parts.SMALL_ID if len(columns) > parts.MANY else parts.CELL_ID
        kinds = [column["kind"] for column in columns]
        for column, width in zip(table.columns, parts.widths(_texts(block)), strict=True):
            column.width = width
        for place, column in zip(head.cells, columns, strict=True):
            place.paragraphs[0].paragraph_format.keep_with_next = True
            self.place(place, column["kind"], {"text": column["label"]})
        for number, row in enumerate(rows, 1):
            line = table.add_row()
            parts.keep_row(line)
            # A row's cells cost a walk through the whole table each time they are asked for.
            for place, kind, cell in zip(line.cells, kinds, row, strict=True):
                self.place(place, kind, cell)
            # Short tables stand on one page.
            if number < len(rows) <= SHORT:
                line.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        self.paragraph(block["note"], NOTE)

    def is_named_by_heading(self, block: Block) -> bool:
        """Whether it stands right below a heading that says what its caption would."""
        section = self.section
        return bool(
            section and block is section["blocks"][0] and block["title"] == section["title"]
        )

    def place(self, place: _Cell, kind: str, cell: Cell) -> None:
        paragraph = place.paragraphs[0]
        paragraph._p.style = self.style
        self.cell(paragraph, cell)
        if kind in NUMERIC:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def picture(self, block: Block) -> None:
        drawn = io.BytesIO(png(self.document.pictures[block["key"]]))
        width, height = self.document.size(block["key"])
        tall = WIDTH * height / width if width else 0
        size = {"height": TALLEST} if tall > TALLEST else {"width": WIDTH}
        paragraph = self.paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(drawn, **size)
        shape._inline.docPr.set("descr", block["alt"])
        self.paragraph(block["title"], "Caption")
        self.said_by_analysts([caption] if (caption := self.document.caption(block)) else [])

    def notes(self, block: Block) -> None:
        self.word.add_heading(_("Sources"), level=2)
        for note in block["notes"]:
            paragraph = self.paragraph(f"[{note['number']}] ", FACT)
            name = self.source(f"#source-{note['number']}")
            parts.bookmark(paragraph, name[1:], next(self.marks))
            self.sentence(paragraph, note["sentence"])
            if note["url"]:
                paragraph.add_run(" ")
                self.sentence(paragraph, [{"text": note["url"], "path": note["url"]}])

    def takeaways(self, block: Block) -> None:
        for one in block["takeaways"]:
            paragraph = self.paragraph(style=WRITTEN)
            paragraph.add_run(one["judgement"]).bold = True
            for part in (one["evidence"], one["words"]):
                paragraph.add_run(f" {part}" if part else "")
            paragraph.add_run(" ")
            self.sentence(paragraph, one["sentence"])
        self.said_by_analysts([""])

    def remark(self, block: Block) -> None:
        self.said_by_analysts(block["paragraphs"])

    def said_by_analysts(self, paragraphs: Iterable[str]) -> None:
        """Paragraphs in the style of what people wrote, and that they did."""
        several = list(paragraphs)
        for text in filter(None, several):
            self.paragraph(text, WRITTEN)
        if several:
            by = self.paragraph(style=WRITTEN).add_run(_("Written by analysts"))
            by.italic, by.font.size = True, Pt(8)


def _named(label: str) -> str:
    """A label before what it names; French puts a space before the colon."""
    return _("%(label)s:") % {"label": label} + " "


def _texts(block: Block) -> list[list[str]]:
    """What stands in each column, its head first."""
    found = [[column["label"]] for column in block["columns"]]
    for row in block["rows"]:
        for several, cell in zip(found, row, strict=True):
            several += [cell["text"], cell.get("note", "")]
    return found


def _properties(word: WordDocument, document: Document) -> None:
    told = word.core_properties
    told.title, told.author, told.subject = document.title, "Vigil", document.said
    told.language = LANGUAGES.get(document.language, document.language)
    told.comments = document.address
    told.last_modified_by = "Vigil"
    # Word keeps no time zone: its times are UTC.
    told.created = told.modified = document.at.astimezone(dt.UTC).replace(tzinfo=None)
