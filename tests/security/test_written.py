"""What docs/security/controls.md says is what the code does."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tomllib

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from setfair.accounts.models import User
from setfair.core.text import new_code
from setfair.village.cast import PASSWORD

from . import scan

ASKED_OF_A_PUBLIC_SERVER = (
    "DEBUG", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "KNOWN_COOKIE_NAME",
    "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "KNOWN_COOKIE_SECURE",
    "KNOWN_COOKIE_HTTPONLY", "KNOWN_COOKIE_SAMESITE",
    "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE", "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS", "PASSWORD_HASHERS",
)  # fmt: skip


@pytest.fixture(scope="module")
def public():
    """The settings of a server that strangers reach."""
    said = f"import json; from config import settings; print(json.dumps({{n: getattr(settings, n) for n in {ASKED_OF_A_PUBLIC_SERVER!r}}}))"
    around = os.environ | {"SETFAIR_PUBLIC": "1", "SETFAIR_SMTP_HOST": "smtp.school.example", "SETFAIR_HOSTS": "room12.school.example"}
    done = subprocess.run([sys.executable, "-c", said], cwd=scan.ROOT, env=around, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_every_table_is_in_a_class_of_data():
    classed = [app for row in scan.table("Classes of data") for app in scan.coded(row[1])]
    assert sorted(classed) == sorted({model._meta.app_label for model in apps.get_models()})


def test_the_limits_that_are_written_down_are_those_of_the_code():
    rows = scan.table("How often, how long, how much")
    assert len(rows) >= 10
    for where, value, _what in rows:
        module, _dot, name = scan.coded(where)[0].rpartition(".")
        there = getattr(settings if module == "django.conf.settings" else importlib.import_module(module), name)
        assert (", ".join(str(part) for part in there) if isinstance(there, tuple) else str(there)) == value, where
    assert len(new_code(8).replace("-", "")) == 8


def test_stays_last_as_long_as_written_down():
    assert {scan.coded(who)[0]: (int(idle), int(whole)) for who, idle, whole in scan.table("Stays")} == settings.STAYS


def test_the_ways_in_are_those_written_down():
    """Whatever else the libraries have under their roof lets nobody in."""
    written = set(scan.coded(scan.CONTROLS.split("\n## Ways in\n")[1].split("There is no sign-in")[0]))
    no_way_in = {
        "account_change_password", "account_confirm_email", "account_email", "account_email_verification_sent", "account_inactive", "account_logout",
        "account_reauthenticate", "account_reset_password_done", "account_reset_password_from_key_done", "account_set_password", "account_signup",
    }  # fmt: skip
    there = {name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith("account_")}
    assert there - no_way_in == {name for name in written if name.startswith("account_")}
    assert {"code", "enter", "mfa_authenticate", "mfa_login_webauthn"} == {name for name in written if not name.startswith("account_")}


def test_cookies_are_as_written_down(public):
    ours = ("SESSION", "CSRF", "KNOWN")
    assert {scan.coded(row[0])[0] for row in scan.table("Cookies")} == {f"{name}_COOKIE_NAME" for name in (*ours, "LANGUAGE", "DEVICE")}
    assert {public[f"{name}_COOKIE_NAME"][:7] for name in ours} == {"__Host-"}
    assert all(public[f"{name}_COOKIE_SECURE"] for name in (*ours, "LANGUAGE"))
    assert all(public[f"{name}_COOKIE_HTTPONLY"] for name in ours)
    assert {public[f"{name}_COOKIE_SAMESITE"] for name in ours} == {"Lax"}


def test_a_public_server_speaks_https_only(public):
    assert public["SECURE_SSL_REDIRECT"] and public["SECURE_HSTS_SECONDS"] >= 31536000 and public["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert public["DEBUG"] is False


def test_passwords_are_as_written_down(public):
    assert public["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    for refused in ("under fifteen.", "passwordpasswo", "123456789012345", "aaaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "qwertyuiopasdfghjkl"):
        with pytest.raises(ValidationError):
            validate_password(refused)
    for of_this_place in ("Setfair2026Setfair", "restorativeConferencing1", "Password-Password-1234", "ada.pryce.ada.pryce"):
        with pytest.raises(ValidationError):
            validate_password(of_this_place, User(email="ada.pryce@school.example", name="Ada Pryce"))
    for taken in ("fifteen signs ok", "ünïcode wörds and spaces", "long words " * 12, "a circle of twelve blue chairs", PASSWORD):
        validate_password(taken)


def test_the_logs_are_those_written_down():
    written = {name for row in scan.table("Logs") for name in scan.coded(row[0])}
    ours = {name.split(".")[0] for name in settings.LOGGING["loggers"]} | {"root"}
    assert ours == {name for name in written if "." not in name}
    assert settings.USE_TZ and settings.TIME_ZONE == "UTC"
    assert {handler["class"] for handler in settings.LOGGING["handlers"].values()} == {"logging.StreamHandler"}


def test_libraries_are_listed_pinned_and_told_why():
    text = (scan.ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]["dependencies"]
    lines = [line for line in text.splitlines() if line.startswith('  "') and any(f'"{name}"' in line for name in project)]
    assert len(lines) == len(project) <= 40
    assert all(len(line.partition("#")[2]) > 10 for line in lines)
    lock = (scan.ROOT / "requirements" / "run.lock").read_text()
    assert "--hash=sha256:" in lock and all(name.split(">")[0].split("=")[0].split("[")[0].split(";")[0] in lock for name in project)
