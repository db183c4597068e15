"""Words of notes and sources on the page of an incident."""

from incidents.templatetags.record import as_reported, linked_seeds


def test_the_label_of_a_seed_document_in_a_note_leads_to_its_page():
    linked = linked_seeds("seed-000: no year; seed-0001 is nothing")

    assert linked == '<a href="/sources/seed-000/">seed-000</a>: no year; seed-0001 is nothing'


def test_markup_in_a_note_is_shown_and_never_obeyed():
    linked = linked_seeds("<b>seed-001</b>")

    assert linked == '&lt;b&gt;<a href="/sources/seed-001/">seed-001</a>&lt;/b&gt;'


def test_the_words_of_a_source_stand_in_quotation_marks():
    assert as_reported("dozens") == "“dozens”"


def test_a_disordered_range_of_a_data_set_is_read_out():
    told = "the data set says: low 4, best 1, high 4"

    assert as_reported('{"low": 4, "best": 1, "high": 4}') == told
    assert as_reported({"low": 4, "best": 1, "high": 4}) == told
