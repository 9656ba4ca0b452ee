"""Two who act on one case at the same instant go one after the other, and the case never stands where no order of them would leave it."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from setfair.accounts.models import Pass
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.core import tenant
from setfair.journal.journey import WrongStep
from setfair.journal.models import Entry
from setfair.people.actions import reach
from setfair.preparation import actions
from setfair.preparation.actions import NotReady
from setfair.preparation.models import Consent
from setfair.preparation.queries import answer_of
from setfair.village.build import build
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(transactional_db):
    """A case that lacks only the word, committed, for several connections."""
    village = build(with_passwords=False)
    with village.inside():
        story = case_at(village, Stage.PREPARING)
        story.meet_everyone()
        story.hear_every_yes()
    return story


def at_once(story, *verbs):
    """What each of them came to: "done", or the name of its refusal."""
    together, came_to = Barrier(len(verbs)), []

    def run(verb):
        try:
            with tenant.inside(story.programme.pk):
                together.wait(10)
                verb()
            came_to.append("done")
        except (NotReady, WrongStep) as refusal:
            came_to.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(came_to)


def the_case(story):
    """As each request reads it: an object of its own."""
    return Case.objects.get(pk=story.case.pk)


def test_of_two_who_declare_it_ready_one_does(story):
    by = (story.coordinator, story.lead)
    assert at_once(story, *(lambda who=who: actions.declare_ready(the_case(story), by=who) for who in by)) == ["WrongStep", "done"]
    with story.village.inside():
        assert the_case(story).stage == Stage.READY
        assert Entry.objects.filter(case_id=story.case.pk, verb="moved").count() == 1


def test_a_change_of_mind_at_the_same_instant_never_leaves_a_ready_case(story):
    me, lead = story.me("hana"), story.lead
    came_to = at_once(story, lambda: actions.withdraw(story.hana, by=me), lambda: actions.declare_ready(the_case(story), by=lead))
    assert came_to in (["done", "done"], ["NotReady", "done"])
    with story.village.inside():
        assert (the_case(story).stage, answer_of(story.hana).answer) == (Stage.PREPARING, "withdrawn")


def test_two_taps_on_stop_at_the_same_instant_are_one_answer(story):
    me = story.me("hana")
    assert at_once(story, *[lambda: actions.withdraw(story.hana, by=me)] * 2) == ["done", "done"]
    with story.village.inside():
        assert Consent.objects.filter(participation=story.hana, answer="withdrawn").count() == 1


def test_a_link_on_its_way_while_its_address_is_called_unsafe_opens_nothing(story):
    """Whoever says so at that very moment waits until the invitation is written, and then ends its link."""
    person = story.rami.person

    def call_unsafe():
        try:
            with tenant.inside(story.programme.pk):
                reach(person, by=story.coordinator, way="sms", value="")
        finally:
            connection.close()

    other = Thread(target=call_unsafe)
    with tenant.inside(story.programme.pk):
        actions.invite(story.rami, by=story.lead)
        other.start()
        other.join(1)
    other.join(20)
    with tenant.inside(story.programme.pk):
        links = Pass.objects.filter(bearer_id=story.rami.pk, kind="link")
        assert [link.revoked_at is not None for link in links] == [True]
