"""An import that is killed at any moment ends as if nothing had happened."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from core.jobs import JobState
from exchange import batches
from exchange.checksum import of_record
from exchange.models import ImportBatch
from exchange.ucdp.importing import import_file
from tests import make
from tests.exchange.ucdp_rows import row, write
from tests.processes import environment

PROJECT = Path(__file__).resolve().parents[2]
ROWS = 1500


@pytest.fixture
def big_file(tmp_path):
    rows = [
        row(
            number,
            side_b=f"Front {number % 7}",
            side_b_new_id="",
            where_coordinates=f"Town {number % 40}",
            adm_2=f"Area {number % 11} cercle",
            best="x" if number == 700 else "3",
        )
        for number in range(1, ROWS + 1)
    ]
    return write(tmp_path / "ged.csv.gz", *rows)


def start_import(file: Path) -> subprocess.Popen[bytes]:
    argv = [sys.executable, "manage.py", "import_ucdp", str(file), "--batch-rows", "100"]
    return subprocess.Popen(
        argv, cwd=PROJECT, env=environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def facts(batch: ImportBatch) -> dict[str, object]:
    names = ("rows_read", "rows_accepted", "rows_rejected", "created", "updated", "unchanged")
    return {name: getattr(batch, name) for name in names} | {
        "lines": list(batch.rejected.values_list("line", "column"))
    }


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_goes_on_where_it_stopped_and_ends_with_the_same_checksum(big_file):
    make.country()
    undisturbed = facts(import_file(big_file, batch_rows=100)), of_record("ucdp")
    call_command("flush", interactive=False, verbosity=0)
    make.country()

    process = start_import(big_file)
    deadline = time.monotonic() + 60
    while not ImportBatch.objects.filter(progress__gte=300).exists():
        assert process.poll() is None, "the import ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    cut_off = ImportBatch.objects.get()
    assert (cut_off.state, cut_off.rows_read < ROWS) == (JobState.RUNNING, True)
    finished = import_file(big_file, batch_rows=100)

    assert finished.pk == cut_off.pk
    assert finished.state == JobState.DONE
    assert (facts(finished), of_record("ucdp")) == undisturbed


@pytest.mark.django_db(transaction=True)
def test_two_imports_never_run_at_once(big_file, monkeypatch):
    make.country()
    monkeypatch.setattr(batches, "LOCK_ATTEMPTS", 1)
    process = start_import(big_file)
    while not ImportBatch.objects.filter(progress__gte=100).exists():
        assert process.poll() is None
        time.sleep(0.02)

    with pytest.raises(batches.ImportBusy, match="Another import is running"):
        import_file(big_file)

    assert process.wait() == 0
    assert ImportBatch.objects.get().rows_read == ROWS
