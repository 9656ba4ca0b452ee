import pytest
from django.db import IntegrityError, transaction

from setfair.journal.models import Entry
from setfair.programmes import colour
from setfair.programmes.actions import CannotChange, change_facts
from setfair.programmes.models import Programme
from setfair.programmes.seen import mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(village):
    with village.inside():
        yield village.school


def change(village, programme, seen=None, **facts):
    return change_facts(programme, by=village.actor("ada"), seen=seen or mark(programme, facts), **facts)


def test_a_change_is_kept_and_the_journal_names_the_field_and_not_the_words(village, school):
    assert change(village, school, phone="555-0199", room="Room 3").phone == "555-0199"
    line = Entry.objects.filter(verb="changed_facts").get()
    assert (line.detail, line.actor_id) == ({"fields": ["phone", "room"]}, village.ada.pk)


def test_a_form_saved_without_a_change_writes_nothing(village, school):
    change(village, school, phone=school.phone)
    assert not Entry.objects.filter(verb="changed_facts").exists()


def test_of_two_administrators_the_second_is_told_and_overwrites_nothing(village, school):
    seen = mark(school, ["phone", "room"])
    change(village, school, seen=seen, phone="555-0101", room=school.room)
    with pytest.raises(CannotChange, match="Somebody else changed this page"):
        change(village, school, seen=seen, phone="555-0102", room=school.room)
    assert Programme.objects.get().phone == "555-0101"


def test_two_who_change_different_parts_both_keep_theirs(village, school):
    seen_rules, seen_place = mark(school, ["max_minutes"]), mark(school, ["room"])
    change(village, school, seen=seen_rules, max_minutes=45)
    change(village, school, seen=seen_place, room="Room 3")
    row = Programme.objects.get()
    assert (row.max_minutes, row.room) == (45, "Room 3")


@pytest.mark.parametrize("name", ["Restorative desk", "Harm team", "Court office", "Equipo de justicia", "CONFERENCE ROOM"])
def test_a_neutral_name_says_nothing_on_a_lock_screen(village, school, name):
    with pytest.raises(CannotChange, match="lock screens"):
        change(village, school, short_name=name)


@pytest.mark.parametrize("pale", ["#FFD84D", "#9AC7C1", "#FFFFFF", "#fbf8f3"])
def test_a_colour_too_pale_is_refused_with_one_that_can_be_read(village, school, pale):
    with pytest.raises(CannotChange) as refused:
        change(village, school, colour=pale)
    better = str(refused.value).split(". ")[1][:7]
    assert colour.contrast(better) >= 4.5
    assert change(village, school, colour=better).colour == better


@pytest.mark.parametrize("wrong", ["red", "#12345", "#GGGGGG", ""])
def test_what_is_no_colour_is_refused(village, school, wrong):
    with pytest.raises(CannotChange, match="six signs"):
        change(village, school, colour=wrong)


def test_contrast_is_as_measured():
    assert colour.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert round(colour.contrast("#0F5E5A"), 1) == 7.2
    assert colour.darker("#0F5E5A") == "#0F5E5A"


def test_how_long_a_yes_holds_has_its_bounds_in_the_database_too(village, school):
    assert change(village, school, yes_days=30, safety_days=7, silence_days=3).yes_days == 30
    for beyond in ({"yes_days": 366}, {"safety_days": 0}, {"silence_days": 61}):
        with pytest.raises(IntegrityError, match="programme_clocks"), transaction.atomic():
            Programme.objects.filter(pk=school.pk).update(**beyond)
