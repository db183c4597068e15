"""The archive, the report as a page, and the addresses of its files."""

import hashlib
import re

import pytest
from django.template import Context, Template
from django.utils import timezone

from incidents import workflow as desk
from incidents.models import Incident
from tests import make
from tests.reports.conftest import built, planned
from tests.reports.printed import document, english, french, reports, with_words  # noqa: F401

# ruff: noqa: F811


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def listed(client, query=""):
    """Ids of the reports of a page of the archive."""
    return re.findall(r'href="/reports/(\w{10})/"', page(client, f"/reports/{query}"))


def test_the_archive_lists_reports_and_narrows_them(client, english, french):
    both = {english.public_id, french.public_id}

    assert set(listed(client)) == both
    assert listed(client, "?language=en&country=MLI") == [english.public_id]
    assert listed(client, "?period=2022-06") == []
    assert set(listed(client, "?cadence=monthly&topic=general&period=2022-07")) == both
    assert listed(client, "?cadence=weekly") == listed(client, "?topic=kidnapping") == []


@pytest.mark.parametrize("words", ["mali", "july MALI", "situation malí"])
def test_the_archive_is_searched_by_title_and_place(client, english, words):
    assert english.public_id in listed(client, f"?q={words}")
    assert listed(client, f"?q={words} kenya") == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("colour=red", "There is no such parameter"),
        ("country=XXX", "not known"),
        ("period=July", "write 2022-07-21"),
        ("language=de", "Choose from: en, fr"),
        ("cadence=hourly", "Choose from: daily"),
        ("topic=weather", "Choose from: general"),
        ("region=atlantis", "Choose from: northern"),
        ("area=atlantis", "not known"),
        ("cursor=nonsense", "not a cursor"),
    ],
)
def test_the_archive_refuses_what_it_does_not_understand(client, db, query, words):
    text = page(client, f"/reports/?{query}", status=400)

    assert words in text
    assert query.split("=")[0] in text


def test_the_archive_has_pages(client, english, french, monkeypatch):
    monkeypatch.setattr("reports.views.PAGE", 1)

    first = page(client, "/reports/")
    following = re.search(r'rel="next"\s+href="([^"]+)"', first)[1].replace("&amp;", "&")

    assert {*listed(client), *listed(client, following)} == {english.public_id, french.public_id}
    assert len(listed(client)) == 1


def test_the_page_shows_the_figures_and_leads_to_their_rows(client, english):
    text = page(client, f"/reports/{english.public_id}/")

    assert "Mali: situation report, July 2022" in text
    assert "six</a> incidents expected" in text
    assert english.checksum in text
    links = re.findall(r'href="(/incidents/\?[^"]+)"', text)
    assert len(links) > 15
    rows = page(client, links[0].replace("&amp;", "&"))
    assert "Kati" in rows


def test_every_address_within_the_site_exists(client, english):
    text = page(client, f"/reports/{english.public_id}/")

    anchors = set(re.findall(r'href="#([^"]+)"', text))
    assert anchors <= {*re.findall(r'id="([^"]+)"', text)}
    files = set(re.findall(r'(?:href|src)="(/reports/[^"]+)"', text))
    assert len(files) > 15
    # Their writers are slow, and have tests of their own.
    files -= {path for path in files if path.endswith((".pdf", ".docx", ".png"))}
    others = sorted(set(re.findall(r'href="(/(?:incidents|campaigns|bodies)/[^"]*)"', text)))
    assert len(others) > 20
    for path in [*files, *others[:: len(others) // 10]]:
        assert client.get(path.replace("&amp;", "&")).status_code == 200, path


def test_no_id_stands_twice_on_the_page(client, english):
    ids = re.findall(r'\sid="([^"]+)"', page(client, f"/reports/{english.public_id}/"))

    assert len(ids) == len(set(ids))


def test_the_json_is_the_bytes_of_the_checksum(client, english):
    path = f"/reports/{english.public_id}.json"
    response = client.get(path)

    assert hashlib.sha256(response.content).hexdigest() == english.checksum
    again = client.get(path, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert not again.content


@pytest.mark.parametrize("ending", ["pdf", "docx", "zip", "txt"])
def test_a_file_that_is_kept_is_not_sent_again(client, english, ending):
    path = f"/reports/{english.public_id}.{ending}"
    response = client.get(path)

    assert response.status_code == 200
    assert response["Content-Language"] == "en"
    assert f'2022-07-1.{ending}"' in response["Content-Disposition"]
    assert client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("path", "known"),
    [
        (".gif", "pdf, docx, json, zip, txt"),
        ("/tables/nothing.csv", "totals"),
        ("/pictures/nothing.svg", "trend"),
        ("/pictures/trend.gif", "svg, png"),
    ],
)
def test_a_part_that_is_not_there_names_those_that_are(client, english, path, known):
    assert known in page(client, f"/reports/{english.public_id}{path}", status=404)


def test_an_unknown_report_is_not_found(client, db):
    for path in ("0000000000/", "0000000000.json", "0000000000.pdf", "0000000000/tables/a.csv"):
        assert client.get(f"/reports/{path}").status_code == 404


def test_a_lower_case_id_leads_to_the_report(client, english):
    small = english.public_id.lower()

    assert client.get(f"/reports/{small}/", follow=True).status_code == 200
    assert client.get(f"/reports/{small}.json").status_code == 200


def test_editions_point_to_one_another_and_old_figures_say_that_they_were_revised(client, english):
    kati = Incident.objects.get(title="Attack at Kati")
    before = page(client, f"/reports/{english.public_id}/")
    desk.correct(kati, by=make.rita(), at=timezone.now(), notice="New source.")
    second = built(planned(again=True))

    old = page(client, f"/reports/{english.public_id}/")
    new = page(client, f"/reports/{second.public_id}/")

    assert "later edition" not in before
    assert "revised since" not in before
    assert "later edition" in old
    assert f"/reports/{second.public_id}/" in old
    assert "revised since: 1 incident" in old
    assert "New source." in old
    assert "later edition" not in new
    assert f"/reports/{english.public_id}/" in new
    assert "revised since" not in new
    assert (
        "Supersedes: edition 1" in client.get(f"/reports/{second.public_id}.txt").content.decode()
    )


def test_a_french_report_stays_french_on_an_english_page(client, french):
    text = page(client, f"/reports/{french.public_id}/")

    assert '<html lang="en"' in text
    assert '<article lang="fr"' in text
    assert "Chiffres clés" in text


def test_what_analysts_wrote_is_escaped_and_marked(english):
    template = Template('{% include "reports/_article.html" %}')
    text = template.render(Context({"document": with_words(english)}))
    plain = template.render(Context({"document": document(english)}))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" not in text
    assert "likely (55–80%)" in text
    assert text.count("Written by analysts") == 5
    assert "Written by analysts" not in plain


def test_a_light_page_says_what_the_drawings_show(client, english):
    path = f"/reports/{english.public_id}/"
    light = client.get(path, headers={"Save-Data": "on"}).content.decode()

    assert "<img" in page(client, path)
    assert "<img" not in light
    for block in document(english).blocks:
        assert block["kind"] != "picture" or f"<p>{block['alt']}</p>" in light


def test_pages_write_nothing(client, english):
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(f"/reports/{english.public_id}/").status_code == 405
        assert getattr(client, method)(f"/reports/{english.public_id}.pdf").status_code == 405


def test_the_panel_shows_the_newest_reports_of_a_place(english):
    template = Template("{% load reports %}{% latest_reports country=iso3 %}")

    assert english.public_id in template.render(Context({"iso3": "MLI"}))
    assert "No situation report" in template.render(Context({"iso3": "KEN"}))


@pytest.mark.parametrize(
    ("asked", "ending"),
    [("pdf", "pdf"), ("docx", "docx"), ("csv", "zip"), ("text", "txt")],
)
def test_the_api_says_where_the_other_forms_are(client, english, asked, ending):
    answer = client.get(f"/api/v1/reports/{english.public_id}/?format={asked}")

    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/reports/{english.public_id}.{ending}",
    )


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        ("application/pdf", ".pdf"),
        ("text/csv", ".zip"),
        ("text/plain", ".txt"),
        ("text/html,*/*;q=0.1", "/"),
    ],
)
def test_accept_asks_the_api_for_a_form(client, english, accept, place):
    path = f"/api/v1/reports/{english.public_id}/"
    answer = client.get(path, headers={"Accept": accept})

    assert answer["Location"] == f"/reports/{english.public_id}{place}"
    assert client.get(path, headers={"Accept": "*/*"})["Content-Type"] == "application/json"
    assert client.get(path, headers={"Accept": "image/gif"}).status_code == 406


def test_the_api_refuses_an_unknown_form_as_a_problem(client, english):
    path = f"/api/v1/reports/{english.public_id}/"
    for headers in ({}, {"Accept": "application/pdf"}):
        answer = client.get(f"{path}?format=gif", headers=headers)
        assert answer.status_code == 400
        assert answer["Content-Type"].startswith("application/problem+json")
        assert "pdf" in answer.json()["errors"][0]["detail"]


def test_the_api_names_every_form_and_table_and_is_not_sent_twice(client, english):
    path = f"/api/v1/reports/{english.public_id}/"
    answer = client.get(path)
    forms = answer.json()["forms"]

    assert answer.json()["superseded_by"] is None
    for address in (forms["html"], forms["json"], *forms["tables"].values()):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200
    again = client.get(path, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
