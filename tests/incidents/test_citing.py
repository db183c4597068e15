"""Citations of one version: APA, BibTeX, RIS."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from incidents import citing, workflow
from tests import make

REFERENCE = citing.Reference(
    public_id="EWSGCAZEWT",
    version=3,
    title="Attack & siege: 100% of #1 {mall}_x",
    revised_on=dt.date(2026, 3, 9),
    url="https://vigil.example.org/incidents/EWSGCAZEWT/?as_of=2026-03-09T08:00:00.000000Z",
    accessed_on=dt.date(2026, 11, 21),
    dataset="vigil",
)


@pytest.fixture
def rae():
    return Client(headers={"accept-language": "fr"})


def test_apa_names_the_version_and_leads_to_it_in_english():
    assert citing.apa(REFERENCE) == (
        "Vigil. (2026, March 9). Attack & siege: 100% of #1 {mall}_x "
        "(Incident EWSGCAZEWT, Version 3). "
        "https://vigil.example.org/incidents/EWSGCAZEWT/?as_of=2026-03-09T08:00:00.000000Z"
    )


def test_bibtex_escapes_what_tex_would_obey():
    text = citing.bibtex(REFERENCE)

    assert text.startswith("@misc{vigilEWSGCAZEWTv3,\n")
    assert r"{{Attack \& siege: 100\% of \#1 \textbraceleft{}mall\textbraceright{}\_x}}" in text
    assert "month = mar," in text
    assert "urldate = {2026-11-21}" in text


@pytest.mark.parametrize("title", ["A { alone", "} and {", "A \\ and ~^$", "“Élan”, l'été"])
def test_a_title_never_closes_its_entry_of_bibtex(title):
    text = citing.bibtex(replace(REFERENCE, title=title, dataset="ucdp"))

    assert [kind for kind, _fields in entries(text)] == ["misc", "article", "manual"]


def entries(text):
    """The entries of a BibTeX file, read as BibTeX does: it counts braces, whatever precedes."""
    found, depth, begin = [], 0, 0
    for place, character in enumerate(text):
        if character == "{":
            depth += 1
            begin = place if depth == 1 else begin
        elif character == "}":
            depth -= 1
            assert depth >= 0
            if not depth:
                found.append((text[:begin].rpartition("@")[2], text[begin + 1 : place]))
    assert depth == 0
    return found


def test_ris_has_a_tag_on_each_line_whole_dates_and_ends_each_record():
    lines = citing.ris(REFERENCE).split("\r\n")

    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    assert {"PY  - 2026", "DA  - 2026/03/09/", "Y2  - 2026/11/21/"} <= set(lines)


def test_an_event_of_ucdp_brings_what_its_licence_asks_to_cite():
    ref = replace(REFERENCE, dataset="ucdp")

    assert "pages = {523--532}" in citing.bibtex(ref)
    assert citing.ris(ref).count("ER  - ") == 3
    assert "Sundberg" not in citing.bibtex(REFERENCE)
    assert "Sundberg" not in citing.ris(REFERENCE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("style", "kind", "begins"),
    [
        ("txt", "text/plain", "Vigil. ("),
        ("bib", "application/x-bibtex", "@misc{vigil"),
        ("ris", "application/x-research-info-systems", "TY  - ELEC"),
    ],
)
def test_a_citation_is_a_file_to_take_away(rae, style, kind, begins):
    which = make.published(title="Attack at Kati")

    answer = rae.get(f"/incidents/{which.public_id}/cite.{style}")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(kind)
    assert f'filename="vigil{which.public_id}v1.{style}"' in answer["Content-Disposition"]
    text = answer.content.decode()
    assert text.startswith(begins)
    assert "Attack at Kati" in text
    assert f"http://testserver/incidents/{which.public_id}/" in text


@pytest.mark.django_db
def test_a_citation_of_the_past_names_the_version_of_then(rae):
    then = timezone.now() - dt.timedelta(days=10)
    which = make.published(at=then, title="Attack at Kati")
    which.title = "Attack at Kati garrison"
    which.save()
    workflow.correct(which, by=make.rita(), at=timezone.now(), notice="Place named.")
    moment = (then + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    address = f"/incidents/{which.public_id}/cite.bib"

    assert "version = {2}" in rae.get(address).content.decode()
    past = rae.get(address, query_params={"as_of": moment}).content.decode()
    assert "version = {1}" in past
    assert "garrison" not in past


@pytest.mark.django_db
@pytest.mark.parametrize("style", citing.STYLES)
def test_the_address_of_a_citation_shows_that_version_after_a_correction(rae, style):
    which = make.published(at=timezone.now() - dt.timedelta(days=10), title="Attack at Kati")
    text = rae.get(f"/incidents/{which.public_id}/cite.{style}").content.decode()
    which.title = "Attack at Kati garrison"
    which.save()
    workflow.correct(which, by=make.rita(), at=timezone.now(), notice="Place named.")

    address = re.search(r"http://testserver(/[^\s}]+)", text)[1]
    page = rae.get(address, follow=True)

    assert page.status_code == 200
    assert page.context["incident"].version == 1
    assert "garrison" not in page.context["incident"].title


@pytest.mark.django_db
def test_the_page_sets_titles_in_italics_as_apa_asks(rae):
    which = make.published(title="Attack & siege")
    page = rae.get(f"/incidents/{which.public_id}/", follow=True).content.decode()

    assert "<cite>Attack &amp; siege</cite> (Incident" in page


@pytest.mark.django_db
def test_what_is_not_public_has_no_citation(rae):
    which = make.published(title="Attack that did not happen")
    workflow.withdraw(which, by=make.rita(), at=timezone.now(), reason="not_confirmed")
    draft = make.incident(title="A draft")

    withdrawn = rae.get(f"/incidents/{which.public_id}/cite.bib")

    assert withdrawn.status_code == 410
    assert "did not happen" not in withdrawn.content.decode()
    assert rae.get(f"/incidents/{draft.public_id}/cite.bib").status_code == 404
    assert rae.get(f"/incidents/{which.public_id}/cite.docx").status_code == 404


@pytest.mark.django_db
def test_the_citation_of_a_merged_incident_is_that_of_the_one_it_became(rae):
    kept = make.published(title="Attack at Kati")
    other = make.published(title="Attack near Kati")
    workflow.merge(other, by=make.rita(), at=timezone.now(), into=kept)

    answer = rae.get(f"/incidents/{other.public_id}/cite.ris")

    assert (answer.status_code, answer.url) == (301, f"/incidents/{kept.public_id}/cite.ris")
