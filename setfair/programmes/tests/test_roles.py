import threading

import pytest
from django.db import connections

from setfair.accounts.models import User
from setfair.core import tenant
from setfair.core.actor import system
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.programmes.actions import CannotLeave, end_membership, invite, join_again, keep_private, show_publicly
from setfair.programmes.models import Membership, Role
from setfair.village.build import build


def roles(user):
    return sorted(Membership.objects.filter(user=user, ended_at__isnull=True).values_list("role", flat=True))


@pytest.fixture
def ada(village):
    with village.inside():
        yield village.actor("ada")


@pytest.mark.django_db
class TestInvite:
    def test_somebody_new_gets_an_account_a_role_and_one_quiet_letter(self, village, ada):
        for _again in range(2):
            invite(village.school, by=ada, email="New@School.example", name="Nika Reyes", role=Role.COORDINATOR)
        user = User.objects.get(email="new@school.example")
        assert (roles(user), user.has_usable_password()) == ([Role.COORDINATOR], False)
        (letter,) = Letter.objects.filter(reader_id=user.pk)
        assert (letter.subject, letter.address) == ("You have been added to a team", "new@school.example")
        assert "Hello Nika," in letter.body

    def test_an_account_from_next_door_keeps_its_name_and_gets_no_right_there(self, village, ada):
        invite(village.school, by=ada, email=village.lena.email.upper(), name="Somebody Else", role=Role.FACILITATOR)
        assert User.objects.get(pk=village.lena.pk).name == "Lena Marsh"
        assert roles(village.lena) == [Role.FACILITATOR]
        assert Membership.objects.get(user=village.lena).name == "Somebody Else"
        with tenant.inside(village.county.pk):
            assert Membership.objects.filter(user=village.lena).count() == 1

    def test_the_journal_names_the_role_and_nobody(self, village, ada):
        invite(village.school, by=ada, email="new@school.example", name="Nika Reyes", role=Role.STUDENT)
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
            invite(village.school, by=ada, email=f"n{number}@school.example", name="Nika", role=Role.SUPERVISOR)
        assert told() == watchers

    @pytest.mark.parametrize("role", [Role.FACILITATOR, Role.STUDENT])
    def test_a_role_that_sees_only_its_own_cases_is_told_to_nobody(self, village, ada, role):
        invite(village.school, by=ada, email="new@school.example", name="Nika", role=role)
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
        invite(village.school, by=ada, email="second@school.example", name="Second", role=Role.ADMINISTRATOR)
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
        invite(village.school, by=system(key), email="second@school.example", name="Second", role=role)
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
