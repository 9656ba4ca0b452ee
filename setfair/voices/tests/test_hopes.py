"""Each says what they hope for, in their own time, or nothing; those who prepare them read it, and nobody else of the circle."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.models import Role
from setfair.journal.models import Entry
from setfair.preparation.refusal import CannotPrepare
from setfair.voices import actions
from setfair.voices.models import Hope
from setfair.voices.queries import hopes

pytestmark = pytest.mark.django_db
WORDS = "That nobody laughs about it any more."


def text(answer):
    return answer.content.decode()


@pytest.mark.mission("S1.3")
def test_what_each_party_hopes_for_is_kept_and_read_again_at_the_end(client, village, at_following_up, browser_clients):
    with village.inside():
        story = at_following_up
        assert hopes(story.case) == []
    hana = village.enter(client, story.hana)
    assert hana.post(reverse("hopes"), {"goals": ["understanding", "answers"], "words": WORDS}).url == reverse("home")
    page = text(hana.get(reverse("hopes")))
    assert (page.count(" checked"), WORDS in page) == (2, True)
    assert hana.post(reverse("hopes"), {"goals": ["win"]}).status_code == 422
    told = village.sign_in(browser_clients(), "fadi").post(reverse("told_hopes", args=[story.rami.pk]), {"goals": ["restitution"], "words": ""})
    assert told.url == reverse("person", args=[story.rami.pk])
    with village.inside():
        assert [(h.participation, h.goals, h.words, h.method) for h in hopes(story.case)] == [
            (story.hana, ["understanding", "answers"], WORDS, "own"), (story.rami, ["restitution"], "", "said"),
        ]  # fmt: skip
        assert set(Entry.objects.filter(verb="hoped").values_list("actor_kind", flat=True)) == {"participant", "staff"}
    reads = {"cora": (200, True), "fadi": (200, True), "mina": (404, False), "nour": (404, False)}
    for who, (status, there) in reads.items():
        page = village.sign_in(Client(), who).get(reverse("person", args=[story.hana.pk]))
        assert (page.status_code, WORDS in text(page)) == (status, there)
    assert WORDS not in text(village.enter(browser_clients(), story.rami).get(reverse("hopes")))
    assert WORDS in text(village.sign_in(browser_clients(), "cora").get(reverse("close", args=[story.case.ref])))


def test_only_they_say_it_and_it_is_a_fact(village, at_preparing):
    with village.inside():
        story = at_preparing
        otto = cases.add_person(story.case, by=story.coordinator, name="Iva Lindt", role=Role.INTERPRETER)
        for whose, who in ((story.hana, story.me("rami")), (otto, story.lead)):
            with pytest.raises(CannotPrepare):
                actions.hope(whose, by=who, goals=["answers"])
        said = actions.hope(story.hana, by=story.me("hana"), goals=["safety", "answers"], words=" ")
        assert (said.goals, said.words) == (["answers", "safety"], "")
        for act in (lambda rows: rows.update(goals=[]), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                act(Hope.objects.filter(pk=said.pk))
        with pytest.raises(DatabaseError), transaction.atomic():
            Hope.objects.create(participation=story.hana, goals=["revenge"], words="", method="own", by_kind="staff")
