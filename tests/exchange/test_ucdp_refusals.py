"""Rows and files of UCDP GED that are refused, and what the editor is told."""

import pytest
from django.core.management import CommandError, call_command

from exchange.models import ImportBatch, RejectedRow
from exchange.ucdp.importing import import_file
from exchange.ucdp.layout import FileRefused
from incidents.models import IncidentLocation
from tests.exchange.ucdp_rows import row, shown, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("countries")]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", ""),
        ("id", "9x"),
        ("country", "Atlantis"),
        ("date_start", "04/03/2020"),
        ("date_start", "2020-02-30"),
        ("date_end", "2020-03-01"),
        ("latitude", "176.39.00"),
        ("longitude", "181"),
        ("best", "-1"),
        ("deaths_a", "two"),
        ("side_b", "Imagin\ufffdry Front"),
        ("where_prec", "9"),
        ("type_of_violence", "4"),
    ],
)
def test_a_bad_row_is_refused_by_line_column_value_and_reason(bring, column, value):
    changed = {column: value} | ({"country_id": ""} if column == "country" else {})

    batch = bring(row(1), row(2) | changed, row(3))

    refused = RejectedRow.objects.get()
    assert (batch.rows_read, batch.rows_accepted, batch.rows_rejected) == (3, 2, 1)
    assert (refused.line, refused.column) == (3, column)
    assert value in refused.value
    assert refused.reason


def test_lines_are_counted_as_an_editor_counts_them(bring):
    bring(row(1, where_description="one\ntwo\n\nfour"), row(2, best="many"))

    assert RejectedRow.objects.get().line == 6
    assert IncidentLocation.objects.get().description == "one two four"


def test_a_row_of_another_length_and_a_repeated_event_are_refused(tmp_path):
    file = write(tmp_path / "ged.csv", row(1), row(1))
    file.write_text(file.read_text() + "3,too,short\n", encoding="utf-8")

    import_file(file)

    assert list(RejectedRow.objects.values_list("line", "row_id", "column")) == [
        (3, "1", "id"), (4, "3", "*"),
    ]  # fmt: skip


def test_the_version_may_come_from_the_file_name_or_the_option(bring):
    bring(row(1), name="GEDEvent_v24_1.csv", version=None)
    with pytest.raises(FileRefused, match="--dataset-version"):
        bring(row(2), name="mine.csv", version=None)

    assert shown(1).payload["sources"][0]["slug"] == "ucdp-ged-24-1"


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("id,relid,best_est,low_est,high_est", "web site's export"),
        (",id,relid,iso3,start_year", "HDX"),
        ("event_id_cnty,event_date", "ACLED"),
        ("eventid,iyear", "Global Terrorism Database"),
        ("<!DOCTYPE html><html>", "web page"),
        ("id;relid;year", "not separated by commas"),
        ("id,relid,year,active_year", "country_id"),
        ("", "empty"),
    ],
)
def test_another_layout_is_refused_with_what_it_looks_like(tmp_path, header, says):
    file = tmp_path / "ged_v24_1.csv"
    file.write_text(f"{header}\n" if header else "", encoding="utf-8")

    with pytest.raises(FileRefused, match=says):
        import_file(file)

    assert not ImportBatch.objects.exists()


def test_the_command_reports_and_fails_only_when_every_row_was_refused(tmp_path, capsys):
    call_command("import_ucdp", str(write(tmp_path / "a.csv.gz", row(1), row(2, best="x"))))
    told = capsys.readouterr()

    assert "2 rows read" in told.out
    assert "line 3" in told.err
    with pytest.raises(CommandError, match="Every row was rejected"):
        call_command("import_ucdp", str(write(tmp_path / "b.csv", row(3, best="x"))))
