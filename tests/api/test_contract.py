"""The OpenAPI document tells the truth: generated calls get only documented answers."""

import re

import pytest
import schemathesis
import schemathesis.openapi
from django.conf import settings
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from exchange import releases
from incidents.exports import CSV_COLUMNS
from incidents.filters import OPTIONAL_KEYS, PAYLOAD_KEYS, IncidentFilter
from incidents.payload_document import IncidentSerializer
from tests import make


def application(environ, start_response):
    """The WSGI application, made once the settings of the tests hold."""
    return get_wsgi_application()(environ, start_response)


DOCUMENT = SchemaGenerator().get_schema(request=None, public=True)
schema = schemathesis.openapi.from_dict(DOCUMENT)
schema.app = application
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def record(db):
    """One of everything; the test's connection stays open through WSGI calls."""
    incident = make.incident(place="Kati", killed_best=4, killed_low=3)
    make.part(incident, "jnim")
    make.estimate(incident, low=3, best=4, high=5)
    make.tie(incident, make.campaign("wave"))
    make.through_the_door(incident)
    make.membership(make.body("ecowas"), "MLI", "1975-05-28")
    make.alias(make.actor("jnim"), "GSIM", "fr")
    releases.freeze("2026-q3", title="Third quarter", by=make.rita(), at=timezone.now())
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@hypothesis_settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_answers_as_documented(case, record):
    # WSGI answers are not unpacked on the way.
    response = case.call(headers={"Accept-Encoding": "identity"})

    case.validate_response(response, checks=CHECKS)


def test_document_is_valid_openapi():
    validate_schema(DOCUMENT)


def test_list_documents_exactly_the_parameters_of_its_filter():
    parameters = DOCUMENT["paths"]["/api/v1/incidents/"]["get"]["parameters"]

    assert {p["name"] for p in parameters} == set(IncidentFilter.base_filters)
    assert all(p["description"] for p in parameters)


def test_documented_incident_has_exactly_the_keys_of_the_payload():
    assert tuple(IncidentSerializer().fields) == (*PAYLOAD_KEYS, *OPTIONAL_KEYS)


@pytest.mark.parametrize(
    ("path", "method"),
    [(path, method) for path, ways in DOCUMENT["paths"].items() for method in ways],
)
def test_every_operation_documents_its_problems(path, method):
    responses = DOCUMENT["paths"][path][method]["responses"]

    for status in ("400", "406", *(("404",) if "{" in path else ())):
        assert "application/problem+json" in responses[status]["content"]


def test_columns_of_the_csv_file_are_documented():
    text = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")
    section = text.split("The columns:")[1].split("##")[0]

    assert re.findall(r"`(\w+)`", section) == list(CSV_COLUMNS)
