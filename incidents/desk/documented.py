"""The write API in the OpenAPI document: bodies, headers and every answer of each operation."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiParameter, extend_schema

from core.problems import CONTENT_TYPE
from core.schema import ProblemSerializer
from incidents.desk.answers import document_shape
from incidents.drafting import shape

View = TypeVar("View", bound=Callable[..., Any])

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True,
    description="The ETag of the document that you read. Without it 428, no longer true 412.",
)  # fmt: skip
KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER,
    description="A word of yours for this request; sent again, it is answered and not repeated.",
)  # fmt: skip
ID = OpenApiParameter("public_id", str, OpenApiParameter.PATH, description="Id of the incident.")
# The stubs know names only; the OpenAPI document wants requirements.
TOKEN: Any = [{"token": []}]
READ = (400, 401, 403, 404, 406)
WRITE = (*READ, 409, 413, 415, 422)
CHANGE = (*WRITE, 412, 428)


def _operation(
    done: int, problems: tuple[int, ...], *parameters: OpenApiParameter, body: Any = None
) -> Callable[[View], View]:
    answers: dict[Any, Any] = {done: document_shape()}
    for status in problems:
        answers[status, CONTENT_TYPE] = ProblemSerializer
    return extend_schema(
        request={"application/json": body} if body else None,
        responses=answers,
        parameters=list(parameters),
        auth=TOKEN,
    )


creating = _operation(201, WRITE, KEY, body=shape.document())
reading = _operation(200, READ, ID)
replacing = _operation(200, CHANGE, ID, IF_MATCH, KEY, body=shape.document())
submitting = _operation(200, CHANGE, ID, IF_MATCH, KEY)
attaching = _operation(201, CHANGE, ID, IF_MATCH, KEY, body=shape.citation())
