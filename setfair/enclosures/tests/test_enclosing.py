"""A file that comes with a request: from an office, from anybody, from somebody of the team with a paper slip."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.desk.tests.todays import rules
from setfair.enclosures import actions, queries, tasks
from setfair.enclosures.journey import Stage
from setfair.enclosures.models import Content, Enclosure, SentHarm
from setfair.files.examined import MOST, Examined
from setfair.files.scanner import Verdict
from setfair.files.tests import sent
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.programmes.models import Programme
from setfair.referrals import actions as referrals
from setfair.referrals.models import Addition, KeptOut, Referral
from setfair.referrals.tests.asks import ask
from setfair.referrals.tests.test_referring import fill
from setfair.referrals.tests.test_referring import url as section
from setfair.referrals.tests.test_whose import confirm
from setfair.vault.ring import WordsAreGone

pytestmark = pytest.mark.django_db
WORDS = b"What the school wrote."


def found(data=WORDS, verdict=Verdict.CLEAN):
    return Examined("text", "", data, verdict, data.hex())


def file(data=WORDS, name="Hana Okafor.txt"):
    return SimpleUploadedFile(name, data, "text/html")


def me(referral):
    return Actor(Kind.REFERRER, referral.programme_id, referral.pk)


@pytest.fixture
def court(village):
    """A court's request to the county, and its code."""
    with village.inside(village.county):
        referral, code = ask(village.county, source="judge", office="River County Court", reach={"email": f"{uuid.uuid4().hex[:9]}@court.example"})
        confirm(referral)
        return referral, code


def came_in(client, code):
    client.post(reverse("code"), {"code": code})
    return client


def test_an_office_sends_a_file_another_day_with_its_reason_and_it_waits_to_be_read_again(village, client, court):
    referral, code = court
    page = reverse("status_enclose")
    without = came_in(client, code).post(page, {"file": file(), "words": "The charge sheet"})
    assert (without.status_code, "Please write why you send it." in without.text) == (422, True)
    assert client.post(page, {"file": file(), "words": "The charge sheet", "reason": "You asked for it."})["Location"] == reverse("status")
    with village.inside(village.county):
        one = Enclosure.objects.get()
        assert (one.referral_id, one.kind, one.words, one.stage, one.by_kind) == (
            referral.pk,
            "text",
            "The charge sheet",
            Stage.UNCHECKED,
            "referrer",
        )
        assert queries.bytes_of(one) == WORDS
        assert Addition.objects.get().words == "The charge sheet\nYou asked for it."
        assert Letter.objects.filter(key__startswith=f"added:{referral.pk}").count() == 1
        assert [entry.verb for entry in Entry.objects.filter(subject_id=one.pk)] == ["enclosed"]
    shown = client.get(reverse("status")).text
    assert ("1 file came with it." in shown, "Hana" in shown) == (True, False)


def test_whoever_sent_it_never_opens_it_again(village, client, court):
    referral, code = court
    with village.inside(village.county):
        one = actions.enclose(referral, by=me(referral), found=found(), words="The charge sheet")
    came_in(client, code)
    away = [client.get(reverse("enclosure", args=[one.pk])), client.get(reverse("request_files", args=[referral.ref]))]
    assert [answer["Location"].startswith(reverse("account_login")) for answer in away] == [True, True]


def test_it_opens_to_those_who_may_read_the_request_and_each_time_is_written_down(village, browser_clients):
    with village.inside():
        referral, _code = ask(village.school)
        one = actions.enclose(referral, by=village.actor("cora"), found=found(), words="The slip")
    got = {
        key: village.sign_in(browser_clients(), key).get(reverse("enclosure", args=[one.pk]))
        for key in ("cora", "sven", "ada", "fadi", "ines", "nour")
    }
    assert [key for key, answer in got.items() if answer.status_code == 200 and answer.content == WORDS] == ["cora", "sven"]
    assert [got[key].status_code for key in ("ada", "fadi", "ines", "nour")] == [404] * 4
    assert got["cora"]["Content-Disposition"] == 'attachment; filename="text.txt"'
    assert got["cora"]["Content-Type"] == "application/octet-stream"
    with village.inside():
        assert Entry.objects.filter(verb="downloaded", subject_id=one.pk).count() == 2
        referrals.keep_out(referral, by=village.actor("cora"), user=village.users["sven"], why="close")
    assert village.sign_in(browser_clients(), "sven").get(reverse("enclosure", args=[one.pk])).status_code == 404


def test_a_name_of_ours_in_what_it_is_keeps_them_out(village):
    with village.inside():
        Programme.objects.update(takes_files=True)
        referral, _code = ask(village.school)
        actions.enclose(referral, by=me(referral), found=found(), words=f"A photo of {village.users['fadi'].name}")
        assert [kept.user for kept in KeptOut.objects.all()] == [village.users["fadi"]]


def test_oneself_only_where_the_programme_says_so_and_right_after_asking(village, client):
    with village.inside():
        Programme.objects.filter(pk=village.school.pk).update(takes_files=False)
        _referral, code = ask(village.school)
    came_in(client, code)
    assert "Add a file" not in client.get(reverse("status")).text
    assert client.post(reverse("status_enclose"), {"file": file(), "words": "A photo"})["Location"] == reverse("status")
    with village.inside():
        Programme.objects.filter(pk=village.school.pk).update(takes_files=True)
    assert "Add a file" in client.get(reverse("status")).text
    client.post(reverse("status_enclose"), {"file": file(), "words": "A photo"})
    with village.inside():
        assert (Enclosure.objects.get().words, Addition.objects.get().words) == ("A photo", "A photo")


def test_right_after_it_was_sent_in_the_same_stay_and_in_no_other(village, client, browser_clients):
    fill(client)
    page = client.post(section("check"), {"website": ""})["Location"]
    assert "Add a file" in client.get(page).text
    there = reverse("asked_enclose", args=[village.county.slug])
    assert "is with us already" in client.get(there).text
    assert browser_clients().post(there, {"file": file(), "words": "The charge sheet"})["Location"] == page
    assert client.post(there, {"file": file(), "words": "The charge sheet"})["Location"] == page
    assert "1 file came with it." in client.get(page).text
    with village.inside(village.county):
        assert (Enclosure.objects.get().referral_id, Addition.objects.count()) == (Referral.objects.get().pk, 0)


def test_one_form_pressed_twice_is_one_file_and_another_file_is_another(village, court):
    referral, _code = court
    with village.inside(village.county):
        first, again = (actions.enclose(referral, by=me(referral), found=found(), words="A", reason="Asked for.") for _ in range(2))
        other = actions.enclose(referral, by=me(referral), found=found(b"Another."), words="A")
        assert (first.pk == again.pk, other.pk == first.pk, Addition.objects.count()) == (True, False, 1)
        with pytest.raises(IntegrityError), transaction.atomic():
            Enclosure.objects.create(referral=referral, stage="kept", kind="text", size=1, words="", came=first.came, by_kind="staff")


def test_five_of_one_request_are_the_most(village, client, court):
    referral, code = court
    with village.inside(village.county):
        for n in range(queries.MOST):
            actions.enclose(referral, by=me(referral), found=found(str(n).encode()), words=str(n))
        with pytest.raises(actions.CannotEnclose):
            actions.enclose(referral, by=me(referral), found=found(b"6"), words="6")
    page = came_in(client, code).post(reverse("status_enclose"), {"file": file(b"6"), "words": "6", "reason": "More."})
    assert (page.status_code, "5 is the most" in page.text) == (422, True)
    assert "Add a file" not in client.get(reverse("status")).text


def test_what_is_not_taken_is_said_in_words_and_the_request_stays(village, client, court, scanner):
    came_in(client, court[1])
    said = {"words": "A paper", "reason": "You asked."}
    for data, why in (
        (b"", "is empty"),
        (b"PK\x03\x04", "We cannot take this kind of file"),
        (bytes(MOST + 1), "too large"),
        (sent.PLANTED, "virus scanner"),
    ):
        page = client.post(reverse("status_enclose"), said | {"file": file(data)})
        assert (page.status_code, why in page.text, "You asked." in page.text) == (422, True, True)
    assert client.post(reverse("status_enclose"), said).status_code == 422
    with village.inside(village.county):
        assert (Enclosure.objects.count(), Addition.objects.count(), Referral.objects.get().stage) == (0, 0, "received")
        assert Entry.objects.filter(verb="sent_harm").count() == 1


def test_it_lies_in_the_database_only_sealed_under_the_key_of_its_request(village, court):
    referral, _code = court
    with village.inside(village.county):
        other, _code = ask(village.county)
        first = actions.enclose(referral, by=village.actor("nour"), found=found(), words="One")
        second = actions.enclose(other, by=village.actor("nour"), found=found(), words="Two")
        with connection.cursor() as cursor:
            cursor.execute("SELECT data FROM enclosures_content ORDER BY id")
            assert [WORDS in bytes(row[0]) for row in cursor.fetchall()] == [False, False]
            one, two = (Content.objects.get(enclosure=e) for e in (first, second))
            cursor.execute("UPDATE enclosures_content SET data = (SELECT data FROM enclosures_content WHERE id = %s) WHERE id = %s", [one.pk, two.pk])
        assert queries.bytes_of(first) == WORDS
        with pytest.raises(WordsAreGone):
            queries.bytes_of(second)


def test_what_could_not_be_checked_is_checked_once_a_scanner_answers(village, court, scanner):
    referral, _code = court
    with village.inside(village.county):
        fine = actions.enclose(referral, by=me(referral), found=found(verdict=Verdict.UNKNOWN), words="Fine")
        bad = actions.enclose(referral, by=me(referral), found=found(sent.PLANTED, Verdict.UNKNOWN), words="Bad")
    tasks.look_again()
    with village.inside(village.county):
        assert [Enclosure.objects.get(pk=one.pk).stage for one in (fine, bad)] == [Stage.KEPT, Stage.GONE]
        assert Content.objects.count() == 1


def test_whoever_keyed_in_a_slip_adds_its_picture_within_the_hour_and_does_not_read_it(village, client):
    said = {"form_key": str(uuid.uuid4()), "for_whom": "Ana", "story": "Shoving.", "none": "on", "wish": "conference"}
    village.sign_in(client, "ines")
    assert client.get(reverse("brought_enclose"))["Location"] == reverse("request_new")
    assert client.post(reverse("request_new"), said)["Location"] == reverse("request_sent")
    assert "Add a file" in client.get(reverse("request_sent")).text
    assert client.post(reverse("brought_enclose"), {"file": file(), "words": "The slip"})["Location"] == reverse("today")
    with village.inside():
        one = Enclosure.objects.get()
        assert (one.by_kind, one.by, Addition.objects.count()) == ("staff", village.users["ines"].pk, 0)
    assert client.get(reverse("enclosure", args=[one.pk])).status_code == 404
    with time_machine.travel(clock.now() + timedelta(minutes=20), tick=False):
        assert client.get(reverse("brought_enclose")).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=False):
        assert client.get(reverse("brought_enclose"))["Location"] != reverse("today")


def test_a_coordinator_adds_one_and_takes_it_away(village, client):
    with village.inside():
        referral, _code = ask(village.school)
    village.sign_in(client, "cora")
    assert client.post(reverse("request_enclose", args=[referral.ref]), {"file": file(), "words": "The slip"}).status_code == 302
    with village.inside():
        one = Enclosure.objects.get()
    assert "The slip" in client.get(reverse("request_files", args=[referral.ref])).text
    assert "Look at the files" in client.get(reverse("request", args=[referral.ref])).text
    client.post(reverse("enclosure_away", args=[one.pk]))
    with village.inside():
        one.refresh_from_db()
        assert (one.stage, Content.objects.count()) == (Stage.GONE, 0)
    assert client.get(reverse("enclosure", args=[one.pk])).status_code == 404
    assert "Taken away" in client.get(reverse("request_files", args=[referral.ref])).text


def test_nothing_is_added_to_what_has_come_to_its_end(village, court):
    referral, _code = court
    with village.inside(village.county):
        referrals.decline(referral, by=village.actor("nour"), reason="not_suitable")
        for by in (me(referral), village.actor("nour")):
            with pytest.raises(actions.CannotEnclose):
                actions.enclose(referral, by=by, found=found(), words="Late")


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(village, court, more, django_assert_num_queries):
    referral, _code = court
    with village.inside(village.county):
        for n in range(more):
            actions.enclose(referral, by=me(referral), found=found(str(n).encode()), words=str(n))
        nour = village.actor("nour")
        queries.of_request(referral, nour)
        with django_assert_num_queries(2):
            assert len(queries.of_request(referral, nour)) == more


def test_anyone_without_a_code_is_led_to_the_door(client, village):
    assert client.get(reverse("status_enclose"))["Location"].startswith(reverse("code"))
    assert client.get(reverse("asked_enclose", args=[village.school.slug]))["Location"] == reverse("asked", args=[village.school.slug])


def test_a_harmful_file_is_a_line_on_today_until_whoever_answers_the_request_has_read_so(village, court, client, browser_clients, scanner):
    referral, code = court
    asker = came_in(client, code)
    for _n in range(2):
        assert asker.post(reverse("status_enclose"), {"file": file(sent.PLANTED), "words": "A letter", "reason": "It came late."}).status_code == 422
    assert [rules(village, who).count("sent_harm") for who in ("nour", "lena", "cora")] == [1, 0, 0]
    files, seen = (reverse(name, args=[referral.ref]) for name in ("request_files", "request_harm_seen"))
    assert village.sign_in(browser_clients(), "cora").post(seen).status_code == 404
    nour = village.sign_in(browser_clients(), "nour")
    assert "I have seen this" in nour.get(files).text
    assert nour.post(seen).url == files
    assert "I have seen this" not in nour.get(files).text
    with village.inside(village.county):
        assert SentHarm.objects.filter(seen_at__isnull=False).count() == 1
    assert "sent_harm" not in rules(village, "nour")
