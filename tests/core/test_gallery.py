"""The gallery shows every shared component, in both directions of reading."""

import re
from pathlib import Path

import pytest

from incidents.takeaway.kinds import KINDS
from incidents.takeaway.samples import samples

ROOT = Path(__file__).resolve().parents[2] / "templates"
COMPONENTS = sorted(p.name for p in (ROOT / "components").glob("_*.html"))
INCLUDED = re.compile(r'include "components/(\w+\.html)"')
# Drawn by a tag, and in every page's head or foot.
BY_TAG = {"_grade.html", "_sections.html"}


def included(name, seen=frozenset()):
    """Components that a template includes, directly or through others."""
    found = set(INCLUDED.findall((ROOT / name).read_text(encoding="utf-8"))) - seen
    return found | {
        deeper for one in found for deeper in included(f"components/{one}", seen | found)
    }


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_stands_in_the_gallery(name):
    assert name in included("core/components.html") | included("base.html") | BY_TAG


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_chart_is_drawn_in_the_gallery(client, kind):
    text = client.get("/components/").content.decode()
    drawn = re.findall(rf'data-kind="{kind}">(.*?)</div>', text, re.DOTALL)

    assert drawn
    assert all(re.search("<(?:path|rect|circle)", one) for one in drawn)


@pytest.mark.django_db
def test_every_template_of_a_drawing_has_a_sample_in_the_gallery():
    drawn = {f"incidents/charts/{p.name}" for p in (ROOT / "incidents/charts").glob("_*.html")}

    assert {sample.panel.template for sample in samples()} == drawn


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "direction"), [("", "ltr"), ("?dir=ltr", "ltr"), ("?dir=rtl", "rtl")]
)
def test_the_gallery_is_read_in_the_direction_that_was_asked(client, query, direction):
    text = client.get(f"/components/{query}").content.decode()

    assert re.search(rf'<html[^>]*dir="{direction}"', text)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["dir=up", "colour=red"])
def test_the_gallery_refuses_what_it_does_not_understand(client, query):
    answer = client.get(f"/components/?{query}")

    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.content.decode()


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT.parent / "static/css").glob("*.css")))
def test_style_sheets_name_the_start_and_the_end_of_a_line_not_left_and_right(name):
    text = (ROOT.parent / "static" / "css" / name).read_text(encoding="utf-8")
    sided = re.compile(r"(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)")

    assert sided.findall(text) == []


@pytest.mark.parametrize("name", ["css/*.css", "js/*.js"])
def test_style_sheets_and_scripts_are_read_in_one_sitting(name):
    lengths = {p.name: p.read_text().count("\n") for p in (ROOT.parent / "static").glob(name)}

    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}


def test_browsers_find_the_mark_of_drawings_and_data(client):
    answer = client.get("/favicon.ico")

    assert answer.status_code == 302
    assert answer.url.endswith("vigil.svg")
