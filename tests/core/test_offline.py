"""The parts of a site that stays on the device: worker, manifest, and what must not be kept."""

import pytest
from django.conf import settings

from tests import make

pytestmark = pytest.mark.django_db


def test_the_worker_is_served_at_the_root_and_always_asked_for_anew(client):
    answer = client.get("/service-worker.js")

    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    assert b"vigil-pages-1" in answer.content


def test_the_manifest_speaks_the_readers_language(client):
    english = client.get("/manifest.webmanifest")
    french = client.get("/manifest.webmanifest", headers={"accept-language": "fr"}).json()

    assert english["Content-Type"] == "application/manifest+json"
    assert english.json()["lang"] == "en"
    assert french["lang"] == "fr"
    assert french["name"] != english.json()["name"]


def test_public_pages_may_be_kept_but_not_those_of_somebody_signed_in(client):
    public = client.get("/methods/")
    client.force_login(make.ana())
    signed_in = client.get("/methods/")

    assert "no-store" not in public.get("Cache-Control", "")
    assert "no-store" in signed_in["Cache-Control"]
    assert "private" in signed_in["Cache-Control"]


def test_signing_out_clears_what_the_device_keeps(client):
    client.force_login(make.ana())

    answer = client.post("/desk/sign-out/")

    assert answer.status_code == 302
    assert answer["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client.get("/methods/")


def test_the_worker_never_keeps_what_the_server_says_must_not_be_kept():
    script = (settings.BASE_DIR / "static" / "js" / "service-worker.js").read_text()

    assert "no-store|private" in script
    assert all(word in script for word in ("desk", "admin", "api"))
