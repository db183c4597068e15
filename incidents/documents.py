"""The shape of the API's answers about incidents, for the OpenAPI document.

`incidents/sql/record_rows.sql` writes the payload; a test compares both.
"""

from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as s

from core.schema import page_of


def text(**more: Any) -> s.Field:
    return s.CharField(allow_blank=True, **more)


def maybe_text() -> s.Field:
    return s.CharField(allow_blank=True, allow_null=True)


def number() -> s.Field:
    return s.IntegerField(allow_null=True)


class HarmedSerializer(s.Serializer[Any]):
    low = number()
    best = number()
    high = number()


class KilledSerializer(HarmedSerializer):
    """`scope` says whether attackers are among them."""

    scope = text()


class TypeOfIncidentSerializer(s.Serializer[Any]):
    code = text()
    group = text()
    label = text()  # type: ignore[assignment]
    label_fr = text()


class DateSerializer(s.Serializer[Any]):
    """First and last day, how surely they are known, and the words of the source."""

    start = s.DateField()
    end = s.DateField()
    precision = text()
    is_multiday = s.BooleanField()
    text = s.CharField(allow_blank=True)


class LocationSerializer(s.Serializer[Any]):
    """What may be shown of the place, no finer than `precision` says."""

    country = text()
    country_name = text()
    country_name_fr = text()
    region = text()
    area = maybe_text()
    area_name = maybe_text()
    name = maybe_text()
    latitude = s.FloatField(allow_null=True)
    longitude = s.FloatField(allow_null=True)
    precision = text()
    radius_km = number()
    is_approximate = s.BooleanField()
    description = maybe_text()


class PartSerializer(s.Serializer[Any]):
    """An actor's part. `actor` is null where a source names a party that is no known actor."""

    actor = maybe_text()
    name = text()
    short_name = maybe_text()
    kind = maybe_text()
    role = text()
    attribution = text()
    claim_status = text()


class ClaimSerializer(s.Serializer[Any]):
    claimant = text()
    name = text()
    claimed_on = s.DateField(allow_null=True)
    precision = text()
    channel = text()
    authenticity = text()
    claimed_killed = number()
    summary = text()
    is_competing = s.BooleanField()


class HarmSerializer(s.Serializer[Any]):
    """People harmed; null is unknown, 0 is none. Attackers are apart from the others."""

    killed = KilledSerializer()
    wounded = HarmedSerializer()
    abducted = HarmedSerializer()
    displaced = HarmedSerializer()
    attackers_killed = HarmedSerializer()


class EstimateSerializer(s.Serializer[Any]):
    """One figure of one source."""

    harm = text()
    population = text()
    scope = text()
    measure = text()
    low = number()
    best = number()
    high = number()
    comparator = text()
    as_reported = s.JSONField(allow_null=True)
    as_of = s.DateField(allow_null=True)
    is_preferred = s.BooleanField()
    is_self_interested = s.BooleanField()
    covers = s.ListField(child=text(), allow_null=True)
    source = text()  # type: ignore[assignment]
    source_title = text()
    publisher = text()
    said_by = text()
    grade = text()
    note = text()


class TollSerializer(s.Serializer[Any]):
    """A toll that covers several incidents; sums count it once."""

    low = number()
    best = number()
    high = number()
    covers = s.ListField(child=text())
    source = text()  # type: ignore[assignment]
    as_of = s.DateField(allow_null=True)
    note = text()


class TieSerializer(s.Serializer[Any]):
    slug = text()
    name = text()
    kind = text()
    reason = text()


class LinkSerializer(s.Serializer[Any]):
    relation = text()
    direction = text()
    id = text()
    slug = text()
    title = text()


class CitedSerializer(s.Serializer[Any]):
    """A cited document with its Admiralty grade; an anonymous source shows its role only."""

    slug = text()
    title = text()
    publisher = text()
    kind = text()
    url = maybe_text()
    published = maybe_text()
    language = text()
    grade = text()
    locator = text()
    said_by = text()
    seen = text()
    note = text()


class ExternalIdSerializer(s.Serializer[Any]):
    scheme = text()
    value = text()


class IncidentSerializer(s.Serializer[Any]):
    """An incident as published; with `fields` only the keys that were asked for."""

    id = text()
    version = s.IntegerField()
    status = text()
    slug = text()
    title = text()
    summary = text()
    dataset = text()
    is_withheld = s.BooleanField()
    first_published_at = s.DateTimeField(allow_null=True)
    revised_at = s.DateTimeField()
    type = TypeOfIncidentSerializer()
    date = DateSerializer()
    location = LocationSerializer()
    attribution = text()
    clarity = text()
    outcome = text()
    is_suicide = s.BooleanField(allow_null=True)
    confidence = text()
    checked = text()
    needs_primary_source = s.BooleanField()
    actors = PartSerializer(many=True)
    claims = ClaimSerializer(many=True)
    harm = HarmSerializer()
    estimates = EstimateSerializer(many=True)
    combined_toll = TollSerializer(allow_null=True)
    targets = s.ListField(child=text())
    weapons = s.ListField(child=text())
    tactics = s.ListField(child=text())
    campaigns = TieSerializer(many=True)
    links = LinkSerializer(many=True)
    bodies = s.ListField(child=text())
    sources = CitedSerializer(many=True)
    external_ids = ExternalIdSerializer(many=True)
    flags = s.ListField(child=text())
    note = text()

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False  # `fields=` leaves some out
        return fields


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
                    "FacetValue", {"value": text(), "incidents": s.IntegerField()}
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
MAP = {(200, "application/geo+json"): GEOJSON}
