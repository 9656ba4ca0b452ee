"""What the database keeps of a call and of whoever is beside somebody, and who is not called."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from setfair.aftercare import actions, queries
from setfair.aftercare.models import CheckIn, CheckInNote, Helper
from setfair.agreements import actions as agreements
from setfair.agreements.tests.renewing import add, renewed
from setfair.cases import actions as cases
from setfair.desk.actions import end_role
from setfair.desk.asking import lines
from setfair.preparation import actions as preparation
from setfair.programmes.models import Membership, Role
from setfair.village.time import at

from .conftest import calls, noon

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.mark.parametrize(
    "change",
    [{"due_on": F("due_on") + WEEK, "late_on": F("late_on") + WEEK, "unheard_on": F("unheard_on") + WEEK}, {"put_off": 1}, {"moved": 1}],
)
def test_the_day_of_a_call_does_not_move_without_a_note(first, change):
    with pytest.raises(IntegrityError, match="why the day of this call moved"), transaction.atomic():
        CheckIn.objects.filter(pk=first.pk).update(**change)


def test_a_note_moves_it_once(holding, first):
    actions.put_off(first, by=holding.lead, until=first.due_on + WEEK, words="They are away.")
    row = CheckIn.objects.get(pk=first.pk)
    assert (row.put_off, row.moved) == (1, 1)
    with pytest.raises(IntegrityError, match="why the day of this call moved"), transaction.atomic():
        CheckIn.objects.filter(pk=first.pk).update(due_on=row.due_on + WEEK, late_on=row.late_on + WEEK, unheard_on=row.unheard_on + WEEK, moved=2)


def test_nobody_was_reached_only_after_three_days_in_the_database_too(holding, first):
    CheckInNote.objects.create(check_in=first, case=holding.case, said="unreached", words="", by=holding.lead.id)
    with pytest.raises(IntegrityError, match="only after three days"), transaction.atomic():
        CheckIn.objects.filter(pk=first.pk).update(stage="unreached")


def test_who_wants_no_calls_is_called_for_no_later_agreement_save_on_the_day_of_a_promise(holding, first):
    actions.check_in(first, by=holding.lead, said="not_wanted")
    agreements.agree_more(holding.agreement, by=holding.lead)
    add(holding, holding.hana, holding.rami, "Come along to the match.")
    agreements.present(holding.agreement, by=holding.lead)
    with at(timezone.now() + timedelta(days=2)):
        holding.sign_all()
    owed = calls(holding.case, participation=holding.hana, stage="owed")
    assert [(row[1], row[2]) for row in owed] == [("due", holding.agreement.items.get().due_on)]


def test_with_a_case_its_coordinator_hands_over_their_calls(village, holding, first):
    actions.take_over(first, by=holding.lead, to=village.cora)
    Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
    cases.hand_over(holding.case, by=holding.coordinator, to=village.sven)
    assert CheckIn.objects.get(pk=first.pk).caller == village.fadi.pk
    assert list(first.notes.values_list("said", flat=True)) == ["taken_over", "taken_over"]


def test_somebody_who_said_no_to_notes_is_called_and_nothing_is_written_of_them(holding, first):
    preparation.consent(holding.hana, by=holding.me("hana"), giver=holding.hana, scope="notes", answer="no", method="own")
    with pytest.raises(actions.CannotCheckIn, match="no to notes"):
        actions.check_in(first, by=holding.lead, said="reached", words="She is well.")
    actions.put_off(first, by=holding.lead, until=first.due_on + WEEK, words="")
    actions.check_in(first, by=holding.lead, said="otherwise")
    assert CheckIn.objects.get(pk=first.pk).stage == "done"


def test_the_page_of_a_call_says_how_they_are_reached_safely_and_not_once_they_have_stopped(village, client, holding, first):
    way = holding.hana.person.contacts.first()
    page = village.sign_in(client, "fadi")
    assert str(way.value) in page.get(reverse("check_in", args=[first.pk])).content.decode()
    preparation.withdraw(holding.hana, by=holding.me("hana"))
    said = page.get(reverse("check_in", args=[first.pk])).content.decode()
    assert (str(way.value) in said, "do not call" in said) == (False, True)


@pytest.mark.parametrize(("who", "days", "said"), [("fadi", 0, ["call_let_be"]), ("cora", 7, ["call_let_be"]), ("sven", 14, [])])
def test_nobody_is_asked_to_call_somebody_who_has_stopped(village, holding, first, who, days, said):
    preparation.withdraw(holding.hana, by=holding.me("hana"))
    with at(noon(first.due_on + timedelta(days=days))):
        found = lines(village.actor(who), village.school, everyones=False)
    about = {line[0] for line in found if line[0].startswith("call") and line[-1] == first.pk}
    assert sorted(about) == said


@pytest.mark.parametrize("change", [{"kind": "monitor"}, {"user": None}, {"by": None}])
def test_who_was_beside_somebody_stays_as_it_was_said(village, holding, change):
    row = actions.name_helper(holding.rami, by=holding.lead, kind="mentor", user=village.fadi)
    with pytest.raises(IntegrityError, match="stays as it was said"), transaction.atomic():
        Helper.objects.filter(pk=row.pk).update(**change)


def test_nobody_who_stands_by_the_other_side_is_named_beside_somebody(holding):
    with pytest.raises(actions.CannotName):
        actions.name_helper(holding.hana, by=holding.lead, kind="mentor", other=holding.gail)


def test_no_calls_said_on_the_day_of_a_promise_ends_the_others_and_stays(holding):
    """A week later something more is agreed, and still nobody calls save on the day of a promise."""
    on_the_day = holding.case.check_ins.filter(participation=holding.rami, purpose="due").first()
    actions.check_in(on_the_day, by=holding.lead, said="not_wanted")
    assert {row[1:2] + row[3:] for row in calls(holding.case, participation=holding.rami)} == {
        ("due", "not_wanted"), ("due", "owed"), ("later", "not_wanted")
    }  # fmt: skip


def test_of_somebody_who_stopped_only_what_is_true_can_be_said(village, client, holding, first):
    preparation.withdraw(holding.hana, by=holding.me("hana"))
    for said in ("reached", "no_answer", "not_wanted"):
        with pytest.raises(actions.CannotCheckIn, match="choose what came of it"):
            actions.check_in(first, by=holding.lead, said=said)
    page = village.sign_in(client, "fadi")
    shown = page.get(reverse("check_in", args=[first.pk])).content.decode()
    assert ("they have stopped" in shown, "we spoke" in shown, "Call Hana" in shown) == (True, False, False)
    page.post(reverse("check_in_said", args=[first.pk]), {"said": "stopped"})
    row = CheckIn.objects.get(pk=first.pk)
    assert (row.stage, list(row.notes.values_list("said", flat=True))) == ("not_wanted", ["stopped"])


def test_one_press_says_of_whoever_stopped_that_no_call_is_needed_save_on_the_day_of_a_promise(holding):
    preparation.withdraw(holding.rami, by=holding.me("rami"))
    rows = holding.case.check_ins.filter(participation=holding.rami)
    actions.check_in(rows.filter(purpose="later").first(), by=holding.lead, said="stopped")
    assert {row[1:2] + row[3:] for row in calls(holding.case, participation=holding.rami)} == {("due", "owed"), ("later", "not_wanted")}
    preparation.withdraw(holding.hana, by=holding.me("hana"))
    actions.check_in(holding.case.check_ins.filter(participation=holding.hana).first(), by=holding.lead, said="stopped")
    assert sorted(row[3] for row in calls(holding.case, participation=holding.hana)) == ["ended", "ended", "not_wanted"]
    assert actions.plan_check_ins(holding.agreement, by=holding.lead) == 0


def test_of_somebody_who_has_not_stopped_it_cannot_be_said_that_they_have(holding, first):
    with pytest.raises(actions.CannotCheckIn, match="choose what came of it"):
        actions.check_in(first, by=holding.lead, said="stopped")


def test_whoever_is_beside_somebody_is_not_once_the_two_are_kept_apart(village, holding):
    row = actions.name_helper(holding.hana, by=holding.lead, kind="mentor", other=holding.sol)
    cases.bar_contact(holding.case, by=holding.coordinator, one=holding.hana, other=holding.sol, by_order=False)
    row.refresh_from_db()
    assert (row.ended_at is not None, row.why) == (True, "left")


def test_the_database_names_nobody_who_is_kept_apart(holding):
    cases.bar_contact(holding.case, by=holding.coordinator, one=holding.hana, other=holding.sol, by_order=False)
    with pytest.raises(IntegrityError, match="no contact"), transaction.atomic():
        Helper.objects.create(case=holding.case, participation=holding.hana, kind="mentor", other=holding.sol, by=holding.lead.id)


def test_nobody_who_has_stopped_is_named_beside_somebody(holding):
    preparation.withdraw(holding.sol, by=holding.me("sol"))
    with pytest.raises(actions.CannotName):
        actions.name_helper(holding.hana, by=holding.lead, kind="mentor", other=holding.sol)


def test_where_nobody_of_the_case_is_left_whoever_coordinates_can_take_a_call(village, holding, first):
    Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
    for key in ("fadi", "cora"):
        for role in Membership.objects.filter(user=village.users[key], ended_at__isnull=True):
            end_role(role, by=village.actor("ada"))
    row = CheckIn.objects.select_related("case__programme").get(pk=first.pk)
    assert row.caller is None
    actions.take_over(row, by=village.actor("sven"), to=village.sven)
    assert CheckIn.objects.get(pk=first.pk).caller == village.sven.pk


def test_a_version_that_lasts_longer_has_the_calls_of_its_time_and_of_whoever_promises_now(village, at_signing):
    """Counted from the day of the first one."""
    with village.inside():
        actions.set_rhythm(village.school, by=village.actor("cora"), first=7, second=None, every=30, later=84)
        begun = timezone.localdate()
        at_signing.sign_all()
        before = calls(at_signing.case, purpose="early", participation=at_signing.hana)
        draft = renewed(at_signing)
        agreements.promise(
            draft, by=at_signing.lead, owner=at_signing.sol, owed_to=at_signing.hana, what="Come along to the match.", due_on=begun + 12 * WEEK
        )
        agreements.present(draft, by=at_signing.lead)
        at_signing.sign_all()
        days = [begun + timedelta(days=n) for n in (7, 37, 67)]
        assert [row[2] for row in before] == days[:1]
        assert [row[2] for row in calls(at_signing.case, purpose="early", participation=at_signing.hana)] == days
        assert [row[2] for row in calls(at_signing.case, purpose="early", participation=at_signing.sol)] == days


def test_what_held_before_there_were_calls_has_none_of_days_that_have_passed(village, holding, begun):
    """Only a promise that is still open is asked about though its day has passed."""
    with at(noon(begun + timedelta(days=30))):
        found = queries.wanted(holding.agreement, begins=begun)
    assert {(one.purpose, one.planned_on) for one in found} == {
        ("due", holding.items()[0].due_on), ("due", holding.items()[1].due_on), ("later", begun + timedelta(days=84))
    }  # fmt: skip
