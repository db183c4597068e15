"""OpenAPI from the code itself: parameters from the questions, problems on every operation.

A view says what an action answers in `documents`: a serializer, or `{status: serializer}`.
"""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from core.problems import CONTENT_TYPE
from core.viewsets import PublicViewSet


class RefusalSerializer(serializers.Serializer[Any]):
    """Why one parameter was not accepted."""

    parameter = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457. Some kinds carry more members, such as the tombstone of a withdrawn incident."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    errors = RefusalSerializer(many=True, required=False)  # type: ignore[assignment]


def page_of(name: str, row: Any) -> Any:
    """The shape of a list: count, links and results."""
    return inline_serializer(
        f"{name}Page",
        {
            "count": serializers.IntegerField(),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": row,
        },
    )


class ProblemAutoSchema(AutoSchema):
    """Documents each operation's question as parameters and the problem answers."""

    def get_override_parameters(self) -> list[Any]:
        view = self.view
        if not isinstance(view, PublicViewSet):
            return []
        asked = view.question_class().base_filters
        found = [
            OpenApiParameter(name, p.field.schema, description=str(p.field.help_text))
            for name, p in asked.items()
        ]
        for name, words in view.path_parameters.items():
            if f"{{{name}}}" in self.path:
                found.append(
                    OpenApiParameter(name, str, OpenApiParameter.PATH, description=str(words))
                )
        return found

    def get_response_serializers(self) -> Any:
        view = self.view
        if not isinstance(view, PublicViewSet):
            return super().get_response_serializers()
        document = view.documents.get(view.action or "", OpenApiTypes.OBJECT)
        # A dictionary of statuses, or one shape: a serializer or plain JSON schema.
        is_shape = not isinstance(document, dict) or "type" in document
        answers: dict[Any, Any] = {200: document} if is_shape else dict(document)
        statuses = [400, 406]
        if "{" in self.path:
            statuses.append(404)
        for status in [*statuses, *view.problems.get(view.action or "", ())]:
            answers[(status, CONTENT_TYPE)] = ProblemSerializer
        return answers

    def get_operation_id(self) -> str:
        action = getattr(self.view, "action", None) or "get"
        words = [word for word in self.path.split("/")[3:] if word and "{" not in word]
        return "_".join([*words[:1], action] if words else ["root"])

    def get_tags(self) -> list[str]:
        return [self.path.split("/")[3] or "api"]

    def get_filter_backends(self) -> list[Any]:
        return []

    def _is_list_view(self, serializer: Any = None) -> bool:
        # `documents` give the whole shape of a list already.
        return False
