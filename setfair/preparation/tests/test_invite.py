"""An invitation goes to an address that is safe now; what lies in one that is not opens nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from setfair.letters.models import Letter
from setfair.people.actions import reach
from setfair.preparation import actions
from setfair.preparation.models import Invitation

pytestmark = pytest.mark.django_db

OLD, NEW = "555-0160", "555-0169"


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        yield at_preparing


@pytest.fixture
def rami(story):
    """Invited by text message, to the number that he gave."""
    actions.invite(story.rami, by=story.lead)
    return story.rami


def letters(rami):
    return list(Letter.objects.filter(reader_id=rami.person_id, key__startswith="invitation:").order_by("made_at"))


def link_in(letter):
    return "/" + next(word for word in letter.body.split() if "/c/" in word).split("/", 3)[3]


def call_unsafe(story, rami, value=""):
    reach(rami.person, by=story.coordinator, way="sms", value=value)


@pytest.mark.parametrize("value", ["", NEW], ids=["no more", "another number"])
def test_an_unused_link_ends_with_the_address_it_lies_in(story, rami, browser_clients, value):
    (letter,) = letters(rami)
    call_unsafe(story, rami, value)
    assert browser_clients().post(link_in(letter)).status_code == 410


def test_a_stay_that_began_there_ends_too(story, rami, browser_clients):
    finder = browser_clients()
    assert finder.post(link_in(letters(rami)[0])).url == reverse("way_back")
    assert [finder.get(reverse(page)).status_code for page in ("way_back", "home")] == [200, 200]
    call_unsafe(story, rami)
    assert finder.get(reverse("home"))["Location"] == reverse("code")


def test_what_came_over_another_way_or_for_somebody_else_goes_on(story, rami, browser_clients):
    actions.invite(story.hana, by=story.lead)
    reach(rami.person, by=story.coordinator, way="call", value="555-0177")
    reach(rami.person, by=story.coordinator, way="call", value="")
    (hanas,) = Letter.objects.filter(reader_id=story.hana.person_id, key__startswith="invitation:")
    call_unsafe(story, rami, NEW)
    assert browser_clients().post(link_in(hanas)).status_code == 302
    assert Invitation.objects.count() == 2


def test_an_address_that_is_only_looked_at_again_ends_nothing(story, rami, browser_clients):
    call_unsafe(story, rami, OLD)
    assert browser_clients().post(link_in(letters(rami)[0])).status_code == 302


def test_invited_again_at_once_to_another_address_a_letter_goes_there(story, rami, browser_clients):
    call_unsafe(story, rami, NEW)
    actions.invite(rami, by=story.lead)
    first, second = letters(rami)
    assert [first.address, second.address] == [OLD, NEW]
    assert [browser_clients().post(link_in(letter)).status_code for letter in (first, second)] == [410, 302]
    assert Invitation.objects.filter(participation=rami).count() == 2


def test_an_address_that_was_unsafe_for_a_minute_gets_a_link_that_works(story, rami, browser_clients):
    call_unsafe(story, rami)
    call_unsafe(story, rami, OLD)
    actions.invite(rami, by=story.lead)
    assert [browser_clients().post(link_in(letter)).status_code for letter in letters(rami)] == [410, 302]


def test_pressed_twice_one_letter_goes_and_its_link_and_the_later_code_work(story, village, browser_clients):
    codes = [actions.invite(story.rami, by=story.lead) for _ in range(2)]
    (letter,) = letters(story.rami)
    assert [browser_clients().post(reverse("code"), {"code": code}).status_code for code in codes] == [422, 302]
    assert browser_clients().post(link_in(letter)).status_code == 302


def test_a_new_code_on_the_spot_ends_the_link_and_every_stay(story, rami, browser_clients):
    by_link, by_code = browser_clients(), browser_clients()
    by_link.post(link_in(letters(rami)[0]))
    by_code.post(reverse("code"), {"code": actions.invite(rami, by=story.lead)})
    by_link.get(reverse("way_back"))
    assert [someone.get(reverse("home")).status_code for someone in (by_link, by_code)] == [200, 200]
    new = actions.reissue(rami, by=story.lead)
    assert [someone.get(reverse("home"))["Location"] for someone in (by_link, by_code)] == [reverse("code")] * 2
    assert browser_clients().post(reverse("code"), {"code": new}).status_code == 302


def test_invited_anew_later_the_link_before_is_worth_nothing(story, rami, browser_clients):
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        actions.invite(rami, by=story.lead)
    assert [browser_clients().post(link_in(letter)).status_code for letter in letters(rami)] == [410, 302]
