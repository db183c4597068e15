"""What analysts write beside what was generated, and its rules.

A plain JSON object, every key optional, empty ones left out:
`lead`; `takeaways`, each `judgement`, `evidence`, `likelihood`, `confidence`, `figures` (keys of
the report's items); `captions` by picture; `notes` by section; `outlook`; `authors`; `reviewers`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.parameters import CONTROL, shown
from core.private_text import private_details
from reports.building import Draft
from reports.choices import Cadence, Confidence, Likelihood

Written = dict[str, Any]
# Longest texts, in characters.
LONGEST = {
    "lead": 1500, "outlook": 2500, "authors": 300, "reviewers": 300, "judgement": 300,
    "evidence": 1500, "captions": 400, "notes": 2000,
}  # fmt: skip
TEXTS = ("lead", "outlook", "authors", "reviewers")
TAKEAWAY = ("judgement", "evidence", "likelihood", "confidence", "figures")
KEYS = ("lead", "takeaways", "captions", "notes", "outlook", "authors", "reviewers")
MOST_TAKEAWAYS = 6
MOST_FIGURES = 3
# What a report needs before it is submitted; a day has less to tell.
LEAST_TAKEAWAYS = {Cadence.DAILY: 1}
FEWEST_TAKEAWAYS = 3

LABELS: dict[str, str | Promise] = {
    "lead": gettext_lazy("Lead"),
    "outlook": gettext_lazy("Outlook, and what would change the assessment"),
    "authors": gettext_lazy("Authors"),
    "reviewers": gettext_lazy("Reviewers"),
    "takeaways": gettext_lazy("Key takeaways"),
    "judgement": gettext_lazy("Judgement"),
    "evidence": gettext_lazy("Evidence"),
    "likelihood": gettext_lazy("Likelihood"),
    "confidence": gettext_lazy("Confidence"),
    "figures": gettext_lazy("Figures that it rests on"),
    "captions": gettext_lazy("Caption"),
    "notes": gettext_lazy("Note"),
}


class WritingRefused(Exception):
    """What was written breaks a rule: path of the value -> what to do about it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(self.problems.values()))


@dataclass(frozen=True)
class Known:
    """What the generated part has: keys of its figures, of its pictures, names of its sections."""

    figures: frozenset[str]
    pictures: frozenset[str]
    sections: frozenset[str]

    @classmethod
    def of(cls, draft: Draft) -> "Known":
        return cls(
            frozenset(item.key for item in draft.items),
            frozenset(draft.pictures),
            frozenset(section["name"] for section in draft.content["sections"]),
        )


def validated(written: Any, known: Known) -> Written:
    """`written` without what is empty. Raises WritingRefused with every problem."""
    problems: dict[str, str] = {}
    if not isinstance(written, dict):
        raise WritingRefused({"": _("Send an object with the keys %s.") % ", ".join(KEYS)})
    _only(written, KEYS, "", problems)
    result: Written = {}
    for name in TEXTS[:1]:
        _take(result, name, _text(written.get(name), name, name, problems))
    _take(result, "takeaways", _takeaways(written.get("takeaways"), known, problems))
    for name, keys in (("captions", known.pictures), ("notes", known.sections)):
        _take(result, name, _by_key(written.get(name), name, keys, problems))
    for name in TEXTS[1:]:
        _take(result, name, _text(written.get(name), name, name, problems))
    if problems:
        raise WritingRefused(problems)
    return result


def lacking(written: Written, cadence: str) -> dict[str, str]:
    """What the text still needs before somebody may release it: path -> what to do."""
    wanted: dict[str, str] = {}
    least = LEAST_TAKEAWAYS.get(Cadence(cadence), FEWEST_TAKEAWAYS)
    takeaways = written.get("takeaways", [])
    if not written.get("lead"):
        wanted["lead"] = _("Write the lead: what this period was, in two or three sentences.")
    if len(takeaways) < least:
        said = ngettext(
            "Write at least %(least)s key takeaway; there are %(number)s.",
            "Write at least %(least)s key takeaways; there are %(number)s.",
            least,
        )
        wanted["takeaways"] = said % {"least": least, "number": len(takeaways)}
    for number, row in enumerate(takeaways):
        for name, remedy in (
            ("judgement", _("Say the judgement in one sentence.")),
            ("evidence", _("Say what it rests on.")),
            ("confidence", _("Say how confident you are.")),
        ):
            if not row.get(name):
                wanted[f"takeaways.{number}.{name}"] = remedy
    if not written.get("authors"):
        wanted["authors"] = _("Say who wrote it: names, or the desk.")
    return wanted


def kept(written: Written, known: Known) -> Written:
    """`written` of another edition, without what this one has no figure, picture or section for."""
    rows = [
        row | {"figures": [key for key in row.get("figures", []) if key in known.figures]}
        for row in written.get("takeaways", [])
    ]
    found = written | {
        "takeaways": rows,
        "captions": {k: v for k, v in written.get("captions", {}).items() if k in known.pictures},
        "notes": {k: v for k, v in written.get("notes", {}).items() if k in known.sections},
    }
    return validated(found, known)


def filled(written: Written) -> Written:
    """Without what is empty, however deep; nothing is checked."""
    found: Written = {
        name: filled(value) if isinstance(value, dict) else value for name, value in written.items()
    }
    rows = [filled(row) for row in found.get("takeaways", [])]
    if "takeaways" in found:
        found["takeaways"] = [row for row in rows if row]
    return {name: value for name, value in found.items() if value}


def texts(written: Written) -> Iterator[tuple[str, str]]:
    """Every text with its path."""
    for name in TEXTS:
        if name in written:
            yield name, written[name]
    for number, row in enumerate(written.get("takeaways", [])):
        for name in ("judgement", "evidence"):
            if name in row:
                yield f"takeaways.{number}.{name}", row[name]
    for name in ("captions", "notes"):
        for key, text in written.get(name, {}).items():
            yield f"{name}.{key}", text


def label_of(path: str) -> str:
    """The words for a path: `takeaways.1.evidence` is "Key takeaway 2: Evidence"."""
    parts = path.split(".")
    if parts[0] == "takeaways" and len(parts) > 1 and parts[1].isdigit():
        label = _("Key takeaway %(number)s") % {"number": int(parts[1]) + 1}
        return f"{label}: {LABELS[parts[2]]}" if len(parts) > 2 else label
    return str(LABELS.get(parts[0], parts[0]))


def _take(result: Written, name: str, value: Any) -> None:
    if value:
        result[name] = value


def _only(
    row: Mapping[str, Any], names: Iterable[str], path: str, problems: dict[str, str]
) -> None:
    for name in row:
        if name not in names:
            problems[f"{path}{name}"] = _("%(value)s is not known: write one of %(names)s.") % {
                "value": shown(str(name)),
                "names": ", ".join(names),
            }


def _text(value: Any, name: str, path: str, problems: dict[str, str]) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        problems[path] = _("Write a text here.")
        return ""
    text = value.replace("\r\n", "\n").strip()
    if CONTROL.search(text):
        problems[path] = _("“%(value)s” holds control characters: type the text again.") % {
            "value": shown(text)
        }
    elif len(text) > LONGEST[name]:
        problems[path] = _(
            "This has %(number)s characters: shorten it to %(most)s, or move a part elsewhere."
        ) % {"number": len(text), "most": LONGEST[name]}
    elif found := private_details(text):
        problems[path] = _(
            "“%(value)s” looks like %(kind)s. Nothing that leads to a person or a precise spot is "
            "published: leave it out, or name the place instead."
        ) % {"value": shown(found[0].found), "kind": found[0].kind}
    return text


def _takeaways(rows: Any, known: Known, problems: dict[str, str]) -> list[Written]:
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        problems["takeaways"] = _("Send a list of objects.")
        return []
    found = []
    for number, row in enumerate(rows):
        made = _takeaway(row, f"takeaways.{number}.", known, problems)
        if made:
            found.append(made)
    if len(found) > MOST_TAKEAWAYS:
        problems["takeaways"] = _(
            "There are %(number)s key takeaways: keep the %(most)s that matter most."
        ) % {"number": len(found), "most": MOST_TAKEAWAYS}
    return found


def _takeaway(row: Mapping[str, Any], path: str, known: Known, problems: dict[str, str]) -> Written:
    _only(row, TAKEAWAY, path, problems)
    made: Written = {}
    for name in ("judgement", "evidence"):
        _take(made, name, _text(row.get(name), name, f"{path}{name}", problems))
    for name, words in (("likelihood", Likelihood.values), ("confidence", Confidence.values)):
        value = row.get(name) or ""
        if value and value not in words:
            problems[f"{path}{name}"] = _("%(value)s is not known: write one of %(names)s.") % {
                "value": shown(str(value)),
                "names": ", ".join(words),
            }
        _take(made, name, value)
    _take(made, "figures", _figures(row.get("figures"), f"{path}figures", known, problems))
    return made


def _figures(keys: Any, path: str, known: Known, problems: dict[str, str]) -> list[str]:
    if keys is None:
        return []
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        problems[path] = _("Send a list of keys of figures.")
        return []
    wanted = list(dict.fromkeys(keys))
    for key in wanted:
        if key not in known.figures:
            problems[path] = _(
                "“%(value)s” is no figure of this report: choose one from the list."
            ) % {"value": shown(key)}
    if len(wanted) > MOST_FIGURES:
        problems[path] = _("%(number)s figures are too many: keep %(most)s.") % {
            "number": len(wanted),
            "most": MOST_FIGURES,
        }
    return wanted


def _by_key(rows: Any, name: str, keys: frozenset[str], problems: dict[str, str]) -> dict[str, str]:
    if rows is None:
        return {}
    if not isinstance(rows, dict):
        problems[name] = _("Send an object: a key and its text.")
        return {}
    found: dict[str, str] = {}
    for key, value in rows.items():
        text = _text(value, name, f"{name}.{key}", problems)
        if text and key not in keys:
            problems[f"{name}.{key}"] = _("This report has no part called %(value)s.") % {
                "value": shown(str(key))
            }
        _take(found, key, text)
    return found
