import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.agreements.terms import Terms
from setfair.conferences import actions as conferences
from setfair.conferences.live import said, state
from setfair.conferences.live.gathering import gathered
from setfair.conferences.live.state import Kind, told
from setfair.programmes.models import ScriptPage
from setfair.village.time import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(village, at_scheduled):
    """It is under way, everyone has come, and one promise is written down."""
    with village.inside(), at(at_scheduled.booking.starts_at):
        conference = at_scheduled.begin()
        for person in at_scheduled.people.values():
            conferences.mark_attendance(conference, person, by=at_scheduled.lead, came=True)
        draft = agreements.draft(at_scheduled.case, by=at_scheduled.lead, conference=conference)
        promise(draft, at_scheduled, "I will write a letter.")
        yield at_scheduled


def promise(draft, story, what):
    due = timezone.localdate() + timedelta(days=7)
    return agreements.promise(draft, by=story.lead, owner=story.rami, owed_to=story.hana, what=what, due_on=due, proof_wanted="Handed over.")


def open_at(story, phase):
    page = ScriptPage.objects.filter(script=story.conference.script, phase=phase).first()
    conferences.turn_page(story.conference, by=story.lead, page=page.order)


def draft_of(story, kind=Kind.TABLE):
    return json.loads(told(gathered(story.conference.pk), kind, "en")).get("draft")


@pytest.mark.mission("S0.6")
def test_the_draft_lies_on_the_table_from_the_page_on_which_it_is_spoken_of(client, village, sitting):
    open_at(sitting, "needs")
    assert draft_of(sitting) == []
    open_at(sitting, "draft")
    (line,) = draft_of(sitting)
    assert (line["who"], line["what"], sorted(line)) == ("Rami", "I will write a letter.", ["by", "much", "what", "who"])
    assert [draft_of(sitting, kind) for kind in (Kind.LEAD, Kind.STUDENT)] == [None, None]
    page = village.enter(client, sitting.hana).get(reverse("my_circle")).content.decode()
    assert ("I will write a letter." in page, "What is written down" in page) == (True, True)


def test_a_promise_of_a_school_and_of_several_is_told_with_all_who_make_it_and_how_much(sitting):
    open_at(sitting, "draft")
    due = {"due_on": timezone.localdate() + timedelta(days=7), "by": sitting.lead}
    agreements.promise(sitting.agreement, owner=None, what="Let him change classes.", terms=Terms(body="The school"), **due)
    both = Terms(beside=(sitting.sol,), amount=Decimal(20), currency="USD")
    agreements.promise(sitting.agreement, owner=sitting.rami, what="Pay for the phone.", terms=both, **due)
    assert [(line["who"], line["much"]) for line in draft_of(sitting)[1:]] == [("The school", ""), ("Rami, Sol", "20 USD")]


@pytest.mark.parametrize("phase", ["draft", "sign"])
def test_what_is_between_two_has_no_words_there_and_is_said_to_be_one_more(sitting, phase):
    open_at(sitting, phase)
    due = {"due_on": timezone.localdate() + timedelta(days=7), "by": sitting.lead}
    theirs = Terms(reach="some", amount=Decimal(317), currency="GBP", if_hard="Ask the cousin.")
    agreements.promise(sitting.agreement, owner=sitting.sol, owed_to=sitting.gail, what="Pay for the bicycle.", terms=theirs, **due)
    first, more = draft_of(sitting)
    assert (first["who"], more) == ("Rami", {"who": "", "what": "One more promise is between others here.", "much": "", "by": ""})


def test_put_into_another_language_it_is_a_beat_and_read_so_by_whoever_reads_that(client, village, sitting):
    open_at(sitting, "draft")
    beat, (item,) = sitting.conference.beat, sitting.items()
    spanish = {"what": "Voy a escribir una carta.", "proof_wanted": "Entregada."}
    agreements.put_into(item, by=sitting.lead, language="es", words=spanish)
    assert sitting.conference.beat > beat
    now = gathered(sitting.conference.pk)
    (english,), (other,) = (json.loads(told(now, Kind.TABLE, language))["draft"] for language in ("en", "es"))
    assert (english["what"], sorted(english)) == ("I will write a letter.", ["by", "much", "what", "who"])
    assert (other["what"], other["written"], other["tongue"]) == (spanish["what"], "I will write a letter.", "en")
    assert (other["note"], other["label"]) == ("El equipo puso estas palabras en español.", "Como se escribió, en inglés")
    sitting.hana.person.language = "es"
    sitting.hana.person.save()
    page = village.enter(client, sitting.hana).get(reverse("my_circle")).content.decode()
    assert [words in page for words in (spanish["what"], "I will write a letter.", other["label"])] == [True] * 3


def test_a_page_that_cannot_be_told_takes_no_other_with_it(sitting, monkeypatch):
    open_at(sitting, "draft")
    monkeypatch.setitem(state.SAYS, "draft", lambda of: of.nothing)
    now = gathered(sitting.conference.pk)
    assert {kind: bool(said.told_to(now, (kind.value, "en"))) for kind in Kind} == {Kind.LEAD: True, Kind.STUDENT: True, Kind.TABLE: False}


def test_each_promise_that_is_written_changed_or_struck_is_a_beat(sitting):
    open_at(sitting, "draft")
    beats = [sitting.conference.beat]
    item = promise(sitting.agreement, sitting, "I will mend the door.")
    beats.append(sitting.conference.beat)
    agreements.strike(item, by=sitting.lead)
    beats.append(sitting.conference.beat)
    assert beats == sorted(set(beats))
    assert [line["what"] for line in draft_of(sitting)] == ["I will write a letter."]


def test_after_the_circle_a_promise_is_no_beat(sitting):
    conferences.conclude(sitting.conference, by=sitting.lead)
    beat = sitting.conference.beat
    promise(sitting.agreement, sitting, "I will mend the door.")
    assert sitting.conference.beat == beat
