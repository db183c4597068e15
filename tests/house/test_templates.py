"""Templates keep the content security policy and the page's outline."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = sorted(p.relative_to(ROOT).as_posix() for p in ROOT.rglob("*.html"))
INLINE_HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>")
OUTSIDE = re.compile(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"https?://")


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles_and_has_nothing_inline_or_from_outside(name):
    source = (ROOT / name).read_text(encoding="utf-8")
    plain = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", source, flags=re.DOTALL)

    get_template(name)
    assert not INLINE_HANDLER.search(plain)
    assert not INLINE_STYLE.search(plain)
    assert not INLINE_SCRIPT.search(plain)
    assert not OUTSIDE.search(plain)


def test_every_page_extends_the_base():
    pages = [n for n in TEMPLATES if not n.startswith("components/") and "/_" not in f"/{n}"]
    alone = {"base.html", "500.html"}
    sources = {n: (ROOT / n).read_text(encoding="utf-8") for n in pages if n not in alone}

    assert [n for n, text in sources.items() if "{% extends" not in text] == []


def test_templates_are_found_in_the_project_only():
    assert engines["django"].dirs == [ROOT]
