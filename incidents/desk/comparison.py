"""Two versions of one incident side by side, and the one that an editor makes of them.

Versions are typed values (`sheet.typed`): yours, theirs, and the base that you began with. Where
the base tells who changed what, that change is chosen beforehand; nothing is dropped unseen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from incidents.desk import pickers
from incidents.desk.fields import PickField
from incidents.desk.head_form import HeadForm
from incidents.desk.hostage_form import HostagesForm
from incidents.desk.options import Context
from incidents.desk.sections import SECTIONS
from incidents.desk.sheet import PARTS
from incidents.desk.typed import count

Values = dict[str, list[str]]

# Fields that mean something only together.
TOGETHER = {"when": ("when", "date_start", "date_end")}
HOSTAGES = "hostages"
UNSAID = ("", "id", "ref")


@dataclass(frozen=True)
class Difference:
    """One thing that two versions say differently; `chosen` is what to begin with."""

    key: str
    label: str
    yours: str
    theirs: str
    chosen: str


def packed(typed: QueryDict) -> str:
    """Values as one text, for a hidden field."""
    return typed.urlencode()


def unpacked(text: str) -> QueryDict:
    return QueryDict(text[:200_000], mutable=True)


def differences(
    yours: QueryDict, theirs: QueryDict, base: QueryDict, person: User
) -> list[Difference]:
    """Everything that the two versions say differently, in the order of the page."""
    form = HeadForm()
    found = []
    for key, names in _groups(form):
        mine, other = _pick(yours, names), _pick(theirs, names)
        if mine == other:
            continue
        chosen = "theirs" if mine == _pick(base, names) and base else "yours"
        label = str(form.fields[key].label)
        found.append(Difference(key, label, _shown(form, mine), _shown(form, other), chosen))
    found += _hostages(yours, theirs, base)
    for section in SECTIONS:
        if section.part:
            found += _rows(section.part, str(section.title), (yours, theirs, base), person)
    return found


def merged(yours: QueryDict, theirs: QueryDict, choices: Mapping[str, str]) -> QueryDict:
    """Their version with every choice of yours in it. Without a choice, yours stands."""
    result = theirs.copy()
    for _key, names in _groups(HeadForm()):
        if choices.get(_key, "yours") == "yours":
            for name in names:
                _set(result, name, yours.getlist(name))
    if choices.get(HOSTAGES, "yours") == "yours":
        for name in HostagesForm.base_fields:
            _set(result, f"hostages-{name}", yours.getlist(f"hostages-{name}"))
    for part in PARTS:
        _write_rows(result, part, list(_kept(part, yours, theirs, choices)))
    return result


def _kept(
    part: str, yours: QueryDict, theirs: QueryDict, choices: Mapping[str, str]
) -> Iterator[Values]:
    mine, other = rows(yours, part), rows(theirs, part)
    for key in [*mine, *(key for key in other if key not in mine)]:
        wanted = choices.get(f"{part}:{key}", "yours" if key in mine else "theirs")
        row = (mine if wanted == "yours" else other).get(key)
        if row is not None:
            yield row


def _groups(form: forms.Form) -> Iterator[tuple[str, tuple[str, ...]]]:
    grouped = {name for names in TOGETHER.values() for name in names}
    for name in form.fields:
        if name in TOGETHER:
            yield name, TOGETHER[name]
        elif name not in grouped:
            yield name, (name,)


def _pick(data: QueryDict, names: tuple[str, ...]) -> Values:
    return {
        name: sorted(v.replace("\r\n", "\n") for v in data.getlist(name) if v) for name in names
    }


def _set(data: QueryDict, name: str, values: list[str]) -> None:
    if values:
        data.setlist(name, values)
    else:
        data.pop(name, None)


def _hostages(yours: QueryDict, theirs: QueryDict, base: QueryDict) -> Iterator[Difference]:
    form = HostagesForm(prefix=HOSTAGES)
    names = tuple(form.add_prefix(name) for name in form.fields)
    mine, other = _pick(yours, names), _pick(theirs, names)
    if mine != other:
        chosen = "theirs" if base and mine == _pick(base, names) else "yours"
        label = _("The people who were taken")
        yield Difference(HOSTAGES, label, _shown(form, mine), _shown(form, other), chosen)


def rows(data: QueryDict, part: str) -> dict[str, Values]:
    """The rows of a part by their id; a row without one goes by what it says."""
    found = {}
    for i in range(count(data, part)):
        start = f"{part}-{i}-"
        row = {key[len(start) :]: data.getlist(key) for key in data if key.startswith(start)}
        row = {name: [v for v in values if v] for name, values in row.items() if any(values)}
        said = {k: v for k, v in row.items() if k not in UNSAID}
        if said:
            key = row.get("id", [""])[0] or "+" + repr(sorted(said.items()))
            found[key] = row
    return found


def _rows(
    part: str, label: str, versions: tuple[QueryDict, QueryDict, QueryDict], person: User
) -> Iterator[Difference]:
    mine, other, before = (rows(version, part) for version in versions)
    new = {_said(row): key for key, row in other.items()}
    form = PARTS[part](context=Context(person), sources=[])
    for key in [*mine, *(key for key in other if key not in mine)]:
        yours, theirs = mine.get(key), other.get(key)
        if yours and theirs and _said(yours) == _said(theirs):
            continue
        if yours and not theirs and key.startswith("+") and _said(yours) in new:
            continue
        untouched = key in before and _said(yours or {}) == _said(before[key])
        removed = key in before and yours is None and _said(theirs or {}) == _said(before[key])
        chosen = "theirs" if untouched or (yours is None and not removed) else "yours"
        words = (_row_shown(form, yours), _row_shown(form, theirs))
        yield Difference(f"{part}:{key}", label, *words, chosen)


def _said(row: Values) -> str:
    return repr(sorted((k, v) for k, v in row.items() if k not in UNSAID))


def _write_rows(data: QueryDict, part: str, kept: list[Values]) -> None:
    for key in [key for key in data if key.startswith(f"{part}-")]:
        del data[key]
    data[f"{part}-count"] = str(len(kept))
    for i, row in enumerate(kept):
        for name, values in row.items():
            data.setlist(f"{part}-{i}-{name}", values)


def _row_shown(form: forms.Form, row: Values | None) -> str:
    return _shown(form, {form.add_prefix(k): v for k, v in row.items()}) if row else ""


def _shown(form: forms.Form, values: Values) -> str:
    """Values in words: each with its label where there are several."""
    said = []
    for name, field in form.fields.items():
        given = values.get(form.add_prefix(name))
        if given and name not in UNSAID:
            said.append((str(field.label), ", ".join(_word(field, value) for value in given)))
    if len(values) == 1 and said:
        return said[0][1]
    return "\n".join(f"{label}: {words}" for label, words in said)


def _word(field: forms.Field, value: str) -> str:
    if isinstance(field, PickField):
        return pickers.label(field.kind, value) or value
    if isinstance(field, forms.BooleanField):
        return _("yes")
    if isinstance(field, forms.ChoiceField):
        flat: dict[str, str] = {}
        for key, label in list(field.choices):  # type: ignore[arg-type]
            pairs = label if isinstance(label, list | tuple) else [(key, label)]
            flat |= {str(k): str(v) for k, v in pairs}
        return flat.get(value, value)
    return value
