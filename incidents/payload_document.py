"""The shape of one incident as published, for the OpenAPI document.

`incidents/sql/record_rows.sql` writes the payload; a test compares both.
"""

from typing import Any

from rest_framework import serializers as s

from incidents.document_fields import maybe_text, number, text
from incidents.hostage_document import HostageTalksSerializer, RansomSerializer


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


class HostagesSerializer(s.Serializer[Any]):
    """People taken in the incident and what became of them; open cases are not told."""

    persons = number()
    outcome = text()


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
    """An incident as published; with `fields` only the keys that were asked for.

    `ransoms` and `hostage_talks` are there only where there is something to tell.
    """

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
    hostages = HostagesSerializer(many=True)
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
    ransoms = RansomSerializer(many=True, allow_null=True)
    hostage_talks = HostageTalksSerializer(many=True, allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False  # `fields=` leaves some out
        return fields
