from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.conferences import actions, pages, queries, talking
from setfair.conferences.actions import CannotGoOn
from setfair.conferences.live.gathering import gathered
from setfair.conferences.live.state import Kind, words
from setfair.conferences.models import Conference, Pause, PauseEnd, TalkOrder, Turn
from setfair.core.records import Record
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = pytest.mark.django_db
OTHERS = ["mina", "tova", "sven", "ada", "nour", "lena"]
EVERYONE = 3


def url(name, conference):
    return reverse(name, args=[conference.pk])


def opened(conference):
    return words(gathered(conference.pk), Kind.LEAD)["page"]


def names(conference):
    return [voice["name"] for voice in opened(conference)["voices"]]


@pytest.mark.mission("S1.7")
def test_whoever_was_hurt_may_choose_to_begin_or_to_speak_last(on_the_day):
    conference, people = on_the_day.conference, [on_the_day.hana, on_the_day.rami, on_the_day.sol, on_the_day.gail]
    assert [page.key for page in gathered(conference.pk).pages][4:9] == ["happened", "harmed", "supporter", "guardian", "heard"]
    actions.put_in_order(conference, on_the_day.hana, by=on_the_day.lead, where="first")
    on_the_day.begin()
    assert [page.key for page in gathered(conference.pk).pages][4:9] == ["harmed", "happened", "supporter", "guardian", "heard"]
    actions.put_in_order(conference, on_the_day.hana, by=on_the_day.lead, where="last")
    assert [page.key for page in gathered(conference.pk).pages][4:9] == ["happened", "supporter", "guardian", "harmed", "heard"]
    kept = TalkOrder.objects.order_by("number").values_list("people", flat=True)
    assert [keys.index(on_the_day.hana.pk) for keys in kept] == [0, len(people) - 1]
    sheet = pages.sheet(conference, on_the_day.lead)["script_pages"]
    assert [each["page"].key for each in sheet][4:9] == ["happened", "supporter", "guardian", "harmed", "heard"]


def test_without_a_choice_they_speak_as_the_script_asks_them_and_one_step_moves_one_person(on_the_day):
    conference, people = on_the_day.conference, [on_the_day.gail, on_the_day.hana, on_the_day.sol, on_the_day.rami]
    assert [p.person.first for p in talking.speakers(conference, people)] == ["Rami", "Hana", "Sol", "Gail"]
    actions.put_in_order(conference, on_the_day.gail, by=on_the_day.lead, where="up")
    assert [p.person.first for p in talking.speakers(conference, people)] == ["Rami", "Hana", "Gail", "Sol"]


def test_the_script_is_turned_page_by_page_in_the_chosen_order(client, village, on_the_day):
    actions.put_in_order(on_the_day.conference, on_the_day.hana, by=on_the_day.lead, where="first")
    conference = on_the_day.begin()
    titles = []
    for _page in range(8):
        page = opened(conference)
        titles.append(page["title"])
        actions.turn_page(conference, by=on_the_day.lead, page=page["later"])
    assert titles[3:7] == ["It is your choice", "How it was for you", "What happened", "Those who came with someone"]
    actions.turn_page(conference, by=on_the_day.lead, page=opened(conference)["earlier"])
    assert opened(conference)["title"] == "Parents and guardians"


@pytest.mark.mission("S0.3")
def test_whose_turn_it_is_and_who_passed_is_marked_and_may_come_back(on_the_day):
    conference = on_the_day.begin()
    actions.turn_page(conference, by=on_the_day.lead, page=EVERYONE)
    assert sorted(names(conference)) == ["Gail", "Hana", "Rami", "Sol"]
    for who, what in (("rami", "speaks"), ("rami", "speaks"), ("hana", "speaks"), ("hana", "passed"), ("sol", "speaks")):
        actions.give_turn(conference, on_the_day.people[who], by=on_the_day.lead, what=what)
    said = {voice["name"]: (voice["now"], voice["words"]) for voice in opened(conference)["voices"]}
    assert said == {"Gail": (False, ""), "Hana": (False, "passed, may come back"), "Rami": (False, "has spoken"), "Sol": (True, "")}
    assert opened(conference)["speaks"] == {"who": str(on_the_day.sol.pk), "words": "Sol speaks now."}
    actions.give_turn(conference, on_the_day.hana, by=on_the_day.lead, what="speaks")
    assert opened(conference)["speaks"]["words"] == "Hana speaks now."
    assert Turn.objects.count() == 5
    actions.turn_page(conference, by=on_the_day.lead, page=4)
    assert ({voice["words"] for voice in opened(conference)["voices"]}, opened(conference)["speaks"]) == ({""}, None)


def test_whoever_is_not_here_has_no_turn_and_a_latecomer_comes_last(on_the_day):
    conference = on_the_day.conference
    actions.put_in_order(conference, on_the_day.gail, by=on_the_day.lead, where="first")
    TalkOrder.objects.create(conference=conference, people=[on_the_day.gail.pk, on_the_day.hana.pk, on_the_day.sol.pk])
    on_the_day.begin()
    actions.turn_page(conference, by=on_the_day.lead, page=EVERYONE)
    assert names(conference) == ["Gail", "Hana", "Sol", "Rami"]
    actions.mark_attendance(conference, on_the_day.hana, by=on_the_day.lead, came=False)
    assert names(conference) == ["Gail", "Sol", "Rami"]


@pytest.mark.bad_case
def test_who_speaks_first_is_not_kept_from_the_days_before(at_scheduled, village):
    with village.inside(), pytest.raises(CannotGoOn, match="on the day"):
        actions.put_in_order(at_scheduled.conference, at_scheduled.hana, by=at_scheduled.lead, where="first")
    assert TalkOrder.objects.count() == 0


def test_a_turn_is_of_the_page_that_is_shown_when_the_one_before_is_passed_over(on_the_day):
    conference = on_the_day.begin()
    page = next(page for page in gathered(conference.pk).pages if page.asks == "supporter")
    actions.turn_page(conference, by=on_the_day.lead, page=page.order)
    actions.mark_attendance(conference, on_the_day.sol, by=on_the_day.lead, came=False)
    shown = gathered(conference.pk).page
    assert shown.order != page.order
    turn = actions.give_turn(conference, on_the_day.gail, by=on_the_day.lead, what="speaks")
    assert (turn.page, gathered(conference.pk).turns) == (shown.order, [turn])


@pytest.mark.bad_case
def test_nobody_of_another_case_has_a_turn_or_a_place(on_the_day, village):
    otto = case_at(village, Stage.PREPARING, circle=OTHER, matter=2).people["otto"]
    conference = on_the_day.begin()
    for act in (
        lambda: actions.give_turn(conference, otto, by=on_the_day.lead, what="speaks"),
        lambda: actions.put_in_order(conference, otto, by=on_the_day.lead, where="up"),
    ):
        with pytest.raises(CannotGoOn, match="another meeting"):
            act()
    for row in (Turn(conference=conference, participation=otto, what="speaks", page=1), TalkOrder(conference=conference, people=[otto.pk])):
        with pytest.raises(IntegrityError, match="nobody of another case"), transaction.atomic():
            row.save()


@pytest.mark.bad_case
def test_only_whoever_has_the_script_says_whose_turn_it_is(client, village, on_the_day):
    conference = on_the_day.begin()
    village.sign_in(client, "ines")
    for name, form in (("voice", {"speaks": on_the_day.rami.pk}), ("talk_order", {"participation": on_the_day.rami.pk, "where": "up"})):
        refused = client.post(url(name, conference), form)
        assert (refused.status_code, "Fadi has the script." in refused.content.decode()) == (422, True)
        assert client.post(url("script_hand", conference)).status_code == 302
        assert client.post(url(name, conference), form).status_code == 302
        village.sign_in(client, "fadi").post(url("script_hand", conference))
        village.sign_in(client, "ines")
    assert (Turn.objects.get().by, TalkOrder.objects.get().by) == (village.users["ines"].pk,) * 2


@pytest.mark.mission("S0.9")
def test_a_break_is_a_fact_without_a_person_and_anybody_of_the_team_ends_it(client, village, on_the_day):
    conference = on_the_day.begin()
    village.sign_in(client, "ines")
    assert [client.post(url("pause_begin", conference))["Location"] for _time in (1, 2)] == [url("pause", conference)] * 2
    assert "Take the time you need." in client.get(url("pause", conference)).content.decode()
    village.sign_in(client, "fadi")
    assert "A break since" in client.get(url("conference", conference)).content.decode()
    assert [client.post(url("pause_end", conference)).status_code for _time in (1, 2)] == [302, 302]
    assert "A break since" not in client.get(url("conference", conference)).content.decode()
    assert (Pause.objects.count(), PauseEnd.objects.count()) == (1, 1)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_marks_anything(client, village, on_the_day, who):
    conference = on_the_day.begin()
    village.sign_in(client, who)
    forms = {
        "voice": {"speaks": on_the_day.rami.pk},
        "talk_order": {"participation": on_the_day.rami.pk, "where": "up"},
        "pause_begin": {},
        "pause_end": {},
    }
    assert [client.post(url(name, conference), form).status_code for name, form in forms.items()] == [404] * 4
    assert [model.objects.count() for model in (Turn, TalkOrder, Pause, PauseEnd)] == [0] * 4


def test_nothing_is_marked_before_it_begins_or_once_it_is_over(on_the_day):
    conference = on_the_day.conference
    acts = (
        lambda: actions.give_turn(conference, on_the_day.rami, by=on_the_day.lead, what="speaks"),
        lambda: actions.take_pause(conference, by=on_the_day.lead),
    )
    for act in acts:
        with pytest.raises(CannotGoOn, match="under way"):
            act()
    on_the_day.begin()
    actions.adjourn(conference, by=on_the_day.lead, reason="asked")
    with pytest.raises(CannotGoOn, match="over"):
        actions.put_in_order(conference, on_the_day.rami, by=on_the_day.lead, where="up")


@pytest.mark.parametrize("form", [{}, {"speaks": "x"}, {"speaks": "0" * 36}, {"participation": "x", "where": "up"}, {"where": "sideways"}])
def test_a_forged_form_gets_a_sentence(client, village, on_the_day, form):
    conference = on_the_day.begin()
    village.sign_in(client, "fadi")
    for name in ("voice", "talk_order"):
        answer = client.post(url(name, conference), form)
        assert (answer.status_code, "choose somebody of this meeting" in answer.content.decode()) == (422, True)


def test_facts_of_the_hour_are_added_and_never_changed_and_hold_no_sentence(on_the_day):
    conference = on_the_day.begin()
    actions.give_turn(conference, on_the_day.rami, by=on_the_day.lead, what="speaks")
    for change in ("UPDATE conferences_turn SET page = 9", "DELETE FROM conferences_turn", "DELETE FROM conferences_talkorder"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    for model in (Turn, TalkOrder, Pause, PauseEnd):
        assert issubclass(model, Record)
        assert [f.name for f in model._meta.local_fields if f.get_internal_type() in ("TextField", "BinaryField")] == []


def test_a_quiet_word_when_ten_minutes_are_left(client, village, on_the_day):
    conference = on_the_day.begin()
    limit = village.school.max_minutes
    assert talking.nearly_over_at(conference) == conference.started_at + timedelta(minutes=limit - 10)
    for minutes, is_shown in ((limit - 11, False), (limit - 9, True)):
        with at(conference.started_at + timedelta(minutes=minutes)):
            page = village.sign_in(client, "fadi").get(url("conference", conference)).content.decode()
            word = page.split("data-from=")[1].split(">")[0]
            assert ("hidden" not in word) is is_shown
    assert "It is nearly time to close." in page


@pytest.mark.bad_case
@pytest.mark.parametrize("month_and_day", [(3, 8), (11, 1)], ids=["an hour is gone", "an hour comes twice"])
def test_a_meeting_while_the_clocks_change_is_as_long_as_any_other(on_the_day, month_and_day):
    conference = on_the_day.begin()
    zone = ZoneInfo("America/New_York")
    began = datetime(2026, *month_and_day, 1, 30, tzinfo=zone)
    Conference.objects.filter(pk=conference.pk).update(started_at=began)
    conference.refresh_from_db()
    word = talking.nearly_over_at(conference)
    assert began.utcoffset() != word.astimezone(zone).utcoffset()
    assert word - began.astimezone(UTC) == timedelta(minutes=conference.programme.max_minutes - 10)


@pytest.mark.parametrize("count", [1, 2, 7, 18, 24, 40])
def test_in_the_drawing_no_chair_covers_another(count):
    dots, wide = pages.dots(count), pages.width(count)
    assert all(pages.CHAIR <= dot[axis] <= wide - pages.CHAIR for dot in dots for axis in ("x", "y"))
    apart = [((a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2) ** 0.5 for a in dots for b in dots if a["number"] < b["number"]]
    assert min(apart, default=99) > 2 * pages.CHAIR
    assert pages.width(7) < pages.width(40)


def test_the_first_names_of_those_who_are_asked_stand_in_the_chosen_order(on_the_day):
    page = queries.ScriptPage(asks="everyone")
    people = [on_the_day.hana, on_the_day.rami, on_the_day.sol]
    assert [p.person.first for p in queries.whom(page, people, {}, [on_the_day.sol.pk, on_the_day.rami.pk])] == ["Sol", "Rami", "Hana"]
    assert queries.asked(page, people, {}) == []
