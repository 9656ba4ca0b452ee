"""A letter is no meeting: what an order says of messages holds for it, and what it says of meetings holds for those who meet."""

from datetime import time

import pytest
from django.db import Error, transaction

from setfair.cases import actions as cases
from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case
from setfair.cases.route import How, asks
from setfair.desk.prepared import lacking
from setfair.exchanges import actions, queries
from setfair.exchanges.actions import CannotExchange
from setfair.exchanges.journey import Stage
from setfair.exchanges.models import Piece
from setfair.preparation.queries import blockers
from setfair.village.time import today


@pytest.fixture
def story(village, at_prepared):
    """Everyone has said yes to letters, and one is kept in trust for Hana."""
    with village.inside():
        cases.choose_route(at_prepared.case, by=at_prepared.coordinator, how="letters", why="harmed")
        at_prepared.invite_everyone()
        at_prepared.hear_every_yes()
        at_prepared.declare_ready()
        yield at_prepared


@pytest.fixture
def kept(story):
    piece = actions.write(story.rami, by=story.me("rami"), meant="harmed", kind="letter", words="I am sorry.")
    return actions.keep(actions.hand_in(piece, by=story.me("rami")), by=story.lead, receiver=story.hana)


def order(story, *bars):
    wall = cases.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
    cases.show_paper(story.case, by=story.coordinator, wall=wall, kind="court", seen="paper", bars=list(bars))


def missing(story):
    """What the board says; the question that is asked of all cases at once says the same."""
    on = today(story.programme)
    found = [(b.code, b.sentence.replace("Rami and Hana", "Hana and Rami")) for b in blockers(story.case, on)]
    assert Case.objects.filter(lacking(on), pk=story.case.pk).exists() == bool(found)
    return found


def test_an_order_that_bars_messages_alone_keeps_a_letter_back(story, kept):
    order(story, "message")
    assert missing(story) == [("no_contact", "Nothing may pass between Hana and Rami, also not through us.")]
    assert story.hana not in queries.readers_of(kept)
    with pytest.raises(CannotExchange, match="also not through us"):
        actions.offer(kept, by=story.lead)
    with pytest.raises(Error, match="kept apart"), transaction.atomic():
        Piece.objects.filter(pk=kept.pk).update(stage="offered")


def test_an_order_that_bars_meetings_alone_lets_a_letter_pass(story, kept):
    order(story, "meet")
    assert (missing(story), story.hana in queries.readers_of(kept)) == ([], True)
    story.declare_ready()
    actions.offer(kept, by=story.lead)
    actions.read(kept, by=story.me("hana"))
    actions.thank(kept, by=story.me("hana"))
    assert (kept.stage, queries.for_me(story.hana)) == (Stage.DELIVERED, [kept])


def test_a_rule_against_meetings_bars_no_letter(story, kept):
    cases.set_condition(story.rami, by=story.coordinator, kind="bail", seen="paper", bars_meeting=True)
    cases.set_condition(story.rami, by=story.coordinator, kind="curfew", seen="paper", not_after=time(8))
    assert (Case.objects.get(pk=story.case.pk).stage, missing(story)) == (CaseStage.READY, [])
    assert actions.offer(kept, by=story.lead).stage == Stage.OFFERED


def test_each_way_asks_what_it_does(story):
    assert {how: asks(how) for how in How} == {
        **dict.fromkeys(("conference", "circle", "reentry", "standin", "later"), ("meet",)),
        **dict.fromkeys(("letters", "messages", "recording", "shuttle"), ("message",)),
        "call": ("meet", "message"),
    }
    order(story, "meet")
    said = {}
    for how in ("letters", "call", "conference"):
        cases.choose_route(story.case, by=story.coordinator, how=how, why="other")
        said[how] = [words for code, words in missing(story) if code == "no_contact"]
    apart = ["Hana and Rami must not be brought together."]
    assert said == {"letters": [], "call": apart, "conference": apart}
