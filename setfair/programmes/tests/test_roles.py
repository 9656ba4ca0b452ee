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
        with tenant.inside(village.county.pk):
            assert Membership.objects.filter(user=village.lena).count() == 1

    def test_the_journal_names_the_role_and_nobody(self, village, ada):
        invite(village.school, by=ada, email="new@school.example", name="Nika Reyes", role=Role.STUDENT)
        assert Entry.objects.filter(verb="gave_role").latest("id").detail == {"role": "student"}


@pytest.mark.django_db
class TestLeaving:
    def test_an_ended_role_stays_as_a_fact_and_can_be_given_again_as_a_new_one(self, village, ada):
        was = Membership.objects.get(user=village.cora)
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

    def test_who_is_named_publicly_is_a_choice(self, village, ada):
        mine = Membership.objects.get(user=village.ada)
        show_publicly(mine, by=ada)
        assert Membership.objects.get(pk=mine.pk).shown_publicly
        keep_private(mine, by=ada)
        assert not Membership.objects.get(pk=mine.pk).shown_publicly


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_let_each_other_go_at_once_one_stays():
    village = build(with_passwords=False)
    key, refused = village.school.pk, []
    with tenant.inside(key):
        invite(village.school, by=system(key), email="second@school.example", name="Second", role=Role.ADMINISTRATOR)
        both = list(Membership.objects.filter(role=Role.ADMINISTRATOR))
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
        assert Membership.objects.filter(role=Role.ADMINISTRATOR, ended_at__isnull=True).count() == 1
