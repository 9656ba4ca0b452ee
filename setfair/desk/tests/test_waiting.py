"""Letters that wait for a look: which do, what the page shows to whom, and the three things that can be done with one."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.core.actor import system
from setfair.journal.models import Entry
from setfair.letters.actions import Address, Words, write
from setfair.letters.journey import Stage
from setfair.letters.models import Letter
from setfair.letters.tasks import send_due_letters
from setfair.people import actions as people
from setfair.people.card import Card
from setfair.preparation import actions as preparation
from setfair.programmes.glance import UNASKED
from setfair.programmes.models import Programme

from .todays import told

WORDS = "Hello,\n\nThere is something new on your page: http://localhost:8000/c/abcDEF-1234567890/ and your code is 7F3K-22QM."


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        send_due_letters()
        mail.outbox.clear()
        Programme.objects.filter(pk=village.school.pk).update(glance=["news", "invitation"])
        return at_preparing


def written(village, story, key="hana", kind="news", body=WORDS, subject="A message for you"):
    person = story.people[key].person
    with village.inside():
        channel, value = next((c.way, str(c.value)) for c in person.contacts.filter(ended_at__isnull=True))
        by, number = system(village.school.pk), Letter.objects.count()
        return write(Words(subject, body), to=Address(channel, value), reader=person.pk, case=story.case.pk, key=f"{kind}:{number}", by=by)


def stage(village, letter):
    with village.inside():
        return Letter.objects.get(pk=letter.pk).stage


def page(village, client, who="cora"):
    return village.sign_in(client, who).get(reverse("post_waiting")).content.decode()


def mark(said):
    return re.search(r'name="seen" value="(\w{16})"', said)[1]


def test_the_kinds_that_the_programme_chose_wait_and_today_says_so(village, client, story):
    held, free = written(village, story), written(village, story, kind="answer")
    send_due_letters()
    assert (stage(village, held), stage(village, free), len(mail.outbox)) == (Stage.HELD, Stage.SENT, 1)
    (need,) = told(village, "fadi")
    assert (need.sentence, need.url) == ("Letters wait until somebody has looked (1)", reverse("post_waiting"))
    assert (village.county.glance, told(village, "ada")) == (list(UNASKED), [])


def test_the_page_shows_all_that_belongs_to_it_and_covers_links_and_codes(village, client, story):
    with village.inside():
        card = Card(read_by=(story.sol.person_id,), also_reads="her aunt")
        people.describe_way(story.hana.person, by=story.lead, way="email", value="hana@home.example", card=card)
        for key in ("hana", "sol"):
            preparation.invite(story.people[key], by=story.lead)
    written(village, story, body=WORDS + "\n\nRami told us about the fight.")
    said = page(village, client, "fadi")
    shown = ["Sol, her aunt", "Sol: Invitation (email)", "Hana: Invitation (email)", "Rami, fight", "[link]", "[code]", "There is something new"]
    hidden = ["abcDEF", "7F3K", "hana@home.example", "/c/"]
    assert [word for word in shown if word not in said] == []
    assert [word for word in hidden if word in said] == []
    with village.inside():
        assert Entry.objects.filter(verb="read", route="post_waiting", actor_id=village.fadi.pk).count() == 3


@pytest.mark.parametrize(("who", "status"), [("cora", 302), ("fadi", 302), ("sven", 404), ("mina", 404), ("ines", 404), ("ada", 404), ("nour", 404)])
def test_it_goes_when_somebody_of_the_case_lets_it_go(village, client, story, who, status):
    letter = written(village, story)
    seen = mark(page(village, client))
    others = page(village, client, who)
    assert ("There is something new" in others) is (status == 302)
    assert client.post(reverse("post_let_go", args=[letter.pk]), {"seen": seen}).status_code == status
    send_due_letters()
    assert (stage(village, letter), len(mail.outbox)) == ((Stage.SENT, 1) if status == 302 else (Stage.HELD, 0))
    if status == 302:
        with village.inside():
            line = Entry.objects.filter(subject_id=str(letter.pk), verb="moved", detail__to="due").get()
            assert (line.actor_id, line.detail["reason"]) == (village.users[who].pk, "looked_at")


def test_only_what_was_on_the_page_is_let_go(village, client, story):
    letter = written(village, story)
    seen = mark(page(village, client))
    client.post(reverse("post_words", args=[letter.pk]), {"subject": "A message for you", "body": "Please call us: [link] [code]"})
    client.post(reverse("post_let_go", args=[letter.pk]), {"seen": seen})
    assert stage(village, letter) == Stage.HELD
    client.post(reverse("post_let_go", args=[letter.pk]), {"seen": mark(page(village, client))})
    send_due_letters()
    assert [m.body for m in mail.outbox] == ["Please call us: http://localhost:8000/c/abcDEF-1234567890/ 7F3K-22QM"]


@pytest.mark.parametrize(
    ("key", "said", "status"),
    [
        ("hana", {"body": "Please call us. [link] [code]"}, 302),
        ("hana", {"body": "Please call us."}, 422),
        ("hana", {"body": "[link] [link] [code]"}, 422),
        ("hana", {"body": "Rami wrote. [link] [code]"}, 422),
        ("hana", {"body": "Rami wrote. [link] [code]", "sure": "on"}, 302),
        ("hana", {"subject": "Your conference", "body": "[link] [code]", "sure": "on"}, 422),
        ("hana", {"subject": "From Rami", "body": "[link] [code]", "sure": "on"}, 422),
        ("rami", {"body": "Hana wrote. [link] [code]", "sure": "on"}, 422),
        ("rami", {"body": "About the agreement. [link] [code]", "sure": "on"}, 422),
    ],
)
def test_words_changed_by_hand_are_looked_through_before_they_are_taken(village, client, story, key, said, status):
    letter = written(village, story, key)
    answer = village.sign_in(client, "fadi").post(reverse("post_words", args=[letter.pk]), {"subject": "A message for you"} | said)
    with village.inside():
        now = Letter.objects.get(pk=letter.pk)
        is_new = str(now.body) != WORDS
        changed = Entry.objects.filter(verb="changed_letter", subject_id=str(letter.pk)).count()
    assert (answer.status_code, now.stage, is_new, changed) == (status, Stage.HELD, status == 302, int(status == 302))


def test_what_is_kept_back_never_goes(village, client, story):
    letter = written(village, story)
    for _twice in range(2):
        assert village.sign_in(client, "fadi").post(reverse("post_keep_back", args=[letter.pk])).status_code == 302
    send_due_letters()
    assert (stage(village, letter), mail.outbox) == (Stage.WITHDRAWN, [])


def test_the_page_costs_the_same_with_one_and_with_three(village, client, story):
    costs = []
    for more in (1, 2):
        for _n in range(more):
            written(village, story)
        page(village, client)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("post_waiting"))
        costs.append(sum("INSERT INTO journal_entry" not in query["sql"] for query in asked.captured_queries))
    assert costs[0] == costs[1]


def test_an_administrator_chooses_the_kinds(village, client, story):
    ada = village.sign_in(client, "ada")
    form = ada.get(reverse("settings_glance")).context["form"]
    answer = ada.post(reverse("settings_glance"), {"glance": ["news", "over"], "seen": form["seen"].value()})
    with village.inside():
        assert (answer.status_code, Programme.objects.get(pk=village.school.pk).glance) == (302, ["news", "over"])
    assert village.sign_in(client, "cora").get(reverse("settings_glance")).status_code == 404
