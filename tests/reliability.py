"""`python -m tests.reliability [--steps]`: the whole reliability programme, and its figures.

Needs DATABASE_URL and REDIS_URL of servers that nobody else uses meanwhile: it ends processes, and
empties the whole broker. `make reliability` starts such servers and stops them afterwards.
"""

import argparse
import os
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field

import pytest

FILES = [
    "tests/reports/test_kills.py",
    "tests/reports/test_delivery_kills.py",
    "tests/reports/test_letters_once.py",
    "tests/reports/test_same_moment.py",
    "tests/reports/test_mail_server.py",
    "tests/reports/test_beats.py",
    "tests/reports/test_worker.py",
    "tests/reports/test_watchdog.py",
    "tests/core/test_jobs.py",
]


@dataclass
class Figure:
    """How many cases of one claim were tried, how many held, and what they noted."""

    tried: int = 0
    held: int = 0
    seconds: float = 0.0
    noted: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class Figures:
    """Collects the outcome of every test by its sentence."""

    def __init__(self) -> None:
        self.found: dict[str, Figure] = defaultdict(Figure)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and report.passed:
            return
        name = report.nodeid.partition("::")[2].partition("[")[0]
        figure = self.found[name]
        figure.tried += 1
        figure.held += report.passed
        figure.seconds += report.duration
        for what, value in report.user_properties:
            figure.noted[what].append(value)

    def show(self, seconds: float) -> None:
        print(f"\n{'held':>9}  {'seconds':>7}  claim")
        for name, figure in self.found.items():
            claim = name.removeprefix("test_").replace("_", " ")
            notes = "; ".join(
                f"{what} {min(values):g}" + (f"–{max(values):g}" if len(values) > 1 else "")
                for what, values in figure.noted.items()
            )
            held = f"{figure.held}/{figure.tried}"
            print(f"{held:>9}  {figure.seconds:7.1f}  {claim}{f' ({notes})' if notes else ''}")
        tried = sum(figure.tried for figure in self.found.values())
        held = sum(figure.held for figure in self.found.values())
        print(f"\n{held} of {tried} cases held, in {seconds / 60:.1f} minutes")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.reliability", description=__doc__)
    parser.add_argument("--steps", action="store_true", help="stop at every step of building")
    options = parser.parse_args()
    os.environ["RELIABILITY"] = "steps" if options.steps else "all"
    figures, began = Figures(), time.monotonic()
    code = pytest.main(["-n0", "-q", "-p", "no:cacheprovider", *FILES], plugins=[figures])
    figures.show(time.monotonic() - began)
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
