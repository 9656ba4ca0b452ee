"""The card of how to reach somebody safely: kept by the team, and by the person on their own pages."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.journal.models import Entry
from setfair.people.models import Contact, Person
from setfair.people.queries import ways
from setfair.preparation.views import contact
from setfair.village.cast import OTHER
from setfair.village.story import opened

SAID = {"value": "hana@home.example", "days": ["1", "3"], "starts": "15:15", "ends": "18:00", "also_reads": "my aunt", "may_leave_message": "on"}


@pytest.fixture
def story(village, at_preparing, monkeypatch):
    monkeypatch.setattr(contact, "CHANGES", (1000, timedelta(days=1)))  # counts stay from one test to the next
    with village.inside():
        return at_preparing


def way(pk, way="email"):
    return reverse("contact_way", args=[pk, way])


def card(village, story, key="hana"):
    with village.inside():
        return [
            (c.way, str(c.value), c.days, c.starts, c.ends, str(c.also_reads), c.may_leave_message, c.read_by) for c in ways(story.people[key].person)
        ]


WRITTEN = [("email", "hana@home.example", [1, 3], time(15, 15), time(18), "my aunt", True, [])]


@pytest.mark.parametrize(
    ("who", "status"),
    [("cora", 302), ("fadi", 302), ("sven", 404), ("mina", 404), ("ines", 404), ("ada", 404), ("nour", 404), ("lena", 404)],
)
def test_those_who_prepare_the_case_keep_the_card_and_nobody_else(village, client, story, who, status):
    before = card(village, story)
    page = village.sign_in(client, who)
    assert page.post(way(story.hana.pk), SAID).status_code == status
    assert page.get(reverse("contact", args=[story.hana.pk])).status_code == (200 if status == 302 else 404)
    assert card(village, story) == (WRITTEN if status == 302 else before)


def test_a_change_is_a_new_row_and_the_journal_holds_no_word_of_it(village, client, story):
    fadi = village.sign_in(client, "fadi")
    fadi.post(way(story.hana.pk), SAID)
    fadi.post(way(story.hana.pk), SAID)
    with village.inside():
        rows = Contact.objects.filter(person=story.hana.person, way="email").order_by("added_at")
        assert [(row.ended_at is None, row.days) for row in rows] == [(False, []), (True, [1, 3])]
        lines = Entry.objects.filter(subject_id=str(story.hana.person_id), verb__in=("opened_way", "closed_way")).order_by("-id")[:2]
        assert [(line.verb, line.detail, line.case_id) for line in lines] == [
            ("opened_way", {"way": "email"}, story.case.pk),
            ("closed_way", {"way": "email"}, story.case.pk),
        ]
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(people_contact::text, ' ') FROM people_contact")
            (kept,) = cursor.fetchone()
    assert [word in kept for word in ("my aunt", b"my aunt".hex(), "hana@home")] == [False, False, False]


def test_who_of_the_circle_reads_there_can_be_ticked_and_is_named_on_the_page(village, client, story):
    fadi = village.sign_in(client, "fadi")
    fadi.post(way(story.hana.pk), SAID | {"read_by": [str(story.sol.person_id)]})
    assert card(village, story)[0][-1] == [story.sol.person_id]
    page = fadi.get(reverse("person", args=[story.hana.pk])).content.decode()
    assert "also read by Sol, my aunt" in page
    assert fadi.post(way(story.hana.pk), SAID | {"read_by": ["6f9619ff-8b86-d011-b42d-00c04fc964ff"]}).status_code == 422


@pytest.mark.parametrize(
    ("kind", "said", "error"),
    [
        ("email", {"value": "hana"}, "Enter a valid email address"),
        ("sms", {"value": "call me"}, "Please write a number."),
        ("email", {"value": "h@home.example", "starts": "18:00", "ends": "08:00"}, "later hour"),
        ("email", {"value": "h@home.example", "days": ["9"]}, "Select a valid choice"),
        ("call", {"value": "5" * 31}, "too long"),
    ],
)
def test_what_cannot_be_so_is_refused_with_its_words_still_there(village, client, story, kind, said, error):
    before = card(village, story)
    answer = village.sign_in(client, "fadi").post(way(story.hana.pk, kind), said)
    assert (answer.status_code, error in answer.content.decode(), said["value"] in answer.content.decode()) == (422, True, True)
    assert card(village, story) == before


def test_a_person_changes_their_own_and_only_their_own(village, client, browser_clients, story):
    with village.inside():
        other = opened(village, circle=OTHER)
        other.add_everyone(OTHER)
    for key, theirs in (("otto", other), ("rami", story)):
        page = village.enter(browser_clients(), theirs.people[key])
        before = card(village, story)
        assert page.get(way(story.hana.pk)).status_code == 302  # to the entrance of the team
        page.post(reverse("my_contact_way", args=["through"]), {"value": f"the aunt of {key}"})
        page.post(reverse("my_contact_way", args=["email"]), {"value": "", "old": "no"})
        assert card(village, story) == before
        assert "@" not in str(card(village, theirs, key))
    hana = village.enter(client, story.hana)
    assert hana.get(reverse("my_contact")).status_code == 200
    assert hana.post(reverse("my_contact_way", args=["email"]), SAID | {"read_by": [str(story.rami.person_id)]}).status_code == 302
    assert card(village, story) == [(*WRITTEN[0][:6], False, [])]
    hana.post(reverse("my_contact_way", args=["email"]), {"value": ""})
    assert card(village, story) == []
    assert hana.get(reverse("my_contact_way", args=["pigeon"])).status_code == 404


def test_language_interpreter_and_print_are_on_the_card(village, client, story):
    fadi = village.sign_in(client, "fadi")
    fadi.post(reverse("contact_reading", args=[story.hana.pk]), {"language": "es", "interpreter": "on"})
    with village.inside():
        hana = Person.objects.get(pk=story.hana.person_id)
        assert (hana.language, hana.interpreter, hana.reads_print, hana.called) == ("es", True, False, "Hana")


def test_the_page_costs_the_same_with_one_way_and_with_five(village, client, story):
    fadi, page = village.sign_in(client, "fadi"), reverse("contact", args=[story.hana.pk])
    fadi.get(page)
    costs = []
    for more in ({}, {"sms": "555-0171", "call": "555-0172", "post": "PO Box 7", "through": "the school office"}):
        for kind, value in more.items():
            assert fadi.post(way(story.hana.pk, kind), {"value": value}).status_code == 302
        fadi.get(page)  # the sentence of the act
        with CaptureQueriesContext(
            connection,
        ) as asked:
            fadi.get(page)
        costs.append(len(asked))
    assert costs[0] == costs[1]
