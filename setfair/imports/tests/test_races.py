"""A long list holds up nobody: neither who asks meanwhile, nor who puts it away, nor what else the worker has to do."""

from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.lines import DAILY, LONG
from setfair.imports.journey import Stage
from setfair.imports.models import Leaf
from setfair.imports.tasks import go_on
from setfair.imports.waking import WAKE, wake_worker
from setfair.letters.waking import WAKE as LETTERS
from setfair.programmes.models import Programme
from setfair.village.build import build

from .files import CASES, brought, only

ALARMS, PATIENCE = "setfair.safety.tasks.tell_others", 30


@pytest.fixture
def village_for_all(transactional_db):
    """A village whose rows are committed, for several connections at once."""
    return build(with_passwords=False)


@contextmanager
def held_elsewhere(village, rows):
    """Somebody else has these rows in their hand, for as long as the block lasts, which waits for none of them."""
    has, may_go = Event(), Event()

    def hold():
        try:
            with tenant.inside(village.school.pk):
                list(rows().select_for_update(of=("self",), no_key=True))
                has.set()
                may_go.wait(PATIENCE)
        finally:
            connection.close()

    thread = Thread(target=hold)
    thread.start()
    assert has.wait(PATIENCE)
    yield
    waited = not thread.is_alive()
    may_go.set()
    thread.join(PATIENCE)
    assert not waited


def named(client, page):
    form = client.get(page).context["form"]
    client.post(page, {name: form[name].initial or "" for name in form.fields})


def lines(count):
    return "Source;Story;Email\n" + "".join(f"parent;Words in the yard {n};p{n}@home.example\n" for n in range(count))


@pytest.mark.django_db(transaction=True)
def test_a_list_is_put_away_though_the_worker_has_some_of_its_rows(village_for_all, client):
    village = village_for_all
    page = brought(village.sign_in(client, "cora"), "requests", lines(250))
    named(client, page)
    with held_elsewhere(village, lambda: Leaf.objects.filter(number=1)):
        client.post(page + "away/")
        assert only(village).stage == Stage.DROPPED
        with village.inside():
            assert [leaf.number for leaf in Leaf.objects.all()] == [1]
    go_on()
    with village.inside():
        assert not Leaf.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("kind", "text"), [("requests", lines(3)), ("cases", CASES)])
def test_to_look_a_list_through_takes_no_number_and_waits_for_none(village_for_all, client, kind, text):
    village = village_for_all
    page = brought(village.sign_in(client, "cora"), kind, text)
    named(client, page)
    with held_elsewhere(village, lambda: Programme.objects.filter(pk=village.school.pk)):
        go_on()
        assert only(village).stage == Stage.LOOKED
    with village.inside():
        assert sum(leaf.good for leaf in Leaf.objects.all()) == len(text.splitlines()) - 1


@pytest.mark.django_db
def test_lists_wait_in_a_line_of_their_own_and_once(village):
    assert app.tasks[WAKE].queue == LONG
    assert {app.tasks[name].queue for name in (LETTERS, ALARMS)} == {DAILY}
    with village.inside(), connection.cursor() as cursor:
        wake_worker()
        wake_worker()
        cursor.execute("SELECT queue_name FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'", [WAKE])
        assert cursor.fetchall() == [(LONG,)]
