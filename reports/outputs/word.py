"""A report as DOCX, for those who edit on: headings, tables, pictures, links as Word has them."""

import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import docx
from django.utils import translation
from django.utils.translation import gettext as _
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from core.parameters import CONTROL
from incidents.charts.picture import png
from reports.blocks import Block, Cell
from reports.outputs.document import Document

ACCENT = RGBColor(0x0B, 0x4F, 0x63)
SOFT = RGBColor(0x4A, 0x4F, 0x57)
WIDTH = Cm(16.5)
LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
NUMERIC = ("count", "harm", "percent", "change")
WRITTEN = "Written by analysts"  # a style; what readers see is translated


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
        _styles(self.word, LANGUAGES.get(document.language, document.language))
        _paper(self.word, document)
        self.word.add_heading(document.title, level=0)
        self.paragraph(document.said)
        self.facts({"facts": document.facts})
        self.said_by_analysts(document.lead)
        for section in document.sections:
            self.word.add_heading(section["title"], level=1)
            for block in section["blocks"]:
                self.writers[block["kind"]](block)
        self.word.add_heading(_("Citation and licence"), level=1)
        self.paragraph(str(document.content["cite_as"]))
        if document.address:
            self.sentence(self.paragraph(), [{"text": document.address, "path": document.address}])
        self.paragraph(str(document.content["licence"]))
        self.paragraph(f"{_('Checksum (SHA-256) of the JSON:')} {document.checksum}")
        return self.word

    def paragraph(self, text: str = "", style: str | None = None) -> Paragraph:
        return self.word.add_paragraph(text, style=style)

    def sentence(self, paragraph: Paragraph, pieces: Iterable[Mapping[str, Any]]) -> Paragraph:
        for piece in pieces:
            # XML has no room for control characters, which a title of a source may bring.
            said = CONTROL.sub("", piece["text"])
            if address := self.document.link(piece):
                _link(paragraph, address, said)
            else:
                paragraph.add_run(said)
        return paragraph

    def prose(self, block: Block) -> None:
        for sentence in block["sentences"]:
            self.sentence(self.paragraph(), sentence)

    def items(self, block: Block) -> None:
        style = "List Number" if block.get("ordered") else "List Bullet"
        for sentence in block["sentences"]:
            self.sentence(self.paragraph(style=style), sentence)

    def boxes(self, block: Block) -> None:
        for box in block["boxes"]:
            paragraph = self.paragraph()
            paragraph.add_run(f"{box['label']}: ").bold = True
            self.cell(paragraph, box["cell"])

    def facts(self, block: Mapping[str, Any]) -> None:
        for fact in block["facts"]:
            paragraph = self.paragraph()
            paragraph.add_run(f"{fact['label']}: ").bold = True
            self.sentence(paragraph, fact["sentence"])

    def cell(self, paragraph: Paragraph, cell: Cell) -> None:
        """What a cell says, and below it what it leaves out."""
        self.sentence(paragraph, [cell])
        if cell.get("note"):
            paragraph.add_run().add_break()
            note = paragraph.add_run(CONTROL.sub("", cell["note"]))
            note.font.size, note.font.color.rgb = Pt(8), SOFT

    def table(self, block: Block) -> None:
        self.paragraph(block["title"], "Caption").paragraph_format.keep_with_next = True
        table = self.word.add_table(rows=1, cols=len(block["columns"]), style="Table Grid")
        _describe(table, block["title"])
        head = table.rows[0]
        _repeats(head)
        for place, column in zip(head.cells, block["columns"], strict=True):
            place.paragraphs[0].add_run(column["label"]).bold = True
        kinds = [column["kind"] for column in block["columns"]]
        for row in block["rows"]:
            # A row's cells cost a walk through the whole table each time they are asked for.
            for place, kind, cell in zip(table.add_row().cells, kinds, row, strict=True):
                self.place(place, kind, cell)
        self.paragraph(block["note"])

    def place(self, place: _Cell, kind: str, cell: Cell) -> None:
        paragraph = place.paragraphs[0]
        self.cell(paragraph, cell)
        if kind in NUMERIC:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def picture(self, block: Block) -> None:
        drawn = io.BytesIO(png(self.document.pictures[block["key"]]))
        self.word.add_picture(drawn, width=WIDTH)
        shape = self.word.inline_shapes[-1]
        shape._inline.docPr.set("descr", block["alt"])
        self.paragraph(block["title"], "Caption")
        self.said_by_analysts([caption] if (caption := self.document.caption(block)) else [])

    def notes(self, block: Block) -> None:
        self.word.add_heading(_("Sources"), level=2)
        for note in block["notes"]:
            paragraph = self.paragraph(f"[{note['number']}] ")
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


def _properties(word: WordDocument, document: Document) -> None:
    told = word.core_properties
    told.title, told.author, told.subject = document.title, "Vigil", document.said
    told.language = LANGUAGES.get(document.language, document.language)
    told.comments = document.address
    told.last_modified_by = "Vigil"
    # Word keeps no time zone: its times are UTC.
    told.created = told.modified = document.at.astimezone(dt.UTC).replace(tzinfo=None)


def _styles(word: WordDocument, language: str) -> None:
    """The language of every run, links, and the style of what analysts wrote."""
    defaults = word.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    tag = defaults.find(qn("w:lang"))
    if tag is None:
        tag = OxmlElement("w:lang")
        defaults.append(tag)
    for name in ("w:val", "w:eastAsia"):
        tag.set(qn(name), language)
    link = word.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = ACCENT, True
    written = word.styles.add_style(WRITTEN, WD_STYLE_TYPE.PARAGRAPH)
    written.base_style = word.styles["Normal"]
    written.paragraph_format.left_indent = Cm(0.6)
    _bar(written.element.get_or_add_pPr())
    word.styles["Normal"].font.name = "Calibri"
    word.styles["Normal"].font.size = Pt(10)


def _bar(properties: Any) -> None:
    """A line at the left of a paragraph; Word wants it before spacing and indents."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", "0B4F63")):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _paper(word: WordDocument, document: Document) -> None:
    """A4, with the title at the head of every page."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.header.paragraphs[0].text = f"{document.title} · {document.said}"


def _link(paragraph: Paragraph, address: str, text: str) -> None:
    number = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link, run = OxmlElement("w:hyperlink"), OxmlElement("w:r")
    link.set(qn("r:id"), number)
    properties, style, words = (OxmlElement(f"w:{name}") for name in ("rPr", "rStyle", "t"))
    style.set(qn("w:val"), "Hyperlink")
    properties.append(style)
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.extend((properties, words))
    link.append(run)
    paragraph._p.append(link)


def _describe(table: Any, title: str) -> None:
    """What a screen reader says of a table before its cells."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    table._tbl.tblPr.append(caption)


def _repeats(row: Any) -> None:
    """The row stands again at the head of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
