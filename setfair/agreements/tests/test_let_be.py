"""Whoever stopped while promises are kept is asked for nothing more, in whatever version of it; without a meeting it then waits (decision 165)."""

import pytest
from django.db import IntegrityError, transaction

from setfair.agreements import actions, queries
from setfair.agreements.journey import Stage
from setfair.agreements.models import Agreement, Signer
from setfair.agreements.tests.renewing import add, all_sign, asked, say_anew, sign
from setfair.agreements.tests.test_apart import apart, drafted, signed
from setfair.preparation import actions as preparation

pytestmark = pytest.mark.django_db
__all__ = ["apart"]


def stands(story):
    return list(Agreement.objects.filter(case=story.case).order_by("number", "version").values_list("number", "version", "stage"))


def stop(story, key, by=None):
    preparation.withdraw(story.people[key], by=story.me(by or key))


@pytest.fixture
def more(two):
    """Sol has stopped. Something more lies there for the three others, and Gail has signed it."""
    stop(two, "sol")
    actions.agree_more(two.agreement, by=two.lead)
    add(two, two.rami, two.hana, "One thing more.")
    actions.present(two.agreement, by=two.lead)
    two.find_fair()
    sign(two, "gail")
    return two


@pytest.mark.mission("S2.7")
def test_what_somebody_finds_wrong_in_it_asks_nobody_who_stopped(more):
    actions.say_wrong(more.agreement, by=more.me("gail"), participation=more.gail, words="It was another day.")
    say_anew(more, more.items()[0], what="One thing more, on Friday.")
    actions.present(more.agreement, by=more.lead)
    assert (asked(more), queries.lying_for(more.sol)) == ({"hana", "rami", "gail"}, [])
    more.sign_all()
    assert stands(more) == [(1, 1, Stage.IN_FORCE), (2, 1, Stage.ENDED), (2, 2, Stage.IN_FORCE)]


def test_nor_does_what_the_team_changes_once_it_holds(more):
    more.sign_all()
    actions.rewrite(more.agreement, by=more.lead)
    add(more, more.hana, None, "For all of us.")
    assert more.sol not in queries.who_could_sign_later(more.agreement)
    actions.present(more.agreement, by=more.lead, later=[more.sol.pk])
    assert asked(more) == {"hana", "rami", "gail"}


def test_whoever_stops_while_it_lies_there_is_asked_by_the_next_version_no_more(two):
    actions.agree_more(two.agreement, by=two.lead)
    add(two, two.rami, two.hana, "One thing more.")
    actions.present(two.agreement, by=two.lead)
    two.find_fair()
    for key in ("sol", "gail"):
        sign(two, key)
    stop(two, "sol")
    actions.rewrite(two.agreement, by=two.lead)
    add(two, two.hana, None, "For all of us.")
    actions.present(two.agreement, by=two.lead)
    assert asked(two) == {"hana", "rami", "gail"}


def test_what_has_their_name_is_laid_before_them_when_it_changes(two):
    stop(two, "sol")
    fresh = actions.rewrite(two.agreement, by=two.lead)
    actions.strike(next(item for item in two.items() if item.owner_id == two.sol.pk), by=two.lead)
    actions.present(fresh, by=two.lead)
    assert asked(two) == {"sol", "gail"}
    all_sign(two, fresh)
    assert stands(two) == [(1, 1, Stage.SUPERSEDED), (1, 2, Stage.IN_FORCE)]


def test_one_for_whom_a_guardian_stopped_is_let_be_and_a_yes_brings_them_back(two):
    stop(two, "rami", by="gail")
    actions.agree_more(two.agreement, by=two.lead)
    add(two, two.sol, two.hana, "One thing more.")
    assert two.rami not in queries.signers(two.agreement)
    preparation.consent(two.rami, by=two.lead, giver=two.gail, answer="yes", method="paper")
    assert two.rami in queries.signers(two.agreement)


def test_the_database_asks_nobody_who_stopped_either(more):
    first, other = Agreement.objects.order_by("number")
    asks = {"participation": more.sol, "case": more.case, "round": 2}
    with pytest.raises(IntegrityError, match="asked to sign nothing more"), transaction.atomic():
        Signer.objects.create(agreement=other, **asks)
    Signer.objects.create(agreement=other, **asks | {"participation": more.hana})
    Signer.objects.create(agreement=first, **asks)


@pytest.fixture
def agreed_apart(apart):
    """They do not meet, and what they agreed to holds."""
    agreement = drafted(apart)
    actions.present(agreement, by=apart.lead, first="harmed")
    signed(apart, agreement, "hana")
    actions.pass_on(agreement, by=apart.lead)
    signed(apart, agreement, "rami", "gail")
    assert stands(apart) == [(1, 1, Stage.IN_FORCE)]
    return apart


@pytest.mark.parametrize(("who", "by"), [("hana", "hana"), ("rami", "rami"), ("rami", "gail")])
def test_without_a_meeting_nothing_more_is_begun_once_one_side_has_stopped(agreed_apart, who, by):
    stop(agreed_apart, who, by)
    with pytest.raises(actions.CannotWrite, match="has stopped and is asked nothing more. Without a meeting"):
        actions.agree_more(agreed_apart.agreement, by=agreed_apart.lead)
    assert stands(agreed_apart) == [(1, 1, Stage.IN_FORCE)]


def test_without_a_meeting_somebody_beside_the_sides_who_stopped_holds_nothing_up(agreed_apart):
    stop(agreed_apart, "sol")
    more = actions.agree_more(agreed_apart.agreement, by=agreed_apart.lead)
    add(agreed_apart, agreed_apart.rami, agreed_apart.hana, "One thing more.")
    actions.present(more, by=agreed_apart.lead, first="harmed")
    signed(agreed_apart, more, "hana")
    actions.pass_on(more, by=agreed_apart.lead)
    signed(agreed_apart, more, "rami", "gail")
    assert stands(agreed_apart) == [(1, 1, Stage.IN_FORCE), (2, 1, Stage.IN_FORCE)]


def test_nor_is_it_laid_out_or_passed_on_to_whoever_stopped_and_it_can_be_left(agreed_apart):
    more = actions.agree_more(agreed_apart.agreement, by=agreed_apart.lead)
    add(agreed_apart, agreed_apart.rami, agreed_apart.hana, "One thing more.")
    actions.present(more, by=agreed_apart.lead, first="responsible")
    signed(agreed_apart, more, "rami", "gail")
    stop(agreed_apart, "hana")
    with pytest.raises(actions.CannotWrite, match="needs both sides"):
        actions.pass_on(more, by=agreed_apart.lead)
    again = actions.rewrite(more, by=agreed_apart.lead)
    with pytest.raises(actions.CannotWrite, match="needs both sides"):
        actions.present(again, by=agreed_apart.lead, first="responsible")
    assert asked(agreed_apart) == {"rami", "gail"}
    actions.leave_as_it_was(again, by=agreed_apart.lead)
    assert stands(agreed_apart) == [(1, 1, Stage.IN_FORCE), (2, 1, Stage.ENDED), (2, 2, Stage.ENDED)]


def test_a_change_of_what_both_sides_signed_is_still_laid_before_both(agreed_apart):
    stop(agreed_apart, "hana")
    fresh = actions.rewrite(agreed_apart.agreement, by=agreed_apart.lead)
    actions.strike(agreed_apart.items()[0], by=agreed_apart.lead)
    add(agreed_apart, agreed_apart.rami, None, "Comes on time.")
    actions.present(fresh, by=agreed_apart.lead, first="responsible")
    signed(agreed_apart, fresh, "rami", "gail")
    actions.pass_on(fresh, by=agreed_apart.lead)
    assert asked(agreed_apart) == {"hana"}
