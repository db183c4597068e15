"""Rows that must say who says so: their form adds and removes citations."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.reference.forms import RowForm
from accounts.reference.pictures import Picture
from core.desk_fields import PickField
from sources.choices import Credibility
from sources.models import Citation, Document


def documents_called(words: str) -> "QuerySet[Document]":
    """Documents with these words in title, publisher or slug, the newest first."""
    called = Q(title__unaccent__icontains=words) | Q(slug__icontains=words)
    called |= Q(source__name__unaccent__icontains=words)
    rows = Document.objects.filter(called).select_related("source")
    return rows.order_by("-published_from", "slug")


class CitedForm(RowForm):
    """A row with sources: one can be added with each save, each of the others removed."""

    needs_source = True

    cite = PickField(
        "document",
        key="slug",
        rows=lambda: Document.objects.all(),
        find=documents_called,
        required=False,
        label=gettext_lazy("Add a source"),
    )
    credibility = forms.TypedChoiceField(
        choices=Credibility.choices,
        coerce=int,
        initial=Credibility.PROBABLE,
        label=gettext_lazy("How credible it is there"),
    )
    locator = forms.CharField(
        max_length=120, required=False, label=gettext_lazy("Page or paragraph")
    )
    uncite = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Sources to take away"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        cited = list(self.instance.citations.all()) if self.instance.pk else []
        self.cited: list[Citation] = cited
        if cited:
            choices = [(str(one.pk), _evidence(one)) for one in cited]
            self.fields["uncite"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["uncite"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        left = len(self.cited) - len(cleaned.get("uncite") or ())
        had = bool(self.cited) or not self.instance.pk
        is_named = bool(cleaned.get("cite")) or "cite" in self.errors
        if self.needs_source and had and left <= 0 and not is_named:
            self.add_error("cite", _("Say who says so: name the document that this rests on."))
        return cleaned

    def after_writing(self, *, by: User) -> None:
        super().after_writing(by=by)
        self.instance.citations.filter(pk__in=self.cleaned_data.get("uncite") or ()).delete()
        if document := self.cleaned_data.get("cite"):
            Citation.objects.create(
                document=document,
                target=self.instance,
                locator=self.cleaned_data["locator"],
                reliability=document.reliability,
                credibility=self.cleaned_data["credibility"],
                created_by=by,
            )

    @classmethod
    def picture(cls, row: Any) -> Picture:
        cited = sorted(
            f"{one.document.slug} {one.grade} {one.locator}".strip() for one in row.citations.all()
        )
        return super().picture(row) | {"sources": cited}


def _evidence(citation: Citation) -> str:
    parts = [str(citation.document), citation.grade, citation.locator]
    return " · ".join(filter(None, parts))
