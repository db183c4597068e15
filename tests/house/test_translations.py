"""French is complete: every string of every room and template."""

import gettext

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from vigil import translations


def test_every_string_has_a_french_translation_with_the_same_placeholders():
    call_command("messages", "--check")


def test_the_check_names_a_string_without_french(monkeypatch, tmp_path):
    monkeypatch.setattr(translations, "PO", tmp_path / "django.po")

    with pytest.raises(CommandError, match="no French: 'Incidents'"):
        call_command("messages", "--check")


def test_a_translation_with_other_placeholders_is_named():
    catalog = translations.Catalog(locale="fr")
    catalog.add("%(n)s killed", "%(number)s tués", locations=[("a.py", 1)])

    assert translations.mismatched(catalog) == ["'%(n)s killed' (a.py)"]


def test_french_never_breaks_a_line_before_its_marks(monkeypatch, tmp_path):
    catalog = translations.Catalog(locale="fr")
    catalog.add("Period: “%(a)s”; %(b)s", "Période : « %(a)s » ; %(b)s ?")
    catalog.add(("%(n)s: one", "%(n)s: more"), ("%(n)s : un", "%(n)s : plus"))
    monkeypatch.setattr(translations, "PO", tmp_path / "django.po")

    with translations.compile_catalog(catalog).open("rb") as file:
        read = gettext.GNUTranslations(file)

    nbsp = "\u00a0"
    assert read.gettext("Period: “%(a)s”; %(b)s") == (
        f"Période{nbsp}: «{nbsp}%(a)s{nbsp}»{nbsp}; %(b)s{nbsp}?"
    )
    assert read.ngettext("%(n)s: one", "%(n)s: more", 5) == f"%(n)s{nbsp}: plus"
    assert catalog.get("Period: “%(a)s”; %(b)s").string == "Période : « %(a)s » ; %(b)s ?"


def test_collecting_twice_changes_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(translations, "PO", tmp_path / "fr" / "django.po")
    translations.save(translations.merged())
    once = translations.PO.read_bytes()
    translations.save(translations.merged())

    assert translations.PO.read_bytes() == once


def test_dates_follow_the_language():
    from core import prose

    with translation.override("fr"):
        assert prose.day("2013-09-01") == "1er septembre 2013"
    with translation.override("en"):
        assert prose.day("2013-09-01") == "1 September 2013"
