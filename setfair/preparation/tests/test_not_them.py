"""Whoever holds somebody's link or phone names a way of their own: no link goes there, nothing more is allowed, and the team puts it back."""

import re
from datetime import time, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from setfair.accounts.actions import issue_link
from setfair.accounts.models import Pass
from setfair.core.actor import system
from setfair.letters.actions import Address, Words, write
from setfair.letters.gate import Barrier
from setfair.letters.journey import Stage
from setfair.letters.models import Letter
from setfair.letters.tasks import send_due_letters
from setfair.people import actions as people
from setfair.people.card import Card
from setfair.people.models import WayWish
from setfair.people.queries import ways
from setfair.preparation.actions import invite
from setfair.preparation.tests.test_own_way import NEW, OLD, change, confirm, post, safe, sees
from setfair.preparation.views import contact
from setfair.preparation.way_back import send_new_links


@pytest.fixture
def story(village, at_preparing, monkeypatch):
    for counted in ("CHANGES", "TRIES"):  # counts stay from one test to the next
        monkeypatch.setattr(contact, counted, (1000, timedelta(days=1)))
    with village.inside():
        send_due_letters()
        mail.outbox.clear()
        return at_preparing


def standing(story):
    return Pass.objects.filter(bearer_id=story.hana.pk, revoked_at__isnull=True).count()


def test_whoever_holds_the_link_gets_no_other_one_sent_to_a_phone_of_their_own(village, client, browser_clients, story):
    with village.inside():
        invite(story.hana, by=story.lead)
        send_due_letters()
        mail.outbox.clear()
    stranger = village.enter(client, story.hana)
    with village.inside():
        said = {"bearer": Pass.Bearer.PARTICIPATION, "bearer_id": story.hana.pk, "case": story.case.pk, "by": story.lead}
        issue_link(**said, reader=story.hana.person_id, way="email")
        Pass.objects.filter(bearer_id=story.hana.pk, kind=Pass.Kind.LINK, revoked_at__isnull=True).update(spent_at=timezone.now())
        issue_link(**said, reader=story.hana.person_id, way="email")
        assert standing(story) == 3
    change(stranger, value=NEW, old="no")
    with village.inside():
        assert standing(story) == 2  # the one that nobody has opened ended with the address it lies at
    assert (confirm(stranger, post(village, story)[1]), safe(village, story), sees(village, "fadi")) == (302, [NEW], [True])
    with village.inside():
        assert standing(story) == 2
        for typed in (OLD, NEW):
            send_new_links(typed)
        invite(story.hana, by=story.lead)
        assert not Letter.objects.filter(key__regex="^(invitation|way_back)", stage=Stage.DUE).exists()
        row = write(
            Words("A", "B"), to=Address("email", NEW), reader=story.hana.person_id, case=story.case.pk, key="way_back:x", by=system(village.school.pk)
        )
        assert (row.stage, row.trouble) == (Stage.FAILED, Barrier.NO_WORD_YET)
        wish = WayWish.objects.get()
    hers, fadi = village.enter(browser_clients(), story.hana), village.sign_in(browser_clients(), "fadi")
    fadi.post(reverse("way_changes", args=[story.hana.pk]), {"wish": wish.pk, "what": "drop"})
    assert (safe(village, story), sees(village, "cora", "fadi")) == ([OLD], [False, False])
    assert [page.get(reverse("my_contact")).status_code for page in (stranger, hers)] == [302, 302]
    with village.inside():
        assert standing(story) == 0
        send_new_links(OLD)
        assert str(Letter.objects.get(key__startswith="way_back", stage=Stage.DUE).address) == OLD


def test_once_the_team_has_spoken_with_them_links_go_to_the_new_one_and_what_was_opened_from_the_old_one_ends(village, client, story):
    hana = village.enter(client, story.hana)
    with village.inside():
        said = {"bearer": Pass.Bearer.PARTICIPATION, "bearer_id": story.hana.pk, "case": story.case.pk, "by": story.lead}
        issue_link(**said, reader=story.hana.person_id, way="email")
        Pass.objects.filter(bearer_id=story.hana.pk, kind=Pass.Kind.LINK).update(spent_at=timezone.now())
    for value in (NEW, "hana@third.example"):
        change(hana, value=value, old="no")
        confirm(hana, code_of(village, story))
    with village.inside():
        links = Pass.objects.filter(bearer_id=story.hana.pk, way="email", revoked_at__isnull=True)
        first, last = WayWish.objects.order_by("at")
        there = links.count()
    fadi = village.sign_in(client, "fadi")
    for wish in (first, last):
        fadi.post(reverse("way_changes", args=[story.hana.pk]), {"wish": wish.pk, "what": "take"})
    with village.inside():
        assert (there, links.count()) == (1, 0)
        invite(story.hana, by=story.lead)
        assert str(Letter.objects.get(key__startswith="invitation", stage=Stage.DUE).address) == "hana@third.example"


def code_of(village, story):
    with village.inside():
        row = Letter.objects.filter(key__startswith="way_code", stage=Stage.DUE).latest("made_at")
        return re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", str(row.body))[0]


def test_two_changes_by_a_stranger_are_put_back_to_the_one_the_team_knew(village, client, story):
    stranger = village.enter(client, story.hana)
    change(stranger, value=NEW, old="no")
    change(stranger, value="hana@third.example")
    confirm(stranger, code_of(village, story))
    with village.inside():
        first, _last = WayWish.objects.order_by("at")
    assert safe(village, story) == ["hana@third.example"]
    fadi = village.sign_in(client, "fadi")
    fadi.post(reverse("way_changes", args=[story.hana.pk]), {"wish": first.pk, "what": "drop"})
    assert (safe(village, story), sees(village, "fadi")) == ([OLD], [False])


def test_what_allows_more_at_the_same_address_waits_for_a_word_and_what_allows_less_holds_at_once(village, client, browser_clients, story):
    with village.inside():
        said = Card(may_leave_message=False, may_say_who=False, starts=time(9), ends=time(12), also_reads="my aunt")
        people.describe_way(story.hana.person, by=story.lead, way="call", value="555-0101", card=said)
    hana, fadi = village.enter(client, story.hana), village.sign_in(browser_clients(), "fadi")

    def called():
        with village.inside():
            now = next(way for way in ways(story.hana.person) if way.way == "call")
            return now.may_leave_message, now.may_say_who, now.days, (now.starts, now.ends), str(now.also_reads)

    change(hana, "call", value="555-0101", starts="10:00", ends="11:00", also_reads="my aunt", days=["1"])
    fewer = (False, False, [1], (time(10), time(11)), "my aunt")
    assert (called(), sees(village, "fadi")) == (fewer, [False])
    for what, kept in (("drop", fewer), ("take", (True, True, [], (None, None), ""))):
        change(hana, "call", value="555-0101", may_leave_message="on", may_say_who="on")
        assert (called(), sees(village, "fadi")) == (fewer, [True])
        with village.inside():
            wish = WayWish.objects.latest("at")
        shown = fadi.get(reverse("way_changes", args=[story.hana.pk])).content.decode()
        assert ("More would be allowed there" in shown, "you may say who is calling" in shown) == (True, True)
        fadi.post(reverse("way_changes", args=[story.hana.pk]), {"wish": wish.pk, "what": what})
        assert (called(), sees(village, "fadi")) == (kept, [False])
        hana = village.enter(client, story.hana)


@pytest.mark.parametrize("then", ["dead", "told more", "another"])
def test_what_was_confirmed_is_taken_though_the_old_one_is_gone_and_never_over_what_the_team_wrote_since(village, client, story, then):
    hana, page = village.enter(client, story.hana), reverse("way_changes", args=[story.hana.pk])
    change(hana, value=NEW, old="yes")
    confirm(hana, code_of(village, story))
    with village.inside():
        wish, said = WayWish.objects.get(), {"by": story.lead, "way": "email"}
        value = {"dead": "", "told more": OLD, "another": "hana@third.example"}[then]
        people.describe_way(story.hana.person, value=value, card=Card(times="in the evening"), **said)
    fadi = village.sign_in(client, "fadi")
    shown = fadi.post(page, {"wish": wish.pk, "what": "take"}, follow=True).content.decode()
    if then != "another":
        assert (safe(village, story), sees(village, "fadi"), NEW in shown) == ([NEW], [False], False)
        with village.inside():
            people.reach(story.hana.person, value="", **said)
        assert (fadi.post(page, {"wish": wish.pk, "what": "take"}).status_code, safe(village, story)) == (302, [])
        return
    assert ("Another one was written down since" in shown, safe(village, story), sees(village, "fadi")) == (True, [value], [True])
    with village.inside():
        people.reach(story.hana.person, value=NEW, **said)
    fadi.post(page, {"wish": wish.pk, "what": "take"})
    assert (safe(village, story), sees(village, "fadi")) == ([NEW], [False])


def test_one_that_held_and_gave_its_letters_back_is_not_used_again_by_a_word(village, client, story):
    hana, fadi_page = village.enter(client, story.hana), reverse("way_changes", args=[story.hana.pk])
    change(hana, value=NEW, old="no")
    confirm(hana, code_of(village, story))
    with village.inside():
        wish = WayWish.objects.get()
        people.reach(story.hana.person, by=story.lead, way="email", value="")
    village.sign_in(client, "fadi").post(fadi_page, {"wish": wish.pk, "what": "take"})
    assert (safe(village, story), sees(village, "fadi")) == ([], [False])
