"""One report, five forms: whatever number one of them says, all of them say."""

import csv
import io
import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote

import docx
import pypdf
import pytest

from reports.outputs.forms import FORMS
from reports.sentences import plain
from tests.reports.printed import SITE, document, english, french, reports  # noqa: F401

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LANGUAGES = ("en", "fr")


def texts(shown):
    """Every text of the blocks of a report."""
    for section in shown.sections:
        yield section["title"]
        for block in section["blocks"]:
            for sentence in block.get("sentences", ()):
                yield plain(sentence)
            for box in block.get("boxes", ()):
                yield box["label"]
                yield from cell_texts(box["cell"])
            for fact in block.get("facts", ()):
                yield fact["label"]
                yield plain(fact["sentence"])
            for note in block.get("notes", ()):
                yield plain(note["sentence"])
            for column in block.get("columns", ()):
                yield column["label"]
            for row in block.get("rows", ()):
                for cell in row:
                    yield from cell_texts(cell)


def cell_texts(cell):
    yield cell["text"]
    yield cell.get("note", "")


def numbers(text):
    """How often each number stands in a text; thousands are joined whatever parts them."""
    joined = re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3})", "", text)
    return Counter(NUMBER.findall(joined))


class Words(HTMLParser):
    """The text of an article, and where its links lead."""

    def __init__(self):
        super().__init__()
        self.said, self.links, self.inside = [], [], False

    def handle_starttag(self, tag, attributes):
        self.inside = self.inside or tag == "article"
        if tag == "a" and self.inside:
            self.links.append(dict(attributes)["href"])
        self.said.append(" ")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "article"
        self.said.append(" ")

    def handle_data(self, data):
        if self.inside:
            self.said.append(data)


def page(client, report):
    words = Words()
    words.feed(client.get(f"/reports/{report.public_id}/").content.decode())
    return "".join(words.said), {unquote(link) for link in words.links}


def printed(shown):
    reader = pypdf.PdfReader(io.BytesIO(FORMS["pdf"].write(shown)))
    links = {
        unquote(note["/A"]["/URI"])
        for sheet in reader.pages
        for note in (one.get_object() for one in sheet.get("/Annots", ()))
        if "/URI" in note.get("/A", {})
    }
    return "\n".join(sheet.extract_text() for sheet in reader.pages), links


def edited(shown):
    made = docx.Document(io.BytesIO(FORMS["docx"].write(shown)))
    said = [paragraph.text for paragraph in made.paragraphs]
    said += [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    links = {unquote(one.target_ref) for one in made.part.rels.values() if one.is_external}
    return "\n".join(said), links


def opened(shown):
    """Addresses of every figure of the report."""
    queries = {
        piece["query"].replace("/api/v1/", "/", 1) for piece in pieces(shown) if "query" in piece
    }
    assert len(queries) > 20
    return {unquote(query) for query in queries}


def pieces(shown):
    for block in shown.blocks:
        for sentence in block.get("sentences", ()):
            yield from sentence
        for fact in block.get("facts", ()):
            yield from fact["sentence"]
        yield from (box["cell"] for box in block.get("boxes", ()))
        for row in block.get("rows", ()):
            yield from row


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_stands_in_page_pdf_docx_and_text(client, reports, db, language):  # noqa: F811
    report = reports[language]
    shown = document(report)
    told = numbers("\n".join(texts(shown)))
    assert sum(told.values()) > 100

    for said in (
        page(client, report)[0],
        printed(shown)[0],
        edited(shown)[0],
        FORMS["text"].write(shown).decode(),
    ):
        assert told - numbers(said) == Counter()


def test_every_figure_opens_the_same_rows_from_page_pdf_and_docx(client, english):  # noqa: F811
    shown = document(english)
    wanted = opened(shown)
    absolute = {SITE + path for path in wanted}

    assert wanted <= page(client, english)[1]
    assert absolute <= printed(shown)[1]
    assert absolute <= edited(shown)[1]


def test_every_cell_of_every_table_stands_in_its_csv(client, english):  # noqa: F811
    tables = document(english).tables
    assert {"totals", "comparison", "trend", "areas", "incidents"} <= set(tables)

    for key, block in tables.items():
        answer = client.get(f"/reports/{english.public_id}/tables/{key}.csv")
        found = list(csv.DictReader(io.StringIO(answer.content.decode())))
        assert len(found) == len(block["rows"])
        for row, cells in zip(found, block["rows"], strict=True):
            for column, cell in zip(block["columns"], cells, strict=True):
                same(row, column, cell)


def same(row, column, cell):
    name, value = column["name"], cell.get("value")
    if column["kind"] == "harm" and isinstance(value, dict):
        for part in ("low", "best", "high"):
            known = value.get(part)
            assert row[f"{name}_{part}"] == ("" if known is None else str(known))
    elif column["kind"] == "harm":
        assert row[f"{name}_best"] == ("" if value is None else str(value))
    elif column["kind"] == "count" and value is not None:
        assert row[name] == str(value)
        # A mean is shown with one digit after the point.
        assert abs(float(re.sub(r"[,\s]", "", cell["text"])) - value) < 0.06
    elif column["kind"] == "count":
        assert row[name] == ""
    elif value is None or column["kind"] == "text":
        assert row[name].lstrip("'") == cell["text"]


def test_the_json_of_the_file_and_of_the_api_are_one(client, english):  # noqa: F811
    file = client.get(f"/reports/{english.public_id}.json").json()
    answer = client.get(f"/api/v1/reports/{english.public_id}/").json()

    assert file == answer["content"] == english.content
