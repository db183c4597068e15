"""What a Word document is made of beside its words: styles, paper, fields, links, grids.

Word wants every property at its place among the others, and calls a file broken otherwise.
"""

import math
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

ACCENT = RGBColor(0x0B, 0x4F, 0x63)
SOFT = RGBColor(0x4A, 0x4F, 0x57)
WIDTH = Cm(16.6)  # of what is printed, on A4 with margins of 2.2 cm
WRITTEN = "Written by analysts"  # a style; what readers see is translated
FACT, NOTE, ENTRY = "Fact", "Table note", "toc 1"
# Of the text of tables, by their ids: a name would be looked up for every cell.
CELL_ID, SMALL_ID = "Tabletext", "Tabletextsmall"
MANY = 6  # columns; a table with more is set smaller
GRID = "Report table"
# A second set of styles for Word 2010: where it differs from the first, Word mends the file.
EFFECTS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
# Of the text of tables: a letter, what stands beside it in a cell, the longest line in letters.
LETTER = Cm(0.17)
PADDING = Cm(0.34)
LONGEST = 70
_WORD = re.compile(r"[^\s\-–/]+")


def dress(word: WordDocument, language: str) -> None:
    """The language of every run, and the styles that the report uses."""
    defaults = word.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    tag = defaults.find(qn("w:lang"))
    if tag is None:
        tag = OxmlElement("w:lang")
        defaults.append(tag)
    for name in ("w:val", "w:eastAsia"):
        tag.set(qn(name), language)
    _headings(word)
    link = word.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.color.rgb, link.font.underline = ACCENT, True
    written = _paragraphs(word, WRITTEN, size=10, after=6)
    written.paragraph_format.left_indent = Cm(0.6)
    _bar(written.element.get_or_add_pPr())
    _paragraphs(word, FACT, size=10, after=3)
    _paragraphs(word, "Table text", size=9, after=0)
    _paragraphs(word, "Table text small", size=8, after=0)
    _paragraphs(word, NOTE, size=8.5, after=12, before=3).font.color.rgb = SOFT
    _paragraphs(word, ENTRY, size=10, after=1)
    word.styles.element.append(_grid_style())
    for number, related in list(word.part.rels.items()):
        if related.reltype == EFFECTS:
            word.part.rels.pop(number)
    for setting in word.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word opens it as a file of 2010


def _headings(word: WordDocument) -> None:
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    sizes = {"Title": 22, "Heading 1": 15, "Heading 2": 12, "TOC Heading": 12, "Caption": 9.5}
    for name, size in sizes.items():
        style = word.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), ACCENT
    word.styles["Heading 1"].paragraph_format.space_before = Pt(18)
    word.styles["Heading 1"].paragraph_format.space_after = Pt(4)
    word.styles["Caption"].paragraph_format.space_before = Pt(6)
    word.styles["Caption"].paragraph_format.space_after = Pt(3)


def _paragraphs(
    word: WordDocument, name: str, *, size: float, after: float, before: float = 0
) -> Any:
    style: Any = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == ENTRY)
    style.base_style = word.styles["Normal"]
    style.font.size = Pt(size)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.0
    return style


def _bar(properties: Any) -> None:
    """A line at the left of a paragraph; Word wants it before spacing and indents."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", "0B4F63")):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _grid_style() -> Any:
    """Lines between rows, and a head on a ground of its own."""
    line = 'w:val="single" w:sz="4" w:space="0" w:color="B8C0C6"'
    return parse_xml(f"""
        <w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
          <w:name w:val="{GRID}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
          <w:tblPr>
            <w:tblBorders>
              <w:top {line}/><w:bottom {line}/><w:insideH {line}/>
            </w:tblBorders>
            <w:tblCellMar>
              <w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
              <w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>
            </w:tblCellMar>
          </w:tblPr>
          <w:tblStylePr w:type="firstRow">
            <w:rPr><w:b/></w:rPr>
            <w:tcPr>
              <w:shd w:val="clear" w:color="auto" w:fill="E6EEF1"/><w:vAlign w:val="bottom"/>
            </w:tcPr>
          </w:tblStylePr>
        </w:style>""")


def lay_paper(word: WordDocument, title: str, address: str) -> None:
    """A4; the title at the head of every page but the first, page x of y at the foot of each."""
    section: Any = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    section.different_first_page_header_footer = True
    for name in ("Header", "Footer"):
        style = word.styles[name]
        style.font.size, style.font.color.rgb = Pt(8.5), SOFT
        for tabs in style.element.pPr.findall(qn("w:tabs")):
            style.element.pPr.remove(tabs)  # of another paper
    section.header.paragraphs[0].text = title
    for foot in (section.footer, section.first_page_footer):
        paragraph = foot.paragraphs[0]
        stops: Any = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{address}\t")
        _field(paragraph, "PAGE")
        paragraph.add_run(" / ")
        _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    field, run, words = (OxmlElement(f"w:{name}") for name in ("fldSimple", "r", "t"))
    field.set(qn("w:instr"), code)
    words.text = "1"
    run.append(words)
    field.append(run)
    paragraph._p.append(field)


def contents(word: WordDocument, titles: Sequence[str]) -> None:
    """Links to the headings `bookmark(…, "part1")` and so on, as a table of contents of Word.

    It stands there ready: a field that Word must bring up to date would make it ask its reader.
    """
    word.add_paragraph(_("Contents"), style="TOC Heading")
    for number, title in enumerate(titles, 1):
        paragraph = word.add_paragraph(style=ENTRY)
        if number == 1:
            _mark(paragraph, "begin")
            _mark(paragraph, instruction=r' TOC \o "1-1" \n \h \z ')
            _mark(paragraph, "separate")
        link(paragraph, f"#part{number}", title)
        if number == len(titles):
            _mark(paragraph, "end")


def _mark(paragraph: Paragraph, kind: str = "", instruction: str = "") -> None:
    run = paragraph.add_run()._r
    if kind:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
    else:
        mark = OxmlElement("w:instrText")
        mark.text = instruction
        mark.set(qn("xml:space"), "preserve")
    run.append(mark)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """What `link(…, "#name")` leads to; `number` is its own in the document."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.append(end)
    place = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(place, start)


def link(paragraph: Paragraph, address: str, text: str) -> None:
    """To an address, or within the document to the bookmark of `#name`."""
    anchor, run = OxmlElement("w:hyperlink"), OxmlElement("w:r")
    if address.startswith("#"):
        anchor.set(qn("w:anchor"), address[1:])
    else:
        number = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        anchor.set(qn("r:id"), number)
    properties, style, words = (OxmlElement(f"w:{name}") for name in ("rPr", "rStyle", "t"))
    style.set(qn("w:val"), "Hyperlink")
    properties.append(style)
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.extend((properties, words))
    anchor.append(run)
    paragraph._p.append(anchor)


def describe(table: Table, title: str) -> None:
    """What a screen reader says of a table before its cells."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    table._tbl.tblPr.append(caption)


def keep_row(row: Any, *, is_head: bool = False) -> None:
    """A row stands on one page; the head stands again on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def widths(texts: Sequence[Sequence[str]]) -> list[Length]:
    """Widths of columns by their texts, each head first: together WIDTH.

    Each has room for its longest word, a head for a bold one; short texts come to stand on one
    line before long ones do, and heads may break.
    """
    least = [
        max(len(part) + (text is one[0]) for text in one for part in [*_WORD.findall(text), ""])
        for one in texts
    ]
    wishes = [_wish([len(text) for text in one[1:] if text]) for one in texts]
    letter = LETTER * (8 / 9 if len(texts) > MANY else 1)
    room = (WIDTH - len(texts) * PADDING) / letter
    shares = [float(word) for word in least]
    rest = room - sum(least)
    needs = [max(0, wish - word) for wish, word in zip(wishes, least, strict=True)]
    weights = [math.sqrt(need) for need in needs]
    for n in sorted(range(len(texts)), key=lambda n: needs[n]):
        given = min(needs[n], max(0, rest) * weights[n] / (sum(weights) or 1))
        shares[n], rest, weights[n] = shares[n] + given, rest - given, 0
    whole = room / sum(shares)
    return [Length(round(share * whole * letter + PADDING)) for share in shares]


def _wish(lengths: Sequence[int]) -> float:
    """Letters that the body of a column wants: one long text among short ones may break."""
    if not lengths:
        return 0
    return min(max(lengths), 1.3 * sum(lengths) / len(lengths), LONGEST)
