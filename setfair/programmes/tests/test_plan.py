from datetime import date, time

import pytest

from setfair.core import tenant
from setfair.journal.models import Entry
from setfair.programmes.actions import CannotChange, add, add_windows, change, close_room, remove, reopen_room
from setfair.programmes.models import Closure, Room, Term, Window
from setfair.programmes.seen import mark

pytestmark = pytest.mark.django_db
HOURS = {"name": "Break", "starts": time(10, 0), "ends": time(10, 30)}


@pytest.fixture
def ada(village):
    with village.inside():
        yield village.actor("ada")


def test_one_name_on_several_days_is_several_windows_and_twice_the_same_is_once(village, ada):
    before = Window.objects.count()
    for _again in range(2):
        add_windows(village.school, by=ada, weekdays=[0, 2], **HOURS)
    assert Window.objects.count() == before + 2
    assert Entry.objects.filter(verb="added_setting").count() == 2


def test_a_window_never_ends_before_it_starts_whoever_writes_it(village, ada):
    with pytest.raises(CannotChange, match="ends after it starts"):
        add(Window, by=ada, name="Wrong", weekday=1, starts=time(12), ends=time(11))
    with pytest.raises(CannotChange, match="day of the week"):
        add(Window, by=ada, name="Wrong", weekday=9, starts=time(11), ends=time(12))
    row = Window.objects.first()
    with pytest.raises(CannotChange, match="ends after it starts"):
        change(row, by=ada, seen=mark(row, ["ends"]), ends=time(0, 1))


@pytest.mark.parametrize("model", [Term, Closure])
def test_days_never_run_backward(village, ada, model):
    with pytest.raises(CannotChange):
        add(model, by=ada, name="Fall", starts_on=date(2026, 12, 1), ends_on=date(2026, 9, 1))
    assert add(model, by=ada, name="One day", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 1)).pk


def test_two_who_change_the_same_row_do_not_overwrite_each_other(village, ada):
    row = Window.objects.first()
    seen = mark(row, ["name"])
    change(row, by=ada, seen=seen, name="First")
    with pytest.raises(CannotChange, match="Somebody else"):
        change(row, by=ada, seen=seen, name="Second")
    remove(row, by=ada)
    with pytest.raises(CannotChange, match="Somebody else"):
        change(row, by=ada, seen=mark(row, ["name"]), name="Third")


def test_what_is_taken_out_can_be_put_back_as_it_was(village, ada):
    row = Window.objects.first()
    facts = {name: getattr(row, name) for name in ("name", "weekday", "starts", "ends")}
    remove(row, by=ada)
    assert not Window.objects.filter(**facts).exists()
    add(Window, by=ada, **facts)
    assert Window.objects.filter(**facts).count() == 1


def test_a_room_is_closed_and_opened_and_never_deleted(village, ada):
    room = Room.objects.get()
    close_room(room, by=ada)
    assert Room.objects.get().closed_at is not None
    reopen_room(room, by=ada)
    assert Room.objects.get().closed_at is None


def test_next_door_has_its_own_plan(village, ada):
    mine = Window.objects.count()
    with tenant.inside(village.county.pk):
        add(Window, by=village.actor("nour"), weekday=6, **HOURS)
    assert Window.objects.count() == mine
