"""No form and no button of the report desk reaches a column that it does not show."""

import pytest
from django.urls import reverse

from reports.desk.deed_forms import DEEDS
from reports.manuscripts.release_table import TRANSITIONS
from tests import make
from tests.desk.assigning import try_button, try_everything, try_form
from tests.desk.pages import fields
from tests.reports.manuscripts import manuscript, released, series, submitted, writes

pytestmark = pytest.mark.django_db
REASON = "Two sources agree."


def second_edition():
    released()
    return manuscript(2)


FOUND = {
    "submit": (lambda: writes(manuscript(), make.ana()), {}),
    "take_back": (submitted, {}),
    "take_over": (second_edition, {}),
    "return_to_writer": (submitted, {"comment": REASON}),
    "release": (submitted, {}),
    "drop": (manuscript, {"reason": REASON}),
}


def test_every_verb_that_has_a_page_is_tried():
    assert FOUND.keys() == {deed.verb for deed in DEEDS}
    assert FOUND.keys() | {"write"} == {transition.verb for transition in TRANSITIONS}


@pytest.mark.parametrize("verb", FOUND)
def test_a_verb_writes_what_its_page_asks_and_nothing_else(ada, verb):
    build, typed = FOUND[verb]

    try_everything(ada, reverse("report-desk:deed", args=[build().pk, verb]), "edition", **typed)


@pytest.mark.parametrize("way", ["write", "autosave"])
def test_the_writing_page_writes_what_it_shows_and_nothing_else(ada, way):
    found = manuscript()
    page, to = (reverse(f"report-desk:{name}", args=[found.pk]) for name in ("write", way))

    try_everything(ada, page, "edition", action=to, lead="A calm month.", save="1")


def test_a_version_made_of_two_is_what_was_chosen_and_nothing_else(ada):
    found = manuscript()
    page, to = (reverse(f"report-desk:{name}", args=[found.pk]) for name in ("write", "compare"))
    mine = fields(ada.get(page).content.decode(), "edition") | {"lead": "Mine."}
    ada.post(page, mine | {"lead": "Theirs.", "save": "1"})

    html = ada.post(page, mine | {"save": "1"}).content.decode()

    try_form(ada, to, html, fields(html, "yours"))


def test_a_schedule_is_what_its_form_shows_and_nothing_else(ada):
    page = reverse("report-desk:schedule", args=[series().slug])

    try_everything(ada, page, "edition", cutoff_days="9")


def test_a_new_schedule_is_what_was_typed_and_nothing_else(ada):
    make.country("MLI")

    try_everything(
        ada, reverse("report-desk:schedule-new"), "edition", country="Mali [MLI]", language="en"
    )


def test_the_switch_switches_and_nothing_else_happens(ada):
    made = series()

    try_button(
        ada, reverse("report-desk:schedules"),
        reverse("report-desk:schedule-switch", args=[made.slug]), "to", "off",
    )  # fmt: skip


def test_asking_makes_one_job_and_nothing_else(ada):
    make.published()

    try_everything(
        ada, reverse("report-desk:ask", args=[series().slug]), "period", period="2022-07"
    )
