"""One's own name on the public page: a student's own choice, and nobody else's."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from setfair.programmes.actions import CannotShow, show_publicly
from setfair.programmes.models import Membership, Role

MINE = "/me/shown/"


def line(client, village):
    return "<li>Malik, student helper</li>" in client.get(reverse("start", args=[village.school.slug])).content.decode()


@pytest.mark.mission("S0.12")
def test_a_student_is_shown_by_their_own_choice_alone_and_takes_it_back(client, village):
    with village.inside():
        malik = Membership.objects.get(user=village.malik)
    ada = village.sign_in(Client(), "ada")
    ada.post(reverse("settings_people_show", args=[malik.pk]))
    assert line(Client(), village) is False
    with village.inside():
        with pytest.raises(CannotShow):
            show_publicly(malik, by=village.actor("ada"))
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.filter(pk=malik.pk).update(shown_publicly=True, shown_by=village.ada.pk)
    village.sign_in(client, "malik")
    assert client.post(MINE, {}).status_code == 422
    assert client.post(MINE, {"shown": "yes"}).status_code == 302
    assert (line(Client(), village), "It is shown now" in client.get(MINE).content.decode()) == (True, True)
    client.post(MINE, {"shown": "no"})
    assert line(Client(), village) is False
    client.post(MINE, {"shown": "yes"})
    ada.post(reverse("settings_people_hide", args=[malik.pk]))
    assert line(Client(), village) is False


def test_it_is_about_oneself_in_this_programme_and_needs_a_sign_in(client, village):
    assert client.get(MINE).url.startswith("/account/login/")
    village.sign_in(client, "nour")
    client.post(MINE, {"shown": "no"})
    with village.inside(village.county):
        assert [m.shown_publicly for m in Membership.objects.filter(user=village.nour)] == [False, False]
    with village.inside():
        assert Membership.objects.filter(role=Role.STUDENT, shown_publicly=True).count() == 1
