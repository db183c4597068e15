"""Ada the administrator comes by invitation, protects her account, and lets others in."""

import pytest
from django.utils import timezone

from accounts import workflow
from accounts.choices import Role
from tests.accounts.conftest import PASSWORD, code
from tests.journeys.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def links(seeded, django_db_blocker):
    """Invitations that are stored before the tests begin, as the console makes them."""
    with django_db_blocker.unblock():
        yield [
            workflow.invite(
                f"ada{n}@example.org", Role.ADMINISTRATOR,
                by=workflow.console(), at=timezone.now(),
            )[1]
            for n in range(4)
        ]  # fmt: skip


def come_in(rae, secret, name):
    """Accept the invitation, sign in, set up an app; returns the app's secret."""
    page = rae.page
    rae.open(f"/desk/invitation/{secret}/")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.get_by_label("User name or e-mail address").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert rae.heading() == "A second factor is needed"
    page.get_by_role("button", name="Set up an app").click()
    app = rae.text(".desk-secret")
    page.get_by_label("Authenticator code").fill(code(app))
    page.get_by_role("button", name="Confirm the code").click()
    assert rae.heading() == "Recovery codes"
    return app


@pytest.mark.parametrize(("rae", "n"), [(WIDE, 0), (PHONE, 1)], indirect=["rae"], ids=["w", "p"])
def test_ada_comes_by_invitation_and_invites_ed(rae, links, n):
    come_in(rae, links[n], f"ada{n}")
    assert rae.barriers() == []

    rae.open("/desk/people/invite/")
    rae.page.get_by_label("E-mail address").fill(f"ed{n}@example.org")
    rae.page.get_by_label("Role").select_option("editor")
    rae.page.get_by_label("Mali", exact=True).check()
    rae.page.get_by_role("button", name="Invite").click()

    assert "/desk/invitation/" in rae.text(".desk-secret")
    assert rae.barriers() == []
    rae.open("/desk/people/")
    assert f"ed{n}@example.org" in rae.text()
    rae.shoot(f"people-{n}")


@pytest.mark.parametrize("rae", [{"java_script_enabled": False}], indirect=True)
def test_all_but_keys_works_without_javascript(rae, links):
    come_in(rae, links[2], "ada2")

    rae.open("/desk/me/tokens/")
    rae.page.get_by_label("What is it for?").fill("script")
    rae.page.get_by_role("button", name="Make the token").click()

    assert rae.text(".desk-secret").startswith("vgl_")
    rae.open("/desk/me/factors/webauthn/add/")
    assert "need JavaScript" in rae.text()


def test_a_passkey_signs_ada_in_by_itself(rae, links):
    # Keys belong to a name, not to a number.
    rae.site = rae.site.replace("127.0.0.1", "localhost")
    come_in(rae, links[3], "ada3")
    keys = rae.page.context.new_cdp_session(rae.page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    rae.open("/desk/me/factors/webauthn/add/")
    rae.page.get_by_label("Sign in with this key alone").check()
    rae.page.get_by_role("button", name="Add the key").click()
    rae.page.wait_for_url("**/desk/me/factors/")
    rae.open("/desk/sign-out/")
    rae.page.locator("main").get_by_role("button", name="Sign out").click()
    rae.page.get_by_role("button", name="Sign in with a passkey").click()
    rae.page.wait_for_url(lambda url: "sign-in" not in url)
    rae.open("/desk/people/")

    assert rae.heading() == "People"
    rae.strangers[:] = [url for url in rae.strangers if not url.startswith(rae.site)]
