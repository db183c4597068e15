"""The sections of the entry page, in the order in which editors know things.

Sources come before parties and figures, because each of those names its source.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Text = str | Promise


@dataclass(frozen=True)
class Section:
    """A part of the page: fields of the head, or the rows of a part, or both.

    `wide` names fields that take a whole line; `more` those behind a fold. `is_folded` sections
    open by themselves where they hold something.
    """

    id: str
    title: Text
    lede: Text = ""
    fields: tuple[str, ...] = ()
    part: str = ""
    row: Text = ""
    add: Text = ""
    more: tuple[str, ...] = ()
    is_folded: bool = False


SECTIONS = (
    Section(
        "what",
        gettext_lazy("What"),
        gettext_lazy(
            "One incident is continuous in time and place. Six towns on one day are six "
            "incidents, tied by an episode."
        ),
        ("title", "type", "summary"),
        more=("outcome", "clarity", "civilian_targeting", "is_suicide", "secondary_types"),
    ),
    Section(
        "when",
        gettext_lazy("When"),
        gettext_lazy("The day of the event in local time; the day of a claim goes with the claim."),
        ("when", "date_start", "date_end"),
        more=("date_text", "time_local", "time_zone"),
    ),
    Section(
        "where",
        gettext_lazy("Where"),
        gettext_lazy("Store what is known; the rules decide how much of it is shown."),
        ("country",),
        part="locations",
        row=gettext_lazy("Place"),
        add=gettext_lazy("Add another place"),
        more=(
            "admin2",
            "radius_km",
            "display_precision",
            "fuzz_reason",
            "coords_approx",
            "description",
        ),
    ),
    Section(
        "sources",
        gettext_lazy("Sources"),
        gettext_lazy(
            "Two independent sources at C3 or better, or one UN or official investigation at B2, "
            "before it can be verified."
        ),
        part="citations",
        row=gettext_lazy("Source"),
        add=gettext_lazy("Add another source"),
        more=("language", "locator", "quote", "note"),
    ),
    Section(
        "who",
        gettext_lazy("Who took part"),
        gettext_lazy(
            "What Vigil holds, and what it rests on. Confirmed: a court, the UN or an independent "
            "investigation, or the group’s own verified claim and one independent source. "
            "Probable: at most this on a government’s word alone. Suspected: an analyst’s or a "
            "newspaper’s inference. Disputed: two parties blame each other."
        ),
        part="parties",
        row=gettext_lazy("Party"),
        add=gettext_lazy("Add another party"),
    ),
    Section(
        "claims",
        gettext_lazy("Claims of responsibility"),
        gettext_lazy("A claim is not a fact: it has its own day, channel and source."),
        part="claims",
        row=gettext_lazy("Claim"),
        add=gettext_lazy("Add a claim"),
        is_folded=True,
    ),
    Section(
        "harm",
        gettext_lazy("Harm"),
        gettext_lazy(
            "One line for each source, harm and population. Empty is unknown; 0 is a zero that a "
            "source reports. Sources that differ each keep their line."
        ),
        part="harm",
        row=gettext_lazy("Figure"),
        add=gettext_lazy("Add another figure"),
        more=("comparator", "scope", "measure", "as_of", "is_self_interested", "note"),
    ),
    Section(
        "hostages",
        gettext_lazy("People taken"),
        gettext_lazy("Counts only, never a name."),
        is_folded=True,
    ),
    Section(
        "ransoms",
        gettext_lazy("Ransom"),
        gettext_lazy(
            "What is said to have been paid for them. Readers see it only when every hostage case "
            "of the incident is closed and “may be published”; until then, not even that it is "
            "kept."
        ),
        part="ransoms",
        row=gettext_lazy("Ransom"),
        add=gettext_lazy("Add a ransom"),
        more=(
            *(
                f"figures-{number}-{name}"
                for number in range(2, 6)
                for name in ("citation", "note", "low", "best", "high")
            ),
            "other_consideration",
            "payer_country",
            "confidence",
            "note",
        ),
        is_folded=True,
    ),
    Section(
        "talks",
        gettext_lazy("Talks about the hostages"),
        gettext_lazy(
            "Who talked with whom, and on what terms. Shown under the same rule as a ransom; never "
            "places, routes or names."
        ),
        part="talks",
        row=gettext_lazy("Talks"),
        add=gettext_lazy("Add talks"),
        more=("note",),
        is_folded=True,
    ),
    Section(
        "how",
        gettext_lazy("Targets, weapons, tactics"),
        fields=("targets", "weapons", "tactics"),
        is_folded=True,
    ),
    Section(
        "campaigns",
        gettext_lazy("Campaign"),
        gettext_lazy("The wave, series or blockade that it belongs to."),
        part="ties",
        row=gettext_lazy("Campaign"),
        add=gettext_lazy("Add a campaign"),
        is_folded=True,
    ),
    Section(
        "links",
        gettext_lazy("Linked incidents and missions"),
        fields=("missions",),
        part="links",
        row=gettext_lazy("Linked incident"),
        add=gettext_lazy("Add a linked incident"),
        is_folded=True,
    ),
    Section(
        "care",
        gettext_lazy("Care and confidence"),
        gettext_lazy("What may be shown, how sure we are, and what the next editor should know."),
        ("sensitivity", "sensitivity_reason", "disclosure", "confidence", "checked", "note"),
        is_folded=True,
    ),
)
