"""Releases as JSON, with the addresses that list exactly their rows."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.dates import moment_text
from core.schema import page_of
from core.viewsets import ReferenceViewSet
from exchange import releases
from exchange.filters import ReleaseFilter
from exchange.models import Release
from incidents.documents import HarmSumSerializer


class ReleaseSerializer(serializers.ModelSerializer[Release]):
    """A name for the record as it stood at `record_at`. A release never changes."""

    rows = serializers.SerializerMethodField(help_text=gettext_lazy("Lists the released rows."))

    class Meta:
        model = Release
        fields = ["slug", "title", "title_fr", "note", "record_seq", "record_at", "published_at",
                  "incidents", "sha256", "rows"]  # fmt: skip

    def _address(self, release: Release, **more: str) -> str:
        query = urlencode(more | {"as_of": moment_text(release.record_at)}, safe=":")
        path = f"{reverse('api:incident-list')}?{query}"
        address: str = self.context["request"].build_absolute_uri(path)
        return address

    @extend_schema_field(serializers.URLField())
    def get_rows(self, release: Release) -> str:
        return self._address(release)


class ReleasedDatasetSerializer(serializers.Serializer[Any]):
    """One data set of a release. Data sets are never added up: they may tell the same event.

    `withdrawn_for_safety`: how many of `incidents` were emptied since to protect people; `rows`
    lists that many fewer, and `file` no longer has the SHA-256 that it had.
    """

    dataset = serializers.CharField()
    incidents = serializers.IntegerField()
    killed = HarmSumSerializer()
    sha256 = serializers.CharField(help_text=gettext_lazy("Of the content, without random ids."))
    file_sha256 = serializers.CharField(help_text=gettext_lazy("Of the bytes of `file`."))
    rows = serializers.URLField()
    file = serializers.URLField()
    withdrawn_for_safety = serializers.IntegerField()


class ReleaseDetailSerializer(ReleaseSerializer):
    """The release with its data sets, and how to verify that it says what it said."""

    datasets = serializers.SerializerMethodField()
    verify = serializers.SerializerMethodField()

    class Meta(ReleaseSerializer.Meta):
        fields = [*ReleaseSerializer.Meta.fields, "datasets", "verify"]

    @extend_schema_field(ReleasedDatasetSerializer(many=True))
    def get_datasets(self, release: Release) -> Any:
        left = releases.counts(release.record_at)
        parts = [
            part
            | {
                "rows": self._address(release, dataset=part["dataset"]),
                "file": self._address(release, dataset=part["dataset"], format="ndjson"),
                "withdrawn_for_safety": part["incidents"] - left.get(part["dataset"], 0),
            }
            for part in release.datasets
        ]
        return ReleasedDatasetSerializer(parts, many=True).data

    def get_verify(self, release: Release) -> str:
        return _(
            "Download `file` of a data set and compare the SHA-256 of its bytes with "
            "`file_sha256`. They are equal as long as `withdrawn_for_safety` is 0: incidents "
            "withdrawn to protect people are emptied in the past too. Whoever runs Vigil can "
            "compute `sha256` anew: manage.py checksum --release %(slug)s"
        ) % {"slug": release.slug}


class ReleaseViewSet(ReferenceViewSet):
    """Named frozen states of the record, to cite and to compare."""

    questions = {"list": ReleaseFilter}
    list_serializer = ReleaseSerializer
    detail_serializer = ReleaseDetailSerializer
    documents = {
        "list": page_of("Release", ReleaseSerializer(many=True)),
        "retrieve": ReleaseDetailSerializer,
    }
    path_parameters = {"key": gettext_lazy("Slug of the release.")}

    def rows(self) -> "QuerySet[Release]":
        return Release.objects.all()

    def detail_context(self) -> dict[str, Any]:
        return {"request": self.request}
