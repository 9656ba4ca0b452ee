"""A list is its bringer's own, and only those who coordinate bring one."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from setfair.core import clock
from setfair.imports.journey import Stage
from setfair.imports.models import Leaf
from setfair.imports.tasks import go_on
from setfair.programmes.models import Membership, Role

from .files import REQUESTS, brought, guessed, let_in, only

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(village, browser_clients):
    return brought(village.sign_in(browser_clients(), "cora"), "requests", REQUESTS)


@pytest.mark.parametrize("who", ["ada", "sven", "fadi", "ines", "nour", "lena"])
def test_nobody_else_opens_it(village, page, client, who):
    village.sign_in(client, who)
    assert client.get(page).status_code == 404
    assert client.post(page + "run/").status_code == 404
    assert client.get(reverse("lists")).status_code == (200 if who == "nour" else 404)


def test_not_even_somebody_else_who_coordinates_here(village, page, client):
    with village.inside():
        Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
    village.sign_in(client, "sven")
    assert client.get(page).status_code == 404
    assert list(client.get(reverse("lists")).context["mine"]) == []


def test_a_list_of_somebody_who_coordinates_no_more_is_put_away(village, page, client):
    village.sign_in(client, "cora")
    form = client.get(page).context["form"]
    client.post(page, {name: form[name].initial or "" for name in form.fields})
    with village.inside():
        Membership.objects.filter(user=village.cora).update(ended_at=clock.now())
    go_on()
    assert only(village).stage == Stage.DROPPED
    with village.inside():
        assert not Leaf.objects.exists()


def test_after_seven_days_the_words_are_gone(village, page):
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        go_on()
    assert only(village).stage == Stage.DROPPED
    with village.inside():
        assert not Leaf.objects.exists()


def test_after_seven_days_nothing_is_taken_back(village, client):
    village.sign_in(client, "cora")
    page = brought(client, "requests", REQUESTS)
    guessed(client, page)
    assert let_in(client, page).context["may_undo"]
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        village.sign_in(client, "cora")
        assert not client.get(page).context["may_undo"]
        client.post(page + "back/")
    assert only(village).stage == Stage.DONE


def test_the_rows_that_stay_out_are_handed_back_without_formulas(village, client):
    village.sign_in(client, "cora")
    page = brought(client, "requests", "Source,Story\nparent,=HYPERLINK(1)\n")
    guessed(client, page)
    answer = client.get(page + "rows/")
    assert answer.content.decode() == (
        "\ufeffSource,Story,Row,What is wrong\r\n"
        'parent,\'=HYPERLINK(1),2,"Please give us one safe way, or tick the last line: do not contact me."\r\n'
    )
    assert answer["Content-Disposition"] == 'attachment; filename="rows.csv"'
