"""What came of an exchange: said once something of it has reached somebody, in words that are true of those who did not meet."""

import pytest

from setfair.agreements import actions, queries
from setfair.agreements.models import Result
from setfair.cases import actions as cases
from setfair.cases.models import Case, Participation
from setfair.desk.next_step import next_step
from setfair.exchanges import actions as exchanges
from setfair.outcomes.models import News
from setfair.outcomes.tests.conftest import told
from setfair.preparation.home import cards

__all__ = ["told"]
pytestmark = pytest.mark.django_db
What = Result.What


def go_apart(story, how):
    cases.choose_route(story.case, by=story.coordinator, how=how, why="harmed")
    story.invite_everyone()
    story.meet_everyone()
    story.hear_every_yes()
    story.declare_ready()
    return story


@pytest.fixture
def letters(village, at_prepared):
    """Everyone has said yes to letters; nobody meets."""
    with village.inside():
        yield go_apart(at_prepared, "letters")


def handed_in(story):
    piece = exchanges.write(story.rami, by=story.me("rami"), meant="harmed", kind="letter", words="I am sorry about your bike.")
    return exchanges.keep(exchanges.hand_in(piece, by=story.me("rami")), by=story.lead, receiver=story.hana)


def said(story, what):
    return actions.say_result(Case.objects.get(pk=story.case.pk), by=story.lead, what=what)


def read_at_home(story):
    people = {key: Participation.objects.get(pk=person.pk) for key, person in story.people.items()}
    return {key: [card.words for card in cards(me) if card.title == "What came of it"] for key, me in people.items()}


def test_it_is_said_once_something_has_reached_somebody(letters):
    with pytest.raises(actions.CannotWrite):
        said(letters, What.DIFFER)
    piece = handed_in(letters)
    with pytest.raises(actions.CannotWrite):
        said(letters, What.DIFFER)
    exchanges.offer(piece, by=letters.lead)
    assert said(letters, What.DIFFER).conference is None
    sentence = ["You did this without a meeting. You each see it in your own way."]
    assert read_at_home(letters) == {"hana": sentence, "rami": sentence, "gail": sentence, "sol": []}


def test_it_stands_though_what_was_offered_is_not_wanted(letters):
    piece = exchanges.offer(handed_in(letters), by=letters.lead)
    result = said(letters, What.NONE_NEEDED)
    exchanges.refuse(piece, by=letters.me("hana"))
    assert queries.result_of(Case.objects.get(pk=letters.case.pk)) == result


@pytest.mark.parametrize("how", ["call", "shuttle"])
def test_of_what_is_done_without_writing_only_the_team_knows_that_it_took_place(village, at_prepared, how):
    with village.inside():
        assert said(go_apart(at_prepared, how), What.NONE_NEEDED).conference is None


def test_who_wants_no_news_reads_none(letters, told):
    exchanges.offer(handed_in(letters), by=letters.lead)
    said(letters, What.NONE_NEEDED)
    told(letters, way=News.Way.NOT_WANTED)
    sentence = ["You did this without a meeting. Nothing has to be done now."]
    assert read_at_home(letters) == {"hana": [], "rami": sentence, "gail": sentence, "sol": []}


def test_what_was_said_of_a_circle_is_not_said_of_the_letters_that_follow(met):
    said(met, What.NONE_NEEDED)
    assert queries.is_without(met.case)
    go_apart(met, "letters")
    met.case.refresh_from_db()
    assert not queries.is_without(met.case)
    assert next_step(met.case, None, None).button == "What they write"
