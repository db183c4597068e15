"""Who gets where: every role against every address below /desk/, read from the URL resolver."""

import pytest

from accounts.choices import Role
from tests import make
from tests.accounts.conftest import visitor
from tests.desk import signed_in
from tests.desk.policy import ADDRESSES, LEAST, OPEN, OWN, ROOMS

pytestmark = pytest.mark.django_db

CAST = {
    Role.READER: make.rae,
    Role.CONTRIBUTOR: make.ana,
    Role.EDITOR: make.ed,
    Role.REVIEWER: make.rita,
    Role.ADMINISTRATOR: lambda: make.person("ada", Role.ADMINISTRATOR),
}


GUARDED = [(name, path) for name, path in ADDRESSES if name not in OPEN | OWN]


def least(name):
    return LEAST.get(name) or ROOMS.get(name.partition(":")[0])


def ask(client, path):
    """The answer to whichever method the address takes."""
    answer = client.get(path)
    return client.post(path) if answer.status_code == 405 else answer


def test_every_address_of_the_desk_is_in_the_policy():
    names = {name for name, _path in ADDRESSES}

    assert [name for name in names if name not in OPEN | OWN and least(name) is None] == []
    assert (OPEN | OWN | set(LEAST)) - names == set()
    assert {path for _name, path in ADDRESSES if "<" in path} == set()


@pytest.mark.parametrize(("name", "path"), GUARDED, ids=[name for name, _path in GUARDED])
def test_a_stranger_is_asked_to_sign_in(name, path):
    for method in ("get", "post"):
        answer = getattr(visitor(), method)(path)
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or answer.url.startswith("/desk/sign-in/?next=")


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_as_far_as_the_policy_says(role):
    client = signed_in(visitor(), CAST[role]())
    cells = {}

    for name, path in GUARDED:
        answer = ask(client, path)
        is_refused = answer.status_code == 403
        cells[name] = (is_refused, least(name))
        assert is_refused is not role.includes(least(name)), (name, path, answer.status_code)

    print(f"{len(cells)} cells for {role.label}")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.ADMINISTRATOR])
def test_without_a_second_factor_no_page_opens(role):
    client = visitor()
    client.force_login(CAST[role]())

    for name, path in GUARDED:
        answer = ask(client, path)
        if role.includes(least(name)):
            assert answer.status_code == 302, (name, answer.status_code)
            assert answer.url == "/desk/me/second-factor/"


@pytest.mark.parametrize("role", [Role.READER, Role.CONTRIBUTOR])
def test_readers_and_contributors_need_no_second_factor(role):
    client = visitor()
    client.force_login(CAST[role]())

    assert client.get("/desk/me/").status_code == 200


def test_no_page_of_the_desk_is_stored():
    client = signed_in(visitor(), CAST[Role.ADMINISTRATOR]())

    for path in [*dict(ADDRESSES).values(), "/admin/"]:
        assert client.get(path)["Cache-Control"] == "private, no-store", path


@pytest.mark.parametrize("name", sorted(OWN))
def test_pages_of_an_account_are_for_its_owner(name):
    path = dict(ADDRESSES)[name]

    assert visitor().get(path).url.startswith("/desk/sign-in/")
