"""What can be set is written down, the lock files hold what is asked for, and addresses are read as they are meant."""

import os
import re

import pytest

from config import dotenv, lock, places, postgres

# Said by one part of Setfair to another, or to a single command; nobody sets these.
OUR_OWN = {
    "SETFAIR_DATA_DIR",  # DATA_DIR, made absolute
    "SETFAIR_PGHOST",  # where the supervisor's database answers
    "SETFAIR_DB_ROLE",  # the migrations' own role
    "SETFAIR_FIRST_KEY",  # opens the first run from elsewhere, for one start
    "SETFAIR_DB_NAME",  # a test's own database
    "DJANGO_SETTINGS_MODULE",  # always config.settings
    "FORCE",  # make restore FORCE=1
    "UPGRADE",  # make lock UPGRADE=1
}
READ = re.compile(r"""(?:environ(?:\.get|\.setdefault)?[\[(]|flag\()\s*"([A-Z_]+)\"""")


def test_every_setting_is_in_the_example_and_nothing_else_is():
    read = set(postgres.ADDRESSES.values()) - {"DATABASE_COMMONS_URL", "DATABASE_ADMIN_URL"}
    for path in [*places.ROOT.glob("config/*.py"), *(path for path in places.ROOT.glob("setfair/**/*.py") if "tests" not in path.parts)]:
        read |= set(READ.findall(path.read_text()))
    named = set(re.findall(r"^# ([A-Z_]+)=", (places.ROOT / ".env.example").read_text(), re.M))
    assert named == read - OUR_OWN


def test_the_lock_files_are_whole_and_name_no_registry():
    assert lock.faults() == []


def test_what_the_environment_says_comes_before_the_file(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("# PORT=1\nPORT=9001\n\nSETFAIR_SMS='file'\n")
    monkeypatch.setattr(places, "ROOT", tmp_path)
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("SETFAIR_SMS", "gone")
    monkeypatch.delenv("SETFAIR_SMS")
    dotenv.load()
    assert (os.environ["PORT"], os.environ["SETFAIR_SMS"]) == ("9000", "file")


def test_an_operators_address_is_taken_apart(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://setfair_app:p%40ss%2Fw@db.example:6432/vill%C3%A9?sslmode=verify-full")
    monkeypatch.setenv("SETFAIR_DB_ROLE", "setfair_app")
    found = postgres.django_database()
    assert [found[word] for word in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "villé",
        "setfair_app",
        "p@ss/w",
        "db.example",
        "6432",
    ]
    assert found["OPTIONS"] == {"sslmode": "verify-full", "application_name": "setfair", "connect_timeout": postgres.CONNECT_SECONDS}
    assert "host='db.example'" in postgres.conninfo("setfair_app").split()


def test_each_role_needs_its_own_address(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://setfair_app@db.example/setfair")
    monkeypatch.setenv("SETFAIR_DB_ROLE", "setfair_owner")
    with pytest.raises(postgres.NoAddress, match="^DATABASE_OWNER_URL is not set"):
        postgres.django_database()
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://setfair_owner@db.example/setfair")
    assert postgres.django_database()["USER"] == "setfair_owner"


def test_a_crooked_address_is_said(monkeypatch):
    for crooked in ("mysql://a@b/c", "postgresql://host"):
        monkeypatch.setenv("DATABASE_URL", crooked)
        with pytest.raises(postgres.NoAddress, match="^DATABASE_URL should read postgresql://"):
            postgres.conninfo("setfair_app")


def test_a_word_in_a_connection_string_cannot_end_it(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://setfair_app:it%27s%5C@db.example/setfair")
    assert "password='it\\'s\\\\'" in postgres.conninfo("setfair_app")
