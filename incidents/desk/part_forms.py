"""What is said several times of an incident: parties, claims, figures, ties.

Each form is one row of its section. A row in which nothing is written is no row at all.
"""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.choices import Comparator
from incidents.choices import (
    Attribution,
    Authenticity,
    ClaimChannel,
    ClaimStatus,
    Harm,
    LinkRelation,
    Measure,
    Population,
    Role,
    Scope,
    TieReason,
)
from incidents.desk.fields import (
    ChoiceOf,
    CountField,
    DayField,
    PartialDayField,
    PickField,
    Said,
)
from incidents.desk.options import Context
from incidents.drafting import (
    DraftClaim,
    DraftHarm,
    DraftLink,
    DraftParty,
    DraftTie,
)
from incidents.models import Campaign

Row = Any


class PartForm(forms.Form):
    """One row. `told` names the fields of which one must be filled for the row to exist."""

    told: ClassVar[tuple[str, ...]] = ()
    id = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        context: Context,
        sources: list[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.sources = sources
        for field in self.fields.values():
            if isinstance(field, PickField):
                field.context = context
        cites = self.fields.get("citation")
        if isinstance(cites, forms.ChoiceField):
            cites.choices = [("", _("not said")), *sources]

    @property
    def is_told(self) -> bool:
        """Whether somebody wrote something into this row."""
        return any(bool(_text(self[name].value())) for name in self.told)

    def field_of(self, steps: list[str]) -> str:
        """The field that shows what a path within the part says."""
        return steps[0] if steps else ""

    def part(self) -> Row:
        raise NotImplementedError


def _text(value: Any) -> str:
    if isinstance(value, Said):
        return value.choice or (value.value if value.words is None else value.words)
    return str(value or "").strip()


def source_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("According to"),
        required=False,
        help_text=gettext_lazy("One of the sources above."),
        widget=forms.Select(attrs={"data-sources": ""}),
    )


class PartyForm(PartForm):
    told = ("actor", "actor_text", "citation")
    actor = PickField(
        "actor",
        label=gettext_lazy("Actor"),
        help_text=gettext_lazy(
            "Any name or acronym in any language. State forces are actors like others."
        ),
    )
    actor_text = forms.CharField(
        label=gettext_lazy("Or an unnamed party"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "For example “unidentified gunmen”. Never a community or an ethnic group."
        ),
    )
    role = ChoiceOf(Role, label=gettext_lazy("Role"), initial="perpetrator")
    attribution = ChoiceOf(
        Attribution,
        label=gettext_lazy("How surely"),
        initial="unknown",
        help_text=gettext_lazy("By the rule above, never from place or method alone."),
    )
    claim_status = ChoiceOf(
        ClaimStatus, label=gettext_lazy("Did it claim the act?"), initial="unknown"
    )
    citation = source_field()

    def part(self) -> DraftParty:
        values = dict(self.cleaned_data)
        values["role"] = values["role"] or Role.PERPETRATOR
        values["attribution"] = values["attribution"] or Attribution.UNKNOWN
        values["claim_status"] = values["claim_status"] or ClaimStatus.UNKNOWN
        return DraftParty(**values)


class ClaimForm(PartForm):
    told = ("claimant", "claimed_on", "summary", "claimed_killed")
    claimant = PickField("actor", label=gettext_lazy("Who claimed it"))
    claimed_on = PartialDayField(
        quarters=True,
        label=gettext_lazy("Claimed on"),
        help_text=gettext_lazy("The day of the claim, not of the attack: 2025-10-30, or 2025-10"),
    )
    channel = ChoiceOf(ClaimChannel, label=gettext_lazy("Channel"), initial="unknown")
    authenticity = ChoiceOf(
        Authenticity,
        label=gettext_lazy("Is the claim authentic?"),
        initial="unverified",
        help_text=gettext_lazy(
            "Unverified until the group’s known channel or two monitors confirm it."
        ),
    )
    claimed_killed = CountField(
        label=gettext_lazy("Killed, by its own account"),
        help_text=gettext_lazy("Never counted as a toll."),
    )
    summary = forms.CharField(
        label=gettext_lazy("What it says, in your words"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("No text, link, logo or image of the claim; cite a monitor."),
    )
    is_competing = forms.BooleanField(
        label=gettext_lazy("Another group claims it too"), required=False
    )
    citation = source_field()

    def part(self) -> DraftClaim:
        values = dict(self.cleaned_data)
        values["channel"] = values["channel"] or ClaimChannel.UNKNOWN
        values["authenticity"] = values["authenticity"] or Authenticity.UNVERIFIED
        return DraftClaim(**values)


class HarmForm(PartForm):
    told = ("low", "best", "high", "comparator", "citation", "note")
    harm = ChoiceOf(Harm, label=gettext_lazy("Harm"), initial="killed")
    population = ChoiceOf(
        Population,
        label=gettext_lazy("To whom"),
        initial="all",
        help_text=gettext_lazy("Attackers’ deaths are a line of their own."),
    )
    low = CountField(label=gettext_lazy("Low"), help_text=gettext_lazy("At least"))
    best = CountField(label=gettext_lazy("Best"), help_text=gettext_lazy("Most likely"))
    high = CountField(label=gettext_lazy("High"), help_text=gettext_lazy("At most"))
    comparator = ChoiceOf(
        Comparator, blank=gettext_lazy("as given"), label=gettext_lazy("The source’s word")
    )
    citation = source_field()
    scope = ChoiceOf(Scope, label=gettext_lazy("Who is counted"), initial="excl_attackers")
    measure = ChoiceOf(Measure, label=gettext_lazy("What is counted"), initial="count")
    as_of = DayField(
        label=gettext_lazy("As of"), help_text=gettext_lazy("Tolls change: the day of this figure.")
    )
    is_preferred = forms.BooleanField(
        label=gettext_lazy("Show this figure"),
        required=False,
        help_text=gettext_lazy("The most reliable and conservative one; never a mean."),
    )
    is_self_interested = forms.BooleanField(
        label=gettext_lazy("The speaker has a stake in it"),
        required=False,
        help_text=gettext_lazy("An army on enemy losses, a group on its own claim."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note on this figure"), required=False, max_length=400
    )

    def part(self) -> DraftHarm:
        values = dict(self.cleaned_data)
        plain = {"harm": Harm.KILLED, "population": Population.ALL, "scope": Scope.EXCL_ATTACKERS}
        for name, usual in (plain | {"measure": Measure.COUNT}).items():
            values[name] = values[name] or usual
        return DraftHarm(**values)


class TieForm(PartForm):
    told = ("campaign",)
    campaign = forms.ChoiceField(label=gettext_lazy("Campaign, episode or series"), required=False)
    reason = ChoiceOf(TieReason, label=gettext_lazy("Why it belongs there"), initial="analyst")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = Campaign.objects.order_by("name")
        choices = [("", _("choose")), *((row.slug, row.name) for row in rows)]
        self.fields["campaign"].choices = choices  # type: ignore[attr-defined]

    def part(self) -> DraftTie:
        return DraftTie(self.cleaned_data["campaign"], self.cleaned_data["reason"] or "analyst")


class LinkForm(PartForm):
    told = ("target",)
    target = PickField(
        "incident",
        label=gettext_lazy("Another incident"),
        help_text=gettext_lazy("Its id, a word of its title, or its day: 2022-07-21"),
    )
    relation = ChoiceOf(LinkRelation, label=gettext_lazy("How this one relates to it"))

    def part(self) -> DraftLink:
        return DraftLink(self.cleaned_data["target"], self.cleaned_data["relation"])
