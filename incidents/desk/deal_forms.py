"""What was paid for hostages, and talks about them: rows of the entry page beside the hostages."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.choices import Confidence
from incidents.desk.fields import (
    AmountField,
    ChoiceOf,
    CountField,
    PartialDayField,
    PickField,
    TermsOf,
)
from incidents.desk.part_forms import PartForm, source_field
from incidents.drafting import DraftRansom, DraftRansomFigure, DraftTalks
from incidents.drafting.deal_checks import MOST_FIGURES
from incidents.models import Negotiation, NegotiationTerm, RansomPayment
from regions.models import Country

FIGURE = ("citation", "note", "low", "best", "high")
DATES = gettext_lazy("2025-10-30, 2025-10, 2025-Q4 or 2025")


def figure_name(number: int, name: str) -> str:
    """The field of one figure of a row, such as `figures-0-low`."""
    return f"figures-{number}-{name}"


def _figure_fields(number: int) -> dict[str, forms.Field]:
    said = {"number": number + 1}
    note = forms.CharField(label=_("In its words, %(number)s") % said, required=False)
    citation = source_field()
    citation.label = _("Source %(number)s says") % said
    fields = {
        "citation": citation,
        "note": note,
        "low": AmountField(label=_("Low, %(number)s") % said),
        "best": AmountField(label=_("Best, %(number)s") % said),
        "high": AmountField(label=_("High, %(number)s") % said),
    }
    return {figure_name(number, name): field for name, field in fields.items()}


class RansomForm(PartForm):
    """A payment, and up to six sources with what each of them says."""

    told: ClassVar[tuple[str, ...]] = (
        "payer", "payee", "amount_low", "amount_best", "amount_high", "official_comment",
        *(figure_name(number, "citation") for number in range(MOST_FIGURES)),
    )  # fmt: skip
    payer = forms.CharField(
        label=gettext_lazy("Who is said to have paid"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("A state, a body or a firm; never a family or a person by name."),
    )
    payee = PickField("actor", label=gettext_lazy("Who was paid"))
    status = ChoiceOf(
        RansomPayment.Status,
        label=gettext_lazy("Is it established?"),
        initial="reported",
        help_text=gettext_lazy("“Confirmed” only by payer, court or an official inquiry."),
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        required=False,
        max_length=3,
        initial="USD",
        help_text=gettext_lazy("Three letters: USD, EUR, XOF"),
    )
    amount_low = AmountField(label=gettext_lazy("At least"))
    amount_best = AmountField(label=gettext_lazy("Best estimate"))
    amount_high = AmountField(
        label=gettext_lazy("At most"), help_text=gettext_lazy("In whole units: 50000000")
    )
    hostages = CountField(label=gettext_lazy("Paid for how many hostages"))
    also_released = CountField(label=gettext_lazy("Others released as well"))
    paid_on = PartialDayField(quarters=True, label=gettext_lazy("Paid on"), help_text=DATES)
    paid_until = PartialDayField(
        quarters=True,
        label=gettext_lazy("At the latest"),
        help_text=gettext_lazy("Only where it is not the end of the other."),
    )
    official_comment = forms.CharField(
        label=gettext_lazy("Official comment"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Empty: readers see “no official comment recorded”."),
    )
    denied_by = forms.CharField(label=gettext_lazy("Denied by"), required=False, max_length=160)
    other_consideration = forms.CharField(
        label=gettext_lazy("Given besides"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For example prisoners who were freed."),
    )
    payer_country = forms.ChoiceField(label=gettext_lazy("Country of the payer"), required=False)
    confidence = ChoiceOf(Confidence, label=gettext_lazy("Confidence"), initial="medium")
    note = forms.CharField(
        label=gettext_lazy("Note for the desk"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        countries = Country.objects.order_by("name").values_list("iso3", "name")
        choices = [("", _("not said")), *countries]
        self.fields["payer_country"].choices = choices  # type: ignore[attr-defined]
        for number in range(MOST_FIGURES):
            self.fields |= _figure_fields(number)
            cites: Any = self.fields[figure_name(number, "citation")]
            cites.choices = [("", _("nothing more")), *self.sources]

    @property
    def _slots(self) -> list[int]:
        """The numbers of the figures into which something was written."""
        return [
            number
            for number in range(MOST_FIGURES)
            if any(self[figure_name(number, name)].value() not in (None, "") for name in FIGURE)
        ]

    def field_of(self, steps: list[str]) -> str:
        if steps[:1] != ["figures"] or len(steps) < 3:
            return figure_name(0, "citation") if steps[:1] == ["figures"] else steps[0]
        return figure_name([*self._slots, 0][int(steps[1])], steps[2])

    def part(self) -> DraftRansom:
        values = dict(self.cleaned_data)
        slots = {
            number: {name: values.pop(figure_name(number, name)) for name in FIGURE}
            for number in range(MOST_FIGURES)
        }
        values["status"] = values["status"] or RansomPayment.Status.REPORTED
        values["confidence"] = values["confidence"] or Confidence.MEDIUM
        values["currency"] = (values["currency"] or "USD").upper()
        figures = tuple(DraftRansomFigure(**slots[number]) for number in self._slots)
        return DraftRansom(**values, figures=figures)


class TalksForm(PartForm):
    """Talks about the people taken."""

    told: ClassVar[tuple[str, ...]] = ("party", "counterparty", "facilitator", "held_on")
    party = PickField("actor", label=gettext_lazy("With which group"))
    counterparty = forms.CharField(
        label=gettext_lazy("The other side"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("A state, a body or a firm; never a family or a person by name."),
    )
    facilitator = forms.CharField(
        label=gettext_lazy("Facilitated by"), required=False, max_length=200
    )
    status = ChoiceOf(Negotiation.Status, label=gettext_lazy("How they stand"), initial="reported")
    held_on = PartialDayField(quarters=True, label=gettext_lazy("Held on"), help_text=DATES)
    held_until = PartialDayField(quarters=True, label=gettext_lazy("Until"), help_text=DATES)
    terms = TermsOf(NegotiationTerm.Kind, label=gettext_lazy("Terms"))
    citations = forms.MultipleChoiceField(
        label=gettext_lazy("According to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Any of the sources above; save first to see new ones here."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the desk"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["citations"].choices = self.sources  # type: ignore[attr-defined]

    def part(self) -> DraftTalks:
        values = dict(self.cleaned_data)
        values["status"] = values["status"] or Negotiation.Status.REPORTED
        for name in ("terms", "citations"):
            values[name] = tuple(values[name])
        return DraftTalks(**values)
