"""Armed groups and forces, and their lineage on a day, as JSON."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from actors.filters import ActorFilter
from actors.lineage import lineage, predecessors
from actors.models import Actor, ActorAlias, ActorDesignation, ActorPresence, ActorRelation
from core.schema import page_of
from core.viewsets import DayQuestion, ReferenceViewSet
from sources.api import CITED, CitationSerializer, ExternalIdentifierSerializer


class AliasSerializer(serializers.ModelSerializer[ActorAlias]):
    """A name; with `country` it means this actor in that country only."""

    country = serializers.CharField(source="context_country.iso3", allow_null=True, default=None)

    class Meta:
        model = ActorAlias
        fields = ["name", "lang", "kind", "country", "starts_on", "ends_on"]


class ActorSerializer(serializers.ModelSerializer[Actor]):
    home_country = serializers.CharField(source="home_country.iso3", allow_null=True, default=None)
    countries: Any = serializers.SlugRelatedField(slug_field="iso3", many=True, read_only=True)
    aliases = AliasSerializer(many=True)

    class Meta:
        model = Actor
        fields = ["slug", "name", "short_name", "kind", "status", "ideology", "founded_on",
                  "founded_precision", "ended_on", "ended_precision", "home_country", "countries",
                  "aliases", "dataset", "confidence"]  # fmt: skip


class RelationSerializer(serializers.ModelSerializer[ActorRelation]):
    """Read as: source TYPE target. Recognition of a pledge (`accepted_on`) is apart from it."""

    source = serializers.CharField(source="source.slug")  # type: ignore[assignment]
    target = serializers.CharField(source="target.slug")
    sources = CitationSerializer(source="citations", many=True)

    class Meta:
        model = ActorRelation
        fields = ["source", "type", "target", "starts_on", "start_precision", "ends_on",
                  "accepted_on", "accepted_precision", "scope", "confidence", "checked", "note",
                  "sources"]  # fmt: skip


class PresenceSerializer(serializers.ModelSerializer[ActorPresence]):
    country = serializers.CharField(source="country.iso3", allow_null=True, default=None)
    area = serializers.CharField(source="area.slug", allow_null=True, default=None)
    sources = CitationSerializer(source="citations", many=True)

    class Meta:
        model = ActorPresence
        fields = ["kind", "country", "area", "starts_on", "ends_on", "as_of", "as_of_precision",
                  "hedge", "confidence", "note", "sources"]  # fmt: skip


class DesignationSerializer(serializers.ModelSerializer[ActorDesignation]):
    """Listed by an authority: designated by X, never an adjective."""

    body = serializers.CharField(source="body.slug", allow_null=True, default=None)

    class Meta:
        model = ActorDesignation
        fields = ["authority", "body", "list_name", "starts_on", "ends_on", "note"]


class ActorDetailSerializer(ActorSerializer):
    relations_out = RelationSerializer(many=True)
    relations_in = RelationSerializer(many=True)
    presences = PresenceSerializer(many=True)
    designations = DesignationSerializer(many=True)
    external_ids = ExternalIdentifierSerializer(many=True)
    sources = CitationSerializer(source="citations", many=True)

    class Meta(ActorSerializer.Meta):
        fields = [*ActorSerializer.Meta.fields, "relations_out", "relations_in", "presences",
                  "designations", "external_ids", "sources"]  # fmt: skip


class NodeSerializer(serializers.Serializer[Any]):
    """An actor of the family; `depth` counts steps back from the actor that was asked about."""

    slug = serializers.CharField()
    name = serializers.CharField()
    depth = serializers.IntegerField()
    is_predecessor = serializers.BooleanField()


class StepSerializer(serializers.Serializer[Any]):
    """From the older to the newer actor. A split is an origin, not a predecessor."""

    older = serializers.CharField(source="older.slug")
    newer = serializers.CharField(source="newer.slug")
    type = serializers.CharField(source="relation.type")
    starts_on = serializers.DateField(source="relation.starts_on", allow_null=True)
    start_precision = serializers.CharField(source="relation.start_precision")
    scope = serializers.CharField(source="relation.scope", allow_blank=True)
    confidence = serializers.CharField(source="relation.confidence")
    is_predecessor = serializers.BooleanField()
    is_partial = serializers.BooleanField()


class ActorViewSet(ReferenceViewSet):
    """Armed groups, militias, state and international forces. Individuals are not recorded."""

    questions = {"list": ActorFilter, "lineage": DayQuestion}
    list_serializer = ActorSerializer
    detail_serializer = ActorDetailSerializer
    documents = {
        "list": page_of("Actor", ActorSerializer(many=True)),
        "retrieve": ActorDetailSerializer,
        "lineage": inline_serializer(
            "Lineage",
            {
                "actor": serializers.CharField(),
                "on": serializers.DateField(allow_null=True),
                "nodes": NodeSerializer(many=True),
                "edges": StepSerializer(many=True),
            },
        ),
    }
    path_parameters = {"key": gettext_lazy("Slug of the actor.")}

    def rows(self) -> "QuerySet[Actor]":
        return (
            Actor.objects.told()
            .select_related("home_country")
            .prefetch_related("countries", "aliases__context_country")
        )

    def detail_rows(self) -> "QuerySet[Actor]":
        relations = [f"{side}__{part}" for side in ("relations_out", "relations_in")
                     for part in ("source", "target", CITED)]  # fmt: skip
        return self.rows().prefetch_related(
            *relations, "presences__country", "presences__area", f"presences__{CITED}",
            "designations__body", "external_ids", CITED,
        )  # fmt: skip

    def lineage(self, request: Request, key: str) -> Response:
        """What the actor came from and what came out of it, as known on a day of world time."""
        actor, day = self.one(key), self.question.cleaned.get("on")
        family = lineage(actor, on=day)
        before = {older.pk for older in predecessors(actor, on=day)}
        nodes = [
            {"slug": node.slug, "name": node.name, "depth": family.depth[node.pk],
             "is_predecessor": node.pk in before}
            for node in family.nodes
        ]  # fmt: skip
        return Response(
            {
                "actor": actor.slug,
                "on": day,
                "nodes": NodeSerializer(nodes, many=True).data,
                "edges": StepSerializer(family.edges, many=True).data,
            }
        )
