import threading

import pytest
from django.db import connection, connections
from django.test import Client

from setfair.accounts.models import User
from setfair.core import tenant
from setfair.core.actor import anyone
from setfair.desk.actions import CannotBegin, begin_here
from setfair.desk.queries import nothing_here
from setfair.programmes.models import Membership, Programme, Window

FORM = {
    "your_name": "Ada Pryce",
    "email": "Ada@north.example",
    "password": "five calm words in a row",
    "kind": "school",
    "name": "North peer team",
    "short_name": "Room 12",
    "zone": "America/New_York",
    "language": "en",
}


def ids():
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id FROM programmes_here()")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
def test_an_empty_installation_sends_the_front_to_the_first_run(client):
    answer = client.get("/")
    assert (answer.status_code, answer.url) == (302, "/begin/")
    assert client.get("/begin/").status_code == 200


@pytest.mark.django_db
def test_the_first_run_makes_an_administrator_and_a_programme_and_then_is_gone(client, browser_clients):
    answer = client.post("/begin/", FORM)
    assert (answer.status_code, answer.url) == (302, "/settings/programme/?setup=1")
    user = User.objects.get()
    assert (user.email, user.check_password(FORM["password"])) == ("ada@north.example", True)
    (programme_id,) = ids()
    with tenant.inside(programme_id):
        assert Programme.objects.get().slug == "room-12"
        assert list(Membership.objects.values_list("user", "role")) == [(user.pk, "administrator")]
        assert Window.objects.count() == 11
    assert client.get("/begin/").status_code == 404
    assert client.post("/begin/", FORM).status_code == 404
    stranger = browser_clients()
    assert stranger.get("/begin/").status_code == 404
    assert stranger.post("/begin/", FORM | {"email": "other@north.example"}).status_code == 404


@pytest.mark.django_db
def test_the_pages_of_the_first_run_lead_through_to_today_and_its_check_list(client):
    page = client.post("/begin/", FORM).url
    seen = []
    while "?setup=1" in page:
        shown = client.get(page)
        assert shown.status_code == 200
        seen.append(page.split("?")[0])
        page = shown.context["wizard"].after
    assert seen == [f"/settings/{part}/" for part in ("programme", "rules", "windows", "terms", "people", "words", "letters")]
    assert page == "/today/"
    assert "8 of 15 ready to open." in client.get(page).content.decode()


@pytest.mark.django_db
def test_saving_a_page_of_the_first_run_goes_to_the_next(client):
    client.post("/begin/", FORM)
    shown = client.get("/settings/rules/?setup=1").context["form"]
    saved = client.post("/settings/rules/?setup=1", {**shown.initial, "max_minutes": 45})
    assert saved.url == "/settings/windows/?setup=1"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("password", "short", "at least 15"),
        ("password", "adapryce@north.example"[:14], "at least 15"),
        ("short_name", "Restorative justice desk", "lock screens"),
        ("address", "peer-conferencing", "Browsers keep this address"),
        ("address", "mediation-room", "Browsers keep this address"),
        ("address", "room/12", "letters, numbers and dashes"),
        ("email", "nobody", "valid email"),
        ("your_name", "", "Please fill this in."),
    ],
)
def test_what_cannot_be_keeps_the_words_and_says_why(client, field, value, says):
    answer = client.post("/begin/", FORM | {field: value})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert answer.context["form"]["name"].value() == "North peer team"
    assert nothing_here()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("short_name", "slug"),
    [
        ("Sala Añil", "sala-anil"),
        ("🌿", "programme"),
        ("مدرسة", "programme"),
        ("A" * 40, "a" * 24),
        ("Northgate Room 12, next to the library", "northgate-room-12-next"),
    ],
)
def test_the_address_is_made_of_the_neutral_name_and_short(client, short_name, slug):
    name = "Northgate High peer conferencing"
    assert client.post("/begin/", FORM | {"name": name, "short_name": short_name}).status_code == 302
    with tenant.inside(ids()[0]):
        assert (Programme.objects.get().name, Programme.objects.get().slug) == (name, slug)


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "slug"), [("Lantern-House", "lantern-house"), ("a" * 40, "a" * 40)])
def test_whoever_wants_another_address_types_it(client, typed, slug):
    assert client.post("/begin/", FORM | {"address": typed}).status_code == 302
    with tenant.inside(ids()[0]):
        assert Programme.objects.get().slug == slug


@pytest.mark.django_db
def test_while_a_programme_is_here_there_is_no_first_run(village, client):
    assert client.get("/begin/").status_code == 404
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_an_account_alone_ends_the_first_run(client):
    User.objects.create_user(email="left@over.example", name="Left Over")
    assert client.get("/begin/").status_code == 404


@pytest.mark.django_db
def test_from_elsewhere_only_the_printed_address_leads_to_the_first_run(browser_clients, settings):
    settings.FIRST_KEY, settings.PUBLIC = "k3y-of-this-start", True
    stranger = browser_clients(REMOTE_ADDR="127.0.0.1")  # on a public server that is the proxy
    for page in ("/begin/", "/begin/?key=", "/begin/?key=k3y", "/begin/?key=%C3%A9"):
        assert stranger.get(page, secure=True).status_code == 403
        assert stranger.post(page, FORM, secure=True).status_code == 403
    assert nothing_here()
    assert stranger.get("/begin/?key=k3y-of-this-start", secure=True).status_code == 200
    assert stranger.post("/begin/?key=k3y-of-this-start", FORM, secure=True).status_code == 302
    assert User.objects.get().email == "ada@north.example"


@pytest.mark.django_db
def test_where_no_address_was_printed_none_leads_in(browser_clients, settings):
    settings.FIRST_KEY = ""
    assert browser_clients(REMOTE_ADDR="192.0.2.7").get("/begin/?key=").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_it_at_once_one_becomes_the_administrator():
    answers, gate = [], threading.Barrier(4)

    def send(number):
        try:
            gate.wait()
            answers.append(Client().post("/begin/", FORM | {"email": f"ada{number}@north.example"}).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=[n]) for n in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert len(ids()) == 1
    assert User.objects.count() == 1
    assert sorted(answers)[0] == 302
    assert set(sorted(answers)[1:]) <= {404, 422}


@pytest.mark.django_db
def test_whoever_comes_second_is_told(village):
    with pytest.raises(CannotBegin, match="Somebody else has set this up"):
        begin_here(by=anyone(), **FORM)
