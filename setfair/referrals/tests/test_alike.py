"""Likely duplicates: a hint for the coordinator, never a wall, never for whoever asks."""

import uuid

import pytest
from django.urls import reverse

from setfair.referrals import alike
from setfair.referrals.likeness import Likeness, traits
from setfair.referrals.models import Referral
from setfair.vault import master

from .asks import ask

RAMI = {"people": [{"name": "Rami Delacourt", "role": "responsible"}]}
ENTRY = {"source": "parent", "story": "He was pushed.", "email": "gail@home.example", "language": "en"}


def like(village, who, **said):
    """What this request is like, as this member of the team is shown it."""
    with village.inside():
        referral, _code = ask(village.school, **said)
        return [(one.referral.ref, one.why) for one in alike.to_this(referral, village.actor(who))]


@pytest.fixture
def there(village):
    with village.inside():
        referral, _code = ask(
            village.school, **RAMI, asker="Hana Núñez", reach={"email": "hana@home.example", "sms": "555-0101"}, court_number="RC 26/17"
        )
    return referral.ref


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"people": [{"name": "delacourt, RAMI", "role": ""}]}, ["names the same person"]),
        ({"people": [{"name": "Rami Dubois", "role": ""}]}, ["names somebody with nearly the same name"]),
        ({"people": [{"name": "Hana Nunez", "role": ""}]}, ["names the same person"]),
        ({"reach": {"email": " HANA@home.example"}}, ["came from the same address or number"]),
        ({"reach": {"call": "(555) 0101"}}, ["came from the same address or number"]),
        ({"court_number": "rc-26-17", "source": "judge"}, ["has the same court or file number"]),
        (RAMI | {"reach": {"email": "hana@home.example"}}, ["names the same person", "came from the same address or number"]),
        ({"people": [{"name": "Rami", "role": ""}]}, []),
        ({"people": [{"name": "a boy from my class", "role": ""}]}, []),
    ],
)
def test_in_what_two_are_alike(village, there, said, why):
    assert like(village, "cora", **said) == ([(there, why)] if why else [])


def test_an_office_is_not_alike_to_itself(village):
    said = {"source": "judge", "asker": "The clerk", "reach": {"email": "clerk@court.example"}}
    assert (like(village, "cora", **said), like(village, "cora", **said)) == ([], [])


def test_only_whoever_answers_here_is_shown_it(village, there, client, browser_clients):
    with village.inside():
        referral, code = ask(village.school, **RAMI)
    page = village.sign_in(client, "cora").get(reverse("request", args=[referral.ref])).content.decode()
    assert ("Perhaps it is here already" in page, there in page) == (True, True)
    own = browser_clients()
    own.post(reverse("code"), {"code": code})
    assert there not in own.get(reverse("status")).content.decode()
    assert there not in village.sign_in(browser_clients(), "sven").get(reverse("request", args=[referral.ref])).content.decode()
    for who in ("fadi", "ines", "sven"):
        assert like(village, who, **RAMI) == []


def test_next_door_the_same_name_is_another_mark(village, there):
    with village.inside(village.county):
        referral, _code = ask(village.county, **RAMI)
        assert alike.to_this(referral, village.actor("nour")) == []
        here = {bytes(one.mark) for one in Likeness.objects.all()}
    with village.inside():
        assert here.isdisjoint(bytes(one.mark) for one in Likeness.objects.all())


def test_while_it_is_keyed_in_it_is_said_once_and_the_second_press_writes_it_down(village, there, client):
    desk, said = village.sign_in(client, "cora"), {**ENTRY, "form_key": str(uuid.uuid4()), "people": "Rami Delacourt"}
    page = desk.post(reverse("request_new"), said)
    shown = page.content.decode()
    assert (page.status_code, there in shown, 'name="looked"' in shown, "He was pushed." in shown) == (200, True, True, True)
    with village.inside():
        assert Referral.objects.count() == 1
    assert desk.post(reverse("request_new"), said | {"looked": "1"}).status_code == 302
    with village.inside():
        assert Referral.objects.count() == 2


def test_whoever_may_not_read_requests_learns_nothing_as_they_bring_one(village, there, client):
    said = {"form_key": str(uuid.uuid4()), "for_whom": "Rami", "story": "x", "people": "Rami Delacourt", "email": "a@home.example"}
    assert village.sign_in(client, "ines").post(reverse("request_new"), said)["Location"] == reverse("request_sent")


def test_a_rotation_makes_the_marks_anew_and_they_still_meet(village, there, monkeypatch):
    with village.inside():
        before = {bytes(one.mark) for one in Likeness.objects.all()}
    blind = master.blind
    monkeypatch.setattr(master, "blind", lambda programme, token: blind(programme, f"newer {token}"))
    with village.inside():
        alike.note_anew([Referral.objects.get().pk])
        after = {bytes(one.mark) for one in Likeness.objects.all()}
    assert (len(after), after & before) == (len(before), set())


@pytest.mark.parametrize("others", [1, 3])
def test_it_asks_the_same_however_many_are_alike(village, others, django_assert_num_queries):
    with village.inside():
        for _n in range(others):
            ask(village.school, **RAMI)
        referral, _code = ask(village.school, **RAMI)
        with django_assert_num_queries(4):
            found = alike.to_this(referral, village.actor("cora"))
            assert [[case.ref for case in one.referral.cases.all()] for one in found] == [[]] * others


def test_words_without_a_name_have_no_traits(village):
    nothing = {
        "people": [{"name": "my sister Ana"}, {"name": "Ana"}, {"name": ""}],
        "asker": "",
        "reach": {},
        "court_number": "1",
        "is_office": False,
    }
    assert traits(**nothing) == set()
