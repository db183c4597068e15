"""Django's admin: for administrators only; records, audit and reports can only be read."""

import pytest
from django.contrib import admin
from django.urls import reverse

from core.administration import ReadOnlyAdmin
from tests import make
from tests.desk import signed_in

pytestmark = pytest.mark.django_db

READ_ONLY = {
    "accounts.auditentry", "incidents.publishedincident", "incidents.incident",
    "incidents.harmestimate", "incidents.hostagecase", "incidents.ransompayment",
    "reports.manuscript", "reports.report", "reports.reportitem", "reports.reportjob",
    "sources.citation",
}  # fmt: skip
APPS = ("accounts", "sources", "regions", "actors", "incidents", "reports")
OURS = [model for model in admin.site._registry if model._meta.app_label in APPS]


@pytest.fixture
def administrator(client, django_user_model):
    person = django_user_model.objects.create_superuser("ada", role="administrator")
    return signed_in(client, person)


def pages(model):
    names = ["changelist"] if is_read_only(model) else ["changelist", "add"]
    return [reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{n}") for n in names]


def is_read_only(model):
    return isinstance(admin.site._registry[model], ReadOnlyAdmin)


def test_records_audit_and_reports_are_read_only():
    assert {m._meta.label_lower for m in OURS if is_read_only(m)} >= READ_ONLY


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label_lower)
def test_every_list_opens_and_can_be_searched(administrator, model):
    listing, *others = pages(model)

    assert admin.site._registry[model].search_fields
    assert administrator.get(listing, {"q": "1"}).status_code == 200
    for page in others:
        assert administrator.get(page).status_code == 200


@pytest.mark.parametrize("path", ["add/", "1/delete/", "1/change/"])
def test_a_published_version_cannot_be_changed_here(administrator, path):
    make.published()

    answer = administrator.post(f"/admin/incidents/publishedincident/{path}", {"title": "x"})

    assert answer.status_code == 403


@pytest.mark.parametrize("who", [make.rae, make.ana, make.ed, make.rita])
def test_nobody_else_comes_in(client, who):
    client.force_login(who())

    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/incidents/incident/").status_code == 302


def test_a_new_row_names_the_administrator_who_added_it(administrator):
    administrator.post(
        "/admin/sources/source/add/",
        {"slug": "daily", "name": "The Daily", "kind": "news", "reliability": "B"},
    )

    from sources.models import Source

    assert Source.objects.get(slug="daily").created_by.username == "ada"


def test_the_slug_of_an_actor_cannot_be_changed(administrator):
    actor = make.actor("jnim")

    page = administrator.get(f"/admin/actors/actor/{actor.pk}/change/").content.decode()

    assert 'name="slug"' not in page
