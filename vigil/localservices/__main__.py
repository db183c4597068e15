"""`python -m vigil.localservices run | exec | status | stop`."""

import argparse
import contextlib
import signal
import sys
from pathlib import Path

from vigil.localservices import interrupts, steps
from vigil.localservices.console import say
from vigil.localservices.control import status, stop
from vigil.localservices.errors import LocalServiceError
from vigil.localservices.execute import execute, execute_fresh
from vigil.localservices.home import Home
from vigil.localservices.stack import run


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m vigil.localservices", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run_parser = commands.add_parser("run", help="start everything and keep it running")
    run_parser.add_argument("--port", type=int, default=8000, help="the wanted port (8000)")
    run_parser.add_argument("--again", action="store_true", help="migrate, seed … once more")
    exec_parser = commands.add_parser("exec", help="run a command beside the services")
    exec_parser.add_argument("--fresh", action="store_true", help="in a throw-away data folder")
    exec_parser.add_argument("--fast", action="store_true", help="for tests: no fsync")
    exec_parser.add_argument("argv", nargs=argparse.REMAINDER, metavar="-- COMMAND …")
    commands.add_parser("status", help="say what runs; exit code 1 when nothing does")
    commands.add_parser("stop", help="stop what runs")
    for each in commands.choices.values():
        each.add_argument("--home", type=Path, help="another data folder than .vigil")
    return parser


def _dispatch(options: argparse.Namespace) -> int:
    if options.command == "exec":
        return _exec(options)
    home = Home(options.home) if options.home else Home.default()
    if options.command == "run":
        if options.again:
            steps.forget(home)
        return run(home, options.port)
    return status(home) if options.command == "status" else stop(home)


def _exec(options: argparse.Namespace) -> int:
    argv = options.argv[1:] if options.argv[:1] == ["--"] else options.argv
    if not argv:
        raise LocalServiceError("Say which command to run: `… exec -- COMMAND`.")
    # The command's own output stays alone on stdout.
    with contextlib.redirect_stdout(sys.stderr):
        if options.fresh:
            return execute_fresh(argv, fast=options.fast)
        home = Home(options.home) if options.home else Home.default()
        return execute(argv, home=home, fast=options.fast)


def main() -> int:
    options = _parser().parse_args()
    interrupts.watch()
    try:
        return _dispatch(options)
    except LocalServiceError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except interrupts.Interrupted as interrupted:
        say(f"Stopped by {signal.Signals(interrupted.signum).name}.")
        return 128 + interrupted.signum


if __name__ == "__main__":
    sys.exit(main())
