"""A request about somebody of the team is not there for them, and somebody else answers it (decision 82)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from setfair.accounts.models import User
from setfair.cases.actions import CannotChange, assign
from setfair.cases.models import Assignment, Case, Exclusion
from setfair.facilitators.models import Facilitator
from setfair.programmes.actions import invite
from setfair.programmes.models import Role
from setfair.referrals import actions
from setfair.referrals.about_us import those_named
from setfair.referrals.models import KeptOut

from .asks import ask


@pytest.fixture
def with_two(village):
    """Two coordinate the school's programme."""
    with village.inside():
        invite(village.school, by=village.actor("ada"), email="mina@school.example", name="Mina Castell", role=Role.COORDINATOR)
    return village


def named(village, **said):
    with village.inside():
        referral, _code = ask(village.school, **said)
        return sorted(kept.user.name for kept in KeptOut.objects.filter(referral=referral)), referral


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ({"people": [{"name": "Cora Ellery", "role": "responsible"}]}, ["Cora Ellery"]),
        ({"people": [{"name": "ELLERY, Cora (teacher)", "role": ""}]}, ["Cora Ellery"]),
        ({"people": [{"name": "Ms. Ellery", "role": "responsible"}]}, ["Cora Ellery"]),
        ({"people": [{"name": "my teacher", "role": "", "reach": "Cora@School.example"}]}, ["Cora Ellery"]),
        ({"people": [{"name": "Mr Brandt", "role": ""}, {"name": "Ines Okafor", "role": ""}]}, ["Fadi Brandt", "Ines Okafor"]),
        ({"asker": "Cora Ellery"}, ["Cora Ellery"]),
        ({"asker": "Fadi Brandt", "source": "staff"}, []),
        ({"story": "Señor Brandt shouted at me."}, ["Fadi Brandt"]),
        ({"story": "Ms Ellery told me to write to you."}, []),
        ({"people": [{"name": "Rami Brandt", "role": "responsible"}]}, []),
        ({"people": [{"name": "Corabelle Ellerby", "role": ""}]}, []),
        ({"people": [{"name": "Nour Haddock", "role": ""}]}, []),
    ],
)
def test_whoever_of_the_team_is_named_is_kept_out(village, said, who):
    assert named(village, **said)[0] == who


def test_where_somebody_else_coordinates_a_word_in_the_story_is_enough(with_two):
    assert named(with_two, story="Ms Ellery shouted at me.")[0] == ["Cora Ellery"]


def test_a_request_about_a_teacher_is_on_everybodys_today_but_theirs(with_two, client, browser_clients):
    _names, referral = named(with_two, people=[{"name": "Ms Ellery", "role": "responsible"}])
    cora, mina = with_two.sign_in(client, "cora"), with_two.sign_in(browser_clients(), "mina")
    place = reverse("request", args=[referral.ref])
    for page in (reverse("today"), reverse("requests")):
        assert (referral.ref in cora.get(page).content.decode(), referral.ref in mina.get(page).content.decode()) == (False, True)
    assert (cora.get(place).status_code, mina.get(place).status_code) == (404, 200)
    assert "their name stands in it" in mina.get(place).content.decode()
    assert cora.get(reverse("cases"), {"q": referral.ref}).status_code == 200


def test_what_becomes_of_it_is_shut_to_them_too(with_two):
    _names, referral = named(with_two, people=[{"name": "Mr Brandt", "role": "responsible"}])
    with with_two.inside():
        actions.accept(referral, by=with_two.actor("cora"), checks={}, note="Looked through.")
        case, fadi = Case.objects.get(), Facilitator.objects.get(user__name="Fadi Brandt")
        assert [(one.user.name, one.why) for one in Exclusion.objects.all()] == [("Fadi Brandt", "self")]
        with pytest.raises(CannotChange):
            assign(case, by=with_two.actor("cora"), facilitator=fadi, part=Assignment.Part.LEAD)


def test_the_aunt_keeps_herself_out_and_is_led_away(with_two, client, browser_clients):
    _names, referral = named(with_two, people=[{"name": "Rami Ellery", "role": "responsible"}])
    cora, mina = with_two.sign_in(client, "cora"), with_two.sign_in(browser_clients(), "mina")
    aunt = User.objects.get(name="Cora Ellery")
    page = cora.post(reverse("request_keep_out", args=[referral.ref]), {"user": aunt.pk, "why": "close"})
    assert page["Location"] == reverse("requests")
    assert cora.get(reverse("request", args=[referral.ref])).status_code == 404
    shown = mina.get(reverse("request", args=[referral.ref])).content.decode()
    assert ("Cora Ellery: they are close to somebody here" in shown) is True
    with with_two.inside():
        kept = KeptOut.objects.get()
    assert cora.post(reverse("request_let_back", args=[kept.pk])).status_code == 404
    assert mina.post(reverse("request_let_back", args=[kept.pk])).status_code == 302
    assert cora.get(reverse("request", args=[referral.ref])).status_code == 200
    nour = with_two.sign_in(browser_clients(), "nour")
    assert nour.post(reverse("request_keep_out", args=[referral.ref]), {"user": aunt.pk, "why": "close"}).status_code == 404


def test_where_the_only_coordinator_is_named_the_supervisor_reads_it_and_the_administrator_is_told(village, client, browser_clients):
    _names, referral = named(village, people=[{"name": "Cora Ellery", "role": "responsible"}])
    assert "nobody here can answer" in village.sign_in(client, "ada").get(reverse("today")).content.decode()
    sven = village.sign_in(browser_clients(), "sven")
    assert referral.ref in sven.get(reverse("today")).content.decode()
    assert sven.get(reverse("request", args=[referral.ref])).status_code == 200


def test_a_word_that_comes_later_shuts_it_then(with_two):
    names, referral = named(with_two)
    with with_two.inside():
        actions.add(referral, by=with_two.actor("cora"), words="It was Mr Brandt.")
        assert (names, [kept.user.name for kept in KeptOut.objects.all()]) == ([], ["Fadi Brandt"])
        actions.let_back(KeptOut.objects.get(), by=with_two.actor("cora"))
        actions.add(referral, by=with_two.actor("cora"), words="Mr Brandt again.")
        assert KeptOut.objects.filter(ended_at__isnull=True).count() == 0


def test_nobody_is_kept_out_twice_and_no_talk_is_held_by_them(with_two):
    _names, referral = named(with_two, people=[{"name": "Mr Brandt", "role": "responsible"}])
    with with_two.inside():
        fadi = User.objects.get(name="Fadi Brandt")
        with pytest.raises(IntegrityError), transaction.atomic():
            KeptOut.objects.create(referral=referral, user=fadi, why="close")
        with pytest.raises(actions.CannotTalk):
            actions.offer_talk(referral, by=with_two.actor("cora"), times=[], holder=fadi.pk)


def test_to_look_for_the_team_is_one_question(village, django_assert_num_queries):
    with village.inside():
        for size in (1, 3):
            referral, _code = ask(village.school, people=[{"name": f"Person {n}", "role": ""} for n in range(size)])
            with django_assert_num_queries(1):
                those_named(referral)
