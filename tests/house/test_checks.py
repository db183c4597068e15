"""Vigil says what is missing before it starts, with the remedy, and has no secret of its own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def check(env: dict[str, str], *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "check", *args]
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60
    )


def test_an_empty_environment_names_each_missing_setting_and_its_remedy():
    told = check({}).stderr

    for name in ("SECRET_KEY", "DATABASE_URL", "REDIS_URL"):
        assert f"{name} is not set." in told
    assert "start with `make run`" in told


def test_the_deployment_check_is_clean_with_production_settings():
    env = {
        "SECRET_KEY": "k" * 40 + "aB3$xyzQrsTuv",
        "DATABASE_URL": "postgresql://vigil@db.example.org/vigil",
        "REDIS_URL": "redis://:secret@redis.example.org:6379/0",
        "ALLOWED_HOSTS": "vigil.example.org",
        "PUBLIC_URL": "https://vigil.example.org",
        "EMAIL_URL": "smtp+tls://vigil:secret@mail.example.org:587",
        "DEFAULT_FROM_EMAIL": "Vigil <vigil@example.org>",
    }

    done = check(env, "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_site_whose_mail_goes_nowhere_is_refused_before_deployment():
    env = {"SECRET_KEY": "x" * 60, "DATABASE_URL": "postgresql://h/v", "REDIS_URL": "redis://h",
           "ALLOWED_HOSTS": "h", "WEBHOOK_LOCAL": "1"}  # fmt: skip

    done = check(env, "--deploy")

    assert done.returncode == 1
    for number, remedy in (("004", "Set EMAIL_URL"), ("005", "address of yours"), ("006", "Leave")):
        assert f"vigil.E{number}" in done.stderr
        assert remedy in done.stderr


def test_a_site_without_an_https_address_is_warned_before_deployment():
    env = {"SECRET_KEY": "x" * 60, "DATABASE_URL": "postgresql://h/v", "REDIS_URL": "redis://h"}

    told = check(env | {"ALLOWED_HOSTS": "h"}, "--deploy").stderr

    assert "vigil.W001" in told
