"""Publishers as JSON, and the citations that other nouns show."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from core.schema import page_of
from core.viewsets import ReferenceViewSet
from sources.choices import Protection
from sources.filters import SourceFilter
from sources.models import Citation, Document, ExternalIdentifier, Source

# What `CitationSerializer` reads, for `prefetch_related`.
CITED = "citations__document__source"


class CitedDocumentSerializer(serializers.ModelSerializer[Document]):
    """A document; of a protected one only its language and whether it was read."""

    publisher = serializers.CharField(source="source.name")

    class Meta:
        model = Document
        fields = ["slug", "title", "publisher", "url", "language", "published_from",
                  "published_to", "published_precision", "seen"]  # fmt: skip

    def to_representation(self, instance: Document) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        if instance.protection != Protection.PUBLIC:
            shown |= {"title": "", "publisher": "", "url": None}
        return shown


class CitationSerializer(serializers.ModelSerializer[Citation]):
    """A document cited for one fact, graded by the Admiralty code."""

    document = CitedDocumentSerializer()
    grade = serializers.CharField()

    class Meta:
        model = Citation
        fields = ["grade", "locator", "original_speaker", "note", "document"]


class ExternalIdentifierSerializer(serializers.ModelSerializer[ExternalIdentifier]):
    class Meta:
        model = ExternalIdentifier
        fields = ["scheme", "value", "starts_on", "ends_on"]


class SourceSerializer(serializers.ModelSerializer[Source]):
    class Meta:
        model = Source
        fields = ["slug", "name", "kind", "country_iso3", "scale", "reliability"]


class SourceViewSet(ReferenceViewSet):
    """Publishers: who says so, and how reliable they are by default."""

    questions = {"list": SourceFilter}
    list_serializer = SourceSerializer
    detail_serializer = SourceSerializer
    documents = {
        "list": page_of("Source", SourceSerializer(many=True)),
        "retrieve": SourceSerializer,
    }
    path_parameters = {"key": gettext_lazy("Slug of the publisher.")}

    def rows(self) -> "QuerySet[Source]":
        return Source.objects.told()
