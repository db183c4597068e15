"""Two versions of one text side by side, and the one that an analyst makes of them.

Yours, theirs, and the base that you began with. Where the base tells who changed what, that change
is chosen beforehand; nothing is dropped unseen. A key takeaway is known by its judgement.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from incidents.desk.comparison import Difference
from reports.choices import Confidence, Likelihood
from reports.manuscripts import writing
from reports.manuscripts.writing import TEXTS, Written

LONGEST = 100_000  # characters of a version in a hidden field


def packed(written: Written) -> str:
    """A version as one text, for a hidden field."""
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Written:
    """The version again; empty where the text is none. What it says is checked when it is saved."""
    try:
        found = json.loads(text[:LONGEST])
    except ValueError:
        return {}
    return found if isinstance(found, dict) and _is_sound(found) else {}


def differences(
    yours: Written, theirs: Written, base: Written, names: Mapping[str, str]
) -> list[Difference]:
    """Everything that the two versions say differently, in the order of the page."""
    mine, other, before = (flat(version) for version in (yours, theirs, base))
    found = []
    for path in [*mine, *(path for path in other if path not in mine)]:
        if mine.get(path) == other.get(path):
            continue
        untouched = mine.get(path) == before.get(path)
        found.append(
            Difference(
                key=path,
                label=_label(path),
                yours=_shown(mine.get(path), names),
                theirs=_shown(other.get(path), names),
                chosen="theirs" if untouched else "yours",
            )
        )
    return found


def merged(yours: Written, theirs: Written, choices: Mapping[str, str]) -> Written:
    """Both versions with every choice in it; without one, yours stands where it says anything."""
    mine, other = flat(yours), flat(theirs)
    result: Written = {"takeaways": [], "captions": {}, "notes": {}}
    for path in [*mine, *(path for path in other if path not in mine)]:
        wanted = choices.get(path, "yours" if path in mine else "theirs")
        value = (mine if wanted == "yours" else other).get(path)
        if value is None:
            continue
        name, _dot, key = path.partition(".")
        if path.startswith("takeaways:"):
            result["takeaways"].append(value)
        elif key:
            result[name][key] = value
        else:
            result[name] = value
    return result


def flat(written: Written) -> dict[str, Any]:
    """Path -> value: texts, captions and notes by key, key takeaways by their judgement."""
    return dict(_pairs(written))


def _pairs(written: Written) -> Iterator[tuple[str, Any]]:
    for name in TEXTS[:1]:
        if written.get(name):
            yield name, written[name]
    for number, row in enumerate(written.get("takeaways", [])):
        yield f"takeaways:{row.get('judgement') or number}", row
    for name in ("captions", "notes"):
        for key, text in written.get(name, {}).items():
            yield f"{name}.{key}", text
    for name in TEXTS[1:]:
        if written.get(name):
            yield name, written[name]


def _label(path: str) -> str:
    name, _dot, key = path.partition(".")
    label = writing.label_of("takeaways" if path.startswith("takeaways:") else name)
    return f"{label}: {key}" if key and name in ("captions", "notes") else label


def _is_sound(found: Written) -> bool:
    """Whether everything has the kind of value that a form sends; the rules are asked later."""
    rows = found.get("takeaways", [])
    texts = all(isinstance(found.get(name, ""), str) for name in TEXTS)
    keyed = all(_is_plain(found.get(name, {})) for name in ("captions", "notes"))
    return texts and keyed and isinstance(rows, list) and all(map(_is_takeaway, rows))


def _is_plain(row: Any) -> bool:
    return isinstance(row, dict) and all(isinstance(value, str) for value in row.values())


def _is_takeaway(row: Any) -> bool:
    if not isinstance(row, dict):
        return False
    keys = row.get("figures", [])
    others = {name: value for name, value in row.items() if name != "figures"}
    named = isinstance(keys, list) and all(isinstance(key, str) for key in keys)
    return named and _is_plain(others)


def _shown(value: Any, names: Mapping[str, str]) -> str:
    if not isinstance(value, dict):
        return value or ""
    words = dict(Likelihood.choices) | dict(Confidence.choices)
    said = [f"{value.get('judgement', '')}\n{value.get('evidence', '')}".strip()]
    said += [str(words[value[n]]) for n in ("likelihood", "confidence") if value.get(n) in words]
    said += [names.get(key, key) for key in value.get("figures", [])]
    return "\n".join(filter(None, said))
