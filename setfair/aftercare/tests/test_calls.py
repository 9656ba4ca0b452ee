"""What comes of a call: somebody was reached, nobody was, it is not wanted, it is put off, somebody else makes it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.aftercare import actions
from setfair.aftercare.actions import CannotCheckIn
from setfair.aftercare.models import CheckIn, CheckInNote
from setfair.cases import actions as cases
from setfair.cases.models import Assignment
from setfair.core import clock
from setfair.desk.actions import end_role
from setfair.desk.asking import lines
from setfair.journal.models import Entry
from setfair.programmes.models import Membership, Role
from setfair.village.time import at

from .conftest import calls, noon

pytestmark = pytest.mark.django_db


def rules(village, who, day):
    with at(noon(day)):
        found = lines(village.actor(who), village.school, everyones=False)
    return sorted({line[0] for line in found if line[0].startswith("call")})


def leave(village, key):
    for role in Membership.objects.filter(user=village.users[key], ended_at__isnull=True):
        end_role(role, by=village.actor("ada"))


@pytest.mark.parametrize(("said", "words"), [("reached", ""), ("otherwise", "She wrote to the school.")])
def test_a_call_that_was_made_is_done_and_stays_written(holding, first, say, said, words):
    say(first, holding.lead, said, words=words)
    first.refresh_from_db()
    note = first.notes.get()
    assert (first.stage, note.said, note.words, note.by) == ("done", said, words, holding.lead.id)
    assert Entry.objects.filter(verb="moved", subject_id=str(first.pk), detail__to="done").count() == 1
    with pytest.raises(CannotCheckIn, match="quicker"):
        say(first, holding.lead, "reached")


@pytest.mark.parametrize("said", ["", "ended", "unreached", "put_off"])
def test_what_only_the_house_writes_nobody_says(holding, first, say, said):
    with pytest.raises(CannotCheckIn, match="choose what came of it"):
        say(first, holding.lead, said)
    assert first.notes.count() == 0


def test_that_it_was_heard_otherwise_needs_how(holding, first, say):
    with pytest.raises(CannotCheckIn, match="how you heard"):
        say(first, holding.lead, "otherwise", words="  ")


def test_where_nobody_answers_it_is_owed_again_and_after_three_days_it_ends(holding, first, say):
    first_day = (first.due_on - timezone.localdate()).days
    for number, stage in ((0, "owed"), (0, "owed"), (5, "owed"), (9, "unreached")):
        say(first, holding.lead, "no_answer", days=first_day + number)
        first.refresh_from_db()
        assert first.stage == stage
    assert [note.said for note in first.notes.order_by("at")] == ["no_answer", "no_answer", "no_answer", "no_answer", "unreached"]
    assert {row[3] for row in calls(holding.case, participation=holding.hana, purpose="later")} == {"owed"}


def test_after_a_call_in_vain_the_next_day_that_counts_is_due(holding, first, say):
    with at(noon(first.due_on)):
        actions.check_in(first, by=holding.lead, said="no_answer")
    first.refresh_from_db()
    assert first.due_on == clock.add_days(first.planned_on if first.planned_on.weekday() < 5 else clock.first_open_day(first.planned_on), 1)


def test_whoever_wants_no_calls_gets_none_and_the_others_are_called(holding, first, say):
    say(first, holding.lead, "not_wanted")
    assert {row[3] for row in calls(holding.case, participation=holding.hana)} == {"not_wanted"}
    assert {row[3] for row in calls(holding.case, participation=holding.rami)} == {"owed"}


def test_on_the_day_of_a_promise_its_owner_is_called_even_so(holding, say):
    say(holding.case.check_ins.get(participation=holding.rami, purpose="later"), holding.lead, "not_wanted")
    assert {row[3] for row in calls(holding.case, participation=holding.rami, purpose="due")} == {"owed"}


def test_it_is_put_off_twice_and_no_more(holding, first):
    with at(noon(first.due_on)):
        saturday = first.due_on + timedelta(days=(5 - first.due_on.weekday()) % 7 or 7)
        actions.put_off(first, by=holding.lead, until=saturday, words="She is away.")
        first.refresh_from_db()
        assert (first.due_on, first.put_off) == (saturday + timedelta(days=2), 1)
        assert first.late_on == clock.add_days(first.due_on, 3)
        actions.put_off(first, by=holding.lead, until=first.due_on + timedelta(days=1), words="Exams.")
        with pytest.raises(CannotCheckIn, match="twice already"):
            actions.put_off(first, by=holding.lead, until=first.due_on + timedelta(days=20), words="Again.")
        assert [note.said for note in first.notes.order_by("at")] == ["put_off", "put_off"]


@pytest.mark.parametrize(
    ("days", "words", "why"), [(0, "Away.", "later day"), (-3, "Away.", "later day"), (200, "Away.", "three months"), (5, " ", "why")]
)
def test_it_is_put_off_to_a_later_day_with_a_reason(holding, first, days, words, why):
    with at(noon(first.due_on)), pytest.raises(CannotCheckIn, match=why):
        actions.put_off(first, by=holding.lead, until=first.due_on + timedelta(days=days), words=words)
    assert CheckIn.objects.get(pk=first.pk).put_off == 0


@pytest.mark.parametrize("who", ["mina", "nour", "sven"])
def test_nobody_makes_a_call_who_does_not_work_on_this_case(village, holding, first, who):
    with pytest.raises(CannotCheckIn, match="works on this case"):
        actions.take_over(first, by=holding.lead, to=village.users[who])


@pytest.mark.mission("S2.8")
def test_when_they_leave_whoever_coordinates_calls_and_then_everyone_is_told(village, holding, first):
    assert rules(village, "cora", first.due_on) == []
    leave(village, "fadi")
    assert set(holding.case.check_ins.values_list("caller", flat=True)) == {village.cora.pk}
    assert rules(village, "cora", first.due_on) == ["call"]
    assert CheckInNote.objects.filter(case=holding.case, said="taken_over").count() == holding.case.check_ins.count()
    Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
    leave(village, "cora")
    assert set(holding.case.check_ins.values_list("caller", flat=True)) == {None}
    assert rules(village, "sven", first.due_on) == ["call_of_nobody"]


def test_whoever_is_taken_off_the_case_calls_nobody_there(village, holding):
    for assignment in Assignment.objects.filter(case=holding.case, facilitator__user=village.fadi, ended_at__isnull=True):
        cases.unassign(assignment, by=holding.coordinator)
    assert set(holding.case.check_ins.values_list("caller", flat=True)) == {village.cora.pk}


def test_today_tells_who_calls_then_who_coordinates_then_who_supervises(village, holding, first):
    early, late, unheard = first.due_on - timedelta(days=1), first.late_on, first.unheard_on
    assert [rules(village, who, early) for who in ("fadi", "cora", "sven", "mina")] == [[], [], [], []]
    assert [rules(village, who, first.due_on) for who in ("fadi", "cora", "sven", "mina")] == [["call"], [], [], []]
    assert [rules(village, who, late) for who in ("fadi", "cora", "sven", "mina")] == [["call"], ["call_late"], [], []]
    assert [rules(village, who, unheard) for who in ("fadi", "cora", "sven", "mina")] == [["call"], ["call_late"], ["call_unheard"], []]


def test_the_page_says_it_takes_it_and_shows_it(village, holding, first, client):
    page = village.sign_in(client, "fadi")
    assert reverse("check_in", args=[first.pk]) in page.get(reverse("follow_up", args=[holding.case.ref])).content.decode()
    assert page.get(reverse("check_in", args=[first.pk])).status_code == 200
    assert page.post(reverse("check_in_said", args=[first.pk]), {}).status_code == 422
    assert page.post(reverse("check_in_put_off", args=[first.pk]), {"until": "", "words": ""}).status_code == 422
    assert page.post(reverse("check_in_take_over", args=[first.pk]), {"to": str(village.cora.pk)}).status_code == 302
    answer = page.post(reverse("check_in_said", args=[first.pk]), {"said": "reached", "words": "She is well."})
    assert (answer.status_code, CheckIn.objects.get(pk=first.pk).stage) == (302, "done")
    shown = page.get(reverse("check_in", args=[first.pk])).content.decode()
    assert ("She is well." in shown, "Write it down" in shown) == (True, False)


def test_neither_a_neighbour_nor_somebody_of_the_circle_opens_it(village, holding, first, client):
    assert [village.sign_in(client, who).get(reverse("check_in", args=[first.pk])).status_code for who in ("mina", "sven", "ada")] == [404, 404, 404]


def test_the_rhythm_is_set_on_its_page(village, holding, client):
    page = village.sign_in(client, "ada")
    assert page.post(reverse("rhythm"), {"first": "10", "second": "5", "every": "", "later": "90"}).status_code == 422
    assert page.post(reverse("rhythm"), {"first": "10", "second": "", "every": "30", "later": "90"}).status_code == 302
    assert 'value="10"' in page.get(reverse("rhythm")).content.decode()
