"""Django's admin is for administrators, and what they change there is in the audit too."""

import pytest
from django.contrib import admin

from accounts.models import AuditEntry
from accounts.reference.administration import AuditedAdmin
from core.administration import ReadOnlyAdmin
from sources.models import Source
from tests import make
from tests.desk import signed_in

pytestmark = pytest.mark.django_db
ROOMS = ("sources", "regions", "actors", "incidents", "reports")
DAILY = {"slug": "daily", "name": "The Daily", "kind": "news", "reliability": "B"}


@pytest.fixture
def ada(client):
    """Ada the administrator."""
    return signed_in(client, make.person("ada", "administrator", is_staff=True, is_superuser=True))


def changed():
    return AuditEntry.objects.latest("pk").detail["changed"]


def test_every_reference_row_is_audited_or_can_only_be_read():
    kinds = {m: type(a) for m, a in admin.site._registry.items() if m._meta.app_label in ROOMS}

    loose = [m for m, kind in kinds.items() if not issubclass(kind, AuditedAdmin | ReadOnlyAdmin)]
    assert loose == []


@pytest.mark.parametrize("who", [make.rae, make.ana, make.ed, make.rita])
def test_nobody_but_administrators_comes_in_with_or_without_a_second_factor(client, who):
    person = signed_in(client, who())

    assert person.get("/admin/sources/source/").status_code == 302
    assert person.post("/admin/sources/source/add/", DAILY).status_code == 302
    assert not Source.objects.exists()


def test_what_an_administrator_adds_and_changes_is_told_with_its_values(ada):
    ada.post("/admin/sources/source/add/", DAILY)
    source = Source.objects.get()
    ada.post(f"/admin/sources/source/{source.pk}/change/", DAILY | {"reliability": "D"})

    entry = AuditEntry.objects.latest("pk")
    assert (entry.by, entry.verb, entry.noun, entry.object_id) == ("ada", "edit", "source", "daily")
    assert changed() == {"reliability": {"from": "B", "to": "D"}}


def test_what_an_administrator_removes_is_told_with_what_it_held(ada):
    source = Source.objects.create(**DAILY)
    ada.post(f"/admin/sources/source/{source.pk}/delete/", {"post": "yes"})

    assert not Source.objects.exists()
    assert changed()["name"] == {"from": "The Daily", "to": None}


def test_rows_below_are_told_too(ada):
    alias = make.alias(make.actor("jnim"), "GSIM", "fr")
    path = f"/admin/actors/actor/{alias.actor_id}/change/"
    form = {
        "name": "JNIM", "short_name": "JNIM", "kind": "armed_group", "status": "unknown",
        "founded_precision": "unknown", "ended_precision": "unknown", "confidence": "medium",
        "dataset": "vigil", "aliases-TOTAL_FORMS": "1", "aliases-INITIAL_FORMS": "1",
        "aliases-0-id": alias.pk, "aliases-0-actor": alias.actor_id, "aliases-0-name": "G.S.I.M.",
        "aliases-0-lang": "fr", "aliases-0-kind": "variant",
    }  # fmt: skip

    answer = ada.post(path, form)

    assert answer.status_code == 302
    assert changed() == {f"actoralias/{alias.pk}/name": {"from": "GSIM", "to": "G.S.I.M."}}
