"""The page that sets two to four questions side by side. GET only; it reads the record."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core import intervals, prose
from core.light import is_light
from core.pages import OneDayField, PageQuestion, explains_refusals
from core.parameters import WholeNumberField
from core.questions import Parameter
from incidents.charts import series
from incidents.charts.histogram import PHONE, Histogram, side_by_side
from incidents.compare import comparing
from incidents.compare.form import MONTHS, compare_form
from incidents.explorer.controls import INTERVAL_LABELS
from incidents.models import PublishedIncident
from incidents.rollups import Group, HarmSum, Totals
from incidents.takeaway import kinds

AROUND = ("split", "months")
# Periods of all sides that fit a light page: one takes about 25 bytes on the line.
MOST_LIGHT = 800
MEASURES = {
    "killed": _("Killed"),
    "wounded": _("Wounded"),
    "abducted": _("Abducted"),
    "displaced": _("Displaced"),
    "attackers_killed": _("Attackers killed (counted apart)"),
}


class AroundQuestion(PageQuestion):
    """A day, and how many months before and after it are set side by side."""

    split = Parameter(OneDayField(help_text=_("The day that divides before from after.")))
    months = Parameter(WholeNumberField(least=1, most=120, help_text=_("Months on each side.")))

    def check(self, form: forms.Form, cleaned: dict[str, Any]) -> None:
        if "split" not in self.asked:
            form.add_error("split", gettext("Say which day divides before from after."))


@dataclass(frozen=True)
class Row:
    """One period of the table: its name where all sides share it, and a cell a side."""

    label: str
    cells: list[tuple[str, Group | None]]


@require_safe
@explains_refusals
def compare(request: HttpRequest) -> HttpResponse:
    """Questions side by side: a drawing, its table, its files, and the form that asks anew."""
    asked = request.GET
    if any(name in asked for name in AROUND):
        return redirect(f"{request.path}?{_around(asked)}")
    if not all(any(values) for _name, values in asked.lists()):
        return redirect(f"{request.path}?{_without_blanks(asked)}")
    comparison = comparing.Comparison(asked)
    context: dict[str, Any] = {
        "comparison": comparison,
        "form": compare_form(comparison),
        "months": MONTHS,
    }
    if comparison.refusals:
        context["refusals"] = comparison.refusals
        return render(request, "incidents/compare.html", context, status=400)
    if comparison.is_begun:
        context |= _answer(request, comparison)
    return render(request, "incidents/compare.html", context)


def _around(asked: QueryDict) -> str:
    """The comparison before and after a day, with the other parameters kept."""
    rows = PublishedIncident.objects.none()
    day = {name: str(asked[name]) for name in AROUND if asked.get(name)}
    question = AroundQuestion(day, rows)
    question.demand()
    kept = asked.copy()
    for name, values in asked.lists():
        if name in (*AROUND, *comparing.DATES) or "." in name or not any(values):
            del kept[name]
    kept.update(
        comparing.before_and_after(question.cleaned["split"], question.cleaned.get("months", 12))
    )
    return str(kept.urlencode(safe=",:"))


def _without_blanks(asked: QueryDict) -> str:
    kept = asked.copy()
    for name, values in asked.lists():
        if not any(values):
            del kept[name]
    return str(kept.urlencode(safe=",:"))


def _answer(request: HttpRequest, comparison: comparing.Comparison) -> dict[str, Any]:
    most = MOST_LIGHT if is_light(request) else None
    answer = comparing.answered(comparison, most=most)
    if answer.is_mixed:
        sets = sorted({name for several in answer.datasets for name in several})
        return {"sets": [(name, comparison.as_query(dataset=name)) for name in sets]}
    made = kinds.compared(comparison, answer)
    address = request.build_absolute_uri(made.address)
    return {
        "answer": answer,
        "chart": made,
        "sides": list(
            zip(comparison.sides, answer.series, made.panels, _on_a_phone(answer), strict=True)
        ),
        "rows": _rows(answer),
        "measures": _measures([one.totals for one in answer.series]),
        "address": address,
        "light_note": _light_note(comparison, answer),
        "now_query": comparison.as_query(as_of=None),
    }


def _on_a_phone(answer: comparing.Compared) -> list[Histogram]:
    """The same drawings with letters as large on a phone as the text around them."""
    rows = [series.drawn(one, answer.interval) for one in answer.series]
    return side_by_side(rows, width=PHONE)


def _light_note(comparison: comparing.Comparison, answer: comparing.Compared) -> str:
    """That a light page counts by longer periods than were asked for; else empty."""
    asked = comparison.shared.cleaned.get("interval", answer.interval)
    if asked == answer.interval:
        return ""
    return gettext("Light pages compare by %(longer)s here, not by %(finer)s.") % {
        "longer": INTERVAL_LABELS[answer.interval],
        "finer": INTERVAL_LABELS[asked],
    }


def _measures(totals: list[Totals]) -> list[tuple[str, list[tuple[HarmSum, int]]]]:
    """Deaths, and the other harms that anybody counted on any side."""
    found = []
    for harm, label in MEASURES.items():
        sums = [(getattr(one, harm), one.incidents) for one in totals]
        if harm == "killed" or any(one.high or one.best for one, _incidents in sums):
            found.append((str(label), sums))
    return found


def _rows(answer: comparing.Compared) -> list[Row]:
    """The table beside the drawing: on a shared calendar each row has one name."""
    rows = []
    for place, keys in enumerate(zip(*(one.keys for one in answer.series), strict=True)):
        names = [intervals.label(key, answer.interval) if key else "" for key in keys]
        groups = [one.groups[place] for one in answer.series]
        is_shared = answer.axis == "calendar"
        cells = [("" if is_shared else n, g) for n, g in zip(names, groups, strict=True)]
        rows.append(Row(names[0] if is_shared else prose.count(place + 1), cells))
    return rows
