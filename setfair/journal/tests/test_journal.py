"""One line for every act, never changed; one mover of stages, and one bell."""

import threading
import uuid

import pytest
from django.db import ProgrammingError, connections, transaction

from setfair.core.actor import system
from setfair.journal.actions import place, record
from setfair.journal.journey import WrongStep, move, moved
from setfair.journal.models import Entry
from setfair.letters.actions import Address, Words, write
from setfair.letters.journey import Stage
from setfair.letters.models import Letter

pytestmark = pytest.mark.django_db


def a_letter(village, **more):
    with village.inside():
        given = {"to": Address("email", "a@b.example"), "reader": uuid.uuid4(), "key": str(uuid.uuid4()), **more}
        return write(Words("Hello", "Hello"), by=system(village.school.pk), **given)


@pytest.fixture
def letter(village):
    return a_letter(village, case=uuid.uuid4())


@pytest.fixture
def bell():
    rung = []

    def hear(sender, **what):
        rung.append((sender, what["subject"].pk, what["was"], what["to"], what["by"].kind))

    moved.connect(hear)
    yield rung
    moved.disconnect(hear)


def test_a_step_writes_stage_and_line_and_rings_once(village, letter, bell):
    cora = village.actor("cora")
    with village.inside():
        assert move(letter, Stage.WITHDRAWN, by=cora, reason="asked").stage == Stage.WITHDRAWN
        assert Letter.objects.get(pk=letter.pk).stage == Stage.WITHDRAWN
        line = Entry.objects.latest("id")
    assert (line.verb, line.actor_kind, line.actor_id) == ("moved", "staff", village.cora.pk)
    assert (line.subject_kind, line.subject_id, line.case_id) == ("letters.letter", str(letter.pk), letter.case_id)
    assert line.detail == {"was": "due", "to": "withdrawn", "reason": "asked"}
    assert bell == [(Letter, letter.pk, "due", "withdrawn", "staff")]


def test_a_step_that_is_not_on_the_way_changes_nothing(village, letter, bell):
    with village.inside():
        move(letter, Stage.WITHDRAWN, by=village.actor("cora"))
        lines = Entry.objects.count()
        with pytest.raises(WrongStep):
            move(letter, Stage.DUE, by=village.actor("cora"))
        assert Letter.objects.get(pk=letter.pk).stage == Stage.WITHDRAWN
        assert Entry.objects.count() == lines
    assert len(bell) == 1


def test_an_old_copy_in_the_hand_does_not_decide(village, letter):
    with village.inside():
        old = Letter.objects.get(pk=letter.pk)
        move(letter, Stage.WITHDRAWN, by=village.actor("cora"))
        with pytest.raises(WrongStep):
            move(old, Stage.FAILED, by=village.actor("cora"))


def test_a_listener_that_fails_takes_the_step_back(village, letter):
    def fail(**what):
        raise RuntimeError("on purpose")

    moved.connect(fail)
    try:
        with village.inside():
            with pytest.raises(RuntimeError), transaction.atomic():
                move(letter, Stage.WITHDRAWN, by=village.actor("cora"))
            assert Letter.objects.get(pk=letter.pk).stage == Stage.DUE
            assert Entry.objects.filter(verb="moved").count() == 0
    finally:
        moved.disconnect(fail)


def test_a_neighbour_cannot_move_what_is_not_theirs(village, letter):
    with village.inside(village.county), pytest.raises(Letter.DoesNotExist):
        move(letter, Stage.WITHDRAWN, by=village.actor("nour"))


@pytest.mark.django_db(transaction=True)
def test_of_many_who_move_at_once_one_does(village):
    letter, outcomes = a_letter(village), []

    def try_it():
        try:
            with village.inside():
                move(Letter.objects.get(pk=letter.pk), Stage.WITHDRAWN, by=system(village.school.pk))
            outcomes.append("moved")
        except WrongStep:
            outcomes.append("late")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=try_it) for _ in range(12)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(outcomes) == ["late"] * 11 + ["moved"]
    with village.inside():
        assert Entry.objects.filter(verb="moved").count() == 1


def test_no_line_no_act(village):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        record("looked", village.school, by=village.actor("cora"))


def test_a_line_goes_with_the_act_that_was_rolled_back(village, letter):
    with village.inside():
        with pytest.raises(RuntimeError), transaction.atomic():
            record("looked", letter, by=village.actor("cora"))
            raise RuntimeError
        assert Entry.objects.filter(verb="looked").count() == 0


def test_a_line_says_from_where_and_no_more_than_that(village, letter):
    token = place.set(("case", "10.1.2.0/24"))
    try:
        with village.inside():
            line = record("looked", letter, by=village.actor("cora"), count=3)
    finally:
        place.reset(token)
    assert (line.route, line.network, line.detail) == ("case", "10.1.2.0/24", {"count": 3})


def test_a_line_is_never_saved_twice(village, letter):
    with village.inside():
        line = record("looked", letter, by=village.actor("cora"))
        line.verb = "never looked"
        with pytest.raises(TypeError):
            line.save()


def test_lines_stand_in_the_order_of_the_acts(village, letter):
    with village.inside():
        for number in range(5):
            record(f"act{number}", letter, by=village.actor("cora"))
        assert [line.verb for line in Entry.objects.order_by("id")][-5:] == [f"act{number}" for number in range(5)]
