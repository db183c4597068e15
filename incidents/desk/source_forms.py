"""Where it happened and who says so: the rows of places and of sources."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.choices import GeoPrecision
from incidents.desk import place_picker
from incidents.desk.fields import ChoiceOf, CountField, DegreesField, PartialDayField, PickField
from incidents.desk.part_forms import PartForm
from incidents.drafting import DraftCitation, DraftDocument, DraftLocation
from sources.choices import Credibility, Reliability


class LocationForm(PartForm):
    told = ("place", "name", "latitude", "longitude", "admin1", "admin2")
    place = PickField(
        "place",
        label=gettext_lazy("Find in the gazetteer"),
        help_text=gettext_lazy("Any spelling. Choosing a place fills in what is known of it."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name to show"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("The local official form. No street, no house, no unit’s position."),
    )
    admin1 = PickField(
        "area",
        label=gettext_lazy("First-level area"),
        help_text=gettext_lazy("Region, state, province."),
    )
    admin2 = PickField(
        "area",
        label=gettext_lazy("Second-level area"),
        help_text=gettext_lazy("Cercle, department, district."),
    )
    latitude = DegreesField(
        90, label=gettext_lazy("Latitude"), help_text=gettext_lazy("Degrees: 12.745")
    )
    longitude = DegreesField(
        180, label=gettext_lazy("Longitude"), help_text=gettext_lazy("Degrees: -8.071")
    )
    precision = ChoiceOf(
        GeoPrecision,
        label=gettext_lazy("How surely the place is known"),
        help_text=gettext_lazy("Exact means the place itself, not the next town."),
    )
    radius_km = CountField(
        label=gettext_lazy("Within how many km"), help_text=gettext_lazy("Empty: by precision.")
    )
    display_precision = ChoiceOf(
        GeoPrecision,
        blank=gettext_lazy("as finely as the rules allow"),
        label=gettext_lazy("How finely it may be shown"),
        help_text=gettext_lazy(
            "Never finer than it is known. Abductions, aid and health care are shown by area."
        ),
    )
    fuzz_reason = forms.CharField(
        label=gettext_lazy("Why it is shown more coarsely"), required=False, max_length=120
    )
    coords_approx = forms.BooleanField(
        label=gettext_lazy("The point is representative, not surveyed"), required=False
    )
    description = forms.CharField(
        label=gettext_lazy("Words for the place"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("For example “on the road between two towns”."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        fills = place_picker.place_fills(cleaned.get("place") or "")
        if "name" in fills and not cleaned.get("name"):
            cleaned["name"] = fills["name"]
        if {"latitude", "longitude"} <= fills.keys() and not (
            cleaned.get("latitude") or cleaned.get("longitude")
        ):
            for name in ("latitude", "longitude"):
                cleaned[name] = self.fields[name].clean(fills[name])
        for name in ("admin1", "admin2"):
            if name in fills and not cleaned.get(name):
                cleaned[name] = fills[name]
        if cleaned.get("place", "").startswith(place_picker.EARLIER):
            cleaned["place"] = ""
        return cleaned

    def part(self) -> DraftLocation:
        values = dict(self.cleaned_data)
        values["precision"] = values["precision"] or GeoPrecision.EXACT
        return DraftLocation(**values)


class CitationForm(PartForm):
    told = (
        "document",
        "url",
        "title",
        "source",
        "original_speaker",
        "quote",
        "locator",
        "archive_url",
    )
    # What describes a document that Vigil does not know yet.
    described = ("url", "source", "title", "published", "language")
    ref = forms.CharField(required=False, widget=forms.HiddenInput)
    document = PickField(
        "document",
        label=gettext_lazy("A document that Vigil knows"),
        help_text=gettext_lazy("Words of its title, its publisher or its address."),
    )
    url = forms.URLField(
        label=gettext_lazy("Or a new one: its address"),
        required=False,
        max_length=600,
        assume_scheme="https",
    )
    source = PickField("publisher", label=gettext_lazy("Publisher"))
    title = forms.CharField(label=gettext_lazy("Headline"), required=False, max_length=400)
    published = PartialDayField(
        label=gettext_lazy("Published"), help_text=gettext_lazy("2022-07-23, or 2022-07")
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[
            ("en", gettext_lazy("English")),
            ("fr", gettext_lazy("French")),
            ("ar", gettext_lazy("Arabic")),
            ("pt", gettext_lazy("Portuguese")),
            ("sw", gettext_lazy("Swahili")),
            ("so", gettext_lazy("Somali")),
            ("ha", gettext_lazy("Hausa")),
        ],
    )
    archive_url = forms.URLField(
        label=gettext_lazy("Archived copy"),
        required=False,
        max_length=600,
        assume_scheme="https",
        help_text=gettext_lazy("Archive at entry: pages vanish."),
    )
    original_speaker = forms.CharField(
        label=gettext_lazy("Who said it"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("The speaker whom the source quotes, by office: “army spokesman”."),
    )
    reliability = ChoiceOf(
        Reliability,
        blank=gettext_lazy("as for the publisher"),
        label=gettext_lazy("Reliability of the source"),
        help_text=gettext_lazy("Of the source in general, whatever it says here."),
    )
    credibility = ChoiceOf(
        Credibility,
        label=gettext_lazy("Credibility of this information"),
        help_text=gettext_lazy(
            "Of what it says here. Copies of one agency story do not confirm each other."
        ),
    )
    locator = forms.CharField(
        label=gettext_lazy("Page or paragraph"), required=False, max_length=120
    )
    quote = forms.CharField(
        label=gettext_lazy("Quotation"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Only where the wording itself matters; never a group’s own text."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note on this source"), required=False, max_length=600
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["credibility"].initial = str(Credibility.UNJUDGED.value)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("document"):
            # The picked document speaks for itself.
            for name in ("url", "title", "source", "published"):
                cleaned[name] = ""
                self.errors.pop(name, None)
        elif any(cleaned.get(name) for name in ("url", "source")) and not cleaned.get("title"):
            self.add_error("title", _("Write the headline, so that readers can find the page."))
        return cleaned

    def part(self) -> DraftCitation:
        values = dict(self.cleaned_data)
        names = ("url", "source", "title", "published", "language")
        described = {name: values.pop(name) for name in names}
        new = DraftDocument(**described) if any(described[n] for n in names[:4]) else None
        values["credibility"] = int(values["credibility"] or Credibility.UNJUDGED)
        return DraftCitation(**values, new_document=new)
