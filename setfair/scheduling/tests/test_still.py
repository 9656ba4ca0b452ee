"""In the last days before the day everyone is asked once more, and at its door: a yes from weeks before brings nobody there."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.conferences import actions as conferences
from setfair.desk.tests.todays import rules
from setfair.letters.models import Letter
from setfair.preparation import actions as preparation
from setfair.preparation.models import CallWish, Still
from setfair.preparation.queries import blockers
from setfair.programmes.models import Programme
from setfair.scheduling.actions import book, release
from setfair.scheduling.models import Booking
from setfair.scheduling.still import unheard
from setfair.scheduling.tasks import ask_who_still_wants_to
from setfair.village.time import at

from .conftest import TUESDAY

pytestmark = pytest.mark.django_db
DAY = TUESDAY + timedelta(days=7)
"""Eight days after their yes."""
MOVED = DAY + timedelta(days=6, hours=7, minutes=15)
KEYS = ["hana", "rami", "sol", "gail"]


@pytest.fixture
def booked(ready, room):
    ready.invite_everyone()
    book(ready.case, by=ready.coordinator, room=room, starts_at=DAY, minutes=60)
    return ready


def missing(story, on=DAY):
    return [b.participation.pk for b in blockers(story.case, on.date()) if b.code == "still"]


def asked():
    return {(letter.key.split(":")[2], letter.key.split(":")[3]) for letter in Letter.objects.filter(key__startswith="still:")}


@pytest.mark.mission("S0.9")
def test_everyone_is_asked_once_more_and_again_two_days_before(booked, village, client):
    everyone = [booked.people[key].pk for key in KEYS]
    assert (missing(booked), unheard(Booking.objects.get()) != []) == ([], True)
    ask_who_still_wants_to()
    assert (missing(booked), asked(), client.get(reverse("home")).status_code) == ([], set(), 302)
    with at(DAY - timedelta(days=6)):
        for _twice in range(2):
            ask_who_still_wants_to()
        reached = {key for key, _occasion in asked()}
        assert (missing(booked), {occasion for _key, occasion in asked()}, reached <= {str(pk) for pk in everyone}) == (everyone, {"first"}, True)
        assert {str(booked.hana.pk), str(booked.rami.pk)} <= reached
        hana = village.enter(client, booked.hana)
        page = hana.get(reverse("home"))
        assert page.context["cards"][0].title == "Is it still all right for you?"
        assert hana.get(reverse("still")).content.decode().count('class="button button--choice"') == 3
        assert hana.post(reverse("still"), {}).status_code == 422
        hana.post(reverse("still"), {"answer": "call"})
        assert (CallWish.objects.get().participation, missing(booked)) == (booked.hana, everyone)
        assert hana.post(reverse("still"), {"answer": "yes", "about": Booking.objects.get().pk}).url == reverse("home")
        assert (missing(booked), hana.get(reverse("still")).url) == (everyone[1:], reverse("home"))
        assert [(s.moment, s.for_day, s.method) for s in Still.objects.all()] == [("week", DAY.date(), "own")]
    with at(DAY - timedelta(hours=30)):
        ask_who_still_wants_to()
        assert {key for key, occasion in asked() if occasion == "again"} == reached - {str(booked.hana.pk)}
        assert {who: "unheard" in rules(village, who) for who in ("cora", "fadi", "mina", "nour")} == {
            "cora": True, "fadi": True, "mina": False, "nour": False,
        }  # fmt: skip


def test_one_who_cannot_be_asked_holds_up_nobody_else_and_stands_on_today(booked, village, caplog):
    """The words of Hana's address cannot be opened: the others are asked, and the team sees that she was not heard."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_contact SET value = %s WHERE person_id = %s", [b"\x01" + bytes(40), booked.hana.person_id])
    with at(DAY - timedelta(hours=30)), caplog.at_level("WARNING", logger="setfair.scheduling.tasks"):
        ask_who_still_wants_to()
        assert {key for key, _occasion in asked()} == {str(booked.people[key].pk) for key in KEYS[1:]}
        assert [record.getMessage() for record in caplog.records] == ["Somebody could not be written to yet (ask_anew): WordsAreGone"]
        assert "unheard" in rules(village, "fadi")


def test_it_counts_for_that_day_alone_and_the_programme_says_how_long_before(booked, room):
    with at(DAY - timedelta(days=2)):
        preparation.say_still(booked.hana, by=booked.me("hana"), for_day=DAY.date())
        release(Booking.objects.get(), by=booked.coordinator)
        book(booked.case, by=booked.coordinator, room=room, starts_at=MOVED, minutes=60)
    with at(DAY + timedelta(days=1)):
        assert booked.hana.pk in missing(booked, MOVED)
        Programme.objects.filter(pk=booked.programme.pk).update(again_days=2)
        assert missing(booked, MOVED) == []
        for who in (booked.me("rami"), booked.me("gail")):
            with pytest.raises(preparation.CannotPrepare):
                preparation.say_still(booked.hana, by=who, for_day=DAY.date())
        kept = Still.objects.all()
        for act in (lambda: kept.update(method="paper"), lambda: kept.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_an_answer_is_kept_for_the_day_that_was_read_and_for_no_other(booked, village, client, room, answer):
    read = Booking.objects.get().pk
    with at(DAY - timedelta(days=2)):
        release(Booking.objects.get(), by=booked.coordinator)
        became = book(booked.case, by=booked.coordinator, room=room, starts_at=DAY + timedelta(days=1, hours=7, minutes=15), minutes=60)
        page = village.enter(client, booked.hana).post(reverse("still"), {"answer": answer, "about": read})
        words = page.content.decode()
        assert (page.status_code, "The day has changed." in words, str(became.pk) in words) == (422, True, True)
        assert (Still.objects.count(), Case.objects.get(pk=booked.case.pk).stage) == (0, Stage.SCHEDULED)


@pytest.mark.mission("S0.9")
def test_at_the_door_each_is_asked_alone_and_a_no_is_a_stop_with_all_that_follows(booked, village, client):
    with at(DAY - timedelta(minutes=5)):
        conference, there = booked.conference, reverse("arrivals", args=[booked.conference.pk])
        fadi = village.sign_in(client, "fadi")
        assert "Ask each one alone" in fadi.get(reverse("conference", args=[conference.pk])).content.decode()
        for key in KEYS[:2]:
            assert fadi.post(there, {"participation": booked.people[key].pk, "came": "yes"}).status_code == 302
        fadi.post(there, {"participation": booked.sol.pk, "came": "no"})
        with pytest.raises(conferences.CannotConvene, match="^Gail has not said today that it is still all right."):
            conferences.convene(conference, by=booked.lead)
        assert set(Still.objects.values_list("participation", "moment")) == {(booked.hana.pk, "door"), (booked.rami.pk, "door")}
        answer = fadi.post(there, {"participation": booked.gail.pk, "came": "unwilling"})
        assert (answer.url, Case.objects.get(pk=booked.case.pk).stage) == (reverse("case", args=[booked.case.ref]), Stage.PREPARING)
        assert Letter.objects.filter(key__startswith="released:", reader_id=booked.hana.person_id).exists()


def test_once_everyone_there_has_said_so_it_begins(booked):
    with at(DAY - timedelta(minutes=5)):
        conference = booked.conference
        for key in KEYS[:3]:
            conferences.welcome(conference, booked.people[key], by=booked.lead)
        conferences.mark_attendance(conference, booked.gail, by=booked.lead, came=False)
        assert conferences.convene(conference, by=booked.lead).stage == "live"
