"""Finds a Chromium for the journeys, or installs one: `python tests/browser.py --ensure`.

Prints the path of the browser and nothing else on stdout.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
REMEDY = (
    "No Chromium was found and none could be installed.\n"
    "Install Chromium or Google Chrome with your system's package manager, or set CHROMIUM to "
    "the path of one, then run `make test` again."
)


def find() -> str | None:
    """The path of a browser that starts; None when there is none."""
    if chosen := os.environ.get("CHROMIUM"):
        if not works(chosen):
            raise SystemExit(f"CHROMIUM is set to {chosen}, which does not start.")
        return chosen
    candidates = [*filter(None, map(shutil.which, NAMES)), MAC, playwright_path() or ""]
    return next((path for path in candidates if path and works(path)), None)


def works(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwright_path() -> str | None:
    """Where Playwright keeps its own browser, downloaded or not."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Tries the system's packages where we may, then Playwright's own download."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run("apt-get", "update", "-q")
        run("apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium")
    if find() is None:
        run(sys.executable, "-m", "playwright", "install", "chromium")


def run(*command: str) -> None:
    print("Installing a browser:", *command, file=sys.stderr, flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        # stdout is for the path alone.
        subprocess.run(command, stdout=sys.stderr, env=env, timeout=900, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)


def main() -> None:
    if find() is None and "--ensure" in sys.argv[1:]:
        install()
    path = find()
    if path is None:
        raise SystemExit(REMEDY)
    print(path)


if __name__ == "__main__":
    main()
