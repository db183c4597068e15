"""Tokens: named, expiring, shown once, revocable, and never wider than their person."""

import datetime as dt
import re

import pytest
from django.test import RequestFactory
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import tokens, workflow
from accounts.choices import Role
from accounts.models import ApiToken, AuditEntry, User
from incidents.desk.callers import MayWrite, acting
from tests import make
from tests.desk import signed_in

pytestmark = pytest.mark.django_db


class Door(APIView):
    """A view of the write API, as small as can be."""

    authentication_classes = [tokens.TokenAuthentication]
    permission_classes = [MayWrite]

    def post(self, request):
        return Response({"name": request.user.username, "role": acting(request).role})


def issued(person, role=Role.CONTRIBUTOR, days=30, at=None):
    at = at or timezone.now()
    return tokens.issue(
        person, name="tool", role=role, expires_at=at + dt.timedelta(days=days), by=person, at=at
    )


def knock(text):
    headers = {"Authorization": f"Bearer {text}"} if text is not None else {}
    return Door.as_view()(RequestFactory().post("/", headers=headers))


def test_a_token_acts_as_its_person():
    _token, text = issued(make.ana())

    answer = knock(text)

    assert answer.data == {"name": "ana", "role": "contributor"}
    assert ApiToken.objects.get().last_used_at is not None


def test_the_page_shows_a_new_token_once(client):
    browser = signed_in(client, make.ana())
    form = {"name": "scraper", "role": "contributor", "days": "30"}

    text = re.search(
        r"vgl_\w{10}_[\w-]{43}", browser.post("/desk/me/tokens/", form).content.decode()
    )

    assert knock(text[0]).status_code == 200
    assert text[0] not in browser.get("/desk/me/tokens/").content.decode()
    assert text[0].split("_", 2)[2] not in str(ApiToken.objects.values().get())
    assert text[0].split("_", 2)[2] not in str(AuditEntry.objects.values().get())


def test_a_revoked_token_opens_nothing(client):
    token, text = issued(make.ana())

    signed_in(client, make.ana()).post(f"/desk/me/tokens/{token.key}/revoke/")

    answer = knock(text)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="Vigil"'
    assert AuditEntry.objects.latest("pk").verb == "revoke_token"


def test_an_expired_token_opens_nothing():
    _token, text = issued(make.ana(), days=1, at=timezone.now() - dt.timedelta(days=2))

    assert knock(text).status_code == 401


@pytest.mark.parametrize("text", [None, "", "vgl_", "vgl_x_y", "nonsense", "vgl_é_é", "x" * 5000])
def test_anything_else_opens_nothing(text):
    assert knock(text).status_code == 401


def test_half_a_token_opens_nothing():
    token, text = issued(make.ana())

    assert knock(f"vgl_{token.key}_{'A' * 43}").status_code == 401
    assert knock(text[:-1]).status_code == 401


def test_a_token_of_a_deactivated_person_opens_nothing():
    ada = make.person("ada", Role.ADMINISTRATOR)
    _token, text = issued(make.ana())

    workflow.deactivate(make.ana(), by=ada, at=timezone.now())

    assert knock(text).status_code == 401
    assert ApiToken.objects.get().revoked_by == ada


def test_a_token_reaches_no_further_than_it_was_made_for():
    _token, text = issued(make.rita())

    assert knock(text).data["role"] == "contributor"


def test_a_token_reaches_no_further_than_its_person():
    _token, text = issued(make.rita(), role=Role.REVIEWER)
    assert knock(text).data["role"] == "reviewer"

    User.objects.filter(username="rita").update(role=Role.CONTRIBUTOR)
    assert knock(text).data["role"] == "contributor"
    User.objects.filter(username="rita").update(role=Role.READER)
    assert knock(text).status_code == 403


def test_nobody_makes_a_token_for_more_than_their_role(client):
    form = {"name": "x", "role": "reviewer", "days": "30"}

    answer = signed_in(client, make.ana()).post("/desk/me/tokens/", form)

    assert answer.status_code == 400
    assert not ApiToken.objects.exists()


def test_nobody_revokes_the_token_of_another_here(client):
    token, text = issued(make.ana())

    answer = signed_in(client, make.ed()).post(f"/desk/me/tokens/{token.key}/revoke/")

    assert answer.status_code == 404
    assert knock(text).status_code == 200


def test_an_administrator_revokes_any_token(client):
    token, text = issued(make.ana())
    ada = make.person("ada", Role.ADMINISTRATOR)

    signed_in(client, ada).post(f"/desk/person/ana/tokens/{token.key}/revoke/")

    assert knock(text).status_code == 401


def test_a_token_outlives_a_change_of_the_secret_key(settings):
    _token, text = issued(make.ana())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-sufficient-length-for-anybody-at-all"

    assert knock(text).status_code == 200


def test_whoever_sends_no_token_is_told_how():
    request = Request(RequestFactory().post("/"))

    with pytest.raises(NotAuthenticated, match="Authorization: Bearer"):
        MayWrite().has_permission(request, Door())
    with pytest.raises(AuthenticationFailed, match="Make a new one at the desk"):
        tokens.TokenAuthentication().authenticate(
            Request(RequestFactory().post("/", headers={"Authorization": "Bearer vgl_a_b"}))
        )
