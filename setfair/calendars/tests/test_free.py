"""Every week, not on these days, and as their own calendar has it: one room for people and for the team, each with their own alone."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from setfair.calendars import actions, looking
from setfair.calendars.looking import keep, look, look_into
from setfair.calendars.models import Busy, Calendar, Week
from setfair.calendars.queries import due, known_of, week_of
from setfair.calendars.reading import Fault
from setfair.calendars.tasks import look_at_calendars
from setfair.core.actor import system
from setfair.journal.models import Entry
from setfair.programmes.actions import people
from setfair.programmes.models import Membership
from setfair.vault.models import DataKey
from setfair.village.time import at

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 1, 11, 9, tzinfo=UTC)
ADDRESS = "https://calendar.example/private-5up3rs3cr3t/basic.ics"
FILE = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20270101T000000Z\r\nSUMMARY:Zyxomma\r\nLOCATION:Zyxomma\r\n"
    b"DTSTART:20270112T130000Z\r\nDTEND:20270112T140000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def here(village):
    with at(MONDAY), village.inside():
        yield village


def by(here):
    return system(here.school.pk)


def spans(who, first=date(2027, 1, 11), last=date(2027, 1, 24)):
    known = known_of([who], first, last, "America/New_York")[who]
    return known.suits, known.busy


def test_a_week_repeats_but_not_on_these_days(here):
    who = uuid4()
    off = [(date(2027, 1, 18), date(2027, 1, 19))]
    times = [(1, time(8), time(9), "yes"), (2, time(12), time(13), "no"), (3, time(15), time(16), "if_needed")]
    first = actions.say_week(who, by=by(here), times=times, days_off=off)
    assert actions.say_week(who, by=by(here), times=times, days_off=off) == first
    suits, busy = spans(who)
    assert [(s.isoformat()[:16], answer) for s, _e, answer in suits] == [
        ("2027-01-12T13:00", "yes"), ("2027-01-14T20:00", "if_needed"), ("2027-01-21T20:00", "if_needed"),
    ]  # fmt: skip
    assert [s.isoformat()[:16] for s, _e in busy] == ["2027-01-13T17:00", "2027-01-18T05:00", "2027-01-19T05:00", "2027-01-20T17:00"]
    actions.say_week(who, by=by(here), times=[])
    assert spans(who) == ([], [])
    assert (Week.objects.count(), spans(uuid4())) == (2, ([], []))


def test_a_week_keeps_its_wall_clock_over_the_night_on_which_clocks_change(here):
    who = uuid4()
    actions.say_week(who, by=by(here), times=[(5, time(8), time(9), "yes"), (6, time(8), time(9), "yes")])
    suits, _busy = spans(who, date(2027, 3, 13), date(2027, 3, 14))
    assert [(s.hour, (e - s)) for s, e, _answer in suits] == [(13, timedelta(hours=1)), (12, timedelta(hours=1))]


def test_of_a_file_only_the_blocks_are_kept(here):
    who = uuid4()
    calendar = actions.bring_file(who, by=by(here), blocks=look_into(FILE, zone="America/New_York"))
    assert [(b.lower.hour, b.upper.hour) for b in Busy.objects.values_list("during", flat=True)] == [(13, 14)]
    for table in ("calendars_calendar", "calendars_busy", "journal_entry"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE '%%zyxomma%%'")
            assert cursor.fetchone() == (0,)
    actions.remove(calendar, by=by(here))
    assert (Calendar.objects.count(), Busy.objects.count(), spans(who)) == (0, 0, ([], []))


def test_an_address_lies_sealed_and_goes_with_its_key(here):
    calendar = actions.bring_address(uuid4(), by=by(here), address=ADDRESS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM calendars_calendar WHERE position('5up3rs3cr3t'::bytea in address) > 0")
        assert cursor.fetchone() == (0,)
    assert (str(Calendar.objects.get().address), DataKey.objects.filter(pk=calendar.pk).count()) == (ADDRESS, 1)
    actions.remove(calendar, by=by(here))
    assert (DataKey.objects.filter(pk=calendar.pk).count(), Entry.objects.filter(detail__icontains="5up3rs3cr3t").count()) == (0, 0)


def test_a_failure_keeps_the_last_blocks_and_is_told_after_a_day(here, client):
    calendar = actions.bring_address(here.fadi.pk, by=by(here), address=ADDRESS)
    block = (MONDAY + timedelta(days=1), MONDAY + timedelta(days=1, hours=1))
    assert list(due()) == [calendar]
    keep(calendar, [block])
    fadi = here.sign_in(client, "fadi")
    assert (list(due()), "1 time at which you are busy." in fadi.get(reverse("free")).content.decode()) == ([], True)
    with at(MONDAY + timedelta(hours=2)):
        assert list(due()) == [calendar]
        keep(Calendar.objects.get(), Fault.REFUSED)
        page = fadi.get(reverse("free")).content.decode()
        assert ("does not let us in" in page, Busy.objects.count()) == (False, 1)
    with at(MONDAY + timedelta(days=1, hours=3)):
        keep(Calendar.objects.get(), Fault.AWAY)
        page = here.sign_in(client, "fadi").get(reverse("free")).content.decode()
        assert ("Nobody answers at this address. We keep what we read before." in page, "5up3rs3cr3t" in page, Busy.objects.count()) == (
            True,
            False,
            1,
        )
        keep(Calendar.objects.get(), [])
        assert (Busy.objects.count(), Calendar.objects.get().fault) == (0, "")


def test_what_was_removed_while_it_was_looked_at_stays_so(here):
    calendar = actions.bring_address(uuid4(), by=by(here), address=ADDRESS)
    actions.remove(Calendar.objects.get(), by=by(here))
    keep(calendar, [(MONDAY, MONDAY + timedelta(hours=1))])
    assert Busy.objects.count() == 0


def test_an_address_of_ours_is_refused_and_looked_at_by_nobody(here):
    with pytest.raises(actions.CannotBring, match="This address cannot be used"):
        actions.bring_address(uuid4(), by=by(here), address="http://localhost/x.ics")
    inside = actions.bring_address(uuid4(), by=by(here), address="https://127.0.0.1/x.ics")
    assert look(inside, zone="America/New_York") == Fault.ADDRESS


def test_three_calendars_are_enough(here):
    who = uuid4()
    for _ in range(3):
        actions.bring_file(who, by=by(here), blocks=look_into(FILE, zone="America/New_York"))
    with pytest.raises(actions.CannotBring, match="3 calendars"):
        actions.bring_file(who, by=by(here), blocks=look_into(FILE, zone="America/New_York"))


@pytest.mark.parametrize("who", ["cora", "fadi", "mina", "ada", "sven"])
def test_each_of_the_team_says_their_own_and_nobody_elses(here, client, browser_clients, who):
    mine = here.sign_in(client, who)
    assert mine.post(reverse("free"), {"what": "week", "h108000930": "yes", "first0": "2027-02-01"}).status_code == 302
    week = week_of(here.users[who].pk)
    assert [(t.weekday, t.answer) for t in week.times.all()] == [(1, "yes")]
    assert [(d.first, d.last) for d in week.days_off.all()] == [(date(2027, 2, 1), date(2027, 2, 1))]
    sent = SimpleUploadedFile("mine.ics", FILE)
    assert mine.post(reverse("free"), {"what": "file", "file": sent}).status_code == 302
    calendar = Calendar.objects.get()
    assert calendar.occupant == here.users[who].pk
    other = here.sign_in(browser_clients(), "tova")
    other.post(reverse("free"), {"what": "remove", "calendar": str(calendar.pk)})
    assert (Calendar.objects.count(), "checked" in other.get(reverse("free")).content.decode()) == (1, False)
    mine.post(reverse("free"), {"what": "remove", "calendar": str(calendar.pk)})
    assert Calendar.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"what": "week", "h108000930": "maybe"}, "Select a valid choice."),
        ({"what": "week", "first0": "2027-02-03", "last0": "2027-02-01"}, "The last day is before the first."),
        ({"what": "address", "address": "calendar"}, "This address cannot be used."),
        ({"what": "address"}, "Please fill this in."),
        ({"what": "file", "file": SimpleUploadedFile("a.ics", b"<html>")}, "it is no calendar"),
        ({"what": "nothing"}, "When you are free"),
    ],
)
def test_what_cannot_be_taken_says_why(here, client, sent, sentence):
    answer = here.sign_in(client, "fadi").post(reverse("free"), sent)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert (Week.objects.count(), Calendar.objects.count()) == (0, 0)


def test_somebody_in_a_circle_has_the_same_room(at_ready, village, client):
    hana = village.enter(client, at_ready.hana)
    assert hana.post(reverse("own_free"), {"what": "week", "h108000930": "if_needed"}).url == reverse("own_free")
    with village.inside():
        assert [t.answer for t in week_of(at_ready.hana.person_id).times.all()] == ["if_needed"]
        assert week_of(at_ready.rami.person_id) is None
    assert hana.get(reverse("free")).status_code in (302, 401, 404)


def test_who_leaves_the_team_is_looked_at_no_more(here):
    fadi = here.fadi.pk
    actions.say_week(fadi, by=by(here), times=[(1, time(8), time(9), "yes")], days_off=[(date(2027, 1, 18), date(2027, 1, 18))])
    actions.bring_address(fadi, by=by(here), address=ADDRESS)
    kept = actions.bring_file(here.users["cora"].pk, by=by(here), blocks=look_into(FILE, zone="America/New_York"))
    roles = list(Membership.objects.filter(user=fadi, ended_at__isnull=True))
    people.invite(here.school, by=here.actor("ada"), email=here.fadi.email, name="", role="coordinator")
    people.end_membership(roles[0], by=here.actor("ada"))
    assert Calendar.objects.count() == 2
    for role in Membership.objects.filter(user=fadi, ended_at__isnull=True):
        people.end_membership(role, by=here.actor("ada"))
    assert (list(Calendar.objects.all()), list(due()), spans(fadi), len(roles)) == ([kept], [], ([], []), 1)
    said = Entry.objects.filter(verb__in=("ended_calendar", "ended_week")).values_list("verb", flat=True)
    assert sorted(said) == ["ended_calendar", "ended_week"]
    people.join_again(roles[0], by=here.actor("ada"))
    assert spans(fadi) == ([], [])


def test_each_hour_every_address_is_looked_at_and_one_that_fails_holds_up_no_other(here, monkeypatch):
    """The worker's own turn. What it finds is kept; of what it cannot read its owner is told that, and nothing of either is logged."""
    mine, yours = (actions.bring_address(who, by=by(here), address=f"{ADDRESS}?{n}") for n, who in enumerate((uuid4(), uuid4())))
    asked = []

    def answer(address, net=None):
        asked.append(address[-1])
        if address.endswith("?0"):
            raise ConnectionResetError(address)
        return FILE

    monkeypatch.setattr(looking, "fetch", answer)
    look_at_calendars()
    look_at_calendars()
    assert (sorted(asked), [b.calendar_id for b in Busy.objects.all()]) == (["0", "1"], [yours.pk])
    assert Calendar.objects.get(pk=mine.pk).fault == Fault.BROKEN
    with at(MONDAY + timedelta(minutes=54)):
        look_at_calendars()
    assert len(asked) == 2
    with at(MONDAY + timedelta(minutes=56)):
        look_at_calendars()
    assert sorted(asked) == ["0", "0", "1", "1"]
