import threading

import pytest
from django.db import connections

from setfair.access.entry import memberships_of
from setfair.accounts.models import User
from setfair.core import tenant
from setfair.core.actor import Actor, Kind, system
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.programmes.actions import (
    CannotJoin,
    CannotLeave,
    accept,
    decline,
    end_membership,
    invite,
    join_again,
    keep_private,
    show_publicly,
    take_back,
)
from setfair.programmes.models import Membership, Offer, Role
from setfair.village.build import build


def added(programme, **typed):
    """Asked, and their own yes."""
    offer = invite(programme, **typed)
    return accept(offer, by=Actor(Kind.STAFF, programme.pk, offer.user_id))


def roles(user):
    return sorted(Membership.objects.filter(user=user, ended_at__isnull=True).values_list("role", flat=True))


@pytest.fixture
def ada(village):
    with village.inside():
        yield village.actor("ada")


@pytest.mark.django_db
class TestInvite:
    def test_somebody_new_gets_an_account_a_question_and_one_quiet_letter(self, village, ada):
        for _again in range(2):
            offer = invite(village.school, by=ada, email="New@School.example", name="Nika Reyes", role=Role.COORDINATOR)
        user = User.objects.get(email="new@school.example")
        assert (roles(user), user.has_usable_password(), Offer.objects.count()) == ([], False, 1)
        (letter,) = Letter.objects.filter(reader_id=user.pk)
        assert (letter.subject, letter.address) == ("You are asked to join a team", "new@school.example")
        assert "Hello Nika," in letter.body
        accept(offer, by=Actor(Kind.STAFF, village.school.pk, user.pk))
        assert roles(user) == [Role.COORDINATOR]

    def test_somebody_from_next_door_belongs_nowhere_new_before_their_own_yes(self, village, ada):
        offer = invite(village.school, by=ada, email=village.lena.email.upper(), name="Somebody Else", role=Role.FACILITATOR)
        lena = Actor(Kind.STAFF, village.school.pk, village.lena.pk)
        assert (roles(village.lena), village.school.pk in memberships_of(village.lena.pk)) == ([], False)
        for other in (ada, village.actor("cora"), system(village.school.pk)):
            with pytest.raises(CannotJoin):
                accept(offer, by=other)
        assert accept(offer, by=lena).name == "Somebody Else"
        assert (User.objects.get(pk=village.lena.pk).name, roles(village.lena)) == ("Lena Marsh", [Role.FACILITATOR])
        with pytest.raises(CannotJoin):
            accept(offer, by=lena)
        with tenant.inside(village.county.pk):
            assert Membership.objects.filter(user=village.lena).count() == 1

    def test_a_no_is_kept_and_they_can_be_asked_again(self, village, ada):
        typed = {"email": village.lena.email, "name": "Lena", "role": Role.FACILITATOR}
        lena = Actor(Kind.STAFF, village.school.pk, village.lena.pk)
        decline(invite(village.school, by=ada, **typed), by=lena)
        again = invite(village.school, by=ada, **typed)
        assert (take_back(again, by=ada), take_back(again, by=ada)) == (True, False)
        with pytest.raises(CannotJoin):
            accept(again, by=lena)
        assert (roles(village.lena), list(Offer.objects.order_by("at").values_list("answer", flat=True))) == ([], ["no", "taken_back"])

    def test_somebody_new_and_somebody_from_next_door_are_asked_alike(self, village, ada):
        for email in ("new@school.example", village.lena.email):
            invite(village.school, by=ada, email=email, name="Sam Rivers", role=Role.STUDENT)
        first, second = Offer.objects.order_by("at")
        assert [(o.name, o.role, o.answer) for o in (first, second)] == [("Sam Rivers", "student", "")] * 2
        assert Membership.objects.filter(user__in=[first.user, second.user]).count() == 0
        one, two = (Letter.objects.get(reader_id=o.user_id) for o in (first, second))
        assert one.subject == two.subject
        assert one.body.replace("Sam", "Lena") == two.body

    def test_the_journal_names_the_role_and_nobody(self, village, ada):
        added(village.school, by=ada, email="new@school.example", name="Nika Reyes", role=Role.STUDENT)
        assert Entry.objects.filter(verb="gave_role").latest("id").detail == {"role": "student"}


def told():
    return sorted(letter.address for letter in Letter.objects.filter(key__startswith="new-role:"))


@pytest.mark.django_db
class TestNobodyInSilence:
    @pytest.fixture
    def watchers(self, village, ada):
        """Everybody else who administers or coordinates in the school."""
        rows = Membership.objects.filter(role__in=[Role.ADMINISTRATOR, Role.COORDINATOR], ended_at__isnull=True).exclude(user=village.ada)
        return sorted(set(rows.values_list("user__email", flat=True)))

    def test_an_administrator_who_makes_themself_coordinator_is_told_of_to_the_others(self, village, ada, watchers):
        assert village.cora.email in watchers
        for _twice in range(2):
            invite(village.school, by=ada, email=village.ada.email, name="Ada", role=Role.COORDINATOR)
        assert told() == watchers
        letter = Letter.objects.get(key__startswith="new-role:", reader_id=village.cora.pk)
        assert (letter.subject, village.ada.get_short_name() in letter.body) == ("A change in your team", False)
        assert Entry.objects.filter(verb="gave_role", actor_id=village.ada.pk).latest("id").detail == {"role": "coordinator"}

    def test_one_who_takes_a_role_back_is_told_of_too(self, village, ada, watchers):
        was = end_membership(invite(village.school, by=ada, email=village.ada.email, name="Ada", role=Role.SUPERVISOR), by=ada)
        assert told() == watchers
        join_again(was, by=ada)
        assert told() == sorted([*watchers, *watchers])

    def test_while_a_team_is_put_together_once_a_day_is_enough(self, village, ada, watchers):
        for number in range(3):
            added(village.school, by=ada, email=f"n{number}@school.example", name="Nika", role=Role.SUPERVISOR)
        assert told() == watchers

    @pytest.mark.parametrize("role", [Role.FACILITATOR, Role.STUDENT])
    def test_a_role_that_sees_only_its_own_cases_is_told_to_nobody(self, village, ada, role):
        added(village.school, by=ada, email="new@school.example", name="Nika", role=role)
        assert told() == []

    def test_the_neighbours_hear_nothing(self, village, ada):
        invite(village.school, by=ada, email=village.ada.email, name="Ada", role=Role.COORDINATOR)
        with tenant.inside(village.county.pk):
            assert told() == []


@pytest.mark.django_db
class TestLeaving:
    def test_an_ended_role_stays_as_a_fact_and_can_be_given_again_as_a_new_one(self, village, ada):
        was = Membership.objects.get(user=village.cora)
        invite(village.school, by=ada, email=village.sven.email, name="Sven", role=Role.COORDINATOR)
        end_membership(was, by=ada)
        assert roles(village.cora) == []
        again = join_again(was, by=ada)
        assert again.pk != was.pk
        assert join_again(was, by=ada) == again
        assert Membership.objects.filter(user=village.cora).count() == 2

    def test_the_last_administrator_stays(self, village, ada):
        mine = Membership.objects.get(user=village.ada)
        with pytest.raises(CannotLeave, match="only administrator"):
            end_membership(mine, by=ada)
        added(village.school, by=ada, email="second@school.example", name="Second", role=Role.ADMINISTRATOR)
        end_membership(mine, by=ada)
        assert roles(village.ada) == []
        with pytest.raises(CannotLeave):
            end_membership(Membership.objects.get(role=Role.ADMINISTRATOR, ended_at__isnull=True), by=ada)

    def test_the_last_coordinator_stays_until_another_holds_the_role(self, village, ada):
        cora = Membership.objects.get(user=village.cora)
        with pytest.raises(CannotLeave, match="only coordinator"):
            end_membership(cora, by=ada)
        assert roles(village.cora) == [Role.COORDINATOR]
        invite(village.school, by=ada, email=village.sven.email, name="Sven", role=Role.COORDINATOR)
        User.objects.filter(pk=village.sven.pk).update(is_active=False)
        with pytest.raises(CannotLeave, match="only coordinator"):
            end_membership(cora, by=ada)
        User.objects.filter(pk=village.sven.pk).update(is_active=True)
        end_membership(cora, by=ada)
        assert roles(village.cora) == []

    def test_who_is_named_publicly_is_a_choice(self, village, ada):
        mine = Membership.objects.get(user=village.ada)
        show_publicly(mine, by=ada)
        assert Membership.objects.get(pk=mine.pk).shown_publicly
        keep_private(mine, by=ada)
        assert not Membership.objects.get(pk=mine.pk).shown_publicly


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR])
def test_of_two_who_hold_a_role_and_let_each_other_go_at_once_one_stays(role):
    village = build(with_passwords=False)
    key, refused = village.school.pk, []
    with tenant.inside(key):
        added(village.school, by=system(key), email="second@school.example", name="Second", role=role)
        both = list(Membership.objects.filter(role=role))
    gate = threading.Barrier(2)

    def end(membership):
        try:
            gate.wait()
            with tenant.inside(key):
                end_membership(membership, by=system(key))
        except CannotLeave:
            refused.append(membership.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=end, args=[m]) for m in both]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert len(refused) == 1
    with tenant.inside(key):
        assert Membership.objects.filter(role=role, ended_at__isnull=True).count() == 1
