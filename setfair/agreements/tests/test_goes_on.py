"""Nobody is held to words they never saw, and whose name goes on can still say no (decision 148)."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from setfair.agreements import actions, queries
from setfair.agreements.actions.between import let_rest
from setfair.agreements.journey import Stage
from setfair.agreements.models import Agreement, Carried
from setfair.agreements.terms import Terms
from setfair.agreements.tests.reading import told
from setfair.agreements.tests.renewing import SOON, add, asked, gone_on, renewed, say_anew, sign
from setfair.cases.models import Participation
from setfair.core import clock
from setfair.journal.models import Entry
from setfair.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid_out(two):
    """What Sol promised Gail is changed: Sol and Gail are asked, the names of Hana and Rami go on."""
    fresh = renewed(two)
    say_anew(two, two.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=two.lead)
    assert (asked(two), gone_on(two)) == ({"sol", "gail"}, {"hana", "rami"})
    return two


def page_of(story, key):
    return told(story.village.enter(Client(), story.people[key]).get(reverse("my_agreement", args=[story.agreement.pk])))


def did_not_come(story):
    return Participation.objects.create(case=story.case, person=Person.objects.create(name="Sister Example"), role="supporter", stands_by=story.hana)


def made_to_hold(story):
    with pytest.raises(IntegrityError, match="not everyone has signed"), transaction.atomic():
        Agreement.objects.filter(case=story.case, stage=Stage.IN_FORCE).update(stage=Stage.SUPERSEDED)
        Agreement.objects.filter(pk=story.agreement.pk).update(stage=Stage.IN_FORCE)


def test_whose_name_goes_on_can_take_it_off_and_then_it_waits_for_them(laid_out):
    two = laid_out
    assert "I do not want my name under this" in page_of(two, "hana")
    actions.hold_back(two.agreement, by=two.me("hana"), participation=two.hana)
    assert (asked(two), gone_on(two)) == ({"hana", "sol", "gail"}, {"rami"})
    assert queries.unanswered(Agreement.objects.all()).count() == 1
    two.find_fair()
    for key in ("sol", "gail"):
        sign(two, key)
    assert two.agreement.stage == Stage.SIGNING
    made_to_hold(two)
    sign(two, "hana")
    assert two.agreement.stage == Stage.IN_FORCE


def test_a_no_stays_a_no_however_often_it_is_laid_out(laid_out):
    two = laid_out
    actions.hold_back(two.agreement, by=two.me("hana"), participation=two.hana)
    actions.reopen(two.agreement, by=two.lead)
    actions.present(two.agreement, by=two.lead)
    assert (asked(two), gone_on(two)) == ({"hana", "sol", "gail"}, {"rami"})
    signature = queries.under(two.agreement.follows)[two.hana.pk]
    with pytest.raises(IntegrityError, match="nothing of theirs is different"), transaction.atomic():
        Carried.objects.create(agreement=two.agreement, participation=two.hana, signature=signature, case=two.case, round=2)


def test_what_was_found_wrong_before_they_signed_was_answered_by_that(met):
    agreement = actions.draft(met.case, by=met.lead, conference=met.conference)
    for owner, owed_to in ((met.rami, met.hana), (met.sol, met.gail)):
        add(met, owner, owed_to)
    actions.present(agreement, by=met.lead)
    actions.say_wrong(agreement, by=met.me("hana"), participation=met.hana, words="The day.")
    met.sign_all()
    fresh = renewed(met)
    say_anew(met, met.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=met.lead)
    assert gone_on(met) == {"hana", "rami"}


def test_after_it_opened_the_words_again_nobody_is_led_to_a_page_that_is_not_there(laid_out):
    two = laid_out
    hana = two.village.enter(Client(), two.hana)
    answer = hana.post(reverse("my_concern", args=[two.agreement.pk]), {"words": "It was my ball."}, follow=True)
    assert (answer.status_code, two.agreement.stage) == (200, Stage.DRAFTING)


def test_after_a_circle_was_stopped_everybody_signs(met):
    agreement = actions.draft(met.case, by=met.lead, conference=met.conference)
    for owner, owed_to in ((met.rami, met.hana), (met.sol, met.gail)):
        add(met, owner, owed_to)
    actions.present(agreement, by=met.lead)
    met.find_fair()
    sign(met, "hana")
    let_rest(met.agreement, by=met.lead)
    resting = met.agreement
    assert (resting.stage, resting.follows_id) == (Stage.RESTS, agreement.pk)
    again = actions.take_up(resting, by=met.lead)
    say_anew(met, met.items()[1], what="Bring two balls back.")
    actions.present(again, by=met.lead)
    assert (asked(met), Carried.objects.count()) == ({"hana", "rami", "sol", "gail"}, 0)


def test_what_one_told_the_team_is_read_by_nobody_who_makes_it_now(two):
    actions.say_how(two.items()[1], by=two.me("sol"), words="I cannot pay.")
    fresh = renewed(two)
    say_anew(two, two.items()[1], owner=two.rami)
    actions.present(fresh, by=two.lead)
    two.sign_all()
    now = two.items()[1]
    assert (now.owner, queries.own_words(now, two.rami.pk), queries.said_about(now)) == (two.rami, [], [])


def test_of_two_who_make_it_each_reads_their_own_words(met):
    agreement = actions.draft(met.case, by=met.lead)
    add(met, met.rami, met.hana, terms=Terms(beside=(met.gail,)))
    actions.present(agreement, by=met.lead)
    met.sign_all()
    (item,) = met.items()
    actions.say_how(item, by=met.me("gail"), words="He does not sleep.")
    assert [[said.words for said in queries.own_words(item, person.pk)] for person in (met.gail, met.rami)] == [["He does not sleep."], []]
    assert [(said.words, said.teller) for said in queries.said_about(item)] == [("He does not sleep.", met.gail.person.shown)]


def test_more_time_that_was_given_meanwhile_stands_under_the_new_version(laid_out):
    two = laid_out
    held = queries.in_force(two.case)[0].items.get(owner=two.rami)
    later = held.due_on + SOON
    actions.give_more_time(held, by=two.lead, due_on=later, words="An exam.")
    two.sign_all()
    now = two.items()[0]
    assert (two.agreement.stage, now.due_on, [given.due_on for given in queries.extensions(now)]) == (Stage.IN_FORCE, later, [later])


def test_nobody_s_hand_is_written_down_for_what_is_taken_over(two):
    first = two.items()[0]
    actions.keep(first, by=two.lead)
    actions.verify(first, by=two.lead)
    fresh = renewed(two)
    say_anew(two, two.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=two.lead)
    two.sign_all()
    moves = Entry.objects.filter(verb="moved", subject_id=str(two.items()[0].pk))
    assert {(move.actor_kind, move.actor_id) for move in moves} == {("system", None)}


def test_what_touches_nobody_who_signs_everybody_signs(two):
    fresh = renewed(two)
    uncle = did_not_come(two)
    day = two.items()[0].due_on
    actions.promise(fresh, by=two.lead, owner=None, owed_to=uncle, what="Leave the gate open.", due_on=day, terms=Terms(body="The school"))
    actions.present(fresh, by=two.lead)
    assert (asked(two), gone_on(two), two.agreement.stage) == ({"hana", "rami", "sol", "gail"}, set(), Stage.SIGNING)


def test_the_database_lets_nothing_different_hold_on_names_that_go_on_alone(laid_out):
    two = laid_out
    Participation.objects.filter(pk__in=[two.sol.pk, two.gail.pk]).update(left_at=clock.now())
    assert not queries.still_to_sign(two.agreement).exists()
    made_to_hold(two)


def test_how_it_was_before_is_read_by_those_for_whom_it_lay_there(laid_out):
    two = laid_out
    assert "How it was before" in page_of(two, "gail")
    assert [queries.has_read_before(two.agreement, person) for person in (two.gail, two.hana, did_not_come(two))] == [True, True, False]
