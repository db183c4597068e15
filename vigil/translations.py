"""Translations without the gettext programs: Babel collects, merges and compiles.

French is the one language beside English, in which the source is written.
"""

import ast
import datetime as dt
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from django.conf import settings
from django.utils.translation.template import templatize

LANGUAGE = "fr"
BASE: Path = settings.BASE_DIR
PO = BASE / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
ROOMS = (
    "vigil",
    "core",
    "accounts",
    "sources",
    "regions",
    "actors",
    "incidents",
    "exchange",
    "reports",
)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# What `templatize` leaves of a template: calls with literal arguments amid blanks.
CALL = re.compile(
    r"""\b(?P<name>n?p?gettext|_)\(
        (?P<args>\s*(?P<s>u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))(?:\s*,\s*u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))*)""",
    re.VERBOSE,
)
# French sets a space before these marks and within quotation marks, where no line may break.
MARKS = re.compile(r" (?=[:;?!»])|(?<=«) ")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")
# The files say nothing of when they were made, so that a run without news changes nothing.
UNDATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

Id = str | tuple[str, ...]


def collect() -> Catalog:
    """Every translatable string of Python and templates, with the files that hold it."""
    catalog = Catalog(locale=LANGUAGE, project="Vigil", creation_date=UNDATED)
    for path, text, context in (*from_python(), *from_templates()):
        catalog.add(text, locations=[(path.relative_to(BASE).as_posix(), 0)], context=context)
    return catalog


def from_python() -> Iterator[tuple[Path, Id, str | None]]:
    for room in ROOMS:
        for path in sorted((BASE / room).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            for _line, text, _notes, context in extract_from_file("python", path, KEYWORDS):
                yield path, text, context


def from_templates() -> Iterator[tuple[Path, Id, str | None]]:
    for path in sorted((BASE / "templates").rglob("*.*")):
        source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for call in CALL.finditer(source):
            strings = ast.literal_eval(f"({call['args']},)")
            context = None
            if "p" in call["name"].removesuffix("gettext"):
                context, *strings = strings
            yield path, strings[0] if len(strings) == 1 else tuple(strings), context


def stored() -> Catalog:
    """The translations as they are kept; empty where there is no file yet."""
    if not PO.exists():
        return Catalog(locale=LANGUAGE, project="Vigil", creation_date=UNDATED)
    with PO.open("rb") as file:
        return pofile.read_po(file, locale=LANGUAGE, ignore_obsolete=True)


def merged() -> Catalog:
    """The strings of the source with the translations that are kept; none is guessed."""
    catalog = stored()
    catalog.update(collect(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.header_comment = "# French translations of Vigil, Apache-2.0."
    catalog.creation_date = catalog.revision_date = UNDATED
    return catalog


def save(catalog: Catalog) -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        pofile.write_po(
            file,
            catalog,
            width=100,
            sort_output=True,
            include_lineno=False,
            ignore_obsolete=True,
        )


def compile_catalog(catalog: Catalog) -> Path:
    """Write the binary form that Django reads, beside the text."""
    bound = deepcopy(catalog)
    for message in _strings(bound):
        forms = tuple(MARKS.sub("\u00a0", text or "") for text in _forms(message.string))
        message.string = forms if message.pluralizable else forms[0]
    target = PO.with_suffix(".mo")
    PO.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        mofile.write_mo(file, bound)
    return target


def untranslated(catalog: Catalog) -> list[str]:
    """Strings without a full translation."""
    return [_said(m) for m in _strings(catalog) if not all(_forms(m.string))]


def mismatched(catalog: Catalog) -> list[str]:
    """Strings whose translation has other placeholders than the original."""
    wrong = []
    for message in _strings(catalog):
        wanted = [set(PLACEHOLDER.findall(form)) for form in _forms(message.id)]
        for form in filter(None, _forms(message.string)):
            if set(PLACEHOLDER.findall(form)) not in wanted:
                wrong.append(_said(message))
                break
    return wrong


def _strings(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _said(message: Message) -> str:
    files = ", ".join(sorted({path for path, _line in message.locations}))
    return f"{_forms(message.id)[0]!r} ({files})"
