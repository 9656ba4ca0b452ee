import uuid
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.actions import keep_out
from setfair.conferences import actions
from setfair.conferences.actions import CannotGoOn
from setfair.conferences.debriefs import readable_by
from setfair.conferences.models import Debrief, DebriefRead
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.notes.models import Note
from setfair.safety.models import Alarm, Told
from setfair.village.time import at

pytestmark = pytest.mark.django_db
WORDS = "I keep hearing the door."


def url(name, row):
    return reverse(name, args=[row.pk])


def sent(**said):
    return {"form_key": uuid.uuid4(), "how": "good", "worried": "no"} | said


@pytest.fixture
def held(on_the_day):
    on_the_day.hold_conference()
    yield on_the_day


def say(story, by, **said):
    return actions.debrief(story.conference, by=by, **{"form_key": uuid.uuid4(), "how": "good"} | said)


@pytest.mark.mission("S2.7")
def test_one_press_is_enough(client, village, held):
    village.sign_in(client, "ines")
    answer = client.post(url("debrief", held.conference), sent(how="tired"))
    assert answer["Location"] == url("conference", held.conference)
    said = Debrief.objects.get()
    assert (said.how, said.words, said.user_id, Note.objects.count(), Alarm.objects.count()) == ("tired", "", village.users["ines"].pk, 0, 0)


def test_each_answer_goes_its_own_way(village, held):
    ines = village.actor("ines")
    say(
        held,
        ines,
        how="shaken",
        words=WORDS,
        pass_on="Gail would like a call.",
        worried=True,
        whom=held.rami,
        worry="He said that he cannot go home.",
    )
    said, note, alarm = Debrief.objects.get(), Note.objects.get(), Alarm.objects.get()
    assert (said.words, note.words, alarm.words) == (WORDS, "Gail would like a call.", "He said that he cannot go home.")
    assert (note.audience, note.by, alarm.participation, alarm.by) == ("team", ines.id, held.rami, ines.id)
    assert [told.user for told in Told.objects.all()] == [village.users["wren"]]
    assert Letter.objects.filter(reader_id=village.users["wren"].pk, stage="due").count() == 1


def test_a_worry_about_somebody_who_is_not_named_reaches_them_too(village, held):
    say(held, village.actor("malik"), worried=True)
    alarm = Alarm.objects.get()
    assert (alarm.participation, alarm.case, alarm.words) == (None, held.case, "")
    assert [told.user for told in Told.objects.all()] == [village.users["wren"]]


def test_the_same_form_twice_is_one_and_another_is_another(client, village, held):
    village.sign_in(client, "ines")
    form = sent(pass_on="Gail would like a call.", worried=str(held.rami.pk))
    for _time in (1, 2):
        assert client.post(url("debrief", held.conference), form).status_code == 302
    assert (Debrief.objects.count(), Note.objects.count(), Alarm.objects.count()) == (1, 1, 1)
    page = client.get(url("debrief", held.conference)).content.decode()
    assert "You can say more at any time." in page
    client.post(url("debrief", held.conference), sent(how="talk"))
    assert Debrief.objects.count() == 2


def test_nothing_is_kept_when_one_of_the_three_cannot_be(village, held):
    with pytest.raises(RuntimeError), transaction.atomic():
        say(held, village.actor("ines"), pass_on="Something.", worried=True)
        raise RuntimeError
    assert (Debrief.objects.count(), Note.objects.count(), Alarm.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("form", [{"how": ""}, {"how": "great"}, {"worry": "A boy."}, {"form_key": ""}])
def test_what_is_missing_is_asked_for_and_what_was_written_stays(client, village, held, form):
    answer = village.sign_in(client, "ines").post(url("debrief", held.conference), sent(words=WORDS) | form)
    page = answer.content.decode()
    assert (answer.status_code, Debrief.objects.count(), WORDS in page) == (422, 0, True)


def test_somebody_of_another_circle_cannot_be_chosen(client, village, held):
    answer = village.sign_in(client, "ines").post(url("debrief", held.conference), sent(worried=str(uuid.uuid4())))
    assert (answer.status_code, Alarm.objects.count()) == (422, 0)


def test_before_they_sit_there_is_nothing_to_say(client, village, on_the_day):
    conference = on_the_day.conference
    assert village.sign_in(client, "fadi").get(url("debrief", conference))["Location"] == url("conference", conference)
    with pytest.raises(CannotGoOn, match="once you have met"):
        say(on_the_day, on_the_day.lead)
    assert client.post(url("debrief", conference), sent()).status_code == 422


@pytest.mark.parametrize("who", ["mina", "nour", "sven", "ada", "wren"])
def test_whoever_did_not_hold_it_is_not_asked(client, village, held, who):
    village.sign_in(client, who)
    assert [client.get(url("debrief", held.conference)).status_code, client.post(url("debrief", held.conference), sent()).status_code] == [404, 404]
    assert Debrief.objects.count() == 0


@pytest.mark.mission("S2.7")
@pytest.mark.parametrize("who", ["cora", "fadi", "ines", "ada", "wren", "nour", "mina"])
def test_only_whoever_supervises_reads_how_they_are(client, village, held, who):
    said = say(held, village.actor("ines"), how="talk", words=WORDS)
    village.sign_in(client, who)
    assert [client.get(url("debrief_read", said)).status_code, client.post(url("debrief_done", said)).status_code] == [404, 404]
    assert client.get(reverse("debrief_list")).status_code == 404
    case = held.case
    pages = [reverse(name, args=[case.ref]) for name in ("case", "case_history", "case_notes")] + [
        reverse("today"),
        url("conference", held.conference),
    ]
    for page in pages:
        answer = client.get(page)
        if answer.status_code == 200:
            assert (WORDS in answer.content.decode(), "said after a circle" in answer.content.decode()) == (False, False)
    for person in held.people.values():
        village.enter(client, person)
        assert WORDS not in client.get(reverse("home")).content.decode()


def test_the_supervisor_reads_it_and_it_leaves_today(client, village, held):
    say(held, village.actor("malik"), how="good")
    said = say(held, village.actor("ines"), how="talk", words=WORDS)
    village.sign_in(client, "sven")
    line = ">Somebody who held a circle wrote to you how they are</th>"
    assert client.get(reverse("today")).content.decode().count(line) == 1
    page = client.get(url("debrief_read", said)).content.decode()
    assert (WORDS in page, "I would like to talk with somebody" in page, held.case.ref in page) == (True, True, True)
    assert [client.post(url("debrief_done", said))["Location"] for _time in (1, 2)] == [reverse("debrief_list")] * 2
    assert (DebriefRead.objects.count(), line in client.get(reverse("today")).content.decode()) == (1, False)
    assert "Read on" in client.get(url("debrief_read", said)).content.decode()


def test_whoever_is_all_right_waits_for_nobody_unless_they_wrote_something(client, village, held):
    village.sign_in(client, "sven")
    for how, words, waits in (("good", "", 0), ("tired", "", 0), ("good", "Thank you for coming.", 1), ("shaken", "", 2)):
        say(held, village.actor("ines"), how=how, words=words)
        assert client.get(reverse("debrief_list")).status_code == 200
        assert sum(one.is_waiting for one in readable_by(village.actor("sven"))) == waits


def test_today_asks_for_three_days_and_then_lets_it_be(client, village, held):
    line = "You held a circle: how are you?"
    ended = held.conference.ended_at
    for who in ("fadi", "ines"):
        with at(ended + timedelta(hours=2)):
            village.sign_in(client, who)
            assert line in client.get(reverse("today")).content.decode()
        with at(ended + timedelta(days=4)):
            village.sign_in(client, who)
            assert line not in client.get(reverse("today")).content.decode()
    with at(ended + timedelta(hours=2)):
        say(held, village.actor("ines"))
        assert line not in village.sign_in(client, "ines").get(reverse("today")).content.decode()
        assert line in village.sign_in(client, "fadi").get(reverse("today")).content.decode()
        assert line not in village.sign_in(client, "cora").get(reverse("today")).content.decode()


def test_it_is_in_no_cases_history_and_reading_it_is_written_down(client, village, held):
    said = say(held, village.actor("ines"), how="talk", words=WORDS)
    village.sign_in(client, "sven").get(url("debrief_read", said))
    lines = Entry.objects.filter(subject_id=str(said.pk))
    assert sorted(lines.values_list("verb", "case_id")) == [("debriefed", None), ("read", None)]


def test_it_is_added_and_never_changed(held):
    say(held, held.lead, words=WORDS)
    for change in ("UPDATE conferences_debrief SET how = 'good'", "DELETE FROM conferences_debrief"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM conferences_debrief")
        assert WORDS.encode() not in bytes(cursor.fetchone()[0])


def test_who_may_read_of_a_sealed_case_is_who_may_know_of_it(village, held):
    said = say(held, held.lead, how="talk")
    assert list(open_to(village.actor("sven"), Permission.READ_DEBRIEF, Debrief)) == [said]
    keep_out(held.case, by=held.coordinator, user=village.users["sven"], why="close")
    assert list(open_to(village.actor("sven"), Permission.READ_DEBRIEF, Debrief)) == []


def test_the_list_asks_equally_often_for_one_and_for_three(client, village, held, django_assert_max_num_queries):
    counts = []
    for more in (1, 2):
        for _each in range(more):
            say(held, held.lead, how="talk", words=WORDS)
        village.sign_in(client, "sven")
        client.get(reverse("debrief_list"))
        with django_assert_max_num_queries(40) as asked:
            client.get(reverse("debrief_list"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_on_the_page_of_the_team_s_own_talk_it_is_one_press_away(client, village, on_the_day):
    conference = on_the_day.begin()
    page = conference.script.pages.filter(phase="debrief").order_by("order").first()
    village.sign_in(client, "fadi")
    actions.turn_page(conference, by=on_the_day.lead, page=page.order)
    words = client.get(url("conference", conference)).content.decode()
    assert url("debrief", conference) in words
