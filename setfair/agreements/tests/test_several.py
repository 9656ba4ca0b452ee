"""Several agreements of one case: each has its number, its versions and its names, and what is promised in all of them counts (decision 165)."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.journey import Stage
from setfair.agreements.models import Agreement, Carried, Signature
from setfair.agreements.tests.renewing import SOON, add, all_sign, asked, say_anew, sign
from setfair.cases import actions as cases
from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case
from setfair.conferences.models import Attendance
from setfair.core.actor import system
from setfair.desk.needs import needs
from setfair.desk.next_step import next_step
from setfair.journal.journey import move
from setfair.keeping.queries.stones import _last_that_held
from setfair.letters.models import Letter
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import News
from setfair.outcomes.queries import still_open
from setfair.preparation import actions as preparation
from setfair.seals import actions as seals

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(two):
    """Beside what holds, something more is written: Sol promises Hana a thing."""
    actions.agree_more(two.agreement, by=two.lead)
    add(two, two.sol, two.hana, "Come along to the match.")
    return two


@pytest.fixture
def both(begun):
    """Both hold."""
    actions.present(begun.agreement, by=begun.lead)
    begun.sign_all()
    return begun


def first(story):
    return queries.front(one for one in queries.every(story.case) if one.number == 1)


def stands(story):
    there = Agreement.objects.filter(case=story.case).order_by("number", "version")
    return list(there.values_list("number", "version", "stage"))


@pytest.mark.mission("S2.7")
def test_something_more_is_agreed_beside_what_holds_and_then_both_hold(both):
    assert stands(both) == [(1, 1, Stage.IN_FORCE), (2, 1, Stage.IN_FORCE)]
    one, other = queries.in_force(both.case)
    assert (one.conference, other.conference, other.follows) == (both.conference, both.conference, None)
    assert (one.signatures.count(), other.signatures.count(), Carried.objects.count()) == (4, 4, 0)
    assert Case.objects.get(pk=both.case.pk).stage == CaseStage.FOLLOWING_UP


def test_a_copy_knows_only_the_versions_of_its_own_agreement(both, village):
    seals.make_key(village.school, by=system(village.school.pk))
    one, other = (actions.make_copies(agreement, by=both.lead)[-1] for agreement in queries.in_force(both.case))
    fresh = actions.rewrite(both.agreement, by=both.lead)
    add(both, both.sol, both.gail, "One thing more.")
    actions.present(fresh, by=both.lead)
    all_sign(both, fresh)
    actions.make_copies(fresh, by=both.lead)
    assert (queries.standing_of_copy(one.pk)[:3], queries.standing_of_copy(other.pk)[:3]) == ((1, True, 1), (1, False, 2))


def test_asked_twice_it_is_one_and_what_is_being_written_is_not_left_for_another(begun):
    more = begun.agreement
    assert actions.agree_more(first(begun), by=begun.coordinator) == more
    with pytest.raises(actions.CannotWrite, match="once this one is there to be signed"):
        actions.agree_more(more, by=begun.lead)
    actions.present(more, by=begun.lead)
    assert actions.agree_more(more, by=begun.lead).number == 3


def test_each_has_versions_of_its_own_and_no_name_goes_from_one_to_the_other(both):
    fresh = actions.rewrite(first(both), by=both.lead)
    assert (fresh.number, fresh.version, actions.rewrite(fresh.follows, by=both.lead)) == (1, 2, fresh)
    say_anew(both, queries.items_of(fresh)[0], what="Say it aloud.")
    actions.present(fresh, by=both.lead)
    all_sign(both, fresh)
    assert stands(both) == [(1, 1, Stage.SUPERSEDED), (1, 2, Stage.IN_FORCE), (2, 1, Stage.IN_FORCE)]
    assert set(Carried.objects.values_list("agreement__number", flat=True)) == {1}


def test_the_database_keeps_them_apart(both):
    one, other = queries.in_force(both.case)
    base = {"case": both.case, "conference": both.conference}
    changes = (
        lambda: Agreement.objects.create(**base, number=2, version=2, follows=one),
        lambda: Agreement.objects.create(**base, number=2, version=1),
        lambda: Agreement.objects.create(**base, number=0),
        lambda: [Agreement.objects.create(**base, number=3, version=n) for n in (1, 2)],
        lambda: Agreement.objects.filter(pk=other.pk).update(number=3),
        lambda: Agreement.objects.filter(pk=Agreement.objects.create(**base, number=3).pk).update(number=4),
    )
    names = ("agreement_follows_its_own", "agreement_version", "agreement_numbered", "agreement_one_in_hand", "stays one of", "stays one of")
    for wrong, name in zip(changes, names, strict=True):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            wrong()
    assert stands(both) == [(1, 1, Stage.IN_FORCE), (2, 1, Stage.IN_FORCE)]


def test_a_promise_of_either_is_due_is_told_of_and_holds_the_case_open(both, village):
    one, other = queries.in_force(both.case)
    yesterday = timezone.localdate() - SOON
    assert [item.agreement.number for item in queries.unsettled(both.case)] == [1, 1, 2]
    assert [item.agreement.number for item in queries.promised_to(both.hana)] == [1, 2]
    due = [*one.items.all(), *other.items.all()]
    connection.check_constraints()
    type(due[0]).objects.filter(case=both.case).update(due_on=yesterday)
    for item in due:
        item.refresh_from_db()
        actions.remind_past(item, by=both.lead)
    told = Letter.objects.filter(key__startswith="promise_past:").values_list("key", flat=True)
    assert {key.split(":")[1] for key in told} == {str(item.pk) for item in due}
    today = [row.sentence for row in needs(village.actor("cora"), village.school).rows if row.ref == both.case.ref]
    assert [sentence for sentence in today if sentence.startswith("A promise is due")] == ["A promise is due (3)"]
    actions.present(_changed(both, one), by=both.lead)
    assert sum(letter.stage == "due" for letter in Letter.objects.filter(key__startswith="promise_past:")) == 3


def _changed(story, agreement):
    fresh = actions.rewrite(agreement, by=story.lead)
    due = timezone.localdate() + SOON
    for item in queries.items_of(fresh):
        say_anew(story, item, what="Something else.", due_on=due)
    return fresh


def test_closing_waits_for_the_promises_of_both_and_ends_both(both):
    one, other = queries.in_force(both.case)
    for item in one.items.all():
        actions.keep(item, by=both.lead)
        actions.verify(item, by=both.lead)
    outcomes.tell(both.case, by=both.lead, participation=both.hana, way=News.Way.VOICE, told_on=timezone.localdate())
    with pytest.raises(outcomes.CannotClose) as waits:
        outcomes.close(_again(both), by=both.coordinator, reason="completed")
    assert [sentence.split(":")[0] for sentence in waits.value.missing] == [both.sol.person.shown]
    for item in other.items.all():
        actions.partly(item, by=both.lead)
    outcomes.tell(both.case, by=both.lead, participation=both.hana, way=News.Way.IN_PERSON, told_on=timezone.localdate())
    with pytest.raises(outcomes.CannotClose, match="were not kept, or in part"):
        outcomes.close(_again(both), by=both.coordinator, reason="completed")
    outcomes.close(_again(both), by=both.coordinator, reason="part_completed")
    assert stands(both) == [(1, 1, Stage.ENDED), (2, 1, Stage.ENDED)]
    assert [agreement.number for agreement in _last_that_held(both.case)] == [1, 2]


def test_what_is_begun_beside_another_is_named_before_it_ends_with_the_case(begun):
    case = _again(begun)
    assert still_open(case) == ["An agreement is begun. It ends."]
    actions.present(begun.agreement, by=begun.lead)
    assert still_open(case) == ["An agreement is there to be signed, and signatures are missing. It ends."]
    for item in first(begun).items.all():
        actions.waive(item, by=begun.lead, words="No more.")
    assert next_step(case, None, None).url.endswith("/agreement/?number=2")


def _again(story):
    return Case.objects.get(pk=story.case.pk)


def test_with_a_case_that_goes_back_all_of_them_end_or_rest(both):
    actions.agree_more(first(both), by=both.lead)
    add(both, both.sol, both.gail)
    actions.rewrite(first(both), by=both.lead)
    move(_again(both), CaseStage.PREPARING, by=both.coordinator)
    assert stands(both) == [(1, 1, Stage.ENDED), (1, 2, Stage.ENDED), (2, 1, Stage.ENDED), (3, 1, Stage.RESTS)]


def test_a_yes_taken_back_ends_what_lies_there_and_lets_the_other_draft_rest(signing):
    actions.agree_more(signing.agreement, by=signing.lead)
    add(signing, signing.sol, signing.hana)
    preparation.withdraw(signing.hana, by=signing.me("hana"))
    assert stands(signing) == [(1, 1, Stage.ENDED), (2, 1, Stage.RESTS)]


def test_whoever_leaves_holds_up_neither(signing):
    more = actions.agree_more(signing.agreement, by=signing.lead)
    add(signing, signing.rami, signing.hana)
    actions.present(more, by=signing.lead)
    lie_there = [queries.lying_for(person) for person in signing.people.values()]
    assert lie_there == [list(Agreement.objects.order_by("number"))] * 4
    for agreement in lie_there[0]:
        all_sign(signing, agreement, but=("sol",))
    cases.let_go(signing.sol, by=signing.coordinator)
    assert stands(signing) == [(1, 1, Stage.IN_FORCE), (2, 1, Stage.IN_FORCE)]


def test_it_is_begun_only_once_the_hour_is_over_and_only_by_what_is_laid_out(met):
    agreement = actions.draft(met.case, by=met.lead)
    with pytest.raises(actions.CannotWrite, match="the meeting is over"):
        actions.agree_more(agreement, by=met.lead)
    assert Agreement.objects.count() == 1


def test_whoever_came_signs_it(two):
    Attendance.objects.create(conference=two.conference, participation=two.sol, came=False)
    more = actions.agree_more(two.agreement, by=two.lead)
    add(two, two.rami, two.hana, "One thing more.")
    actions.present(more, by=two.lead)
    assert asked(two) == {"hana", "rami", "gail"}


def test_whoever_took_their_yes_back_meanwhile_is_asked_nothing_more(two):
    preparation.withdraw(two.sol, by=two.me("sol"))
    more = actions.agree_more(two.agreement, by=two.lead)
    add(two, two.rami, two.hana, "One thing more.")
    assert two.sol not in queries.who_could_sign_later(more)
    actions.present(more, by=two.lead)
    assert (asked(two), queries.lying_for(two.sol)) == ({"hana", "rami", "gail"}, [])
    two.sign_all()
    assert stands(two) == [(1, 1, Stage.IN_FORCE), (2, 1, Stage.IN_FORCE)]


def test_what_nobody_signed_can_be_left_and_the_other_goes_on(begun):
    actions.leave_as_it_was(begun.agreement, by=begun.lead)
    assert stands(begun) == [(1, 1, Stage.IN_FORCE), (2, 1, Stage.ENDED)]
    more = actions.agree_more(first(begun), by=begun.lead)
    add(begun, begun.sol, begun.hana)
    actions.present(more, by=begun.lead)
    begun.find_fair()
    sign(begun, "sol")
    with pytest.raises(actions.CannotWrite, match="no other version that holds"):
        actions.leave_as_it_was(more, by=begun.lead)
    assert (more.number, stands(begun)[-1]) == (3, (3, 1, Stage.SIGNING))


def test_that_nothing_is_owed_ends_all_that_nobody_signed_or_nothing(signing):
    actions.agree_more(signing.agreement, by=signing.lead)
    add(signing, signing.sol, signing.hana)
    actions.present(signing.agreement, by=signing.lead)
    signing.find_fair()
    sign(signing, "sol")
    with pytest.raises(actions.CannotWrite, match="Somebody has signed"):
        actions.say_result(signing.case, by=signing.lead, what="differ")
    assert stands(signing) == [(1, 1, Stage.SIGNING), (2, 1, Stage.SIGNING)]


def test_that_nothing_is_owed_ends_both_drafts(signing):
    actions.agree_more(signing.agreement, by=signing.lead)
    actions.say_result(signing.case, by=signing.lead, what="differ")
    assert stands(signing) == [(1, 1, Stage.ENDED), (2, 1, Stage.ENDED)]
    assert Signature.objects.count() == 0
