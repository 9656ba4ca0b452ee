"""No input makes an error, a wait or a line of a log that holds what somebody wrote.

Every route is tried with odd addresses, questions, headers and forms, on a real
database; whatever a request wrote is taken back. `make test` tries a few at each
route; `make figure NAME=fuzz` tries more, `FULL=1` all.
"""

import logging
import os
import time
from urllib.parse import urlsplit

import pytest
from django.urls import NoReverseMatch, get_resolver
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as some

from config.logs import RouteNames
from setfair.core.bounds import NotTaken
from setfair.files.examined import Examined, examined
from tests import pgcluster, scenes
from tests.house import fuzzing, matrix, messes

pytestmark = pytest.mark.django_db
PART, PARTS, EACH, SEED = map(int, os.environ.get("SETFAIR_FUZZ", "0/12/1/1").split("/"))
"""Which part of the routes, how many inputs of each kind at each, and the seed."""
TOO_LONG = 2.0
HALF = [Phase.generate]


def odd(strategy, body, count=EACH):
    """So many inputs, one after another, none of them looked at twice."""
    so_many = settings(max_examples=count, database=None, deadline=None, phases=HALF, suppress_health_check=list(HealthCheck))
    seed(SEED)(so_many(given(strategy)(body)))()


class Kept(logging.Handler):
    """Every line that any logger writes, as it would be written."""

    def __init__(self):
        super().__init__()
        self.setFormatter(RouteNames("%(name)s %(levelname)s %(message)s"))
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def lines():
    """All loggers there are, those that keep to themselves included, and what the database writes down meanwhile."""
    kept, alone = Kept(), [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    listened = [logging.root, *(logger for logger in alone if not logger.propagate)]
    for logger in listened:
        logger.addHandler(kept)
    log = pgcluster.box().log
    begun = log.stat().st_size if log.exists() else 0
    yield lambda: kept.lines + (log.read_bytes()[begun:].decode(errors="replace").splitlines() if log.exists() else [])
    for logger in listened:
        logger.removeHandler(kept)


class Tried:
    """Counts what was sent, and writes down what went wrong: an error, a wait, an answer that leads where the input says."""

    def __init__(self, world):
        self.world, self.inputs, self.faults = world, 0, []

    def send(self, place, method, address, data=None, **headers):
        self.inputs += 1
        if self.inputs % 5 == 0:
            scenes._forget_the_tries()
        began = time.monotonic()
        answer = fuzzing.sent(self.world, place.who, method, address, data, **headers)
        took = time.monotonic() - began
        for _again in range(2):
            if took > TOO_LONG:
                began = time.monotonic()
                fuzzing.sent(self.world, place.who, method, address, data, **headers)
                took = min(took, time.monotonic() - began)
        said = f"{method} {place.name}"
        if answer.status_code >= 500:
            why = answer.exc_info[0].__name__ if getattr(answer, "exc_info", None) else ""
            self.faults.append(f"{said} answered {answer.status_code} {why}: {data!r:.300} {headers!r:.200} {address[:200]!r}")
        if took > TOO_LONG:
            self.faults.append(f"{said} took {took:.1f} s: {data!r:.300}")
        there = answer["Location"] if answer.has_header("Location") else ""
        if messes.AWAY in urlsplit(there).netloc:
            self.faults.append(f"{said} leads away to {there:.200}")


@pytest.fixture
def world(village):
    return matrix.settle(village)


def test_no_input_makes_an_error_a_wait_or_a_line_that_tells(world, lines, record_property):
    every = fuzzing.places(world)
    chosen = every[PART::PARTS]
    others = sorted({name for place in every for name in place.fields} | {"case", "programme", "stage", "by"})
    tried = Tried(world)
    _every_route_has_its_place(every)
    for place in chosen:
        _try(tried, place, others)
    told = [f"a log tells: {line[:200]}" for line in lines() if messes.PLANTED.lower() in line.lower()]
    record_property("routes", len(chosen))
    record_property("whole", len(every))
    record_property("inputs", tried.inputs)
    record_property("faults", len(tried.faults) + len(told))
    record_property("first", "\n".join((tried.faults + told)[:20]))
    print("\n".join(tried.faults + told))
    assert tried.faults + told == []
    assert tried.inputs >= len(chosen) * EACH


def _every_route_has_its_place(every):
    """A new page joins by itself, and what a form takes is read off a page."""
    assert {place.name for place in every} == {entry.name for entry in matrix._patterns(get_resolver()) if entry.name}
    fields = {place.name: set(place.fields) - {"stay"} for place in every}
    assert fields["file_add"] == {"file", "audience", "reader", "words", "instead_of"}
    assert fields["proof"] == {"how", "words", "form_key"}


def _try(tried, place, others):
    keys = some.fixed_dictionaries({key: messes.of_address(kind, honest) for key, (kind, honest) in place.keys.items()})

    def addressed(given_keys):
        try:
            return place.address(given_keys)
        except NoReverseMatch:
            return place.address(place.honest)

    def asked(said):
        address, query, headers = said
        tried.send(place, "get", addressed(address), query, **headers)

    def filled(said):
        address, form, headers = said
        tried.send(place, "post", addressed(address), form, **headers)

    odd(some.tuples(keys, messes.query(), messes.headers()), asked)
    odd(some.tuples(keys, messes.form_of(place.fields, place.files, others), messes.headers()), filled, 2 * EACH)


def test_whatever_is_sent_as_a_file_is_kept_or_refused(record_property):
    faults, tries = [], []

    def opened(data):
        began = time.monotonic()
        try:
            kept = examined(data)
            fine = isinstance(kept, Examined) and len(kept.data) > 0 and (kept.kind == "text" or messes.PLANTED.encode() not in kept.data)
        except NotTaken as refused:
            fine = refused.code != "busy"
        tries.append(time.monotonic() - began)
        if not fine:
            faults.append(data[:80])

    odd(messes.torn(), opened, 5 * EACH)
    record_property("files", len(tries))
    record_property("wrong_files", len(faults))
    assert faults == []
