"""PDF, DOCX, CSV and plain text: what each must hold beside the numbers."""

import csv
import io
import re
import zipfile

import docx
import pypdf
from django.utils import translation
from docx.oxml.ns import qn

from incidents.rollups import HarmSum
from reports.blocks import column, table, text
from reports.outputs import csv as tables
from reports.outputs.forms import FORMS
from tests.reports.printed import (  # noqa: F401
    ARABIC,
    HOSTILE,
    SITE,
    document,
    english,
    french,
    reports,
    with_words,
)

# ruff: noqa: F811


def pdf(shown):
    return pypdf.PdfReader(io.BytesIO(FORMS["pdf"].write(shown)))


def word(shown):
    return docx.Document(io.BytesIO(FORMS["docx"].write(shown)))


def tags(node, found):
    """Names of the structure elements of a PDF, and their alternative texts."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            tags(child, found)
    elif hasattr(node, "get"):
        found.append((node.get("/S"), node.get("/Alt")))
        if "/K" in node:
            tags(node["/K"], found)
    return found


def test_a_pdf_is_tagged_titled_and_in_its_language(english, french):
    for report, language in ((english, "en"), (french, "fr")):
        reader = pdf(document(report))
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == language
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert reader.metadata.title == report.title
        assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
        assert len(reader.outline) > 10


def test_the_tags_of_a_pdf_name_headings_heads_of_tables_and_pictures(english):
    shown = document(english)
    found = tags(pdf(shown).trailer["/Root"]["/StructTreeRoot"]["/K"], [])
    names = [name for name, _alt in found]

    assert {"/H1", "/Table", "/TH", "/TD", "/L", "/Figure", "/Link", "/TOC"} <= set(names)
    told = {str(alt) for name, alt in found if name == "/Figure"}
    assert {block["alt"] for block in shown.blocks if block["kind"] == "picture"} <= told


def test_a_pdf_has_a_title_page_contents_and_numbered_pages(english):
    reader = pdf(document(english))
    first, last = reader.pages[0].extract_text(), reader.pages[-1].extract_text()

    assert english.content["data_cutoff"]["text"] in first
    assert "Contents" in first
    assert f"1 / {len(reader.pages)}" in first
    assert f"{len(reader.pages)} / {len(reader.pages)}" in last
    assert english.checksum in re.sub(r"\s", "", "".join(p.extract_text() for p in reader.pages))


def test_the_same_report_gives_the_same_bytes(english):
    for name in ("pdf", "csv", "text", "json"):
        assert FORMS[name].write(document(english)) == FORMS[name].write(document(english))


def test_a_pdf_holds_hostile_and_arabic_words_as_words(english):
    reader = pdf(with_words(english))
    said = "".join(page.extract_text() for page in reader.pages)
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }

    assert re.sub(r"\s", "", HOSTILE) in re.sub(r"\s", "", said)
    assert said.count("Written by analysts") == 5
    assert any("IBMPlexSansArabic" in name for name in fonts)
    assert all("+" in name for name in fonts), "every font is embedded"


def test_letters_that_no_font_has_cost_a_pdf_the_standard_but_not_its_tags(english):
    shown = document(english, written={"outlook": "\N{CJK UNIFIED IDEOGRAPH-6F22} stays."})
    reader = pdf(shown)

    assert "stays." in "".join(page.extract_text() for page in reader.pages)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_control_characters_in_a_source_break_no_form(english):
    odd = [{"text": "A\x0btitle\x01"}, {"text": "link\x0c", "path": "/methods/"}]
    first, *others = english.content["sections"]
    section = others[0] | {"blocks": [{"kind": "prose", "sentences": [odd]}]}
    shown = document(english, content=english.content | {"sections": [first, section]})

    assert "Atitlelink" in [paragraph.text for paragraph in word(shown).paragraphs]
    for form in FORMS.values():
        assert form.write(shown)


def test_a_docx_has_headings_repeated_heads_and_pictures_told_in_words(english):
    shown = document(english)
    made = word(shown)
    headings = [p.text for p in made.paragraphs if p.style.name == "Heading 1"]

    assert set(headings) >= {section["title"] for section in shown.sections}
    assert len(made.tables) == len(shown.tables)
    for grid in made.tables:
        assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    told = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert told == [block["alt"] for block in shown.blocks if block["kind"] == "picture"]


def test_a_docx_knows_its_title_language_and_moment(french):
    made = word(document(french))
    lang = made.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")

    assert lang.get(qn("w:val")) == "fr-FR"
    assert made.core_properties.title == french.title
    assert made.core_properties.created == french.published_at.replace(microsecond=0)


def test_a_docx_keeps_what_analysts_wrote_in_a_style_of_its_own(english):
    made = word(with_words(english))
    written = [p.text for p in made.paragraphs if p.style.name == "Written by analysts"]

    assert any(HOSTILE in text for text in written)
    assert any(ARABIC in text for text in written)
    assert "The summer stands out." in written
    generated = [p.text for p in word(document(english)).paragraphs]
    assert not any("Written by analysts" in text for text in generated)


def test_the_parts_of_a_docx_are_in_the_order_that_word_wants(english):
    """Word calls a file broken whose paragraph or table properties are out of their order."""
    paragraph = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd",
                 "tabs", "spacing", "ind", "contextualSpacing", "jc", "rPr")  # fmt: skip
    grid = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook",
            "tblCaption")  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(FORMS["docx"].write(with_words(english)))) as packed:
        parts = ("word/document.xml", "word/styles.xml")
        found = {name: packed.read(name).decode() for name in parts}
    for name in parts:
        for kind, order in (("pPr", paragraph), ("tblPr", grid)):
            for inside in re.findall(rf"<w:{kind}>(.*?)</w:{kind}>", found[name], re.S):
                inside = re.sub(r"<w:(pBdr|tabs|numPr|rPr|tblCellMar|tblBorders)>.*?</w:\1>",
                                r"<w:\1/>", inside, flags=re.S)  # fmt: skip
                children = [one for one in re.findall(r"<w:(\w+)", inside) if one in order]
                assert children == sorted(children, key=order.index), inside[:300]
    ids = re.findall(r'<wp:docPr id="(\d+)"', found["word/document.xml"])
    assert len(ids) == len(set(ids))


def test_a_harm_becomes_columns_and_a_formula_stays_a_text():
    harm = HarmSum(low=1, best=2, high=None, is_minimum=True, missing=3).as_dict()
    block = table(
        "odd",
        "Odd",
        [column("name", "Name"), column("killed", "Killed", "harm"), column("n", "N", "count"),
         column("change", "Change", "change")],
        [
            [text("=1+1"), text("at least 1", value=harm), text("1,200", value=1200),
             text("−3", value=-3)],
            [text("ordinary"), text("not known"), text("not known"), text("–")],
        ],
    )  # fmt: skip
    first, second = csv.DictReader(io.StringIO(tables.table(block).decode()))

    assert first == {
        "name": "'=1+1", "killed_low": "1", "killed_best": "2", "killed_high": "",
        "killed_is_minimum": "true", "killed_missing": "3", "n": "1200", "change": "-3",
    }  # fmt: skip
    assert second["killed_low"] == second["n"] == ""


def test_the_zip_holds_every_table(english):
    shown = document(english)
    with zipfile.ZipFile(io.BytesIO(FORMS["csv"].write(shown))) as packed:
        names = packed.namelist()
        first = packed.read(f"{shown.name}/totals.csv")

    assert names == [f"{shown.name}/{key}.csv" for key in shown.tables]
    assert first == tables.table(shown.tables["totals"])


def test_the_text_fits_a_mail_and_leads_to_the_report(english):
    said = FORMS["text"].write(with_words(english)).decode()

    assert max(len(line) for line in said.splitlines() if "://" not in line) <= 76
    assert f"{SITE}/reports/{english.public_id}/" in said
    assert "(Written by analysts)" in said
    assert HOSTILE.split()[0] in said


def test_the_text_of_a_french_report_sets_its_labels_apart_as_french_does(french):
    said = FORMS["text"].write(document(french)).decode()

    with translation.override("fr"):
        labels = [fact["label"] for fact in document(french).facts]
    for label in labels:
        assert f"{label}\u00a0: " in said
        assert f"{label}: " not in said
