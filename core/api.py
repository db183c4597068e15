"""Search as JSON."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.finding import SHOWN_OF_ONE, SearchQuestion
from core.parameters import WholeNumberField
from core.questions import Parameter, ParametersRefused, Refusal
from core.search import Found, search
from core.viewsets import FORMAT, PublicViewSet

DEFAULT_LIMIT = 10


class ApiSearchQuestion(SearchQuestion):
    """The same for scripts: words are required, `limit` is of each kind."""

    presentation = ("limit", "format")

    limit = Parameter(
        WholeNumberField(
            least=1, most=SHOWN_OF_ONE, help_text=gettext_lazy("Results of each kind.")
        )
    )
    format = Parameter(FORMAT)


class HitSerializer(serializers.Serializer[Any]):
    """One thing that answers. `score` is 1 for the very name and less for what is only alike.

    `known_as` is the name that answered where it is not `name`; `matches` are the words of the
    answer that were looked for; `snippet` is the text around the first of them.
    """

    kind = serializers.CharField()
    key = serializers.CharField(help_text="Slug, code or id: what the API of its noun takes.")
    name = serializers.CharField()
    known_as = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)
    snippet = serializers.SerializerMethodField()
    matches = serializers.ListField(child=serializers.CharField())
    score = serializers.FloatField(min_value=0, max_value=1)
    url = serializers.CharField(help_text="The page of it.")

    def get_snippet(self, hit: Any) -> str:
        return "".join(text for text, _is_match in hit.snippet)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        row: dict[str, Any] = super().to_representation(instance)
        return row | {"url": self.context["request"].build_absolute_uri(row["url"])}


class KindSerializer(serializers.Serializer[Any]):
    """How many of one kind answer; at least so many where `is_floor`.

    `instead` are the words that were taken for misspelt ones that no incident contains.
    """

    kind = serializers.CharField()
    count = serializers.IntegerField()
    is_floor = serializers.BooleanField()
    instead = serializers.CharField(allow_blank=True)


class SearchSerializer(serializers.Serializer[Any]):
    """Results of all kinds, the surest first, and how many there are of each kind."""

    kinds = KindSerializer(many=True)
    results = HitSerializer(many=True)


class SearchViewSet(PublicViewSet):
    """Everything by name or words: actors, places, bodies, campaigns, incidents, reports."""

    questions = {"list": ApiSearchQuestion}
    documents = {"list": SearchSerializer}

    def list(self, request: Request) -> Response:
        """What answers the words, spelling, accents and script forgiven."""
        asked = self.question.cleaned
        if "q" not in asked:
            raise ParametersRefused([Refusal("q", "", _("Say what is looked for."))])
        found: Sequence[Found] = search(
            self.question.text,
            kinds=self.question.kinds,
            limit=asked.get("limit", DEFAULT_LIMIT),
        )
        hits = sorted((hit for answer in found for hit in answer.hits), key=lambda hit: -hit.score)
        data = {"kinds": found, "results": hits}
        return Response(SearchSerializer(data, context={"request": request}).data)
