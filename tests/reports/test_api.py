"""The API's answers about reports are those that the OpenAPI document promises."""

import pytest
import schemathesis.openapi
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.reports.printed import english, reports  # noqa: F401

# ruff: noqa: F811
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def operations(english):
    schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
    schema.app = get_wsgi_application()
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield schema
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("query", [{}, {"format": "json"}, {"format": "gif"}, {"colour": "red"}])
def test_a_report_is_answered_as_documented(operations, english, query):
    operation = operations["/api/v1/reports/{key}/"]["GET"]
    case = operation.Case(path_parameters={"key": english.public_id}, query=query)

    case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})


@pytest.mark.parametrize("query", [{"q": "mali"}, {"cadence": "monthly", "topic": "general"}])
def test_the_list_is_answered_as_documented(operations, english, query):
    case = operations["/api/v1/reports/"]["GET"].Case(query=query)

    answer = case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})
    assert english.public_id in answer.text


def test_the_document_describes_every_form(operations):
    path = operations.raw_schema["paths"]["/api/v1/reports/{key}/"]["get"]
    asked = {parameter["name"]: parameter for parameter in path["parameters"]}

    assert {"json", "html", "pdf", "docx", "csv", "text"} <= set(asked["format"]["schema"]["enum"])
    assert {"200", "302", "304", "400", "404", "406"} <= set(path["responses"])
