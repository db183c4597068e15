"""The desk of publishers and of their documents."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.reference.desk import ReferenceDesk
from accounts.reference.forms import NounForm, field_for
from core import prose
from core.desk_fields import PartialDateField, PickField, partial_text
from sources.citing import documents_called
from sources.models import Document, Source


def sources_called(words: str) -> "QuerySet[Source]":
    """Publishers with these words in their name or slug."""
    return Source.objects.filter(Q(name__unaccent__icontains=words) | Q(slug__icontains=words))


def source_field(**more: Any) -> PickField:
    return PickField(
        "source", key="slug", rows=lambda: Source.objects.all(), find=sources_called, **more
    )


def document_field(**more: Any) -> PickField:
    return PickField(
        "document", key="slug", rows=lambda: Document.objects.all(), find=documents_called, **more
    )


class SourceForm(NounForm):
    named_by = ("name",)
    labels = {"country_iso3": _("Country"), "scale": _("Reach")}
    hints = {
        "reliability": _("How reliable the publisher is by default; each document may differ."),
        "scale": _("Such as local, national, regional or international."),
        "country_iso3": _("ISO 3166 code such as MLI, where it belongs to one country."),
    }

    country_iso3 = forms.RegexField(
        r"^[A-Z]{3}$",
        required=False,
        error_messages={"invalid": _("Write three capital letters, such as MLI.")},
    )

    class Meta:
        model = Source
        formfield_callback = field_for
        fields = ["name", "slug", "kind", "reliability", "country_iso3", "scale"]


class DocumentForm(NounForm):
    named_by = ("title",)
    labels = {
        "source": _("Publisher"),
        "author": _("Author"),
        "published_text": _("Date as it is printed"),
        "archive_url": _("Address of an archived copy"),
        "language": _("Language code"),
        "accessed_on": _("Read on"),
        "seen": _("Whether it was read"),
        "protection": _("Protection"),
        "syndicated_from": _("Copy of"),
        "is_manual": _("A codebook or standard of the method"),
    }
    hints = {
        "syndicated_from": _("Copies of one agency story count as one source."),
        "is_manual": _("Public although nothing cites it; other documents wait for a citation."),
        "protection": _("Of an anonymous source readers see nothing but its grade."),
    }

    source = source_field()
    syndicated_from = document_field(required=False)
    published = PartialDateField(required=False, label=_("Published"))

    class Meta:
        model = Document
        formfield_callback = field_for
        fields = [
            "title", "slug", "source", "author", "published", "published_text", "url",
            "archive_url", "language", "accessed_on", "reliability", "seen", "protection",
            "syndicated_from", "is_manual", "note",
        ]  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        row = self.instance
        self.initial["published"] = partial_text(row.published_from, row.published_precision)

    def _post_clean(self) -> None:
        if "published" in self.changed_data and "published" in self.cleaned_data:
            known = self.cleaned_data["published"]
            self.instance.published_from = known.first if known else None
            self.instance.published_to = known.last if known else None
            self.instance.published_precision = known.precision if known else "unknown"
        super()._post_clean()


def _about_source(row: Source) -> str:
    return f"{row.get_kind_display()} · {row.reliability}"


def _about_document(row: Document) -> str:
    when = prose.partial(row.published_from, row.published_precision)
    return f"{row.source} · {when} · {row.reliability}"


SOURCES = ReferenceDesk(
    noun="source",
    path="sources",
    plural=_("Publishers"),
    new=_("New publisher"),
    hint=_("Who says so, and how reliable by default."),
    form=SourceForm,
    find=lambda rows, words: rows.filter(pk__in=sources_called(words)),
    about=_about_source,
    public=lambda row: "",
)
DOCUMENTS = ReferenceDesk(
    noun="document",
    path="documents",
    plural=_("Documents"),
    new=_("New document"),
    hint=_("Articles, reports and data sets that facts are cited from."),
    form=DocumentForm,
    find=lambda rows, words: rows.filter(pk__in=documents_called(words)),
    about=_about_document,
    public=lambda row: reverse("sources:detail", args=[row.slug]),
    order="slug",
    related=("source",),
)
CHOICES = {"source": source_field(), "document": document_field()}
