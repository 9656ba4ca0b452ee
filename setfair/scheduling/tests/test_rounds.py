"""A round of asking: each for themselves, until it is closed; and nobody learns who else was asked or what they said."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from setfair.calendars.queries import week_of
from setfair.core import clock
from setfair.desk.tests.todays import rules
from setfair.letters.journey import Stage as Letters
from setfair.letters.models import Letter
from setfair.preparation import actions as preparation
from setfair.preparation.models import CallWish
from setfair.programmes.models import Closure, Programme, Window
from setfair.scheduling import rounds
from setfair.scheduling.actions import book
from setfair.scheduling.models import Round, RoundAnswer, RoundTime, TimeAnswer
from setfair.scheduling.open_days import open_between
from setfair.scheduling.queries import answers_of, asked_in, live_round, silent_in, times_of
from setfair.scheduling.tasks import chase_times
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

from .conftest import MONDAY, TUESDAY, ZONE

pytestmark = pytest.mark.django_db
FIRST, LAST = datetime(2027, 1, 19, tzinfo=ZONE).date(), datetime(2027, 1, 29, tzinfo=ZONE).date()
UNTIL = datetime(2027, 1, 18, tzinfo=ZONE)
KEYS = ["hana", "rami", "sol", "gail"]


@pytest.fixture
def asked(ready):
    """Everyone was invited, and is asked on that Monday about the first three windows from the nineteenth on."""
    ready.invite_everyone()
    return rounds.ask(ready.case, by=ready.coordinator, times=open_between(ready.programme, FIRST, LAST)[:3], until=UNTIL)


def name_of(stretch):
    return f"at{int(stretch.starts.timestamp())}"


def written():
    return {(letter.key.split(":")[2], letter.key.split(":")[3]) for letter in Letter.objects.filter(key__startswith="times:")}


def say(story, asked, key, word="yes", **more):
    said = {t.starts: word for t in times_of(asked)}
    return rounds.answer(asked, story.people[key], by=story.me(key), times=said, **more)


@pytest.mark.mission("S2.5")
def test_everyone_is_asked_on_one_page_and_may_change_it_until_it_is_closed(asked, ready, village, client):
    hana = village.enter(client, ready.hana)
    page = hana.get(reverse("times")).content.decode()
    first, second, third = map(name_of, times_of(asked))
    assert (page.count('type="radio"'), "checked" in page, "before Monday, 18 Jan 2027" in page) == (9, False, True)
    assert hana.get(reverse("home")).context["cards"][0].title == "When and where"
    assert hana.post(reverse("times"), {}).status_code == 422
    assert hana.post(reverse("times"), {first: "yes", second: "if_needed", third: "no"}).url == reverse("times")
    assert hana.post(reverse("times"), {first: "yes", second: "if_needed", third: "no"}).status_code == 302
    assert hana.post(reverse("times"), {first: "no", second: "if_needed", third: "no"}).status_code == 302
    assert (RoundAnswer.objects.count(), TimeAnswer.objects.count()) == (2, 4)
    assert hana.get(reverse("times")).content.decode().count("checked") == 3
    rounds.close(asked, by=ready.coordinator)
    over = hana.post(reverse("times"), {first: "yes"})
    assert (TimeAnswer.objects.count(), "We have stopped asking about these times." in over.content.decode()) == (4, True)


def test_none_of_these_and_a_call_are_answers_and_not_both_at_once(asked, ready, village, client):
    hana = village.enter(client, ready.hana)
    first = name_of(times_of(asked)[0])
    assert "Please choose one or the other." in hana.post(reverse("times"), {first: "yes", "none": "on"}).content.decode()
    hana.post(reverse("times"), {first: "yes"})
    assert hana.post(reverse("times"), {first: "yes", "none": "on"}).status_code == 302
    hana.post(reverse("times"), {"none": "on"})
    assert set(answers_of(ready.hana).values()) == {"no"}
    assert {row.participation_id for row in TimeAnswer.objects.all()} == {ready.hana.pk}
    rami = village.enter(client, ready.rami)
    rami.post(reverse("times"), {"call": "on"})
    said = list(RoundAnswer.objects.order_by("at").values_list("participation", "means"))
    assert said == [(ready.hana.pk, "times"), (ready.hana.pk, "none"), (ready.rami.pk, "call")]
    assert (CallWish.objects.get().participation, [p.pk for p in silent_in(asked)]) == (ready.rami, [ready.sol.pk, ready.gail.pk])


def test_what_suits_every_week_is_kept_for_the_weeks_to_come(asked, ready):
    say(ready, asked, "hana", weekly=True)
    week = week_of(ready.hana.person_id)
    assert {t.answer for t in week.times.all()} == {"yes"}
    assert week_of(ready.rami.person_id) is None


@pytest.mark.mission("S0.2")
def test_nobody_in_the_circle_learns_who_else_was_asked_or_what_they_said(asked, ready, village, browser_clients):
    everyone = {key: village.enter(browser_clients(), ready.people[key]) for key in KEYS}
    pages = [reverse(name) for name in ("home", "times")]
    before = {key: [who.get(page).content.decode().split("</header>")[-1] for page in pages] for key, who in everyone.items() if key != "hana"}
    say(ready, asked, "hana", "no")
    after = {key: [who.get(page).content.decode().split("</header>")[-1] for page in pages] for key, who in everyone.items() if key != "hana"}
    assert [_bare(t) for ts in before.values() for t in ts] == [_bare(t) for ts in after.values() for t in ts]
    for letter in Letter.objects.filter(key__startswith="times:"):
        assert (letter.subject, "time" in letter.body.lower().replace("link works once", "")) == ("You have a message", False)
        assert [name for name in ("Hana", "Rami", "Sol", "Gail") if name in letter.body] == []


def _bare(page):
    return [line for line in page.splitlines() if "csrf" not in line and "data-" not in line]


@pytest.mark.parametrize(("who", "status"), [("cora", 200), ("fadi", 200), ("mina", 404), ("ines", 404), ("sven", 404), ("ada", 404), ("nour", 404)])
def test_who_may_ask_close_and_take_back(asked, ready, village, client, who, status):
    village.sign_in(client, who)
    window = Window.objects.order_by("weekday", "starts").first()
    given = {"windows": [window.pk], "first": "2027-01-19", "weeks": 1, "until": "2027-01-15"}
    assert client.get(reverse("ask_times", args=[ready.case.ref])).status_code == status
    done = 302 if status == 200 else 404
    assert client.post(reverse("ask_times", args=[ready.case.ref]), given).status_code == done
    live = live_round(ready.case)
    assert (live == asked) == (status == 404)
    assert client.post(reverse("round_close", args=[live.pk])).status_code == done
    assert client.post(reverse("round_take_back", args=[live.pk])).status_code == done
    assert Round.objects.filter(ended_at=None).count() == (0 if status == 200 else 1)


def test_another_case_and_a_participant_have_no_such_page(asked, ready, village, client):
    other = case_at(village, "ready", circle=OTHER, matter=3)
    otto = village.enter(client, other.people["otto"])
    assert "Save my times" in otto.get(reverse("times")).content.decode()
    assert otto.get(reverse("home")).status_code == 200
    with pytest.raises(rounds.IsOver):
        rounds.answer(asked, other.people["otto"], by=other.me("otto"), times={times_of(asked)[0].starts: "yes"})
    assert otto.post(reverse("round_close", args=[asked.pk])).status_code == 401


def test_the_team_writes_down_who_said_it_and_when(asked, ready, village, client):
    fadi = village.sign_in(client, "fadi")
    there, first = reverse("times_for", args=[ready.hana.pk]), name_of(times_of(asked)[0])
    assert fadi.get(there).status_code == 200
    assert fadi.post(there, {first: "yes"}).status_code == 422
    assert fadi.post(there, {first: "yes", "said_by": "self", "said_on": "2027-02-11"}).status_code == 422
    assert fadi.post(there, {first: "yes", "said_by": "guardian", "said_on": "2027-01-11"}).status_code == 302
    row = RoundAnswer.objects.get()
    assert (row.participation, row.said_by, str(row.said_on), row.by_kind) == (ready.hana, "guardian", "2027-01-11", "staff")


def test_only_whoever_has_not_answered_is_reminded_once_in_each_interval(asked, ready):
    first = {key for key, _n in written()}
    assert {str(ready.hana.pk), str(ready.rami.pk)} <= first
    chase_times()
    assert {n for _key, n in written()} == {"0"}
    say(ready, asked, "hana")
    with at(MONDAY + timedelta(days=3, hours=1)):
        chase_times()
        chase_times()
        assert {key for key, n in written() if n == "3"} == first - {str(ready.hana.pk)}
        assert Letter.objects.filter(key__startswith="times:").count() == 2 * len(first) - 1
    with at(MONDAY + timedelta(days=8)):
        chase_times()
        assert {n for _key, n in written()} == {"0", "3"}


def test_the_programme_says_how_long_it_is_quiet_and_what_it_says_anew_counts_at_once(asked, ready):
    first = {key for key, _n in written()}
    Programme.objects.filter(pk=ready.programme.pk).update(chase_days=2)
    with at(MONDAY + timedelta(days=2, hours=1)):
        chase_times()
    Programme.objects.filter(pk=ready.programme.pk).update(chase_days=4)
    for days, said in ((3, {"0", "2"}), (5, {"0", "2"}), (6, {"0", "2", "6"})):
        with at(MONDAY + timedelta(days=days, hours=2)):
            chase_times()
            assert {n for _key, n in written()} == said
    assert len(written()) == 3 * len(first)


def test_the_circle_is_asked_only_about_days_on_which_it_could_meet(ready, village, client):
    Window.objects.filter(weekday=2).update(longest=20)
    Closure.objects.create(name="Maths", kind="exam", whom="students", starts_on=date(2027, 1, 19), ends_on=date(2027, 1, 19))
    cora, there = village.sign_in(client, "cora"), reverse("ask_times", args=[ready.case.ref])
    Window.objects.create(name="Visit", kind="visit", weekday=4, starts=time(9), ends=time(12))
    assert "Visit" not in cora.get(there).content.decode()
    windows = [str(pk) for pk in Window.objects.exclude(kind="visit").filter(weekday__in=(1, 2)).values_list("pk", flat=True)]
    given = {"windows": windows, "first": "2027-01-18", "weeks": 2, "until": "2027-01-15"}
    assert cora.post(there, given).status_code == 302
    days = {clock.local(t.starts, ready.programme.zone).date() for t in times_of(live_round(ready.case))}
    assert days == {date(2027, 1, 26)}


def test_somebody_who_stopped_or_was_never_invited_is_left_in_peace(ready, asked):
    with at(MONDAY + timedelta(hours=1)):
        preparation.withdraw(ready.rami, by=ready.me("rami"))
    assert live_round(ready.case) is not None
    with at(MONDAY + timedelta(days=3, hours=1)):
        chase_times()
        assert str(ready.rami.pk) not in {key for key, n in written() if n == "3"}
    assert ready.rami.pk not in {p.pk for p in asked_in(asked)}


def test_an_answer_stops_a_letter_that_has_not_left(asked, ready):
    mine = Letter.objects.filter(key__startswith=f"times:{asked.pk}:{ready.hana.pk}:")
    assert mine.get().stage != Letters.WITHDRAWN
    say(ready, asked, "hana")
    assert mine.get().stage == Letters.WITHDRAWN


def test_taken_back_it_closes_every_page_kindly(asked, ready, village, client):
    hana = village.enter(client, ready.hana)
    rounds.take_back(asked, by=ready.coordinator)
    page = hana.get(reverse("times"))
    assert (page.status_code, "You do not have to do anything." in page.content.decode()) == (200, True)
    assert set(Letter.objects.filter(key__startswith="times:").values_list("stage", flat=True)) == {Letters.WITHDRAWN}
    assert hana.get(reverse("home")).status_code == 200
    rounds.take_back(asked, by=ready.coordinator)
    assert Round.objects.get().ended == "taken_back"


def test_today_says_so_once_all_have_answered_and_once_the_day_is_over(asked, ready, village):
    seen = {"times_all", "times_over"}
    assert {who: seen & set(rules(village, who)) for who in ("cora", "fadi", "mina")} == {"cora": set(), "fadi": set(), "mina": set()}
    for key in KEYS[:3]:
        say(ready, asked, key)
    assert seen & set(rules(village, "cora")) == set()
    with at(UNTIL + timedelta(hours=1)):
        assert (seen & set(rules(village, "cora")), [p.pk for p in silent_in(asked)]) == ({"times_over"}, [ready.gail.pk])
    say(ready, asked, "gail")
    assert seen & set(rules(village, "cora")) == {"times_all"}


def test_the_schedule_names_who_has_not_answered(asked, ready, village, client):
    say(ready, asked, "hana")
    page = village.sign_in(client, "cora").get(reverse("schedule", args=[ready.case.ref])).content.decode()
    assert "Has not answered: Rami" in page


def test_a_booking_ends_the_round(asked, ready, room):
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    assert Round.objects.get().ended == "booked"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"weeks": 4}, "That makes 16 times. Please ask about 12 at most"),
        ({"first": "2027-01-11"}, "Please choose a day from tomorrow on"),
        ({"until": "2027-01-10"}, "The last day to answer is over."),
        ({"until": "2027-01-20"}, "The first of these times is before the last day to answer."),
        ({"windows": []}, "Please choose at least one."),
    ],
)
def test_a_refused_round_says_why(ready, village, client, given, sentence):
    village.sign_in(client, "cora")
    windows = Window.objects.order_by("weekday", "starts")[:4]
    form = {"windows": [w.pk for w in windows], "first": "2027-01-18", "weeks": 2, "until": "2027-01-15"} | given
    answer = client.post(reverse("ask_times", args=[ready.case.ref]), form)
    assert (answer.status_code, sentence in answer.content.decode(), Round.objects.count()) == (422, True, 0)


def test_the_database_holds_twelve_one_live_round_and_what_was_said(asked, ready):
    kept = RoundAnswer.objects.filter(pk=say(ready, asked, "hana").pk)
    moment = datetime(2027, 3, 1, tzinfo=UTC)
    acts = [
        lambda: RoundTime.objects.create(round=asked, place=13, name="x", starts_at=moment, ends_at=moment + timedelta(hours=1)),
        lambda: Round.objects.create(case=ready.case, by=ready.coordinator.id, until=UNTIL),
        lambda: kept.update(means="none"),
        lambda: kept.delete(),
    ]
    for act in acts:
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            act()


def test_the_page_asks_equally_often_for_two_people_and_for_four(asked, ready, village, client, django_assert_max_num_queries):
    pair = case_at(village, "ready", circle=OTHER, matter=3)
    rounds.ask(pair.case, by=pair.coordinator, times=open_between(pair.programme, FIRST, LAST)[:3], until=UNTIL)
    village.sign_in(client, "cora")
    client.get(reverse("schedule", args=[pair.case.ref]))
    counts = []
    for story in (pair, ready):
        with django_assert_max_num_queries(73) as seen:
            client.get(reverse("schedule", args=[story.case.ref]))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_team_reads_the_last_day_itself_and_that_nobody_can_be_asked_yet(ready, village, client):
    at_preparing = case_at(village, "preparing")
    rounds.ask(at_preparing.case, by=at_preparing.coordinator, times=open_between(ready.programme, FIRST, LAST)[:3], until=UNTIL)
    page = village.sign_in(client, "cora").get(reverse("schedule", args=[at_preparing.case.ref])).content.decode()
    assert ("Open until Sunday, 17 Jan 2027" in page, "Everyone has answered." in page) == (True, asked_in(live_round(at_preparing.case)) != [])


def test_after_the_end_their_home_still_leads_to_what_they_can_say(asked, ready, village, client):
    rounds.close(asked, by=ready.coordinator)
    hana = village.enter(client, ready.hana)
    card = next(card for card in hana.get(reverse("home")).context["cards"] if card.title == "When and where")
    assert (card.is_your_turn, reverse("own_free") in hana.get(reverse("times")).content.decode()) == (False, True)
