"""What a device keeps: public pages that were opened, until somebody signs in or out."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
KEPT = """caches.open("vigil-pages-1").then((pages) => pages.keys())
          .then((kept) => kept.map((one) => new URL(one.url).pathname))"""
# The worker keeps a page after it has given it: asked until it has.
UNTIL_KEPT = """async (path) => {
    for (let tries = 0; tries < 200; tries += 1) {
        const pages = await caches.open("vigil-pages-1");
        const kept = (await pages.keys()).map((one) => new URL(one.url).pathname);
        if (kept.includes(path)) return true;
        await new Promise((later) => setTimeout(later, 50));
    }
    return false;
}"""
keeps = pytest.mark.parametrize("rae", [{"service_workers": "allow"}], indirect=True)


def controlled(rae) -> bool:
    return rae.page.evaluate(
        """navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller
           || new Promise((seen) => navigator.serviceWorker.addEventListener(
                "controllerchange", () => seen(navigator.serviceWorker.controller))))
           .then(Boolean)"""
    )


@keeps
def test_a_page_that_was_opened_is_there_without_a_connection(rae):
    rae.open("/methods/")
    assert controlled(rae)
    rae.open("/actors/jnim/")
    heading = rae.heading()
    assert rae.page.evaluate(UNTIL_KEPT, "/actors/jnim/")
    rae.open("/offline/")
    expect(rae.page.locator("kept-pages a").first).to_contain_text("JNIM")

    rae.page.context.set_offline(True)
    rae.open("/actors/jnim/")
    expect(rae.page.locator("[data-offline]")).to_be_visible()
    assert rae.heading() == heading
    assert (
        rae.page.locator(".masthead").evaluate("e => getComputedStyle(e).borderTopWidth") == "5px"
    )

    rae.open("/actors/aqim/")
    assert rae.heading() == "Pages kept on this device"
    expect(rae.page.locator("kept-pages a").first).to_contain_text("JNIM")
    rae.page.get_by_role("button", name="Forget these pages").click()
    expect(rae.page.locator("kept-pages a")).to_have_count(0)
    rae.complaints.clear()  # the browser tells of every address that it could not reach


@keeps
def test_nothing_of_the_desk_is_kept(rae):
    rae.open("/methods/")
    assert controlled(rae)
    rae.open("/desk/sign-in/")
    rae.open("/countries/")

    assert rae.page.evaluate(UNTIL_KEPT, "/countries/")
    kept = rae.page.evaluate(KEPT)
    assert [path for path in kept if path.startswith(("/desk/", "/admin/", "/api/"))] == []


@keeps
def test_what_is_opened_while_signed_in_is_not_kept(rae):
    rae.open("/methods/")
    assert controlled(rae)
    rae.page.context.add_cookies([{"name": "sessionid", "value": "somebody", "url": rae.site}])
    rae.open("/bodies/")
    rae.page.context.clear_cookies()
    rae.open("/countries/")

    assert rae.page.evaluate(UNTIL_KEPT, "/countries/")
    assert "/bodies/" not in rae.page.evaluate(KEPT)


@keeps
def test_signing_out_empties_the_device(rae):
    rae.open("/methods/")
    assert controlled(rae)
    rae.open("/countries/")
    assert rae.page.evaluate(UNTIL_KEPT, "/countries/")

    rae.open("/desk/sign-in/")
    with rae.page.expect_navigation(url="**/desk/sign-out/"):
        rae.page.evaluate(
            """const form = document.createElement("form");
               form.method = "post"; form.action = "/desk/sign-out/";
               document.body.append(form); form.submit();"""
        )
    rae.open("/campaigns/")
    assert rae.page.evaluate(UNTIL_KEPT, "/campaigns/")

    assert "/countries/" not in rae.page.evaluate(KEPT)
    rae.complaints.clear()  # the form had no token, so the server refused it
