"""Every reference noun has a desk with the same rules."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from core.constraint_messages import WORDS
from tests import make
from tests.desk import signed_in
from vigil.reference import CHOICES, DESKS

pytestmark = pytest.mark.django_db
PATHS = [desk.path for desk in DESKS]
by_path = pytest.mark.parametrize("path", PATHS)


def test_the_nouns_are_the_ones_that_editors_keep():
    assert PATHS == ["actors", "bodies", "missions", "campaigns", "sources", "documents"]


@by_path
def test_list_and_new_page_open_for_an_editor(ed, path):
    for page in (f"/desk/{path}/", f"/desk/{path}/?q=x", f"/desk/{path}/new/"):
        assert ed.get(page).status_code == 200


@by_path
def test_anonymous_readers_are_asked_to_sign_in(client, path):
    answer = client.get(f"/desk/{path}/new/")

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@by_path
@pytest.mark.parametrize("who", [make.rae, make.ana])
def test_too_low_a_role_is_told_why(client, path, who):
    answer = signed_in(client, who()).post(f"/desk/{path}/new/", {"name": "x"})

    assert answer.status_code == 403
    assert "editor" in answer.content.decode()


@by_path
def test_an_editor_without_a_second_factor_writes_nothing(client, path):
    client.force_login(make.ed())

    answer = client.post(f"/desk/{path}/new/", {"name": "x", "title": "x"})

    assert answer["Location"] == reverse("people:second-factor")
    assert not AuditEntry.objects.exists()


@by_path
def test_an_unknown_parameter_of_a_list_is_refused_by_name(ed, path):
    answer = ed.get(f"/desk/{path}/", {"colour": "red"})

    assert answer.status_code == 400
    assert "colour" in answer.content.decode()


@by_path
def test_a_row_that_does_not_exist_is_not_found(ed, path):
    assert ed.get(f"/desk/{path}/nobody/").status_code == 404


def test_the_start_page_leads_to_every_desk(ed):
    page = ed.get("/desk/reference/").content.decode()

    assert [path for path in PATHS if f'href="/desk/{path}/"' not in page] == []


def test_every_constraint_that_a_desk_can_meet_has_its_words():
    models = {desk.model for desk in DESKS}
    models |= {part.model for desk in DESKS for part in desk.parts}
    named = {c.name for model in models for c in model._meta.constraints}
    named |= {t.name for model in models for t in getattr(model._meta, "triggers", [])}

    assert named - WORDS.keys() == set()


def test_the_words_name_fields_that_the_form_has():
    forms = {}
    for desk in DESKS:
        for form in (desk.form, *(part.form for part in desk.parts)):
            model = form._meta.model
            columns = {*form.base_fields} | {f.name for f in model._meta.get_fields()}
            forms.setdefault(model, set()).update(columns)
    for model, known in forms.items():
        for constraint in model._meta.constraints:
            assert set(WORDS[constraint.name].fields) <= known, constraint.name


def test_no_constraint_is_explained_that_does_not_exist():
    from django.apps import apps

    ours = {c.name for model in apps.get_models() for c in model._meta.constraints}
    ours |= {t.name for m in apps.get_models() for t in getattr(m._meta, "triggers", [])}

    assert WORDS.keys() - ours == set()


def test_every_field_has_a_label_that_can_be_translated():
    from django.utils.functional import Promise

    plain = []
    for desk in DESKS:
        for kind in (desk.form, *(part.form for part in desk.parts)):
            for name, field in kind(instance=kind._meta.model()).fields.items():
                if not isinstance(field.label, Promise):
                    plain.append(f"{kind.__name__}.{name}")
    assert plain == []


@pytest.mark.parametrize("what", sorted(CHOICES))
def test_suggestions_answer_whatever_is_typed(ed, what):
    for words in ("", "a", "%", "[", "\x00", "x" * 300):
        assert ed.get(f"/desk/choose/{what}/", {"any-0-name": words}).status_code == 200


def test_suggestions_name_the_row_so_that_it_can_be_sent_back(ed):
    make.country("MLI")

    page = ed.get("/desk/choose/country/", {"memberships-0-country": "mal"}).content.decode()

    assert 'value="Mali [MLI]"' in page
