"""A monthly country report at the size of the record that is there.

Three comparisons: building its figures against the bare SQL that they need (`report_sql`), its PDF
against five seconds, and readers of the site beside a worker that builds one report after another
against readers alone. The report is that of the country and month since 2010 with most incidents.
"""

import argparse
import datetime as dt
import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import connection

PROJECT = Path(__file__).resolve().parents[1]
RUNS = 5
# Readers are measured alone and beside a worker by turns, so that a slow minute tells of neither.
ROUNDS, READING = 3, 20.0  # seconds a side
PAGES = (
    "/", "/incidents/", "/incidents/?country=MLI", "/countries/", "/reports/",
    "/api/v1/incidents/?limit=100", "/api/v1/incidents/?country=NGA&limit=50",
)  # fmt: skip
# A reader's computer asks at most so often; more would measure the queue, not the answer.
PAUSE = 0.05
HEAVIEST = """
SELECT dataset, country, date_trunc('month', date_start)::date
  FROM incidents_publishedincident
 WHERE is_listed AND valid_to IS NULL AND date_precision <> 'year' AND date_start >= '2010-01-01'
       AND date_start < date_trunc('month', now())
 GROUP BY 1, 2, 3 ORDER BY count(*) DESC, 2, 3 LIMIT 1
"""


def run() -> list[tuple[str, float, str]]:
    """(name, ratio, explanation) rows."""
    with connection.cursor() as cursor:
        cursor.execute(HEAVIEST)
        dataset, country, month = cursor.fetchone()
    job = _job(dataset, country, month)
    rows = [_figures(job), _pdf(job)]
    rows += _readers(dataset, country, month)
    return rows


def _job(dataset: str, country: str, month: dt.date) -> Any:
    from django.utils import timezone

    from reports import planning
    from reports.periods import Period
    from reports.schedules import starting

    period = Period.of("monthly", month)
    wanted = starting.Wanted(country, "en", period.cadence, dataset, "")
    schedule, _is_new = starting.ensure(wanted, starts_on=period.first, is_active=False)
    return planning.plan(schedule, period, at=timezone.now())


def _figures(job: Any) -> tuple[str, float, str]:
    from reports.building import build
    from reports.figures import Issue

    ours, bare, behind = [], [], 0
    for _ in range(RUNS):
        began = time.perf_counter()
        draft = build(Issue.of(job))
        ours.append(time.perf_counter() - began)
        behind = sum(len(item.rows) for item in draft.items)
        bare.append(_bare(job))
    built, asked = statistics.median(ours), statistics.median(bare)
    return (
        "report: its figures against bare SQL",
        built / asked,
        f"{job.key}: {len(draft.items)} figures on {behind} versions in {built:.2f} s, the SQL "
        f"alone {asked:.2f} s (target: at most 3)",
    )


def _bare(job: Any) -> float:
    from bench.report_sql import STATEMENTS
    from reports.figures import Issue

    issue = Issue.of(job)
    period, place = issue.period, issue.scope
    before, year_ago = period.previous, period.year_before
    values: dict[str, Any] = {
        "at": issue.record_at, "dataset": place["dataset"], "country": place["country"],
        "first": period.first, "last": period.last, "before": before.first,
        "before_last": before.last, "year_ago": year_ago.first, "year_ago_last": year_ago.last,
        "since_a_year": period.shifted(-12).first,
        "since_five_years": period.last - dt.timedelta(days=5 * 366),
    }  # fmt: skip
    with connection.cursor() as cursor:
        began = time.perf_counter()
        for statement in STATEMENTS.values():
            cursor.execute(statement, values)
            cursor.fetchall()
        return time.perf_counter() - began


def _pdf(job: Any) -> tuple[str, float, str]:
    from django.utils import timezone

    from reports.models import Report, ReportJob
    from reports.outputs.document import Document
    from reports.outputs.pdf import pdf
    from reports.workflow import work

    report = Report.objects.filter(job=job).first()
    if report is None:
        held = ReportJob.claim(job.pk, at=timezone.now())
        if held is None:
            raise RuntimeError(f"{job.key} is in other hands")
        made = work(held, clock=timezone.now)
        report = Report.objects.get(pk=made.pk)
    seconds, size = [], 0
    for _ in range(3):
        began = time.perf_counter()
        size = len(pdf(Document.of(report)))
        seconds.append(time.perf_counter() - began)
    first, again = seconds[0], statistics.median(seconds[1:])
    return (
        "report: its PDF in seconds, the first time",
        first,
        f"{size / 1000:.0f} kB; again {again:.2f} s (target: under 5)",
    )


def _environment() -> dict[str, str]:
    address = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    return os.environ | {"DATABASE_URL": address._replace(path=f"/{name}").geturl()}


@contextmanager
def _running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=PROJECT, env=_environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(15)
        process.kill()
        process.wait()


def _readers(dataset: str, country: str, month: dt.date) -> list[tuple[str, float, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = (
        "gunicorn", "bench.site", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
        "--workers", "2", "--threads", "4", "--log-level", "critical",
    )  # fmt: skip
    loop = ("bench.reports", "--dataset", dataset, "--country", country, "--month", f"{month}")
    with _running(*site):
        _until_it_answers(port)
        # A connection stays with one process of the server: several warm each of them.
        for _ in range(8):
            _read(port, 1, _no_times())
        alone, beside = _no_times(), _no_times()
        built = 0
        for _ in range(ROUNDS):
            _read(port, READING, alone)
            with _running(*loop) as builder:
                _until_it_builds(builder)
                began = _sections()
                _read(port, READING, beside)
                built += _sections() - began
        _read(port, READING, alone)
    rows = []
    for page, times in beside.items():
        quiet, busy = _p95(alone[page]), _p95(times)
        rows.append(
            (
                f"readers beside a worker that builds: {page}",
                busy / quiet,
                f"p95 {busy * 1e3:.0f} ms against {quiet * 1e3:.0f} ms alone, "
                f"{len(times)} requests, {built} sections built meanwhile (target: at most 1.5)",
            )
        )
    return rows


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _until_it_answers(port: int) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        with suppress(OSError):
            _get(http.client.HTTPConnection("127.0.0.1", port, timeout=60), "/healthz")
            return
        time.sleep(0.5)
    raise RuntimeError("gunicorn does not answer")


def _until_it_builds(builder: subprocess.Popen[bytes]) -> None:
    """Its imports are no part of the measurement."""
    began, end = _sections(), time.monotonic() + 120
    while _sections() == began:
        if builder.poll() is not None or time.monotonic() > end:
            raise RuntimeError("the worker that builds has ended, or does not begin")
        time.sleep(0.2)


def _sections() -> int:
    """Sections that jobs have ever written."""
    from django.db.models import Sum

    from reports.models import ReportJob

    return ReportJob.objects.aggregate(n=Sum("progress"))["n"] or 0


def _get(client: http.client.HTTPConnection, page: str) -> float:
    began = time.perf_counter()
    client.request("GET", page, headers={"Accept-Encoding": "gzip"})
    answer = client.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{page} answered {answer.status}")
    return time.perf_counter() - began


def _no_times() -> dict[str, list[float]]:
    return {page: [] for page in PAGES}


def _read(port: int, seconds: float, found: dict[str, list[float]]) -> None:
    """One reader asks for the pages in turn; adds the seconds of each answer to `found`."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for page in PAGES:
            found[page].append(_get(client, page))
            time.sleep(PAUSE)
        client.close()  # the next round may meet another process of the server


def build_for_ever(dataset: str, country: str, month: dt.date) -> None:
    """As a worker does it: claim, build step by step, publish; month after month."""
    from django.utils import timezone

    from reports.models import ReportJob
    from reports.workflow import work

    while True:
        month = (month - dt.timedelta(days=1)).replace(day=1)
        job = _job(dataset, country, month)
        held = ReportJob.claim(job.pk, at=timezone.now())
        if held is not None:
            work(held, clock=timezone.now)


if __name__ == "__main__":
    import django

    parser = argparse.ArgumentParser(prog="bench.reports", description=__doc__)
    parser.add_argument("--dataset")
    parser.add_argument("--country")
    parser.add_argument("--month", type=dt.date.fromisoformat)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigil.settings")
    django.setup()
    if options.month:
        from vigil.celery import leave_room_for_readers
        from vigil.localservices.programs import WORKER_NICENESS

        os.nice(WORKER_NICENESS)
        leave_room_for_readers()
        build_for_ever(options.dataset, options.country, options.month)
    else:
        # On the database that DATABASE_URL names, without making one.
        for name, ratio, explanation in run():
            print(f"{ratio:6.2f}  {name}: {explanation}", flush=True)
