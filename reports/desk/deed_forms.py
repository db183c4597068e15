"""The verbs of a manuscript that have a page: what each asks, and its consequences in words."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.manuscripts.release_table import BY_VERB
from reports.manuscripts.releasing import LONGEST_COMMENT
from reports.models import Manuscript

Text = str | Promise


class DeedForm(forms.Form):
    """A verb that needs nothing but the manuscript; `edition` is the version that was read."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, manuscript: Manuscript, **more: Any) -> None:
        self.manuscript = manuscript
        super().__init__(*args, **more)
        self.initial.setdefault("edition", manuscript.version)

    def wanted(self) -> dict[str, Any]:
        """The arguments of the verb."""
        return {name: value for name, value in self.cleaned_data.items() if name != "edition"}


class SubmitForm(DeedForm):
    """Asks whether what was taken over was read, where something was."""

    checked = forms.BooleanField(
        help_text=gettext_lazy("Figures may have changed since; sentences must not lag behind."),
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        before = self.manuscript.taken_from
        if before is None:
            del self.fields["checked"]
            return
        self.fields["checked"].label = _(
            "I read every sentence that came from edition %(edition)s against the new figures"
        ) % {"edition": before.edition}


class ReturnForm(DeedForm):
    """What the writers should mend."""

    comment = forms.CharField(
        label=gettext_lazy("What should the writers mend?"),
        help_text=gettext_lazy("They read this beside their text."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_COMMENT,
    )


class ReadForm(DeedForm):
    """A verb that vouches for what was read: it fails where somebody saved since."""

    def wanted(self) -> dict[str, Any]:
        return {"version": self.cleaned_data["edition"]}


class DropForm(DeedForm):
    """Why this edition is given up."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it dropped?"),
        help_text=gettext_lazy("Kept at the desk and in the audit trail."),
        max_length=200,
    )


@dataclass(frozen=True)
class Deed:
    """A verb as a page: its form, its consequences in words, and what is said when it is done."""

    verb: str
    form: type[DeedForm]
    done: Text
    consequences: tuple[Text, ...]
    shows_report: bool = False
    is_grave: bool = False

    @property
    def label(self) -> Text:
        return BY_VERB[self.verb].label


DEEDS = (
    Deed(
        "release",
        ReadForm,
        gettext_lazy("Released: readers, the API and the subscribers have it."),
        (
            gettext_lazy("Everybody reads what is shown below, at once and for ever."),
            gettext_lazy("You vouch for every sentence that analysts wrote; your name stays."),
            gettext_lazy("A published report never changes: a later edition can supersede it."),
        ),
        shows_report=True,
    ),
    Deed(
        "return_to_writer",
        ReturnForm,
        gettext_lazy("Returned to the writers with your comment."),
        (gettext_lazy("It is being written again; the writers find your comment on its page."),),
    ),
    Deed(
        "submit",
        SubmitForm,
        gettext_lazy("Submitted: it waits for a second person now."),
        (
            gettext_lazy("A reviewer who wrote none of it releases it or returns it."),
            gettext_lazy("Nobody changes the text while it waits; it can be taken back."),
        ),
        shows_report=True,
    ),
    Deed(
        "take_back",
        DeedForm,
        gettext_lazy("Taken back: it can be written on."),
        (gettext_lazy("It leaves the reviewers’ list and is being written again."),),
    ),
    Deed(
        "take_over",
        DeedForm,
        gettext_lazy("The text of the edition before is in: read it against the new figures."),
        (
            gettext_lazy("Lead, key takeaways, captions, notes and outlook are copied."),
            gettext_lazy("What this edition has no figure, picture or section for is left out."),
            gettext_lazy("Who wrote them there counts as a writer here too."),
        ),
    ),
    Deed(
        "drop",
        DropForm,
        gettext_lazy("Dropped: another edition can be asked for."),
        (
            gettext_lazy("It is never published. Text and figures stay at the desk."),
            gettext_lazy("This cannot be undone; another edition of the period can be asked for."),
        ),
        is_grave=True,
    ),
)
BY_NAME = {deed.verb: deed for deed in DEEDS}
