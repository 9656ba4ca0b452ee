"""A question that is put into SQL once answers each asking with its own values, and never with those of the first."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.moulds import Mould, among, together
from setfair.programmes.models import Programme
from setfair.referrals.models import Referral
from setfair.village.story import asked, opened

pytestmark = pytest.mark.django_db


def test_each_asking_is_answered_about_its_own_value(village):
    here = Mould(lambda *, programme: Programme.objects.filter(pk=programme))
    for programme in (village.school, village.county, village.school):
        with village.inside(programme):
            assert here.ask(values={"programme": programme.pk}) == [programme]


def test_the_shape_is_part_of_the_question(village):
    people = Mould(lambda *, role, case: Participation.objects.filter(case=case, role=role))
    with village.inside():
        case = opened(village).case
        for role in ("harmed", "responsible", "harmed"):
            assert people.ask(values={"case": case.pk}, role=role) == list(Participation.objects.filter(case=case, role=role))


def test_objects_come_with_what_hangs_on_them_in_one_statement(village):
    places = Mould(lambda *, case: Participation.objects.filter(case=case).select_related("person").order_by("added_at", "id"))
    with village.inside():
        case = opened(village).case
        plain = list(Participation.objects.filter(case=case).select_related("person").order_by("added_at", "id"))
        with CaptureQueriesContext(connection) as caught:
            found = places.ask(values={"case": case.pk})
            assert [p.person_id for p in found] == [p.person.pk for p in found] == [p.person_id for p in plain]
        assert len(caught) == 1
        assert [p.person.name for p in found] == [p.person.name for p in plain]


def test_keys_are_as_many_as_are_given(village):
    cases = Mould(lambda *, keys: Case.objects.filter(among("pk", keys)).order_by("ref").values_list("pk", flat=True))
    with village.inside():
        keys = sorted((opened(village).case for _ in range(3)), key=lambda case: case.ref)
        for some in ([], keys[:1], keys, keys[1:]):
            assert cases.ask(values={"keys": [case.pk for case in some]}) == [case.pk for case in some]


@pytest.mark.parametrize("moved", [timedelta(0), timedelta(days=2)])
def test_what_is_made_of_a_moment_is_made_of_the_one_of_the_asking(village, moved):
    since = Mould(lambda *, at: Referral.objects.filter(received_at__gt=at - moved))
    with village.inside():
        asked(village)
        assert len(since.ask(values={"at": timezone.now() + timedelta(days=1)})) == (1 if moved else 0)
        assert len(since.ask(values={"at": timezone.now() - timedelta(days=1)})) == 1


def test_the_clock_shows_the_moment_of_the_asking(village):
    new = Mould(lambda: Referral.objects.filter(received_at__gt=clock.now() - timedelta(days=1)))
    with village.inside():
        asked(village)
        for days, found in ((0, 1), (3, 0), (0, 1)):
            with time_machine.travel(timezone.now() + timedelta(days=days)):
                assert len(new.ask(values={"now": clock.now()})) == found


def test_a_question_with_a_day_of_its_own_is_never_kept(village):
    new = Mould(lambda: Referral.objects.filter(received_at__gt=timezone.now() - timedelta(days=1)))
    with village.inside():
        asked(village)
        for days, found in ((0, 1), (3, 0), (0, 1)):
            with time_machine.travel(timezone.now() + timedelta(days=days)):
                assert len(new.ask(values={})) == found


def test_a_question_that_can_find_nothing_finds_nothing(village):
    with village.inside():
        opened(village)
        assert Mould(lambda: Case.objects.none()).ask(values={}) == []
        assert Mould(lambda: Case.objects.none()).first(values={}) is None


def test_questions_that_are_asked_together_are_one_trip_and_each_has_its_own_answer(village, django_assert_num_queries):
    places = Mould(lambda *, case: Participation.objects.filter(case=case).select_related("person").order_by("added_at", "id"))
    aliases = Mould(lambda *, case: Case.objects.filter(pk=case).values_list("alias", flat=True))
    nothing, ours = Mould(lambda: Case.objects.none()), Mould(lambda *, programme: Programme.objects.filter(pk=programme))
    with village.inside():
        case = opened(village).case
        plain = list(Participation.objects.filter(case=case).order_by("added_at", "id"))
        values = {"case": case.pk}
        with django_assert_num_queries(1):
            here = ours.asking(values={"programme": case.programme_id})
            found = together(places.asking(values=values), nothing.asking(values={}), aliases.asking(values=values), here)
        assert found == [plain, [], [case.alias], [village.school]]
        assert together(nothing.asking(values={})) == [[]]


def test_a_percent_sign_stays_one(village):
    found = Mould(lambda *, alias: Case.objects.filter(alias=alias).extra(where=["alias LIKE '%%%%'"]).values_list("alias", flat=True))
    with village.inside():
        case = opened(village).case
        assert found.ask(values={"alias": case.alias}) == [case.alias]
