"""What most tests stand on is written once and lent to test after test: each works in a savepoint above it, and leaves it as it was.

A scene is a fixture made with `scene`. The scenes that a test names lie on one
another in the order in which they were declared, the ground first; when the next
test wants the same they stay, and what it does not want is rolled back before it
starts. A test that commits (`transaction=True`, a served page) finds none lying
and has its own built.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import translation

from config import postgres

COMMITS = ("transactional_db", "live_server")
CHOSEN = "at_stage"
"""Stands for the scene `at_<stage>`, where a test is asked for each of several stages."""
AS_MANY = 200
"""After so many tests all is laid anew, so that what they left behind in the database's files stays small."""


@dataclass
class Laid:
    """A scene that lies there. `made` is never lent itself, for a test may change what it holds."""

    name: str
    made: Any
    held: transaction.Atomic
    on: BaseDatabaseWrapper
    packed: bytes = b""
    """This and all it lies on, to be unpacked for each test: a fifth of the time that copying takes."""
    lent: int = 0


_builders: dict[str, Callable[..., Any]] = {}
_laid: list[Laid] = []
_aside: list[psycopg.Connection] = []


def scene(build: Callable[..., Any]) -> Any:
    """Make a fixture of `build`. The first declared is the ground and takes nothing; each other takes what the ground made."""
    name = build.__name__
    assert name not in _builders, f"There is a scene {name} already."
    _builders[name] = build

    @pytest.fixture(name=name)
    def lent(request: pytest.FixtureRequest, db: Any) -> Any:
        copies = _copies_for(request.node)
        if name not in copies:
            ground = next(iter(_builders))
            copies[name] = build() if name == ground else build(request.getfixturevalue(ground))
        return copies[name]

    return lent


def _copies_for(test: Any) -> dict[str, Any]:
    """One copy of everything for one test, packed together, so that what they share they go on sharing."""
    if not hasattr(test, "lent"):
        test.lent = pickle.loads(_laid[-1].packed) if _laid else {}
    return test.lent  # type: ignore[no-any-return]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those who stand on the same come one after another, so that it is laid once for all of them; first those who stand on nothing that lies."""
    places = {name: number for number, name in enumerate(_builders, 1)}
    items.sort(key=lambda item: [places[name] for name in _wanted_by(item)])


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> Any:
    """Before the test's own transaction begins, lay what it names and take away what it does not."""
    if fixturedef.argname == "_django_db_helper":
        with request.getfixturevalue("django_db_blocker").unblock():
            _lay(_wanted_by(request.node))
        if _laid:
            _forget_the_tries()
    return (yield)


def _wanted_by(test: Any) -> list[str]:
    marker = test.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or any(name in test.fixturenames for name in COMMITS):
        return []
    names = set(test.fixturenames)
    if CHOSEN in names:
        names.add(f"at_{test.callspec.params['stage']}")
    named = [name for name in _builders if name in names]
    return list(dict.fromkeys([*list(_builders)[:1], *named])) if named else []


def _lay(wanted: list[str]) -> None:
    keep = next((n for n, laid in enumerate(_laid) if [laid.name] != wanted[n : n + 1]), len(_laid))
    clear(down_to=0 if _laid and _laid[0].lent >= AS_MANY else keep)
    for name in wanted[len(_laid) :]:
        translation.activate(settings.LANGUAGE_CODE)
        held = transaction.atomic()
        held.__enter__()
        _laid.append(Laid(name, _builders[name](*(laid.made for laid in _laid[:1])), held, connections[DEFAULT_DB_ALIAS]))
        _laid[-1].on.check_constraints()  # what a commit would ask is asked here, so that a test answers only for what it does itself
        _laid[-1].packed = pickle.dumps({laid.name: laid.made for laid in _laid})
    if _laid:
        _laid[0].lent += 1


def _forget_the_tries() -> None:
    """Tries are counted on a connection of their own and stay; a programme that is lent once more must not remember them."""
    for _attempt in range(2):
        if not _aside:
            _aside.append(psycopg.connect(postgres.conninfo("setfair_app"), autocommit=True))
        try:
            _aside[0].execute("DELETE FROM access_bucket")
            return
        except psycopg.OperationalError:
            # The database was cloned anew since the last time.
            _aside.pop().close()


def clear(*, down_to: int = 0) -> None:
    """Roll back every scene above the lowest `down_to`."""
    there = _laid[0].on if _laid else None
    if there is not None and (there is not connections[DEFAULT_DB_ALIAS] or not there.in_atomic_block):
        # A test has closed the connection; or a browser was started since, and with its loop this thread was given another one.
        there.close()
        _laid.clear()
    while len(_laid) > down_to:
        transaction.set_rollback(True)
        _laid.pop().held.__exit__(None, None, None)
