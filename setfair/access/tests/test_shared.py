"""A device that people use one after another: who makes one, and that nothing of one person is there for the next."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from setfair.access import entry
from setfair.journal.models import Entry
from setfair.preparation.models import Complaint
from setfair.programmes import actions
from setfair.programmes.models import Device
from setfair.referrals.draft import opened

pytestmark = pytest.mark.django_db
CLEARED = '"cache", "storage"'
CODE_SAID = "you are asked for your code once more"
KNOWN, LANGUAGE = settings.KNOWN_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME
FILES = {"own_copy_file": {}, "status_copy_file": {}, "meeting_file": {}, "my_file": {"pk": uuid4()}, "my_paper": {"pk": uuid4()}}
FOR_THE_TEAM = (
    "today",
    "cases",
    "settings",
    "devices",
    "account_login",
    "account_request_login_code",
    "mfa_add_webauthn",
    "usersessions_list",
    "begin",
)
FOR_NOBODY = ("front", "letters", "gallery", "nowhere", "second_step", "refer")


@pytest.fixture
def tablet(village):
    """Cora made this browser a shared device, in the way that there is."""
    browser = village.sign_in(Client(), "cora")
    answer = browser.post(reverse("devices"), {"name": "Waiting room"})
    assert (answer.status_code, answer["Location"], answer["Clear-Site-Data"]) == (302, reverse("rest"), CLEARED)
    return browser


@pytest.fixture
def hana(circle):
    return circle["hana"]


def type_code(browser, village, person):
    return browser.post(reverse("code"), {"code": village.code_for(person)})


def addresses(village, names):
    return [reverse(name, args=[village.school.slug] if name == "refer" else []) for name in names]


def test_whoever_shares_it_is_signed_out_and_nobody_of_the_team_comes_in_on_it(village, tablet):
    assert dict(tablet.session) == {}
    shut = {path: tablet.get(path) for path in addresses(village, FOR_THE_TEAM + FOR_NOBODY)}
    assert {path: (answer.status_code, answer.get("Location")) for path, answer in shut.items()} == dict.fromkeys(shut, (302, reverse("rest")))
    assert tablet.post(reverse("account_login"), {"login": "cora@school.example", "password": "x"})["Location"] == reverse("rest")
    village.sign_in(tablet, "cora")
    assert tablet.get(reverse("today"))["Location"] == reverse("rest")
    assert "_auth_user_id" not in tablet.session
    with village.inside():
        assert list(Entry.objects.filter(verb="shared_device").values_list("actor_id", "case_id")) == [(village.cora.pk, None)]


def test_it_rests_where_the_next_person_types_their_code(village, tablet, hana):
    page = tablet.get(reverse("rest"))
    cookie = page.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"] > 86400, village.school.pk.hex in cookie.value) == (True, "Lax", True, False)
    assert re.findall(r'<form[^>]*action="([^"]*)"', page.content.decode())[-1] == reverse("code")
    assert type_code(tablet, village, hana)["Location"] == reverse("home")
    assert "Hana" in tablet.get(reverse("home")).content.decode()
    assert tablet.get(reverse("rest")).status_code == 200
    assert tablet.get(reverse("home"))["Location"] == reverse("code")
    assert tablet.get(reverse("code"))["Location"] == reverse("rest")


@pytest.mark.parametrize("how", ["", "?idle=1"])
def test_leaving_leads_to_its_rest_and_it_stays_a_shared_one(village, tablet, hana, how):
    type_code(tablet, village, hana)
    answer = tablet.get(reverse("exit") + how)
    assert (answer.status_code, answer["Location"], answer["Clear-Site-Data"]) == (302, reverse("rest"), CLEARED)
    assert (answer.cookies["stay"].value, "device" in answer.cookies) == ("", False)
    assert tablet.get(reverse("today"))["Location"] == reverse("rest")


def test_nothing_is_filled_in_and_nothing_is_saved(village, tablet, hana):
    type_code(tablet, village, hana)
    for name in ("code", "complain", "questions", "my_contact"):
        page = (tablet.post if name == "code" else tablet.get)(reverse(name)).content.decode()
        fields = re.findall(r"<(?:input|textarea|select|form)\b[^>]*>", page)
        assert fields
        assert [field for field in fields if field.count("autocomplete") != 1 or 'autocomplete="off"' not in field] == []
        assert "ui/fills" not in page
    refused = tablet.get(reverse("meeting_file"))
    assert (refused.status_code, f'href="{reverse("home")}"' in refused.content.decode()) == (403, True)


def test_two_minutes_without_a_touch_end_it_and_writing_goes_on(village, tablet, hana, monkeypatch):
    type_code(tablet, village, hana)
    now = entry.time.time()
    page = tablet.get(reverse("home")).content.decode()
    assert re.findall(r'<noscript><meta http-equiv="refresh" content="([^"]*)"', page) == [f"120; url={reverse('still_here')}?from=/g/"]
    assert re.findall(r'data-idle="([^"]*)" data-warn="([^"]*)"', page) == [("2", "0.5")]
    moments = iter((100, 200, 300, 451))
    answers = []
    for path in (reverse("still_here") + "?said=1", reverse("still_here") + "?from=/g/", reverse("home"), reverse("home")):
        monkeypatch.setattr(entry.time, "time", lambda at=now + next(moments): at)
        answers.append(tablet.get(path).status_code)
    assert answers == [204, 200, 200, 302]


def test_without_a_script_a_page_that_is_written_on_waits_longer_and_says_so(village, tablet, hana):
    type_code(tablet, village, hana)
    pages = [tablet.get(reverse(name)).content.decode() for name in ("home", "complain", "rest")]
    assert [re.findall(r'http-equiv="refresh" content="(\d+)', page) for page in pages] == [["120"], ["480"], []]
    assert ["You have 8 minutes to write here" in page for page in pages] == [False, True, False]
    assert pages[1].index("You have 8 minutes to write here") < pages[1].index(CODE_SAID) < pages[1].index("<textarea")


def test_without_a_script_what_took_longer_to_write_waits_for_the_code_and_is_sent_then(village, tablet, hana, monkeypatch):
    """Five minutes at one page: the stay is over, the words come back for as long as there was to write them, and the code lets them go on."""
    type_code(tablet, village, hana)
    words = {"words": "They walk home by the mill.", **stamp(tablet.get(reverse("complain")).content.decode())}
    later = entry.time.time() + 300
    monkeypatch.setattr(entry.time, "time", lambda: later)
    kept = tablet.post(reverse("complain"), words)
    page = kept.content.decode()
    assert (kept.status_code, words["words"] in page, "First come in again" in page) == (401, True, True)
    assert (re.findall(r'http-equiv="refresh" content="(\d+)', page), "You have 8 minutes to write here" in page, CODE_SAID in page) == (
        ["480"],
        True,
        False,
    )
    with village.inside():
        assert not Complaint.objects.exists()
    type_code(tablet, village, hana)
    again = {"words": words["words"], **stamp(page.split("<main")[1])}
    assert tablet.post(reverse("complain"), again)["Location"] == reverse("home")
    with village.inside():
        assert Complaint.objects.get().words == words["words"]


def stamp(page):
    """What a form carries unseen."""
    return dict(re.findall(r'<input[^>]*type="hidden" name="(stay|again)" value="([^"]*)"', page))


def test_a_request_half_written_on_it_ends_with_its_stay(village, tablet, monkeypatch):
    first = reverse("ask_step", args=[village.school.slug, "now"])
    tablet.post(first, {"answer": "no"})
    check = reverse("ask_check", args=[village.school.slug])
    assert tablet.get(check)["Location"] == reverse("ask_step", args=[village.school.slug, "who"])
    later = entry.time.time() + 200
    monkeypatch.setattr(entry.time, "time", lambda: later)
    assert tablet.get(check)["Location"] == reverse("ask", args=[village.school.slug])


def step(village, name):
    return reverse("ask_step", args=[village.school.slug, name])


@pytest.mark.parametrize(("away", "kept"), [(470, True), (520, False)])
@pytest.mark.parametrize("by_code", [False, True])
def test_a_request_is_kept_for_as_long_as_the_page_says_and_no_code_is_asked_for(village, tablet, hana, monkeypatch, away, kept, by_code):
    if by_code:
        type_code(tablet, village, hana)
    tablet.post(step(village, "now"), {"answer": "no"})
    page = tablet.get(step(village, "what")).content.decode()
    assert (re.findall(r'http-equiv="refresh" content="(\d+)', page), "You have 8 minutes to write here" in page, CODE_SAID in page) == (
        ["480"],
        True,
        False,
    )
    later = entry.time.time() + away
    monkeypatch.setattr(entry.time, "time", lambda: later)
    tablet.post(step(village, "what"), {"story": "At lunch."})
    (sealed,) = (value for name, value in tablet.session.items() if name.startswith("ask "))
    assert set(opened(sealed, f"ask {village.school.pk}")["answers"]) == ({"now", "what"} if kept else {"what"})
    assert tablet.get(reverse("home"))["Location"] == reverse("code")


def test_nobody_is_told_how_long_they_may_write_a_code(village, tablet, hana):
    again = reverse("ask_again", args=[village.school.slug])
    pages = [tablet.get(again), tablet.post(again, {"code": ""}), tablet.post(reverse("code"), {"code": "wrong"})]
    texts = [page.content.decode() for page in pages]
    assert [re.findall(r'http-equiv="refresh" content="(\d+)', text) for text in texts] == [["120"]] * 3
    assert [text for text in texts if "You have 8 minutes" in text or CODE_SAID in text] == []


def test_ended_from_anywhere_it_is_an_ordinary_device_at_its_next_page(village, tablet):
    with village.inside():
        device = Device.objects.get()
    assert (device.name, device.by) == ("Waiting room", village.cora.pk)
    tablet.get(reverse("rest"))
    desk = village.sign_in(Client(), "ada")
    assert "Last used:" in desk.get(reverse("devices")).content.decode()
    assert [village.sign_in(Client(), who).post(reverse("device_end", args=[device.pk])).status_code for who in ("nour", "fadi", "ada")] == [
        404,
        404,
        302,
    ]
    assert "No device is shared." in desk.get(reverse("devices")).content.decode()
    answer = tablet.get(reverse("rest"))
    assert (answer["Location"], answer.cookies["device"].value) == (reverse("code"), "")
    assert village.sign_in(tablet, "cora").get(reverse("today")).status_code == 200


def test_whoever_is_in_when_the_sharing_ends_comes_in_again(village, tablet, hana):
    type_code(tablet, village, hana)
    assert tablet.get(reverse("home")).status_code == 200
    with village.inside():
        actions.end_device(Device.objects.get(), by=village.actor("cora"))
    assert tablet.get(reverse("home"))["Location"] == reverse("code")
    assert dict(tablet.session) == {}
    type_code(tablet, village, hana)
    assert tablet.get(reverse("home")).status_code == 200


def test_nothing_it_knew_anybody_by_outlasts_their_stay(village, circle):
    browser = Client(enforce_csrf_checks=True)
    village.sign_in(browser, "cora")
    browser.cookies[KNOWN] = "k" * 43
    browser.cookies[LANGUAGE] = "es"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', browser.get(reverse("devices")).content.decode())[1]
    begun = browser.post(reverse("devices"), {"name": "Waiting room", "csrfmiddlewaretoken": token})
    assert begun["Location"] == reverse("rest")
    assert [begun.cookies[name].value for name in (KNOWN, LANGUAGE)] == ["", ""]
    browser.cookies[LANGUAGE] = "es"
    page = browser.get(reverse("rest"))
    assert (page["Clear-Site-Data"], page.cookies[LANGUAGE].value, 'lang="en"' in page.content.decode()) == (CLEARED, "", True)
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', page.content.decode())[-1]
    answer = browser.post(reverse("set_language"), {"language": "es", "next": reverse("rest"), "csrfmiddlewaretoken": token})
    page = browser.get(answer["Location"])
    assert '<html lang="es"' in page.content.decode()
    code = village.code_for(circle["hana"])
    assert browser.post(reverse("code"), {"code": code, "csrfmiddlewaretoken": token})["Location"] == reverse("home")


def test_a_file_is_refused_before_anything_is_done_for_it(village, tablet, hana, monkeypatch):
    marked = {name: getattr(resolve(reverse(name, kwargs=where)).func, "gives_a_file", False) for name, where in FILES.items()}
    assert marked == dict.fromkeys(FILES, True)
    type_code(tablet, village, hana)
    ran = []
    monkeypatch.setattr("setfair.keeping.views.own.queries.copy_of", lambda whose: ran.append(whose))
    monkeypatch.setattr("setfair.scheduling.views.live_booking", lambda case: ran.append(case))
    assert [tablet.get(reverse(name)).status_code for name in ("own_copy_file", "meeting_file")] == [403, 403]
    assert ran == []


def test_of_a_file_that_its_view_does_not_tell_of_beforehand_nothing_is_written_down(village, tablet, hana, probes):
    type_code(tablet, village, hana)
    answer = tablet.get("/probe/taken/")
    assert (answer.status_code, b"%PDF" in answer.content) == (403, False)
    with village.inside():
        assert not Entry.objects.filter(verb="took_copy").exists()
    assert village.enter(Client(), hana).get("/probe/taken/").content == b"%PDF"
    with village.inside():
        assert Entry.objects.filter(verb="took_copy").count() == 1


def test_a_made_up_or_foreign_mark_is_no_shared_device(village, client):
    for said in ("", "x", "WyJhIiwiYiJd:1a:bb"):
        client.cookies["device"] = said
        assert client.get(reverse("account_login")).status_code == 200


def test_the_database_keeps_an_ended_one_ended(village):
    with village.inside():
        by = village.actor("cora")
        device = actions.share_device(by=by, name="Waiting room")
        with pytest.raises(actions.CannotChange):
            actions.share_device(by=by, name="waiting ROOM")
        assert [actions.end_device(device, by=by), actions.end_device(device, by=by)] == [True, False]
        for change in ({"ended_at": None, "ended_by": None}, {"name": "Another"}):
            with pytest.raises(IntegrityError, match="not a shared one"), transaction.atomic():
                Device.objects.filter(pk=device.pk).update(**change)
        for wrong in ({"name": " "}, {"name": "X", "ended_at": device.since}):
            with pytest.raises(IntegrityError, match="device_"), transaction.atomic():
                Device.objects.create(by=by.id, **wrong)


def test_the_list_costs_the_same_with_one_and_with_three(village):
    desk, counts = village.sign_in(Client(), "cora"), []
    desk.get(reverse("devices"))
    for names in (("One",), ("Two", "Three")):
        with village.inside():
            for name in names:
                actions.share_device(by=village.actor("cora"), name=name)
        with CaptureQueriesContext(connection) as seen:
            desk.get(reverse("devices"))
        counts.append(len(seen))
    assert counts[0] == counts[1]
