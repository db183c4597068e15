"""The archive and the report as page and as JSON."""

import hashlib
import re

import pytest
from django.template import Context, Template
from django.utils import timezone

from incidents import workflow as desk
from incidents.models import Incident
from tests import make
from tests.reports.conftest import built, planned, schedule


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_the_archive_lists_reports_and_narrows_them(client, report):
    french = built(planned(schedule(slug="monthly-mli-fr", language="fr")))

    everything = page(client, "/reports/")
    assert report.public_id in everything
    assert french.public_id in everything
    assert french.public_id not in page(client, "/reports/?language=en&country=MLI")
    assert report.public_id not in page(client, "/reports/?period=2022-06")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("colour=red", "There is no such parameter"),
        ("country=XXX", "not known"),
        ("period=July", "write it as 2022-07"),
        ("language=de", "Choose from: en, fr"),
        ("cursor=nonsense", "not a cursor"),
    ],
)
def test_the_archive_refuses_what_it_does_not_understand(client, db, query, words):
    text = page(client, f"/reports/?{query}", status=400)

    assert words in text
    assert query.split("=")[0] in text


def test_the_archive_has_pages(client, mali, monkeypatch):
    monkeypatch.setattr("reports.views.PAGE", 1)
    built(planned())
    built(planned(schedule(slug="monthly-mli-fr", language="fr")))

    first = page(client, "/reports/")
    following = re.search(r'rel="next"\s+href="([^"]+)"', first)[1].replace("&amp;", "&")

    assert re.findall(r'href="/reports/(\w{10})/"', first) != re.findall(
        r'href="/reports/(\w{10})/"', page(client, f"/reports/{following}")
    )


def test_the_page_shows_the_figures_and_leads_to_their_rows(client, report):
    text = page(client, f"/reports/{report.public_id}/")

    assert "Mali: situation report, July 2022" in text
    assert "six incidents expected" in text
    assert report.checksum in text
    links = re.findall(r'href="(/incidents/\?[^"]+)"', text)
    assert len(links) > 15
    rows = page(client, links[0].replace("&amp;", "&"))
    assert "Kati" in rows


def test_every_link_within_the_site_is_an_address_that_exists(client, report):
    text = page(client, f"/reports/{report.public_id}/")

    for path in sorted(set(re.findall(r'href="(/(?:incidents|campaigns|bodies)/[^"]+)"', text))):
        assert client.get(path.replace("&amp;", "&")).status_code == 200, path


def test_the_json_is_the_bytes_of_the_checksum(client, report):
    response = client.get(f"/reports/{report.public_id}.json")

    assert hashlib.sha256(response.content).hexdigest() == report.checksum
    assert response.json()["totals"]["incidents"]["count"] == 8
    again = client.get(
        f"/reports/{report.public_id}.json", headers={"If-None-Match": response["ETag"]}
    )
    assert again.status_code == 304


def test_an_unknown_report_is_not_found(client, db):
    assert client.get("/reports/0000000000/").status_code == 404
    assert client.get("/reports/0000000000.json").status_code == 404


def test_a_lower_case_id_leads_to_the_report(client, report):
    response = client.get(f"/reports/{report.public_id.lower()}/", follow=True)

    assert response.status_code == 200


def test_an_older_edition_points_to_the_newer(client, report):
    kati = Incident.objects.get(title="Attack at Kati")
    desk.correct(kati, by=make.rita(), at=timezone.now(), notice="New source.")
    second = built(planned(again=True))

    assert f"/reports/{second.public_id}/" in page(client, f"/reports/{report.public_id}/")
    assert "later edition" not in page(client, f"/reports/{second.public_id}/")


def test_a_french_report_stays_french_on_an_english_page(client, mali):
    french = built(planned(schedule(slug="monthly-mli-fr", language="fr")))

    text = page(client, f"/reports/{french.public_id}/")

    assert '<html lang="en"' in text
    assert '<article lang="fr"' in text
    assert "Chiffres clés" in text


def test_pages_write_nothing(client, report):
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(f"/reports/{report.public_id}/").status_code == 405


def test_the_panel_shows_the_newest_reports_of_a_place(report):
    template = Template("{% load reports %}{% latest_reports country=iso3 %}")

    assert report.public_id in template.render(Context({"iso3": "MLI"}))
    assert "No situation report" in template.render(Context({"iso3": "KEN"}))


def test_the_trend_of_a_report_can_be_taken_away_as_it_was_frozen(client, report):
    rows = page(client, f"/reports/{report.public_id}/trend.csv").splitlines()
    svg = page(client, f"/reports/{report.public_id}/trend.svg")
    png = client.get(f"/reports/{report.public_id}/trend.png")

    assert rows[0].startswith("month,incidents,killed_low")
    assert [row.split(",")[:2] for row in rows[1:]] == [
        [one["period"], str(one["incidents"])] for one in report.content["trend"]
    ]
    assert report.content["header"]["title"] in svg
    assert f"/reports/{report.public_id}/" in svg
    assert png.content.startswith(b"\x89PNG")
    assert client.get(f"/reports/{report.public_id}/trend.gif").status_code == 404


def test_a_report_in_french_has_a_drawing_in_french(client, mali):
    french = built(planned(schedule(slug="monthly-mli-fr", language="fr")))

    answer = client.get(f"/reports/{french.public_id}/trend.svg")

    assert answer["Content-Language"] == "fr"
    assert "Tués" in answer.content.decode()
