"""One list of reasons for a request and a case, by whose decision it was; a programme's own within it; and never a stop without exactly one."""

import pytest
from django.db import IntegrityError, connection, transaction

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Hold
from setfair.journal.journey import move
from setfair.journal.models import Entry
from setfair.outcomes import actions
from setfair.outcomes.models import Closure, News
from setfair.programmes import actions as programmes
from setfair.programmes.bounds import CannotChange
from setfair.programmes.models import OwnReason
from setfair.programmes.own_reasons import chosen, decider_of, in_words, listed
from setfair.programmes.reasons import AT, DECIDED, GROUPS, Decider, Reason, Step
from setfair.referrals import actions as referrals
from setfair.referrals.actions import CannotScreen
from setfair.referrals.journey import Stage as Asked
from setfair.referrals.models import Screening
from setfair.village.story import asked, case_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(village):
    """One of the school's own for each step, within the group of whose decision it is."""
    with village.inside():
        add = {"by": village.actor("ada")}
        yield {
            "no": programmes.add_reason(**add, name="The class has solved it", step="no", decider="nobody"),
            "rest": programmes.add_reason(**add, name="The parents want to wait", step="rest", decider="guardian"),
            "end": programmes.add_reason(**add, name="Nobody to lead it", step="end", decider="programme"),
        }


def ended(story, reason):
    actions.tell(story.case, by=story.lead, participation=story.hana, way=News.Way.NOT_WANTED, told_on=story.case.opened_at.date())
    return actions.close(story.case, by=story.coordinator, reason=reason)


def test_each_of_our_reasons_is_somebodys_decision_and_is_used_somewhere():
    assert sorted([*DECIDED, Reason.OWN]) == sorted(Reason)
    assert sum(map(len, GROUPS.values())) == len(DECIDED)
    assert frozenset().union(*AT.values()) == frozenset(Reason)
    assert set(GROUPS) == set(Decider)


def test_a_list_is_read_by_whose_decision_it_was_with_the_programmes_own_among_ours(village, own):
    found = dict(listed(Step.REST))
    assert list(found) == ["Parent or guardian", "Somebody who takes part", "The programme", "A court, or whoever sent it",
                           "The law or an order", "Nobody"]  # fmt: skip
    assert found["Parent or guardian"] == [(str(own["rest"].pk), "The parents want to wait")]
    programmes.close_reason(own["rest"], by=village.actor("ada"))
    assert "Parent or guardian" not in dict(listed(Step.REST))


def test_a_request_a_rest_and_an_end_each_take_one_of_their_own(village, own):
    referral, _code = asked(village)
    referrals.decline(referral, by=village.actor("cora"), reason=str(own["no"].pk))
    story = case_at(village, Stage.PREPARING)
    cases.hold(story.case, by=story.coordinator, reason=str(own["rest"].pk))
    cases.lift(story.case, by=story.coordinator)
    ended(story, str(own["end"].pk))
    facts = [Screening.objects.get(referral=referral), Hold.objects.get(), Closure.objects.get()]
    assert [(fact.reason, in_words(fact), decider_of(fact)) for fact in facts] == [
        ("own", "The class has solved it", "nobody"),
        ("own", "The parents want to wait", "guardian"),
        ("own", "Nobody to lead it", "programme"),
    ]


def test_nothing_is_chosen_where_it_does_not_belong(village, own):
    for step, said in ((Step.NO, "away"), (Step.NO, "fits"), (Step.END, str(own["no"].pk)), (Step.END, "own"), (Step.REST, ""), (Step.REST, "x")):
        assert chosen(step, said) is None
    programmes.close_reason(own["no"], by=village.actor("ada"))
    referral, _code = asked(village)
    with pytest.raises(CannotScreen):
        referrals.decline(referral, by=village.actor("cora"), reason=str(own["no"].pk))


def test_a_neighbours_reason_is_not_there(village, own):
    with village.inside(village.county):
        assert OwnReason.objects.count() == 0
        assert chosen(Step.END, str(own["end"].pk)) is None


def test_the_same_one_twice_is_one_and_is_in_use_again(village, own):
    ada = village.actor("ada")
    programmes.close_reason(own["end"], by=ada)
    programmes.close_reason(own["end"], by=ada)
    assert programmes.add_reason(by=ada, name="  nobody to  lead it", step="end", decider="programme").pk == own["end"].pk
    own["end"].refresh_from_db()
    assert (own["end"].closed_at, OwnReason.objects.count()) == (None, 3)
    lines = Entry.objects.filter(subject_id=str(own["end"].pk)).order_by("id")
    assert list(lines.values_list("verb", flat=True)) == ["added_reason", "closed_reason", "reopened_reason"]
    for wrong in ({"name": " "}, {"step": "go"}, {"decider": "me"}):
        with pytest.raises(CannotChange):
            programmes.add_reason(by=ada, **{"name": "x", "step": "no", "decider": "law"} | wrong)


def refused(match):
    return pytest.raises(IntegrityError, match=match)


def test_the_database_holds_that_a_reason_is_one_and_fits(village, own):
    story = case_at(village, Stage.PREPARING)
    end = {"case": story.case, "by": village.cora.pk}
    wrong = [
        ({"reason": "own"}, "closure_one_reason"),
        ({"reason": "transferred", "own": own["end"]}, "closure_one_reason"),
        ({"reason": "own", "own": own["no"]}, "is for something else"),
        ({"reason": "away"}, "reason_known"),
    ]
    for columns, rule in wrong:
        with refused(rule), transaction.atomic():
            Closure.objects.create(**end, **columns)
    with refused("never change"), transaction.atomic():
        OwnReason.objects.filter(pk=own["end"].pk).update(decider="harmed")
    Closure.objects.create(**end, reason="own", own=own["end"])
    with refused("closure_once"), transaction.atomic():
        Closure.objects.create(**end, reason="transferred")


def at_once():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_nothing_stops_without_a_reason(village):
    with village.inside():
        story = case_at(village, Stage.PREPARING)
        referral, _code = asked(village)
        at_once()
        with refused("nobody wrote down why"), transaction.atomic():
            move(story.case, Stage.CLOSED, by=story.coordinator)
            at_once()
        with refused("nobody wrote down why"), transaction.atomic():
            move(referral, Asked.DECLINED, by=story.coordinator)
            at_once()
        story.case.refresh_from_db()
        referral.refresh_from_db()
        ended(story, Reason.ENDED_GUARDIAN)
        referrals.decline(referral, by=story.coordinator, reason=Reason.DUTY)
        at_once()
