"""The worker as a process of its own: woken at once, stopped in seconds, killed without losing a letter."""

import os
import signal
import subprocess
import sys
import time
import uuid

import pytest
from django.conf import settings
from django.db import connection

from setfair.core import tenant
from setfair.core.actor import system
from setfair.letters import outbox
from setfair.letters.actions import Address, Words, write
from setfair.letters.journey import Stage
from setfair.letters.models import Letter
from setfair.programmes.models import Programme

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

STUCK = "setfair.letters.tests.posts.takes_it_and_never_answers"
SLOW = "setfair.letters.tests.posts.takes_its_time"
LOG = "worker.log"


@pytest.fixture
def school():
    key = uuid.uuid4()
    with tenant.inside(key):
        Programme.objects.create(pk=key, slug="worker-trial", kind="school", name="Trial", short_name="Trial")
    return key


@pytest.fixture
def worker(tmp_path):
    """`worker(SETFAIR_SMS=...)` starts one and returns once it listens; all are ended with the test."""
    started = []

    def start(role="setfair_app", wait=True, **surroundings):
        command = [sys.executable, "manage.py", "work"]
        given = {**os.environ, "SETFAIR_DATA_DIR": str(settings.DATA_DIR), "SETFAIR_DB_ROLE": role, **surroundings}
        with (tmp_path / LOG).open("ab") as log:
            process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=given, stdout=log, stderr=log)
        started.append(process)
        if wait:
            until(lambda: listening(process))
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def listening(process):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        assert process.poll() is None, "the worker ended"
        return cursor.fetchone()[0] > 0


KEYS = "setfair.seals.tasks.have_seals"


def until(true, seconds=30):
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, "never came true"
        time.sleep(0.02)


def text_for(programme_id):
    words, to = Words("Hello", "Your code waits."), Address("sms", "555-0101")
    with tenant.inside(programme_id):
        return write(words, to=to, reader=uuid.uuid4(), key=str(uuid.uuid4()), by=system(programme_id))


def stage_of(letter):
    with tenant.inside(letter.programme_id):
        return Letter.objects.get(pk=letter.pk).stage


def references():
    return [sent.message["Message-ID"] for sent in outbox.latest(1000)]


@pytest.fixture(autouse=True)
def empty_outbox():
    for sent in outbox.latest(10_000):
        sent.path.unlink()


def test_a_letter_leaves_right_after_it_was_written_and_the_worker_stops_when_asked(worker, school):
    """And it leaves nothing half-done. What comes due at the turn of a minute may wait for the next worker.

    A key of a seal is seconds of sums: cut off in them it has written nothing, and is made at the next turn.
    """
    process = worker()
    letters = [text_for(school) for _ in range(3)]
    began = time.monotonic()
    until(lambda: [stage_of(letter) for letter in letters] == [Stage.SENT] * 3)
    assert time.monotonic() - began < 10
    assert sorted(references()) == sorted(letter.message_id for letter in letters)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert time.monotonic() - began < 5
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status FROM procrastinate_jobs WHERE status <> 'todo' AND task_name <> %s", [KEYS])
        assert cursor.fetchall() == []


def test_a_worker_killed_while_it_hands_a_letter_over_loses_nothing(worker, school):
    process = worker(SETFAIR_SMS=STUCK)
    letter = text_for(school)
    until(lambda: references() == [letter.message_id])
    assert stage_of(letter) == Stage.DUE
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    worker()
    text_for(school)  # what wakes the next one: no minute to wait in a test
    until(lambda: stage_of(letter) == Stage.SENT)
    assert references().count(letter.message_id) == 2


def test_a_worker_whose_post_office_never_answers_stops_all_the_same(worker, school):
    process = worker(SETFAIR_SMS=STUCK)
    letter = text_for(school)
    until(lambda: references() == [letter.message_id])
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(10)
    assert time.monotonic() - began < 5
    assert stage_of(letter) == Stage.DUE


def test_a_letter_that_is_being_handed_over_is_written_down_as_sent_before_the_worker_ends(worker, school):
    """The other lines have nothing in hand and end at once; they take nothing away from the one that has."""
    process = worker(SETFAIR_SMS=SLOW)
    letter = text_for(school)
    until(lambda: references() == [letter.message_id])
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert stage_of(letter) == Stage.SENT
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status FROM procrastinate_jobs WHERE status <> 'todo' AND task_name <> %s", [KEYS])
        assert cursor.fetchall() == []


def test_two_workers_send_each_letter_once(worker, school):
    letters = [text_for(school) for _ in range(40)]
    worker()
    worker()
    text_for(school)
    until(lambda: {stage_of(letter) for letter in letters} == {Stage.SENT})
    assert sorted(r for r in references() if r in {letter.message_id for letter in letters}) == sorted(letter.message_id for letter in letters)


def test_when_the_database_cuts_it_off_the_worker_recovers_or_ends_and_never_hangs(worker, school, superuser_connection):
    process = worker()
    cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), %s)"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (mine,) = cursor.fetchone()
    superuser_connection.execute(cut, [mine])
    letter = text_for(school)

    def came_through():
        if process.poll() is not None:
            return True
        return stage_of(letter) == Stage.SENT

    until(came_through, seconds=45)
    if process.poll() is not None:
        worker()
        until(lambda: stage_of(letter) == Stage.SENT, seconds=70)
    assert stage_of(letter) == Stage.SENT


@pytest.mark.parametrize("role", ["postgres", "setfair_owner"])
def test_it_does_not_work_as_a_role_that_no_wall_binds(worker, tmp_path, role):
    process = worker(role=role, wait=False)
    assert process.wait(30) == 1
    assert f"does not work as the database role {role}" in (tmp_path / LOG).read_text()
