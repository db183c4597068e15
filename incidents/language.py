"""Neutral language: what Vigil does not write as its own words (domain reference D1, D2).

The words are in `data/neutral_language.yaml`, in English and French. Every finding is a warning:
a quotation may keep a word, with a reason in the editors' note.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.names import search_key

WORDS = Path(__file__).resolve().parent / "data" / "neutral_language.yaml"
QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")


@dataclass(frozen=True)
class Finding:
    """Words that were found, which rule speaks against them, and what to write instead."""

    rule: str
    found: str
    advice: str
    is_quoted: bool = False


@dataclass(frozen=True)
class _Rule:
    name: str
    pattern: re.Pattern[str]
    excused: re.Pattern[str] | None
    advice: dict[str, str]

    def said(self) -> str:
        language = (get_language() or "en")[:2]
        return self.advice.get(language, self.advice["en"])


def findings(text: str) -> list[Finding]:
    """What the lists say about `text`, in the order of the text, each wording once."""
    plain = text.replace("'", "’")
    quotes = [match.span() for match in QUOTED.finditer(text)]
    found = sorted(_matches(plain), key=lambda pair: pair[1].start())
    seen: dict[tuple[str, str], Finding] = {}
    for rule, match in found:
        words = text[match.start() : match.end()]
        is_quoted = any(start <= match.start() < end for start, end in quotes)
        advice = rule.said()
        if is_quoted:
            advice = _("Inside a quotation: say in the editors’ note why it stays. %(advice)s") % {
                "advice": advice
            }
        seen.setdefault((rule.name, words.casefold()), Finding(rule.name, words, advice, is_quoted))
    return list(seen.values())


def title_findings(title: str, actors: Iterable[str], *, is_confirmed: bool) -> list[Finding]:
    """An actor's name in a title needs a confirmed attribution (D1)."""
    if is_confirmed:
        return []
    words = f" {search_key(title)} "
    advice = _(
        "A title names a group only where the attribution is confirmed: write the place and the "
        "act."
    )
    return [
        Finding("actor_in_title", name, advice)
        for name in actors
        if len(search_key(name)) > 2 and f" {search_key(name)} " in words
    ]


def casualty_findings(text: str, harms: Iterable[str]) -> list[Finding]:
    """*Casualties* means killed and wounded together; without both figures it misleads."""
    match = re.search(r"\bcasualt(?:y|ies)\b", text, re.IGNORECASE)
    if match is None or {"killed", "wounded"} <= set(harms):
        return []
    advice = _(
        "“Casualties” means killed and wounded: give both figures, or name the one you have."
    )
    return [Finding("casualties", match[0], advice)]


def _matches(text: str) -> Iterator[tuple[_Rule, re.Match[str]]]:
    for rule in rules():
        excused = [m.span() for m in rule.excused.finditer(text)] if rule.excused else []
        for match in rule.pattern.finditer(text):
            if not any(start <= match.start() < end for start, end in excused):
                yield rule, match


@lru_cache(maxsize=1)
def rules() -> tuple[_Rule, ...]:
    """The lists, read once in a process."""
    book: dict[str, list[dict[str, Any]]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    terms = [
        _Rule(
            row["rule"],
            _any_of([*row["en"], *row["fr"]]),
            _any_of([words for group in row["unless"].values() for words in group])
            if "unless" in row
            else None,
            row["advice"],
        )
        for row in book["terms"]
    ]
    patterns = [
        _Rule(row["rule"], re.compile(row["regex"], re.IGNORECASE), None, row["advice"])
        for row in book["patterns"]
    ]
    return (*terms, *patterns)


def _any_of(terms: list[str]) -> re.Pattern[str]:
    """One expression for all terms, longest first, so that a phrase beats its first word."""
    ordered = sorted(terms, key=len, reverse=True)
    parts = [
        re.escape(term.replace("'", "’")).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
        for term in ordered
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
