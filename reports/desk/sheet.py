"""The form of what analysts write: flat values as a browser sends them, and back.

`takeaways-count`, `takeaways-0-judgement`, `captions-<picture>`, `notes-<section>`. The rules are
those of `reports.manuscripts.writing`; here their refusals find their fields.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents import language
from incidents.desk.entry_checks import Checks, Warned
from incidents.desk.sheet import Complaint
from reports.choices import Confidence, Likelihood
from reports.desk.figure_names import choice, chosen, figure_names
from reports.manuscripts import writing
from reports.manuscripts.writing import LABELS, MOST_FIGURES, MOST_TAKEAWAYS, TEXTS, Written
from reports.models import Manuscript

HINTS = {
    "lead": gettext_lazy("What this period was, in two or three sentences. Names no victim."),
    "outlook": gettext_lazy("What may come, and which sign would change this assessment."),
    "authors": gettext_lazy("As readers see it: names, or the desk."),
    "reviewers": gettext_lazy("Who read it before release."),
    "judgement": gettext_lazy("One sentence, shown in bold."),
    "evidence": gettext_lazy("What it rests on: figures of this report, sources, what is missing."),
    "likelihood": gettext_lazy("For what may come or cannot be known; not for what happened."),
    "confidence": gettext_lazy("How good the ground is: sources, gaps, assumptions."),
}
ROWS = {"lead": 4, "outlook": 5, "evidence": 4, "judgement": 2, "notes": 4, "captions": 2}


class WritingForm(forms.Form):
    """Every text of the page; which there are depends on the report."""

    def __init__(self, data: QueryDict, *, takeaways: int, written: Mapping[str, Any]) -> None:
        super().__init__(data)
        for name in TEXTS:
            self.fields[name] = _field(name)
        for number in range(takeaways):
            start = f"takeaways-{number}-"
            for name in ("judgement", "evidence"):
                self.fields[start + name] = _field(name)
            self.fields[start + "likelihood"] = _words("likelihood", Likelihood)
            self.fields[start + "confidence"] = _words("confidence", Confidence)
            for place in range(MOST_FIGURES):
                self.fields[f"{start}figure{place}"] = _figure(place)
        for name in ("captions", "notes"):
            for key, label in written[name].items():
                self.fields[f"{name}-{key}"] = _field(name, label)


class Sheet:
    """A manuscript's text as it is typed, with what is wrong with it."""

    def __init__(self, manuscript: Manuscript, data: QueryDict | None = None) -> None:
        self.manuscript = manuscript
        self.data = typed(manuscript.written, self.names) if data is None else data
        parts = {"captions": self.pictures, "notes": self.sections}
        self.form = WritingForm(self.data, takeaways=self.count, written=parts)
        self.complaints: list[Complaint] = []

    @cached_property
    def names(self) -> dict[str, str]:
        """Figures of the report by key."""
        return figure_names(self.manuscript.content, self.manuscript.items)

    @property
    def choices(self) -> list[str]:
        """The figures as they are chosen from the list."""
        return [choice(key, name) for key, name in self.names.items()]

    @property
    def pictures(self) -> dict[str, str]:
        """Titles of the pictures by key."""
        blocks = (block for s in self.manuscript.content["sections"] for block in s["blocks"])
        titles = {b["key"]: b["title"] for b in blocks if b["kind"] == "picture"}
        return {key: titles.get(key, key) for key in self.manuscript.pictures}

    @property
    def sections(self) -> dict[str, str]:
        """Titles of the sections by name."""
        return {s["name"]: s["title"] for s in self.manuscript.content["sections"]}

    @property
    def count(self) -> int:
        """How many key takeaways the page shows."""
        return max(1, count(self.data))

    @property
    def rows(self) -> list[tuple[int, list[forms.BoundField], list[forms.BoundField]]]:
        """Number, fields, figures of each key takeaway."""
        found = []
        for number in range(self.count):
            start = f"takeaways-{number}-"
            fields = [self.form[start + n] for n in writing.TAKEAWAY if n != "figures"]
            figures = [self.form[f"{start}figure{place}"] for place in range(MOST_FIGURES)]
            found.append((number, fields, figures))
        return found

    @property
    def may_add(self) -> bool:
        """Whether one more key takeaway could be kept."""
        return self.count < MOST_TAKEAWAYS

    def fields(self, name: str) -> list[forms.BoundField]:
        """Captions, or notes."""
        return [self.form[key] for key in self.form.fields if key.startswith(f"{name}-")]

    def written(self) -> Written:
        """What is typed, as `manuscripts.writing` reads it; unknown fields are not looked at."""
        found: Written = {name: self.data.get(name, "") for name in TEXTS}
        found["takeaways"] = [self._takeaway(number) for number in range(self.count)]
        for name, keys in (("captions", self.pictures), ("notes", self.sections)):
            found[name] = {key: self.data.get(f"{name}-{key}", "") for key in keys}
        return found

    def complain(self, problems: Mapping[str, str]) -> None:
        """Show each refusal at its field."""
        self.form.is_valid()
        for path, remedy in problems.items():
            name = _control(path)
            if name in self.form.fields:
                self.form.add_error(name, remedy)
            self.complaints.append(_complaint(path, remedy))

    def checks(self) -> Checks:
        """Beside the form: doubtful words, and what is still to do before it is submitted."""
        try:
            text = writing.validated(self.written(), self._known)
        except writing.WritingRefused as refused:
            return Checks(to_do=[_complaint(*pair) for pair in refused.problems.items()])
        found = [
            Warned(f"id_{_control(path)}", writing.label_of(path), finding)
            for path, words in self._on_page(dict(writing.texts(text)))
            for finding in language.findings(words)
        ]
        wanted = writing.lacking(text, self.manuscript.job.schedule.cadence)
        return Checks(words=found, to_do=[_complaint(*pair) for pair in self._on_page(wanted)])

    def _on_page(self, paths: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The same with the numbers of key takeaways as the page has them, empty ones included."""
        rows = enumerate(self.written()["takeaways"])
        filled = [number for number, row in rows if any(row.values())]
        for path, said in paths.items():
            parts = path.split(".")
            if parts[0] == "takeaways" and len(parts) > 1:
                parts[1] = str(filled[int(parts[1])])
            yield ".".join(parts), said

    @property
    def _known(self) -> writing.Known:
        keys = (self.names, self.pictures, self.sections)
        return writing.Known(*(frozenset(group) for group in keys))

    def _takeaway(self, number: int) -> Written:
        start = f"takeaways-{number}-"
        row: Written = {name: self.data.get(start + name, "") for name in writing.TAKEAWAY[:-1]}
        texts = [self.data.get(f"{start}figure{place}", "") for place in range(MOST_FIGURES)]
        row["figures"] = [chosen(text, self.names) for text in texts if text.strip()]
        return row


def count(data: QueryDict) -> int:
    """How many key takeaways were sent; one more than may be kept at most."""
    text = data.get("takeaways-count", "")
    sent = int(text) if re.fullmatch(r"\d{1,3}", text, re.ASCII) else 0
    return min(sent, 2 * MOST_TAKEAWAYS)


def typed(written: Written, names: Mapping[str, str]) -> QueryDict:
    """A text as the values that its fields would have been typed with."""
    data = QueryDict(mutable=True)
    for name in TEXTS:
        data[name] = written.get(name, "")
    rows = written.get("takeaways", [])
    data["takeaways-count"] = str(len(rows))
    for number, row in enumerate(rows):
        start = f"takeaways-{number}-"
        for name in writing.TAKEAWAY[:-1]:
            data[start + name] = row.get(name, "")
        for place, key in enumerate(row.get("figures", [])):
            data[f"{start}figure{place}"] = choice(key, names.get(key, key))
    for name in ("captions", "notes"):
        for key, text in written.get(name, {}).items():
            data[f"{name}-{key}"] = text
    return data


def changed(data: QueryDict, button: str, number: int) -> QueryDict:
    """The same values after a button: one key takeaway more, one less, or one moved up."""
    order = list(range(max(1, count(data))))
    if button == "add":
        order.append(len(order))
    elif button == "remove" and number in order:
        order.remove(number)
    elif button == "up" and 0 < number < len(order):
        order[number - 1], order[number] = number, number - 1
    form = re.compile(r"takeaways-(\d+)-(.+)")
    result = QueryDict(mutable=True)
    for key, values in data.lists():
        match = form.fullmatch(key)
        if match is None:
            result.setlist(key, values)
        elif int(match[1]) in order:
            result.setlist(f"takeaways-{order.index(int(match[1]))}-{match[2]}", values)
    result["takeaways-count"] = str(len(order))
    return result


def _control(path: str) -> str:
    """The field of a path: `takeaways.0.figures` is `takeaways-0-figure0`."""
    if path.endswith(".figures"):
        return path.replace(".", "-").removesuffix("s") + "0"
    if path.startswith(("captions.", "notes.")):
        return path.replace(".", "-", 1)
    return path.replace(".", "-")


def _complaint(path: str, remedy: str) -> Complaint:
    target = "part-takeaways" if path == "takeaways" else f"id_{_control(path)}"
    return Complaint(target, writing.label_of(path) if path else "", remedy)


def _field(name: str, label: str = "") -> forms.CharField:
    widget: forms.Widget = forms.TextInput()
    if name in ROWS:
        widget = forms.Textarea(attrs={"rows": ROWS[name]})
    return forms.CharField(
        label=label or str(LABELS[name]),
        help_text=HINTS.get(name, ""),
        widget=widget,
        required=False,
    )


def _words(name: str, words: type[Likelihood] | type[Confidence]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=str(LABELS[name]),
        help_text=HINTS[name],
        choices=[("", "—"), *words.choices],
        required=False,
    )


def _figure(place: int) -> forms.CharField:
    widget = forms.TextInput(attrs={"list": "figures", "autocomplete": "off"})
    label = _("Figure %(number)s") % {"number": place + 1}
    hint = "" if place else _("Type a word of it, and choose from the list.")
    return forms.CharField(label=label, help_text=hint, widget=widget, required=False)
