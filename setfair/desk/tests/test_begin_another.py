"""One more programme in the same installation: by a link for one account, once, and nothing of the others comes with it."""

import itertools
import re
import threading
from datetime import timedelta
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.urls import reverse

from setfair.access.arrival import LINKS_NEAR
from setfair.access.founding import let_found
from setfair.access.models import Denial, Founding
from setfair.access.tasks import sweep
from setfair.accounts import pace
from setfair.accounts.models import User
from setfair.accounts.tests.worker import send_waiting
from setfair.core import clock, tenant
from setfair.core.actor import anyone
from setfair.desk.actions import begin_here
from setfair.journal.models import Entry
from setfair.programmes.models import Membership, Programme

FORM = {"kind": "community", "name": "River County conferencing", "short_name": "Mill Street", "zone": "America/Chicago", "language": "en"}
FIRST = FORM | {"kind": "school", "name": "North peer team", "short_name": "Room 12"}
NETWORKS = itertools.count(1)
GUESS = "a-link-that-is-as-long-as-one-from-a-message"


@pytest.fixture
def ada():
    """Who founded the first programme of this installation."""
    cache.clear()
    return begin_here(by=anyone(), your_name="Ada Pryce", email="ada@north.example", password="five calm words in a row", **FIRST)


def link_for(email="nils@river.example", name="Nils Aster"):
    said = StringIO()
    call_command("programme", email, name, stdout=said)
    return re.search(r"/begin/\S+", said.getvalue())[0]


def caller():
    """In a network of its own, so that one test's wrong links are not another's."""
    return Client(REMOTE_ADDR=f"10.77.{next(NETWORKS)}.7")


def signed_in(email):
    client = caller()
    client.force_login(User.objects.get(email=email))
    return client


def own_facts():
    return list(User.objects.values_list("pk", "email", "name", "password", "language"))


def programmes_of(user):
    found = {}
    for programme in everyone():
        with tenant.inside(programme.pk):
            for role in Membership.objects.filter(user=user, ended_at=None).values_list("role", flat=True):
                found.setdefault(programme.short_name, []).append(role)
    return found


def everyone():
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT programme_id FROM programmes_here()")
        ids = [row[0] for row in cursor.fetchall()]
    found = []
    for key in ids:
        with tenant.inside(key):
            found.append(Programme.objects.get())
    return found


@pytest.mark.django_db
def test_whom_the_operator_named_signs_in_with_a_code_and_founds_it(ada, monkeypatch, client):
    monkeypatch.setattr(pace, "PACE", 0.0)
    page = link_for()
    sent = client.get(page)
    assert (sent.status_code, sent.url) == (302, f"/account/login/?{urlencode({'next': page})}")
    client.post(reverse("account_request_login_code"), {"email": "nils@river.example", "next": page})
    assert send_waiting() == 1
    code = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[-1].body, re.MULTILINE)[1]
    assert client.post(reverse("account_confirm_login_code"), {"code": code, "next": page}).url == page
    assert client.get(page).status_code == 200
    answer = client.post(page, FORM)
    assert (answer.status_code, answer.url) == (302, "/settings/programme/?setup=1")
    assert "Mill Street" in client.get("/today/").content.decode()
    assert programmes_of(User.objects.get(email="nils@river.example")) == {"Mill Street": ["administrator"]}
    assert programmes_of(ada) == {"Room 12": ["administrator"]}
    new = next(p for p in everyone() if p.short_name == "Mill Street")
    with tenant.inside(new.pk):
        assert sorted(Entry.objects.filter(verb__in=("opened_programme", "gave_role")).values_list("verb", "actor_id")) == [
            ("gave_role", User.objects.get(email="nils@river.example").pk),
            ("opened_programme", User.objects.get(email="nils@river.example").pk),
        ]


@pytest.mark.django_db
def test_looking_spends_nothing_and_it_works_once(ada):
    page = link_for()
    nils = signed_in("nils@river.example")
    assert [nils.get(page).status_code for _look in range(3)] + [caller().get(page).status_code] == [200, 200, 200, 302]
    assert nils.post(page, FORM).status_code == 302
    for client in (nils, caller(), signed_in("ada@north.example")):
        for answer in (client.get(page), client.post(page, FORM | {"name": "A third"})):
            assert answer.status_code == 410
            assert "This link does not work any more" in answer.content.decode()
    assert len(everyone()) == 2


@pytest.mark.django_db
def test_after_seven_days_it_is_gone_and_a_new_one_ends_the_one_before(ada):
    old, page = link_for(), link_for()
    nils = signed_in("nils@river.example")
    assert [nils.get(old).status_code, nils.get(page).status_code] == [410, 200]
    Founding.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert [nils.get(page).status_code, nils.post(page, FORM).status_code] == [410, 410]
    assert len(everyone()) == 1


@pytest.mark.django_db
def test_somebody_with_an_account_here_accepts_signed_in_and_keeps_what_they_have(ada):
    before = own_facts()
    page = link_for("ADA@north.example", "Somebody Else")
    assert programmes_of(ada) == {"Room 12": ["administrator"]}
    client = signed_in("ada@north.example")
    assert client.post(page, FORM).status_code == 302
    assert programmes_of(ada) == {"Room 12": ["administrator"], "Mill Street": ["administrator"]}
    assert own_facts() == before


@pytest.mark.django_db
def test_whoever_else_has_the_link_learns_nothing_by_it_and_founds_nothing(ada):
    for page in (link_for("ada@north.example", "Ada"), link_for("new@river.example", "New")):
        got, sent = caller().get(page), caller().post(page, FORM)
        assert (got.status_code, got.url.split("?")[0], sent.status_code) == (302, "/account/login/", 401)
    other = User.objects.create_user("eve@else.example", "Eve Marl")
    client = caller()
    client.force_login(other)
    for answer in (client.get(page), client.post(page, FORM)):
        assert answer.status_code == 403
        assert "new@river.example" not in answer.content.decode()
    assert len(everyone()) == 1


@pytest.mark.django_db
def test_a_guess_is_answered_plainly_written_down_and_counted(ada):
    client = caller()
    Denial.objects.all().delete()
    answers = [client.get(f"/begin/{GUESS}{n}/") for n in range(3)]
    assert [a.status_code for a in answers] == [410] * 3
    assert list(Denial.objects.values_list("route", "permission")) == [("begin_another", "found")] * 3
    for n in range(LINKS_NEAR[0]):
        client.get(f"/begin/{GUESS}{n}/")
    page = link_for()
    assert [client.get(page).status_code, client.get("/begin/short/").status_code] == [410, 410]
    assert caller().get(page).status_code == 302


@pytest.mark.django_db
def test_what_cannot_be_keeps_the_words_and_the_link(ada):
    page = link_for()
    nils = signed_in("nils@river.example")
    answer = nils.post(page, FORM | {"short_name": "Restorative justice desk"})
    assert (answer.status_code, f'value="{FORM["name"]}"' in answer.content.decode()) == (422, True)
    taken = nils.post(page, FORM | {"name": FIRST["name"], "short_name": FIRST["short_name"]})
    assert (taken.status_code, "This address is taken." in taken.content.decode()) == (422, True)
    assert nils.post(page, FORM | {"short_name": FIRST["short_name"], "address": "mill-street"}).status_code == 302
    assert sorted(p.slug for p in everyone()) == ["mill-street", "room-12"]


@pytest.mark.django_db
def test_nothing_of_the_demo_stands_beside_a_real_programme(village):
    with pytest.raises(CommandError, match="This is the demo"):
        link_for()
    user = User.objects.create_user("nils@river.example", "Nils Aster")
    answer = signed_in("nils@river.example").post(reverse("begin_another", args=[let_found(user)]), FORM)
    assert (answer.status_code, "cannot share one database" in answer.content.decode()) == (422, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "name", "says"), [("nobody", "Ada", "no e-mail address"), ("", "Ada", "no e-mail"), ("a@b.example", " ", "Who is it")]
)
def test_the_command_says_what_is_missing(email, name, says):
    with pytest.raises(CommandError, match=says):
        link_for(email, name)
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_links_of_long_ago_are_swept(ada):
    link_for()
    link_for("other@river.example", "Other")
    Founding.objects.filter(user__email="other@river.example").update(expires_at=clock.now() - timedelta(days=31))
    sweep()
    assert list(Founding.objects.values_list("user__email", flat=True)) == ["nils@river.example"]


@pytest.mark.django_db(transaction=True)
def test_of_many_presses_at_once_one_founds_it():
    begin_here(by=anyone(), your_name="Ada Pryce", email="ada@north.example", password="five calm words in a row", **FIRST)
    page, answers, gate = link_for(), [], threading.Barrier(3)
    clients = [signed_in("nils@river.example") for _n in range(3)]

    def press(number):
        try:
            gate.wait()
            answers.append(clients[number].post(page, FORM | {"name": f"River {number}"}).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[n]) for n in range(3)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(answers)[0] == 302
    assert set(sorted(answers)[1:]) <= {410, 422}
    assert len(everyone()) == 2
