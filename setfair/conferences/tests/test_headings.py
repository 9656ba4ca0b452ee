import json

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from setfair.agreements import actions as agreements
from setfair.agreements import heard
from setfair.cases.journey import Stage
from setfair.conferences import actions, headings
from setfair.conferences.actions import CannotGoOn
from setfair.conferences.live.gathering import gathered
from setfair.conferences.live.state import Kind, told
from setfair.conferences.models import MOST_HEADINGS, Heading, HeadingBack
from setfair.journal.models import Entry
from setfair.programmes.models import ScriptPage
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = pytest.mark.django_db
OTHERS = ["mina", "tova", "sven", "ada", "nour", "lena"]


@pytest.fixture
def sitting(on_the_day):
    """It is under way; all have come but Sol, and the page on which it is shared is open."""
    conference = on_the_day.begin()
    for key in ("hana", "rami", "gail"):
        actions.mark_attendance(conference, on_the_day.people[key], by=on_the_day.lead, came=True)
    open_at(on_the_day, "harmed")
    return on_the_day


def open_at(story, key):
    page = ScriptPage.objects.get(script=story.conference.script, key=key)
    actions.turn_page(story.conference, by=story.lead, page=page.order)


def note(story, kind="harm", words="No sleep", who=None, **more):
    mine = {"whose": "one", "participation": who} if who else {}
    return actions.note_heading(story.conference, **{"by": story.lead, "kind": kind, "words": words} | mine | more)


def said(story, kind=Kind.LEAD):
    return json.loads(told(gathered(story.conference.pk), kind, "en"))


def flat(kinds):
    return [(kind["title"], one["who"], one["words"]) for kind in kinds for one in kind["ones"]]


@pytest.mark.mission("S1.4")
def test_harms_needs_and_what_there_is_to_put_right_of_everyone_stand_by_kind(sitting):
    note(sitting, "obligation", "Mend the shed", sitting.rami)
    note(sitting, "harm", " Two weeks without  sleep ", sitting.hana)
    note(sitting, "need", "A safe way home", whose="community")
    note(sitting, "need", "To be told the truth")
    assert flat(said(sitting)["headings"]) == [
        ("What was harmed", "Hana", "Two weeks without sleep"),
        ("What is needed", "The community", "A safe way home"),
        ("What is needed", "All of us", "To be told the truth"),
        ("What there is to put right", "Rami", "Mend the shed"),
    ]
    assert said(sitting)["headings"] == said(sitting, Kind.STUDENT)["headings"]


@pytest.mark.mission("S1.5")
def test_what_was_heard_lies_on_the_table_on_the_page_that_closes_the_sharing_and_on_no_other(sitting):
    note(sitting, "need", "A safe way home", sitting.hana)
    shown = {}
    for page in ScriptPage.objects.filter(script=sitting.conference.script):
        actions.turn_page(sitting.conference, by=sitting.lead, page=page.order)
        shown[page.key] = (flat(said(sitting, Kind.TABLE)["heard"]), said(sitting)["page"]["sums_up"], said(sitting)["page"]["notes"])
    assert {key: found for key, (found, _sums, _notes) in shown.items() if found} == {"shared": [("What is needed", "Hana", "A safe way home")]}
    assert [key for key, (_found, sums, _notes) in shown.items() if sums] == ["shared"]
    noted = {page.key for page in gathered(sitting.conference.pk).pages if page.phase in ("voices", "needs")}
    assert {page.key for page in gathered(sitting.conference.pk).pages if shown[page.key][2]} == noted


def test_the_table_is_told_no_id_and_a_heading_that_is_taken_off_lies_on_no_page(client, village, sitting):
    heading = note(sitting, "need", "A safe way home", sitting.hana)
    open_at(sitting, "shared")
    assert str(heading.pk) not in told(gathered(sitting.conference.pk), Kind.TABLE, "en").decode()
    village.enter(client, sitting.rami)
    assert "A safe way home" in client.get(reverse("my_circle")).text
    fadi = village.sign_in(client, "fadi")
    off = reverse("heading_off", args=[sitting.conference.pk])
    for _twice in (1, 2):
        assert fadi.post(off, {"heading": heading.pk}).status_code == 302
    assert (HeadingBack.objects.count(), said(sitting)["headings"], said(sitting, Kind.TABLE)["heard"]) == (1, [], [])
    assert "A safe way home" not in fadi.get(reverse("conference", args=[sitting.conference.pk])).text
    assert "A safe way home" not in village.enter(client, sitting.rami).get(reverse("my_circle")).text


def test_whoever_holds_the_script_notes_them_a_student_too_and_nobody_else(client, village, sitting):
    form = {"kind": "need", "whose": str(sitting.hana.pk), "words": "A safe way home"}
    page = reverse("heading", args=[sitting.conference.pk])
    for who in OTHERS:
        assert village.sign_in(client, who).post(page, form).status_code == 404
    refused = village.sign_in(client, "ines").post(page, form)
    assert (refused.status_code, "has the script" in refused.text, Heading.objects.count()) == (422, True, 0)
    actions.take_script(sitting.conference, by=village.actor("ines"))
    for _twice in (1, 2):
        assert client.post(page, form)["Location"].endswith("#headings")
    (heading,) = Heading.objects.all()
    assert (heading.words, heading.participation, heading.by) == ("A safe way home", sitting.hana, village.users["ines"].pk)
    off = reverse("heading_off", args=[sitting.conference.pk])
    refused = village.sign_in(client, "fadi").post(off, {"heading": heading.pk})
    assert (refused.status_code, HeadingBack.objects.count()) == (422, 0)


@pytest.mark.parametrize("who", ["hana", "otto"])
def test_participants_note_none(client, village, sitting, who):
    other = case_at(village, Stage.PREPARING, circle=OTHER, matter=3)
    village.enter(client, {**sitting.people, **other.people}[who])
    for name in ("heading", "heading_off"):
        assert client.post(reverse(name, args=[sitting.conference.pk]), {"kind": "need", "whose": "all", "words": "Rest"}).status_code == 401
    assert Heading.objects.count() == 0


WRONG = [{"words": "x" * 61}, {"words": ""}, {"words": "\N{GRINNING FACE}" * 50}, {"kind": "story"}, {"whose": "nobody"}, {"whose": "absent"}]


@pytest.mark.bad_case
@pytest.mark.parametrize("form", WRONG)
def test_only_a_few_words_of_somebody_who_is_here(client, village, sitting, form):
    actions.mark_attendance(sitting.conference, sitting.sol, by=sitting.lead, came=False)
    form = {"kind": "need", "whose": "all", "words": "Rest"} | form
    form["whose"] = str(sitting.sol.pk) if form["whose"] == "absent" else form["whose"]
    answer = village.sign_in(client, "fadi").post(reverse("heading", args=[sitting.conference.pk]), form)
    assert (answer.status_code, "a few words" in answer.text, Heading.objects.count()) == (422, True, 0)


def test_the_form_keeps_what_was_typed_when_it_is_refused(client, village, sitting):
    form = {"kind": "need", "whose": "", "words": "A safe way home"}
    answer = village.sign_in(client, "fadi").post(reverse("heading", args=[sitting.conference.pk]), form)
    assert (answer.status_code, 'value="A safe way home"' in answer.text) == (422, True)


@pytest.mark.bad_case
def test_the_database_holds_no_sentence_nothing_empty_and_nobody_of_another_case(village, sitting):
    otto = case_at(village, Stage.PREPARING, circle=OTHER, matter=3).people["otto"]
    there = {"conference": sitting.conference, "case": sitting.case, "kind": "need", "by": sitting.lead.id}
    for wrong in (
        {"whose": "all", "words": "x" * 181},
        {"whose": "all", "words": ""},
        {"whose": "one", "words": "Rest"},
        {"whose": "all", "participation": sitting.hana, "words": "Rest"},
        {"whose": "one", "participation": otto, "words": "Rest"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Heading.objects.create(**there, **wrong)
    with pytest.raises(CannotGoOn, match="another meeting"):
        note(sitting, words="Rest", who=otto)


def test_headings_are_added_never_changed_and_sealed(sitting):
    heading = note(sitting, words="No sleep", who=sitting.hana)
    actions.take_off_heading(heading, by=sitting.lead)
    for change in ("UPDATE conferences_heading SET kind = 'need'", "DELETE FROM conferences_headingback"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM conferences_heading")
        assert b"No sleep" not in bytes(cursor.fetchone()[0])
    lines = Entry.objects.filter(verb__in=("noted_heading", "took_off_heading"))
    assert sorted((line.verb, line.case_id, line.detail) for line in lines) == [
        ("noted_heading", sitting.case.pk, {}),
        ("took_off_heading", sitting.case.pk, {}),
    ]


def test_so_many_and_no_more_and_only_while_it_lasts(sitting):
    for number in range(MOST_HEADINGS):
        note(sitting, words=f"Need {number}")
    with pytest.raises(CannotGoOn, match="Take one off"):
        note(sitting, words="One more")
    actions.conclude(sitting.conference, by=sitting.lead)
    for act in (lambda: note(sitting, words="Late"), lambda: actions.take_off_heading(Heading.objects.first(), by=sitting.lead)):
        with pytest.raises(CannotGoOn, match="under way"):
            act()


def test_who_reads_them_afterwards(client, village, sitting):
    note(sitting, words="No sleep", who=sitting.hana)
    actions.conclude(sitting.conference, by=sitting.lead)
    day = reverse("conference", args=[sitting.conference.pk])
    assert ["No sleep" in village.sign_in(client, who).get(day).text for who in ("cora", "fadi", "ines", "malik")] == [True, True, False, False]
    for who in OTHERS:
        assert village.sign_in(client, who).get(day).status_code == 404


def test_a_page_of_the_programmes_own_without_a_part_of_the_hour_can_have_them(sitting):
    assert headings.may_be_noted_on(ScriptPage(phase=""))
    assert [headings.closes_at([ScriptPage(phase=phase) for phase in phases]) for phases in (["voices", "draft"], ["welcome"], [])] == [0, None, None]


@pytest.fixture
def drafting(sitting):
    note(sitting, "harm", "No sleep", sitting.hana)
    note(sitting, "need", "A safe way home", sitting.hana)
    note(sitting, "obligation", "Mend the shed", sitting.rami)
    actions.take_off_heading(note(sitting, "need", "Money back", sitting.hana), by=sitting.lead)
    agreements.draft(sitting.case, by=sitting.lead, conference=sitting.conference)
    return sitting


@pytest.mark.mission("S1.4")
def test_a_promise_begins_with_what_was_heard(client, village, drafting):
    page, fadi = reverse("agreement", args=[drafting.case.ref]), village.sign_in(client, "fadi")
    stands = [(kind.kind, [one.words for one in kind.ones]) for kind in fadi.get(page).context["heard"]]
    assert stands == [("need", ["A safe way home"]), ("obligation", ["Mend the shed"])]
    for words, whose in (("A safe way home", ["", str(drafting.hana.pk)]), ("Mend the shed", [str(drafting.rami.pk), ""])):
        key = next(one.pk for kind in heard.to_begin_with(drafting.case) for one in kind.ones if one.words == words)
        assert f"?begin={key}#id_what" in fadi.get(page).text
        form = fadi.get(page, {"begin": key}).context["form"]
        assert [form["what"].value(), form["owner"].value() or "", form["owed_to"].value() or ""] == [words, *whose]


def test_what_was_harmed_what_was_taken_off_and_another_case_begin_nothing(client, village, drafting):
    other = case_at(village, Stage.PREPARING, circle=OTHER, matter=3)
    page, fadi = reverse("agreement", args=[drafting.case.ref]), village.sign_in(client, "fadi")
    for words in ("No sleep", "Money back"):
        key = next(one.pk for one in Heading.objects.all() if one.words == words)
        assert fadi.get(page, {"begin": key}).context["form"]["what"].value() is None
    need = next(one.pk for one in Heading.objects.all() if one.words == "A safe way home")
    assert (heard.begun(other.case, str(need)), fadi.get(page, {"begin": "nonsense"}).status_code) == ({}, 200)


def test_the_next_circle_begins_without_them_and_what_is_written_still_knows_them(on_the_day, village, drafting):
    actions.adjourn(drafting.conference, by=drafting.lead, reason="out_of_time")
    again = case_again(drafting)
    with at(again.booking.starts_at):
        assert (drafting.conference, headings.standing(again), said(drafting)["headings"]) == (again, [], [])
        assert [one.words for one in headings.for_what_follows(drafting.case)] == ["No sleep", "A safe way home", "Mend the shed"]


def case_again(story):
    story.book()
    return story.case.conferences.order_by("-planned_at").first()
