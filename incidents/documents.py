"""The shape of the API's answers about incidents, for the OpenAPI document."""

from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as s

from core.schema import page_of
from incidents.document_fields import maybe_text, number, text
from incidents.payload_document import IncidentSerializer


class HarmSumSerializer(s.Serializer[Any]):
    """Deaths summed by the counting rules. `high` is null where some incident has none.

    `is_minimum`: a low stood in for a missing best. `missing`: incidents without any figure.
    """

    low = s.IntegerField()
    best = s.IntegerField()
    high = number()
    is_minimum = s.BooleanField()
    missing = s.IntegerField()


class ChangeSerializer(s.Serializer[Any]):
    """One field, as a path such as `harm.killed.best`, before and after; any JSON type."""

    field = text()
    old = s.JSONField(allow_null=True)
    new = s.JSONField(allow_null=True)


class VersionSerializer(s.Serializer[Any]):
    version = s.IntegerField()
    seq = s.IntegerField()
    status = text()
    valid_from = s.DateTimeField()
    valid_to = s.DateTimeField(allow_null=True)
    notice = text()
    notice_fr = text()
    reason = maybe_text()
    merged_into = maybe_text()
    changes = ChangeSerializer(many=True)


class FeedEntrySerializer(s.Serializer[Any]):
    """A version in the change feed; `incident` of a tombstone keeps id, dates and reason only."""

    seq = s.IntegerField()
    id = text()
    version = s.IntegerField()
    status = text()
    at = s.DateTimeField()
    reason = maybe_text()
    merged_into = maybe_text()
    notice = text()
    notice_fr = text()
    incident = s.JSONField()


class PeriodSerializer(s.Serializer[Any]):
    start = s.DateField()
    incidents = s.IntegerField()
    killed = HarmSumSerializer()


GEOJSON = inline_serializer(
    "FeatureCollection",
    {
        "type": text(),
        "count": s.IntegerField(),
        "features": s.ListField(child=s.DictField()),
    },
)
LIST = {
    (200, "application/json"): page_of("Incident", IncidentSerializer(many=True)),
    (200, "application/geo+json"): GEOJSON,
    (200, "text/csv"): str,
    (200, "application/x-ndjson"): str,
}
DETAIL = {200: IncidentSerializer, 301: None}
VERSIONS = inline_serializer(
    "Versions",
    {"id": text(), "count": s.IntegerField(), "results": VersionSerializer(many=True)},
)
CHANGES = inline_serializer(
    "ChangeFeed",
    {
        "seq": s.IntegerField(),
        "next": s.URLField(allow_null=True),
        "results": FeedEntrySerializer(many=True),
    },
)
FACETS = inline_serializer(
    "Facets",
    {
        "count": s.IntegerField(),
        "facets": s.DictField(
            child=s.ListField(
                child=inline_serializer(
                    "FacetValue",
                    {
                        "value": text(),
                        "incidents": s.IntegerField(),
                        "is_chosen": s.BooleanField(),
                    },
                )
            )
        ),
    },
)
TIMELINE = inline_serializer(
    "Timeline",
    {
        "count": s.IntegerField(),
        "interval": text(),
        "killed": HarmSumSerializer(),
        "rule": text(),
        "results": PeriodSerializer(many=True),
    },
)
MAP = {
    (200, "application/geo+json"): inline_serializer(
        "MapCollection",
        {
            "type": text(),
            "kind": s.ChoiceField(choices=["points", "clusters"]),
            "zoom": s.IntegerField(),
            "count": s.IntegerField(),
            "without_point": s.IntegerField(),
            "gathered": s.ListField(child=text()),
            "features": s.ListField(child=s.DictField()),
        },
    )
}
