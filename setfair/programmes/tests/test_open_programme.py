import uuid

import pytest
from django.db import connection

from setfair.core import tenant
from setfair.core.actor import system
from setfair.journal.models import Entry
from setfair.programmes.actions import CannotOpen, open_programme
from setfair.programmes.models import Programme, Room, Window

pytestmark = pytest.mark.django_db


def found(kind=Programme.Kind.SCHOOL, slug="north", **facts):
    key = uuid.uuid4()
    with tenant.inside(key):
        return open_programme(slug=slug, kind=kind, name="North peer team", short_name="Room 12", by=system(key), **facts)


@pytest.mark.mission("S0.7")
@pytest.mark.mission("S0.2")
def test_a_school_opens_with_its_own_windows_and_one_hour():
    school = found()
    with tenant.inside(school.pk):
        assert sorted({w.name for w in Window.objects.all()}) == ["After school", "Lunch", "Tuesday morning"]
        assert [w.weekday for w in Window.objects.filter(name="Tuesday morning")] == [1]
        assert Room.objects.count() == 1
        assert Entry.objects.get().verb == "opened_programme"
    assert (school.max_minutes, school.staff_needed, school.students_needed) == (60, 1, 2)


@pytest.mark.mission("S2.6")
def test_a_county_opens_with_two_hours_and_takes_professional_referrals():
    county = found(Programme.Kind.COMMUNITY)
    assert (county.max_minutes, county.takes_professional_referrals, county.students_needed) == (150, True, 0)


def test_facts_beat_the_defaults():
    assert found(max_minutes=45, zone="Europe/London").max_minutes == 45


def test_an_address_is_taken_once_and_says_so():
    found()
    with pytest.raises(CannotOpen, match="address is taken"):
        found()


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True)])
def test_demonstration_and_real_never_share_a_database(first, second):
    found(slug="one", is_demo=first)
    with pytest.raises(CannotOpen, match="cannot share"):
        found(slug="two", is_demo=second)
    found(slug="three", is_demo=first)


def test_what_refused_left_nothing_behind():
    found(slug="one", is_demo=True)
    key = uuid.uuid4()
    with pytest.raises(CannotOpen), tenant.inside(key):
        open_programme(slug="two", kind="school", name="North", short_name="Room", by=system(key))
    with tenant.inside(key), connection.cursor() as cursor:
        assert (Window.objects.count(), Entry.objects.count()) == (0, 0)
        cursor.execute("SELECT count(*) FROM programmes_here()")
        assert cursor.fetchone() == (1,)
