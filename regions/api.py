"""Countries, areas, bodies with their members on a day, and missions as JSON."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.schema import page_of
from core.viewsets import DayQuestion, ReferenceViewSet
from regions.choices import MembershipStatus
from regions.filters import AreaFilter, BodyFilter, CountryFilter, MissionFilter
from regions.models import AdminArea, Country, Instrument, Membership, Mission, RegionalBody
from sources.api import CITED, CitationSerializer


class CountrySerializer(serializers.ModelSerializer[Country]):
    region = serializers.CharField(source="au_region", allow_null=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)

    class Meta:
        model = Country
        fields = ["iso3", "iso2", "m49", "gw_number", "name", "name_fr", "aliases", "region",
                  "in_scope", "latitude", "longitude"]  # fmt: skip


class StandingSerializer(serializers.ModelSerializer[Membership]):
    """A country's standing in a body, from its first to its last day."""

    body = serializers.CharField(source="body.slug")
    name = serializers.CharField(source="body.name")

    class Meta:
        model = Membership
        fields = ["body", "name", "status", "starts_on", "start_precision", "ends_on",
                  "exit_announced_on", "exit_effective_on", "is_retroactive", "note"]  # fmt: skip


class CountryDetailSerializer(CountrySerializer):
    memberships = StandingSerializer(many=True)

    class Meta(CountrySerializer.Meta):
        fields = [*CountrySerializer.Meta.fields, "memberships"]


class CountryViewSet(ReferenceViewSet):
    """States; those outside Africa may contribute or advise, nothing more."""

    lookup = "iso3"
    questions = {"list": CountryFilter}
    list_serializer = CountrySerializer
    detail_serializer = CountryDetailSerializer
    documents = {
        "list": page_of("Country", CountrySerializer(many=True)),
        "retrieve": CountryDetailSerializer,
    }
    path_parameters = {"key": gettext_lazy("ISO 3166 code of the country, three letters.")}

    def rows(self) -> "QuerySet[Country]":
        return Country.objects.all()

    def detail_rows(self) -> "QuerySet[Country]":
        return self.rows().prefetch_related("memberships__body")


class AreaSerializer(serializers.ModelSerializer[AdminArea]):
    country = serializers.CharField(source="country.iso3")
    parent = serializers.CharField(  # type: ignore[assignment]
        source="parent.slug", allow_null=True, default=None
    )
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)

    class Meta:
        model = AdminArea
        fields = ["slug", "country", "level", "parent", "name", "aliases", "kind", "is_contested",
                  "starts_on", "ends_on", "pcode", "latitude", "longitude", "note"]  # fmt: skip


class AreaViewSet(ReferenceViewSet):
    """Dated administrative areas and de facto territories, under their state."""

    questions = {"list": AreaFilter}
    list_serializer = AreaSerializer
    detail_serializer = AreaSerializer
    documents = {
        "list": page_of("Area", AreaSerializer(many=True)),
        "retrieve": AreaSerializer,
    }
    path_parameters = {"key": gettext_lazy("Slug of the area.")}

    def rows(self) -> "QuerySet[AdminArea]":
        return AdminArea.objects.select_related("country", "parent")


class BodySerializer(serializers.ModelSerializer[RegionalBody]):
    parent = serializers.CharField(  # type: ignore[assignment]
        source="parent.slug", allow_null=True, default=None
    )
    predecessor = serializers.CharField(source="predecessor.slug", allow_null=True, default=None)

    class Meta:
        model = RegionalBody
        fields = ["slug", "name", "name_fr", "short_name", "short_name_fr", "aliases", "kind",
                  "parent", "predecessor", "established_on", "established_precision",
                  "dissolved_on", "dissolved_precision", "status", "headquarters", "confidence",
                  "note"]  # fmt: skip


class InstrumentSerializer(serializers.ModelSerializer[Instrument]):
    class Meta:
        model = Instrument
        fields = ["slug", "title", "short_name", "kind", "reference", "adopted_on",
                  "adopted_precision", "in_force_on", "ended_on", "status", "url",
                  "note"]  # fmt: skip


class NamedMissionSerializer(serializers.ModelSerializer[Mission]):
    class Meta:
        model = Mission
        fields = ["slug", "name", "short_name", "starts_on", "start_precision", "ends_on",
                  "end_precision"]  # fmt: skip


class BodyDetailSerializer(BodySerializer):
    instruments = InstrumentSerializer(many=True)
    missions = NamedMissionSerializer(many=True)
    organs: Any = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)
    sources = CitationSerializer(source="citations", many=True)

    class Meta(BodySerializer.Meta):
        fields = [*BodySerializer.Meta.fields, "instruments", "missions", "organs", "sources"]


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """A state's standing in the body on the day; a suspended member is still a member."""

    country = serializers.CharField(source="country.iso3")
    name = serializers.CharField(source="country.name")
    name_fr = serializers.CharField(source="country.name_fr")
    sources = CitationSerializer(source="citations", many=True)

    class Meta:
        model = Membership
        fields = ["country", "name", "name_fr", "status", "starts_on", "start_precision",
                  "ends_on", "exit_announced_on", "exit_effective_on", "is_retroactive",
                  "confidence", "note", "sources"]  # fmt: skip


class BodyViewSet(ReferenceViewSet):
    """Regional bodies and their organs."""

    questions = {"list": BodyFilter, "members": DayQuestion}
    list_serializer = BodySerializer
    detail_serializer = BodyDetailSerializer
    documents = {
        "list": page_of("Body", BodySerializer(many=True)),
        "retrieve": BodyDetailSerializer,
        "members": inline_serializer(
            "Members",
            {
                "body": serializers.CharField(),
                "on": serializers.DateField(),
                "count": serializers.IntegerField(),
                "results": MemberSerializer(many=True),
                "others": MemberSerializer(many=True),
            },
        ),
    }
    path_parameters = {"key": gettext_lazy("Slug of the body.")}

    def rows(self) -> "QuerySet[RegionalBody]":
        return RegionalBody.objects.select_related("parent", "predecessor")

    def detail_rows(self) -> "QuerySet[RegionalBody]":
        return self.rows().prefetch_related("instruments", "missions", "organs", CITED)

    def members(self, request: Request, key: str) -> Response:
        """Full members on the day, counted; suspensions, observers and others beside them."""
        body, day = self.one(key), self.question.day
        standing = body.memberships.on(day).select_related("country").prefetch_related(CITED)
        rows = list(standing.order_by("country__iso3", "status"))
        full = [row for row in rows if row.status == MembershipStatus.MEMBER]
        others = [row for row in rows if row.status != MembershipStatus.MEMBER]
        return Response(
            {
                "body": body.slug,
                "on": day,
                "count": len(full),
                "results": MemberSerializer(full, many=True).data,
                "others": MemberSerializer(others, many=True).data,
            }
        )


class MissionSerializer(serializers.ModelSerializer[Mission]):
    body = serializers.CharField(source="mandating_body.slug", allow_null=True, default=None)
    predecessor = serializers.CharField(source="predecessor.slug", allow_null=True, default=None)
    countries: Any = serializers.SlugRelatedField(
        source="area", slug_field="iso3", many=True, read_only=True
    )

    class Meta:
        model = Mission
        fields = ["slug", "name", "short_name", "kind", "body", "predecessor", "countries",
                  "starts_on", "start_precision", "ends_on", "end_precision",
                  "authorised_strength", "confidence", "checked", "note"]  # fmt: skip


class ContributorSerializer(serializers.Serializer[Any]):
    """A state or a force in a mission."""

    country = serializers.CharField(source="country.iso3", allow_null=True, default=None)
    actor = serializers.CharField(source="actor.slug", allow_null=True, default=None)
    role = serializers.CharField()
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    strength = serializers.IntegerField(allow_null=True)
    strength_kind = serializers.CharField(allow_blank=True)
    as_of = serializers.DateField(allow_null=True)
    note = serializers.CharField(allow_blank=True)


class MissionDetailSerializer(MissionSerializer):
    """`counted_contributors` counts the states listed here; `quoted_contributors` is what a source
    says of their number. Both are shown where they differ."""

    successors: Any = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)
    instruments = InstrumentSerializer(many=True)
    contributors = serializers.SerializerMethodField()
    counted_contributors = serializers.SerializerMethodField()
    sources = CitationSerializer(source="citations", many=True)

    class Meta(MissionSerializer.Meta):
        fields = [*MissionSerializer.Meta.fields, "successors", "instruments", "contributors",
                  "counted_contributors", "quoted_contributors", "sources"]  # fmt: skip

    def _parts(self, mission: Mission) -> list[Any]:
        day = self.context.get("on")
        return [
            part
            for part in mission.contributions.all()
            if day is None
            or (
                (part.starts_on is None or part.starts_on <= day)
                and (part.ends_on is None or part.ends_on >= day)
            )
        ]

    @extend_schema_field(ContributorSerializer(many=True))
    def get_contributors(self, mission: Mission) -> Any:
        return ContributorSerializer(self._parts(mission), many=True).data

    def get_counted_contributors(self, mission: Mission) -> int:
        return len({p.country_id for p in self._parts(mission) if p.country_id})


class MissionViewSet(ReferenceViewSet):
    """Peace operations, joint forces, deployments, and forces that are planned only."""

    questions = {"list": MissionFilter, "retrieve": DayQuestion}
    list_serializer = MissionSerializer
    detail_serializer = MissionDetailSerializer
    documents = {
        "list": page_of("Mission", MissionSerializer(many=True)),
        "retrieve": MissionDetailSerializer,
    }
    path_parameters = {"key": gettext_lazy("Slug of the mission.")}

    def rows(self) -> "QuerySet[Mission]":
        return Mission.objects.select_related("mandating_body", "predecessor").prefetch_related(
            "area"
        )

    def detail_rows(self) -> "QuerySet[Mission]":
        return self.rows().prefetch_related(
            "successors", "instruments", "contributions__country", "contributions__actor", CITED
        )

    def detail_context(self) -> dict[str, Any]:
        """Contributors of the whole life of the mission, or of one day."""
        return {"on": self.question.cleaned.get("on")}
