import json

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.conferences import actions, questions
from setfair.conferences.actions import CannotGoOn
from setfair.conferences.live.gathering import gathered
from setfair.conferences.live.state import Kind, told
from setfair.conferences.models import Conference, QuestionMark
from setfair.keeping.queries.theirs import _met
from setfair.programmes.models import ScriptPage
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.voices import actions as voices
from setfair.voices.queries import own_words

pytestmark = pytest.mark.django_db
OTHERS = ["mina", "tova", "sven", "ada", "nour", "lena"]
ASK = "Why me? Did you know that I was home?\n\nWill it happen again?"


@pytest.fixture
def sitting(on_the_day):
    """Hana lets them tell the others what she wants to ask; Rami only those who prepare the talk, Gail nobody."""
    for who, reads in (("hana", "all"), ("rami", "team"), ("gail", "me")):
        write(on_the_day, who, reads, ASK if who == "hana" else f"What {who} asks?")
    conference = on_the_day.begin()
    for key in ("hana", "rami", "gail"):
        actions.mark_attendance(conference, on_the_day.people[key], by=on_the_day.lead, came=True)
    open_at(on_the_day, "harmed")
    return on_the_day


def write(story, who, reads, ask):
    me = story.people[who]
    last = own_words(me)
    voices.keep_words(me, by=story.me(who), reads=reads, seen=last.pk if last else None, ask=ask)


def open_at(story, key):
    page = ScriptPage.objects.get(script=story.conference.script, key=key)
    actions.turn_page(story.conference, by=story.lead, page=page.order)


def shown(story, kind=Kind.LEAD):
    said = json.loads(told(gathered(story.conference.pk), kind, "en"))
    return [(person["who"], one["words"], one["mark"]) for person in said["questions"] for one in person["ones"]]


def mark(story, number, what, **more):
    found = questions.prepared(story.conference, [story.hana])[number]
    actions.mark_question(story.conference, found, **{"by": story.lead, "what": what} | more)


@pytest.mark.mission("S1.7")
def test_their_questions_stand_on_the_page_of_their_voice_each_by_itself(sitting):
    wanted = [("Hana", "Why me?", ""), ("Hana", "Did you know that I was home?", ""), ("Hana", "Will it happen again?", "")]
    assert shown(sitting) == shown(sitting, Kind.STUDENT) == wanted
    for key, found in (("rules", []), ("happened", []), ("help", []), ("shared", wanted), ("offers", [])):
        open_at(sitting, key)
        assert shown(sitting) == found, key


@pytest.mark.mission("S1.7")
def test_each_is_marked_and_what_is_open_stands_once_more_where_the_sharing_closes(client, village, sitting):
    page, fadi = reverse("question", args=[sitting.conference.pk]), village.sign_in(client, "fadi")
    keys = [one.key for one in questions.prepared(sitting.conference, [sitting.hana])]
    for key, what in zip(keys, ("answered", "asked", "not_wanted"), strict=True):
        for _twice in (1, 2):
            assert fadi.post(page, {"mark": f"{key}:{what}"}).status_code == 302
    assert QuestionMark.objects.count() == 3
    assert [mark for _who, _words, mark in shown(sitting)] == ["Was answered", "Was asked", "Not wanted"]
    open_at(sitting, "shared")
    assert shown(sitting) == [("Hana", "Did you know that I was home?", "Was asked")]
    mark(sitting, 0, "open")
    assert shown(sitting) == [("Hana", "Why me?", ""), ("Hana", "Did you know that I was home?", "Was asked")]


@pytest.mark.mission("S0.9")
def test_without_their_leave_no_word_stands_there_and_taken_back_it_is_gone_at_once(client, village, sitting):
    for key, asks in (("happened", "rami"), ("guardian", "gail"), ("shared", "rami")):
        open_at(sitting, key)
        for who in ("fadi", "ines"):
            assert f"What {asks} asks?" not in village.sign_in(client, who).get(reverse("conference", args=[sitting.conference.pk])).text
    beat = Conference.objects.get(pk=sitting.conference.pk).beat
    write(sitting, "hana", "team", ASK)
    assert (shown(sitting), Conference.objects.get(pk=sitting.conference.pk).beat > beat) == ([], True)
    with pytest.raises(IndexError):
        mark(sitting, 0, "asked")


def test_nothing_of_it_lies_on_the_table(sitting):
    state = gathered(sitting.conference.pk)
    assert ("Why me" in told(state, Kind.TABLE, "en").decode(), "questions" in json.loads(told(state, Kind.TABLE, "en"))) == (False, False)


def test_whoever_is_not_here_is_not_asked(sitting):
    actions.mark_attendance(sitting.conference, sitting.hana, by=sitting.lead, came=False)
    open_at(sitting, "shared")
    assert shown(sitting) == []


def test_words_that_are_added_take_no_mark_away(sitting):
    mark(sitting, 2, "answered")
    write(sitting, "hana", "all", "Is it over?\nWill it happen again?")
    assert shown(sitting) == [("Hana", "Is it over?", ""), ("Hana", "Will it happen again?", "Was answered")]


def test_only_whoever_holds_the_script_marks_and_only_what_is_here(client, village, sitting):
    page, key = reverse("question", args=[sitting.conference.pk]), questions.prepared(sitting.conference, [sitting.hana])[0].key
    for who in OTHERS:
        assert village.sign_in(client, who).post(page, {"mark": f"{key}:asked"}).status_code == 404
    refused = village.sign_in(client, "ines").post(page, {"mark": f"{key}:asked"})
    assert (refused.status_code, "has the script" in refused.text) == (422, True)
    theirs = own_words(sitting.rami)
    for wrong in ("", "nonsense", f"{key}:thrown_away", f"{theirs.pk}:0:asked", f"{own_words(sitting.hana).pk}:9:asked"):
        assert village.sign_in(client, "fadi").post(page, {"mark": wrong}).status_code == 422
    assert QuestionMark.objects.count() == 0
    actions.take_script(sitting.conference, by=village.actor("ines"))
    assert village.sign_in(client, "ines").post(page, {"mark": f"{key}:asked"}).status_code == 302
    assert QuestionMark.objects.get().by == village.users["ines"].pk


@pytest.mark.parametrize("who", ["hana", "otto"])
def test_participants_mark_nothing(client, village, sitting, who):
    other = case_at(village, Stage.PREPARING, circle=OTHER, matter=3)
    village.enter(client, {**sitting.people, **other.people}[who])
    key = questions.prepared(sitting.conference, [sitting.hana])[0].key
    assert client.post(reverse("question", args=[sitting.conference.pk]), {"mark": f"{key}:asked"}).status_code == 401


@pytest.mark.bad_case
def test_a_mark_holds_no_words_is_never_changed_and_is_of_one_case(village, sitting):
    mark(sitting, 0, "asked")
    assert [f.name for f in QuestionMark._meta.local_fields if f.get_internal_type() in ("TextField", "BinaryField")] == []
    for change in ("UPDATE conferences_questionmark SET what = 'answered'", "DELETE FROM conferences_questionmark"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    other = case_at(village, Stage.PREPARING, circle=OTHER, matter=3)
    write(other, "otto", "all", "Whose case?")
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionMark.objects.create(
            conference=sitting.conference, case=sitting.case, words=own_words(other.people["otto"]), line=0, what="asked", by=sitting.lead.id
        )
    actions.conclude(sitting.conference, by=sitting.lead)
    with pytest.raises(CannotGoOn, match="under way"):
        mark(sitting, 0, "answered")


def test_what_became_of_it_is_in_their_copy_and_in_nobody_elses(sitting):
    mark(sitting, 0, "answered")
    found = [[line for line in map(str, _met(p)) if "a question of yours" in line] for p in (sitting.hana, sitting.rami)]
    assert (len(found[0]), "Was answered" in found[0][0], found[1]) == (1, True, [])


@pytest.mark.parametrize(
    ("ask", "found"),
    [
        ("", []),
        ("  Why?  ", ["Why?"]),
        ("I want to know why.\nAnd when it ends", ["I want to know why.", "And when it ends"]),
        ("¿Por qué yo? ¿Sabías?", ["¿Por qué yo?", "¿Sabías?"]),
        ("لماذا؟ متى؟", ["لماذا؟", "متى؟"]),
        ("Why?!", ["Why?!"]),
        ("\n".join(f"{n}?" for n in range(30)), [f"{n}?" for n in range(20)]),
    ],
)
def test_a_question_ends_with_its_line_or_its_sign(ask, found):
    assert questions.lines(ask) == found
