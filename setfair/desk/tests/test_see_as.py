"""What somebody else sees, drawn by their own pages; nothing can be sent, and nobody notices."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.desk.seen_as import NOT_OPENED, THEIR_PAGES
from setfair.journal.models import Entry
from setfair.notes import actions as notes
from setfair.programmes.models import Membership, Role
from setfair.village.story import case_at
from setfair.village.time import at
from tests.house.matrix import _patterns

pytestmark = pytest.mark.django_db
SENT = {
    "call_me", "go_on", "my_contact_code", "sign", "yes_back", "my_concern", "my_marks", "my_rest", "my_spelling", "my_remark",
    "status_words", "status_withdrawal", "paid_back", "owed_word", "owed_came",
    "status_code", "status_back", "office_open", "office_word", "office_shut",
    "companion_back", "my_piece_back", "my_stand_in_back", "my_wanting", "piece_answer", "status_ask", "status_talk", "status_talk_off", "my_break",
}  # fmt: skip
"""Own addresses to which something is sent, and that show no page of their own."""


@pytest.fixture
def story(village, at_following_up):
    with village.inside():
        yield at_following_up


def main(answer):
    """What a page says, without where its links lead and what is hidden in its forms."""
    text = re.search(r"<main.*</main>", answer.content.decode(), re.S)[0]
    text = re.sub(r'\s(?:href|action)="[^"]*"|<input type="hidden"[^>]*>|<script\b.*?</script>', "", text, flags=re.S).replace("<form inert", "<form")
    return re.sub(r"\s+", " ", text)


def test_every_own_page_is_opened_or_named_here():
    own = {e.name for e in _patterns(get_resolver()) if getattr(e.callback, "own_page", False)}
    assert own == set().union(*(THEIR_PAGES[kind] for kind in ("participant", "referrer"))) | NOT_OPENED | SENT


@pytest.mark.parametrize("who", ["hana", "rami", "sol", "gail"])
def test_it_is_their_very_page(village, story, client, who):
    notes.write(story.case, by=story.lead, words="A word for you", audience="shared", about=story.people[who])
    person, theirs, fadi = story.people[who], village.enter(Client(), story.people[who]), village.sign_in(client, "fadi")
    seen = reverse("see_as_person", args=[person.pk])
    for page in ("home", "choice", "questions", "times", "my_notes"):
        with at(None):
            wanted, found = theirs.get(reverse(page)), fadi.get(seen, {"at": reverse(page)})
        assert (wanted.status_code, found.status_code) == (200, 200), page
        assert main(found) == main(wanted), page
        assert "You see this as" in found.content.decode()
        assert "form-action 'none'" in found["Content-Security-Policy"]
        assert [sign for sign in ("csrfmiddlewaretoken", "<script", ' action="') if sign in found.content.decode()] == []


def test_nothing_is_written_but_that_staff_looked(village, story, client):
    fadi, before = village.sign_in(client, "fadi"), Entry.objects.count()
    for address in ("", reverse("choice"), reverse("complain"), reverse("way_back"), reverse("today"), "/nowhere", "//evil.example"):
        answer = fadi.get(reverse("see_as_person", args=[story.rami.pk]), {"at": address} if address else {})
        assert answer.status_code == 200
    added = Entry.objects.order_by("-id")[: Entry.objects.count() - before]
    assert {(e.actor_id, e.verb) for e in added} == {(village.users["fadi"].pk, "read"), (village.users["fadi"].pk, "saw_as")}
    assert fadi.post(reverse("see_as_person", args=[story.rami.pk])).status_code == 405
    assert "There is nothing to see" in fadi.get(reverse("see_as_person", args=[story.rami.pk]), {"at": reverse("complain")}).content.decode()
    other = fadi.get(reverse("see_as_person", args=[story.hana.pk]), {"at": reverse("proof", args=[story.items()[0].pk])})
    assert "There is nothing to see" in other.content.decode()


def test_a_student_and_whoever_asked(village, story, client):
    fadi = village.sign_in(client, "fadi")
    ines = story.case.assignments.get(facilitator=village.facilitator("ines"))
    with at(story.case.conferences.get().booking.starts_at):
        village.sign_in(fadi, "fadi")
        seen = fadi.get(reverse("see_as_helper", args=[ines.pk]))
        theirs = village.sign_in(Client(), "ines").get(reverse("conference", args=[story.conference.pk]))
        assert main(seen) == main(theirs)
        for page in ("today", "cases"):
            assert main(fadi.get(reverse("see_as_helper", args=[ines.pk]), {"at": reverse(page)})) == main(
                village.sign_in(Client(), "ines").get(reverse(page))
            )
    asker = Client()
    asker.post(reverse("code"), {"code": story.referral_code})
    fadi = village.sign_in(Client(), "fadi")
    assert main(fadi.get(reverse("see_as_asker", args=[story.case.ref]))) == main(asker.get(reverse("status")))
    assert [fadi.get(reverse("see_as", args=[story.case.ref])).status_code] == [200]


def test_what_shows_more_than_this_case_is_for_those_who_may_open_it_all(village, story, client):
    fadi = village.sign_in(client, "fadi")
    lead = story.case.assignments.get(facilitator=village.facilitator("fadi"))
    assert "There is nothing to see" not in fadi.get(reverse("see_as_helper", args=[lead.pk]), {"at": reverse("today")}).content.decode()
    for who in ("sven", "mina", "ada", "nour", "ines"):
        assert village.sign_in(Client(), who).get(reverse("see_as_person", args=[story.hana.pk])).status_code == 404


@pytest.mark.parametrize("sealed", [True, False])
def test_a_helper_is_seen_in_this_case_alone_and_with_their_part_alone(village, story, client, sealed):
    other = case_at(village, Stage.CONVENED, matter=1)
    Membership.objects.create(user=village.fadi, role=Role.SUPERVISOR)
    if sealed:
        cases.seal(other.case, by=village.actor("cora"), why="staff", team=[village.cora, village.fadi])
    held = other.case.conferences.get().pk
    cora = village.sign_in(client, "cora")
    lead = reverse("see_as_helper", args=[story.case.assignments.get(facilitator=village.facilitator("fadi")).pk])
    theirs = village.sign_in(Client(), "fadi")
    for page in ("conference", "script_page"):
        assert theirs.get(reverse(page, args=[held])).status_code == 200
        there = cora.get(lead, {"at": reverse(page, args=[held])}).content.decode()
        assert ("There is nothing to see" in there, other.case.ref in there) == (True, False)
        assert "There is nothing to see" not in cora.get(lead, {"at": reverse(page, args=[story.conference.pk])}).content.decode()
    for page in ("today", "cases"):
        assert "There is nothing to see" in cora.get(lead, {"at": reverse(page)}).content.decode()
