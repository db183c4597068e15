"""Administrators change roles and scopes, end sessions, close accounts; never their own."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import workflow
from accounts.choices import Role
from accounts.models import AuditEntry, User
from accounts.permissions import may_edit, scope
from tests import make
from tests.accounts.conftest import sign_in, visitor, with_password
from tests.desk import signed_in

pytestmark = pytest.mark.django_db


def last():
    return AuditEntry.objects.latest("pk")


def test_a_role_and_a_scope_are_given_and_audited_from_to(client, ada):
    make.ana()
    make.country("MLI")

    signed_in(client, ada).post("/desk/person/ana/role/", {"role": "editor", "countries": ["MLI"]})

    ana = User.objects.get(username="ana")
    assert (ana.role, ana.countries) == ("editor", ["MLI"])
    assert (last().by, last().verb) == ("ada", "change_role")
    assert last().detail == {
        "changed": {
            "role": {"from": "contributor", "to": "editor"},
            "countries": {"from": [], "to": ["MLI"]},
        }
    }


def test_an_unknown_country_or_role_is_refused_by_name(client, ada):
    make.ana()

    answer = signed_in(client, ada).post(
        "/desk/person/ana/role/", {"role": "king", "countries": ["ATL"]}
    )

    assert answer.status_code == 400
    assert "king is not one of the available choices" in answer.content.decode()
    assert "ATL is not one of the available choices" in answer.content.decode()
    assert User.objects.get(username="ana").role == "contributor"


def test_django_admin_comes_and_goes_with_the_role(ada):
    rita = workflow.change_role(make.rita(), Role.ADMINISTRATOR, by=ada, at=timezone.now())
    assert (rita.is_staff, rita.is_superuser) == (True, True)

    rita = workflow.change_role(rita, Role.REVIEWER, by=ada, at=timezone.now())

    assert (rita.is_staff, rita.is_superuser) == (False, False)


def test_deactivating_ends_sessions_and_tokens_at_once(client, ada):
    with_password(make.ana())
    browser = visitor()
    sign_in(browser, "ana")
    assert browser.get("/desk/me/").status_code == 200

    signed_in(client, ada).post("/desk/person/ana/act/", {"verb": "deactivate"})

    assert browser.get("/desk/me/").status_code == 302
    assert (last().verb, last().detail["sessions"]) == ("deactivate", 1)
    signed_in(client, ada).post("/desk/person/ana/act/", {"verb": "reactivate"})
    assert sign_in(browser, "ana").status_code == 302


def test_an_administrator_ends_the_sessions_of_somebody(client, ada):
    with_password(make.ana())
    browser = visitor()
    sign_in(browser, "ana")

    page = signed_in(client, ada).post(
        "/desk/person/ana/act/", {"verb": "end_sessions"}, follow=True
    )

    assert "1 session was ended." in page.content.decode()
    assert browser.get("/desk/me/").status_code == 302


def test_lost_second_factors_are_removed(client, ada):
    Authenticator.objects.create(user=make.ed(), type="totp", data={"secret": "x"})

    signed_in(client, ada).post("/desk/person/ed/act/", {"verb": "reset_factors"})

    assert not Authenticator.objects.exists()
    assert last().verb == "reset_factors"


@pytest.mark.parametrize("verb", ["deactivate", "reset_factors"])
def test_nobody_changes_their_own_account(client, ada, verb):
    page = signed_in(client, ada).post("/desk/person/ada/act/", {"verb": verb}, follow=True)

    assert "ask another administrator" in page.content.decode()
    assert User.objects.get(username="ada").is_active


def test_an_administrator_does_not_lower_themselves(client, ada):
    signed_in(client, ada).post("/desk/person/ada/role/", {"role": "reader"})

    assert User.objects.get(username="ada").role == "administrator"


def test_an_unknown_verb_is_refused(client, ada):
    make.ana()

    assert signed_in(client, ada).post("/desk/person/ana/act/", {"verb": "x"}).status_code == 400


def test_the_verbs_refuse_whoever_is_no_administrator():
    with pytest.raises(workflow.PeopleRefused, match="no administrator"):
        workflow.deactivate(make.ana(), by=make.rita(), at=timezone.now())


def test_the_list_of_people_asks_no_more_for_more_people(client, ada, django_assert_num_queries):
    make.country("MLI")
    browser = signed_in(client, ada)

    with CaptureQueriesContext(connection) as few:
        browser.get("/desk/people/")
    for n in range(20):
        make.person(f"editor{n}", Role.EDITOR, countries=["MLI"])

    with django_assert_num_queries(len(few)):
        assert "Mali" in browser.get("/desk/people/").content.decode()


def test_a_scope_limits_editing_to_its_countries():
    ed = make.person("ed", Role.EDITOR, countries=["MLI"])

    assert may_edit(ed, "MLI")
    assert may_edit(ed, make.country("MLI"))
    assert may_edit(ed, None)
    assert not may_edit(ed, make.country("NER"))
    assert scope(ed) == ["MLI"]


def test_without_a_scope_everything_may_be_edited():
    assert may_edit(make.ed(), "NER")
    assert scope(make.ed()) is None
