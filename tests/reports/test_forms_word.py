"""DOCX as office programs show it: contents, page numbers, tables within the margins, links."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from reports.outputs import word_parts as parts
from reports.outputs.forms import FORMS
from tests.reports.printed import (  # noqa: F401
    document,
    english,
    french,
    reports,
    with_words,
)

# ruff: noqa: F811


def word(shown):
    return docx.Document(io.BytesIO(FORMS["docx"].write(shown)))


def links(made):
    """Names within the document that its links lead to."""
    body = made.element.body
    return [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]


def test_the_contents_lead_to_every_heading(french):
    made = word(document(french))
    entries = [p for p in made.paragraphs if p.style.name == "toc 1"]
    headings = [p for p in made.paragraphs if p.style.name == "Heading 1"]
    marks = [p._p.find(qn("w:bookmarkStart")).get(qn("w:name")) for p in headings]

    assert [p.text for p in entries] == [p.text for p in headings]
    assert [p._p.find(qn("w:hyperlink")).get(qn("w:anchor")) for p in entries] == marks
    # A field that is begun and not ended swallows the rest of the document.
    kinds = [mark.get(qn("w:fldCharType")) for mark in made.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_a_link_within_leads_to_a_bookmark_that_there_is_once(english):
    made = word(document(english))
    names = [one.get(qn("w:name")) for one in made.element.body.iter(qn("w:bookmarkStart"))]
    numbers = [one.get(qn("w:id")) for one in made.element.body.iter(qn("w:bookmarkStart"))]

    assert set(filter(None, links(made))) <= set(names)
    assert len(names) == len(set(names)) == len(set(numbers))
    assert all(re.fullmatch(r"[a-z]\w{0,39}", name) for name in names)


def test_a_reference_leads_to_the_source_of_its_own_section(english):
    first, *others = english.content["sections"]
    told = [{"text": "[1, B2]", "path": "#source-1"}]
    odd = [{"text": "[9, B2]", "path": "#source-9"}]
    notes = {"kind": "notes", "notes": [{"number": 1, "sentence": [{"text": "Wire."}], "url": ""}]}
    sections = [
        others[0] | {"name": name, "blocks": [{"kind": "prose", "sentences": [told, odd]}, notes]}
        for name in ("one", "two-fold")
    ]
    made = word(document(english, content=english.content | {"sections": [first, *sections]}))

    assert [name for name in links(made) if name and "source" in name] == [
        "one_source_1", "two_fold_source_1",
    ]  # fmt: skip


def test_every_page_is_numbered_and_all_but_the_first_bear_the_title(english):
    shown = document(english)
    [section] = word(shown).sections

    assert section.different_first_page_header_footer
    assert shown.title in section.header.paragraphs[0].text
    assert section.first_page_header.paragraphs[0].text == ""
    for foot in (section.footer, section.first_page_footer):
        fields = [one.get(qn("w:instr")) for one in foot._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
        assert shown.address in foot.paragraphs[0].text


def test_tables_and_pictures_stay_within_the_margins(english, french):
    for report in (english, french):
        made = word(document(report))
        for grid in made.tables:
            # Word counts in twentieths of a point.
            assert sum(column.width for column in grid.columns) <= parts.WIDTH + 635 * len(
                grid.columns
            )
            assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in grid.rows)
        for shape in made.inline_shapes:
            assert shape.width <= parts.WIDTH
            assert shape.height <= made.sections[0].page_height / 2


@pytest.mark.parametrize("columns", [1, 3, 9])
def test_a_column_has_room_for_its_longest_word_and_a_long_text_gets_more(columns):
    texts = [["N", "12"] for _ in range(columns - 1)] + [["Place", "a rather long text " * 4]]
    found = parts.widths(texts)

    assert abs(sum(found) - parts.WIDTH) <= columns
    assert columns == 1 or found[-1] > 3 * found[0]
    assert min(found) > 0


def test_a_table_that_its_heading_names_is_not_named_again(english):
    shown = document(english)
    named = [s for s in shown.sections if s["blocks"][0].get("title") == s["title"]]
    captions = [p.text for p in word(shown).paragraphs if p.style.name == "Caption"]

    assert named
    assert not {section["title"] for section in named} & set(captions)


def test_word_opens_it_as_a_file_of_today(english):
    with zipfile.ZipFile(io.BytesIO(FORMS["docx"].write(with_words(english)))) as packed:
        settings, names = packed.read("word/settings.xml").decode(), packed.namelist()

    assert re.search(r'w:name="compatibilityMode"[^>]*w:val="15"', settings)
    assert "word/stylesWithEffects.xml" not in names
