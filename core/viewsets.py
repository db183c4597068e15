"""Read-only views of the public API: one question in, one answer out."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db import models
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ViewSet

from core import paging
from core.negotiation import FormatNegotiation
from core.pages import ListQuestion, OnQuestion
from core.parameters import ChoiceField, WholeNumberField
from core.problems import NotFound
from core.questions import NoRows, Parameter, Question

DEFAULT_LIMIT = 50
MAX_LIMIT = 1000


LIMIT = WholeNumberField(least=1, most=MAX_LIMIT, help_text=gettext_lazy("Rows on a page."))
FORMAT = ChoiceField(words=["json"], help_text=gettext_lazy("How the answer is written."))


class NoQuestion(Question):
    """An address that takes no parameters."""

    presentation: tuple[str, ...] = ("format",)
    format = Parameter(FORMAT)

    def start(self) -> Any:
        return NoRows()


class DayQuestion(OnQuestion):
    """The state of the world on a day; today if none is asked about."""

    presentation: tuple[str, ...] = ("format",)
    format = Parameter(FORMAT)

    def start(self) -> Any:
        return NoRows()


class ReferenceQuestion(ListQuestion):
    """A list of reference data, in pages."""

    presentation: tuple[str, ...] = ("limit", "cursor", "format")
    limit = Parameter(LIMIT)
    format = Parameter(FORMAT)

    def start(self) -> Any:
        return NoRows()


class PublicViewSet(ViewSet):
    """GET only, anonymous. `questions` says what each action may be asked; others take nothing."""

    questions: ClassVar[Mapping[str, type[Question]]] = {}
    # What each action answers, for the OpenAPI document (core.schema).
    documents: ClassVar[Mapping[str, Any]] = {}
    # Further problems of an action beside 400, 404 and 406.
    problems: ClassVar[Mapping[str, tuple[int, ...]]] = {}
    # The media type of actions that write a kind of JSON.
    also_writes: ClassVar[Mapping[str, str]] = {}
    path_parameters: ClassVar[Mapping[str, Any]] = {}
    http_method_names = ["get", "head", "options"]
    content_negotiation_class: type[BaseContentNegotiation] = FormatNegotiation

    def question_class(self) -> type[Question]:
        return self.questions.get(self.action or "", NoQuestion)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action in (None, "metadata"):
            return
        self.question: Any = self.question_class()(request.query_params, refuse_blanks=True)
        self.question.demand()

    def link(self, request: Request, **changes: str | None) -> str:
        """This address with some parameters changed; None removes one."""
        kept = dict(self.question.asked) | changes
        query = self.question.as_query(**kept)
        return request.build_absolute_uri(f"{request.path}?{query}" if query else request.path)

    def links(self, request: Request, page: "paging.Page[Any]") -> dict[str, str | None]:
        """`next` and `previous`, or None at the ends."""
        return {
            "next": self.link(request, cursor=page.next) if page.next else None,
            "previous": self.link(request, cursor=page.previous) if page.previous else None,
        }


class ReferenceViewSet(PublicViewSet):
    """A noun of reference data: `list` and `retrieve` by `lookup`."""

    lookup = "slug"
    lookup_url_kwarg = "key"
    list_serializer: type[BaseSerializer[Any]]
    detail_serializer: type[BaseSerializer[Any]]

    def rows(self) -> "models.QuerySet[Any]":
        """Everything public of this noun."""
        raise NotImplementedError

    def detail_rows(self) -> "models.QuerySet[Any]":
        """The same, with what `retrieve` shows besides."""
        return self.rows()

    def detail_context(self) -> dict[str, Any]:
        """What the detail serializer needs to know, such as the day."""
        return {"day": self.question.day} if isinstance(self.question, OnQuestion) else {}

    def one(self, key: str) -> Any:
        """The row at `key`. Raises NotFound naming where the list is."""
        row = self.detail_rows().filter(**{self.lookup: key}).first() if "\0" not in key else None
        if row is None:
            address = self.request.path.split("/")[3]
            raise NotFound(
                _("%(key)s is not known. The list is at %(address)s.")
                % {"key": key[:80], "address": f"/api/v1/{address}/"}
            )
        return row

    def list(self, request: Request) -> HttpResponseBase:
        question = self.question
        rows = question.filter_queryset(self.rows())
        asked = question.cleaned
        page = paging.page(
            rows, question.order, limit=asked.get("limit", DEFAULT_LIMIT),
            cursor=asked.get("cursor"),
        )  # fmt: skip
        results = self.list_serializer(page.rows, many=True, context=self.detail_context()).data
        return Response({"count": rows.count(), **self.links(request, page), "results": results})

    def retrieve(self, request: Request, key: str) -> HttpResponseBase:
        return Response(self.detail_serializer(self.one(key), context=self.detail_context()).data)


def json_list(head: dict[str, Any], name: str, rows: Iterable[str]) -> HttpResponse:
    """`{…head, "name": [rows]}` from rows that are JSON text already."""
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    body = f'{opening}, "{name}": [{",".join(rows)}]}}'
    return HttpResponse(body, content_type="application/json")
