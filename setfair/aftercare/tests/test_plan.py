"""Calls are planned in the transaction in which an agreement comes into force: to whom, for when, and none is lost when a version follows."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from setfair.aftercare import actions, rhythm
from setfair.aftercare.models import CheckIn, CheckInNote, Rhythm
from setfair.aftercare.tasks import look_after_calls
from setfair.agreements import actions as agreements
from setfair.agreements.models import Agreement
from setfair.agreements.terms import Terms
from setfair.agreements.tests.renewing import add, renewed, say_anew
from setfair.cases import actions as cases
from setfair.core import clock
from setfair.outcomes import actions as outcomes
from setfair.programmes.models import Closure

from .conftest import calls

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def days(begun, *after):
    return [begun + timedelta(days=number) for number in after]


@pytest.mark.mission("S1.6")
def test_in_force_it_has_its_calls_to_whoever_promised_and_to_whoever_was_harmed(holding, begun):
    rami, hana = holding.rami.pk, holding.hana.pk
    week, three, later = days(begun, 7, 21, 84)
    assert sorted(calls(holding.case), key=str) == sorted(
        [(hana, "early", week, "owed"), (hana, "early", three, "owed"), (rami, "due", week, "owed"), (rami, "due", three, "owed"),
         (hana, "later", later, "owed"), (rami, "later", later, "owed")], key=str,
    )  # fmt: skip


def test_each_is_made_by_whoever_leads_and_on_a_day_on_which_somebody_is_there(holding, village):
    for row in holding.case.check_ins.all():
        assert (row.caller, row.due_on) == (village.fadi.pk, clock.first_open_day(row.planned_on))
        assert (row.late_on, row.unheard_on) == (clock.add_days(row.due_on, 3), clock.add_days(row.due_on, 7))


def test_a_call_in_the_holidays_moves_behind_them(village, at_signing):
    with village.inside():
        today = timezone.localdate()
        Closure.objects.create(name="Holidays", kind="holiday", whom="all", starts_on=today + timedelta(days=1), ends_on=today + timedelta(days=30))
        at_signing.sign_all()
        first = at_signing.case.check_ins.order_by("planned_on").first()
        assert first.due_on == clock.first_open_day(today + timedelta(days=31))
        assert first.planned_on < first.due_on


@pytest.mark.parametrize(
    ("begins", "until", "every", "found"),
    [
        (date(2028, 2, 22), date(2028, 3, 30), rhythm.Intervals(7, 21, None, 84), [date(2028, 2, 29), date(2028, 3, 14)]),
        (date(2027, 2, 22), date(2027, 2, 23), rhythm.Intervals(7, 21, None, 84), [date(2027, 3, 1)]),
        (date(2027, 1, 1), date(2027, 4, 1), rhythm.Intervals(14, None, 30, 90), [date(2027, 1, 15), date(2027, 2, 14), date(2027, 3, 16)]),
    ],
)
def test_the_days_of_a_rhythm(begins, until, every, found):
    assert rhythm.early(begins, until, every) == found


def test_a_programme_calls_as_often_as_it_says(village, at_signing):
    with village.inside():
        actions.set_rhythm(village.school, by=village.actor("cora"), first=3, second=None, every=None, later=40)
        actions.set_rhythm(village.school, by=village.actor("cora"), first=3, second=None, every=None, later=40)
        assert Rhythm.objects.count() == 1
        begun = timezone.localdate()
        at_signing.sign_all()
        hana = [row[1:3] for row in calls(at_signing.case, participation=at_signing.hana)]
        assert hana == [("early", begun + timedelta(days=3)), ("later", begun + timedelta(days=40))]


def test_planned_again_nothing_is_planned_twice(holding):
    before = calls(holding.case)
    assert actions.plan_check_ins(holding.agreement, by=holding.lead) == 0
    look_after_calls()
    assert calls(holding.case) == before


def test_more_time_brings_a_call_on_the_new_day_instead(holding):
    item = holding.items()[1]
    was, day = item.due_on, item.due_on + timedelta(days=60)
    agreements.give_more_time(item, by=holding.lead, due_on=day, words="The shop was shut.")
    look_after_calls()
    found = [(holding.items()[0].due_on, "owed"), (was, "ended"), (day, "owed")]
    assert [row[2:] for row in calls(holding.case, purpose="due")] == found
    look_after_calls()
    assert [row[2:] for row in calls(holding.case, purpose="due")] == found


def test_what_was_owed_under_one_version_is_owed_under_the_next(holding):
    before = calls(holding.case)
    draft = renewed(holding)
    last = draft.items.order_by("order").last()
    say_anew(holding, last, due_on=last.due_on + WEEK)
    agreements.present(draft, by=holding.lead)
    holding.sign_all()
    after = calls(holding.case)
    was = last.due_on - WEEK
    assert [row for row in after if row in before] == [row for row in before if row[1:3] != ("due", was)]
    assert [row[1:] for row in after if row not in before] == [("due", was, "ended"), ("early", was, "owed"), ("due", last.due_on, "owed")]
    assert {row.agreement_id for row in CheckIn.objects.filter(case=holding.case, stage="owed")} == {holding.agreement.pk}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS calls_planned IMMEDIATE")
        cursor.execute("SET CONSTRAINTS calls_planned DEFERRED")


def test_once_it_is_closed_no_call_is_owed_and_each_says_why(holding):
    holding.keep_all()
    outcomes.tell(holding.case, by=holding.lead, participation=holding.hana, way="voice", told_on=timezone.localdate())
    outcomes.close(holding.case, by=holding.coordinator, reason="completed")
    assert {row[3] for row in calls(holding.case)} == {"ended"}
    assert CheckInNote.objects.filter(case=holding.case, said="ended").count() == holding.case.check_ins.count()


def test_nobody_calls_who_has_left_the_circle(holding):
    cases.let_go(holding.hana, by=holding.coordinator)
    assert {row[3] for row in calls(holding.case, participation=holding.hana)} == {"ended"}
    assert {row[3] for row in calls(holding.case, participation=holding.rami)} == {"owed"}


def test_no_call_is_owed_under_what_holds_no_more(holding):
    with pytest.raises(IntegrityError, match="holds no more"), transaction.atomic(), connection.cursor() as cursor:
        Agreement.objects.filter(case=holding.case).update(stage="ended")
        cursor.execute("SET CONSTRAINTS calls_planned IMMEDIATE")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM aftercare_checkin",
        "DELETE FROM aftercare_checkinnote",
        "UPDATE aftercare_checkinnote SET said = 'reached'",
        "TRUNCATE aftercare_checkin",
    ],
)
def test_nothing_of_it_can_be_taken_away(holding, sql):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("stage", ["done", "unreached", "not_wanted", "ended"])
def test_no_call_ends_without_a_note(holding, stage):
    with pytest.raises(IntegrityError, match="nobody wrote down"), transaction.atomic():
        CheckIn.objects.filter(case=holding.case).update(stage=stage)


@pytest.mark.parametrize("change", [{"planned_on": date(2020, 1, 1)}, {"purpose": "later"}, {"participation": None}])
def test_for_whom_and_for_when_it_was_planned_stays(holding, change):
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        CheckIn.objects.filter(pk=holding.case.check_ins.filter(purpose="early").first().pk).update(**change)


def settle(item, by):
    agreements.keep(item, by=by, words="")
    agreements.verify(item, by=by, words="Seen.")


def another(story):
    """Beside what holds they agree something more: Hana promises Rami a thing, together with Sol, on the day of the letter."""
    agreements.agree_more(story.agreement, by=story.lead)
    add(story, story.hana, story.rami, "Come along to the match.", terms=Terms(beside=(story.sol,)))
    agreements.present(story.agreement, by=story.lead)


def test_a_second_agreement_has_the_calls_of_its_own_promises(holding):
    another(holding)
    holding.sign_all()
    day = holding.agreement.items.get().due_on
    assert {row[0] for row in calls(holding.case, purpose="due", planned_on=day)} == {holding.hana.pk, holding.sol.pk}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS calls_planned IMMEDIATE")
        cursor.execute("SET CONSTRAINTS calls_planned DEFERRED")


def test_an_agreement_without_a_call_on_the_day_of_a_promise_does_not_come_into_force(holding, monkeypatch):
    """Calls of the case are there, of the one before: they do not stand for those of another."""
    another(holding)
    monkeypatch.setattr("setfair.aftercare.listeners.plan_check_ins", lambda agreement, by: 0)
    with pytest.raises(IntegrityError, match="no call was planned"), transaction.atomic(), connection.cursor() as cursor:
        holding.sign_all()
        cursor.execute("SET CONSTRAINTS calls_planned IMMEDIATE")


def test_nobody_is_called_on_the_day_of_a_promise_that_is_settled(holding):
    letter, payment = holding.items()
    agreements.keep(letter, by=holding.lead, words="")
    assert [row[3] for row in calls(holding.case, purpose="due")] == ["owed", "owed"]
    agreements.verify(letter, by=holding.lead, words="Seen.")
    assert {row[2]: row[3] for row in calls(holding.case, purpose="due")} == {letter.due_on: "ended", payment.due_on: "owed"}
    assert {row[3] for row in calls(holding.case) if row[1] != "due"} == {"owed"}
    look_after_calls()
    assert [row[3] for row in calls(holding.case, purpose="due")] == ["ended", "owed"]


def test_a_call_stays_while_another_promise_has_its_day(holding):
    letter, payment = holding.items()
    agreements.give_more_time(letter, by=holding.lead, due_on=payment.due_on, words="The shop was shut.")
    look_after_calls()
    assert [row[3] for row in calls(holding.case, purpose="due")] == ["owed", "owed"]
    settle(payment, holding.lead)
    assert [row[3] for row in calls(holding.case, purpose="due")] == ["ended", "owed"]
    settle(letter, holding.lead)
    assert [row[3] for row in calls(holding.case, purpose="due")] == ["ended", "ended"]


def test_a_call_that_ended_stands_in_the_way_of_none(holding):
    """The same day is promised anew in a newer version."""
    first = holding.items()[1]
    settle(first, holding.lead)
    agreements.promise(renewed(holding), by=holding.lead, owner=first.owner, owed_to=first.owed_to, what="Write another letter.", due_on=first.due_on)
    agreements.present(holding.agreement, by=holding.lead)
    holding.sign_all()
    assert sorted(row[3] for row in calls(holding.case, purpose="due", planned_on=first.due_on)) == ["ended", "owed"]
