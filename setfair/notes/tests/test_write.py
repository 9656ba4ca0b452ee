"""A note is for the readers chosen before it was saved, and for nobody else."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from setfair.cases.actions import let_go
from setfair.cases.audience import Audience
from setfair.desk.tests.todays import rules
from setfair.notes import actions
from setfair.notes.actions import CannotNote
from setfair.notes.models import Note
from setfair.preparation import actions as preparation

pytestmark = pytest.mark.django_db
WORDS = {audience.value: f"The words of a {audience.value} note" for audience in Audience}


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        yield at_preparing


@pytest.fixture
def four(story):
    """One of each audience, by Fadi; the shared one is for Hana."""
    return {a.value: actions.write(story.case, by=story.lead, words=WORDS[a.value], audience=a.value, about=story.hana) for a in Audience}


def read(client, page, *args):
    text = client.get(reverse(page, args=args)).content.decode()
    return {name for name, words in WORDS.items() if words in text}


READERS = {
    "fadi": {"working", "team", "safety", "shared"},
    "cora": {"team", "safety", "shared"},
    "sven": {"team", "safety", "shared"},
    "mina": set(),
    "ines": set(),
    "ada": set(),
    "nour": set(),
}


def test_staff_read_what_is_meant_for_them(village, story, four, client):
    for who, may in READERS.items():
        staff = village.sign_in(client, who)
        assert read(staff, "case_notes", story.case.ref) == may, who
        assert {name for name, note in four.items() if staff.get(reverse("note", args=[note.pk])).status_code == 200} == may, who


def test_only_the_one_named_in_the_circle_reads_a_shared_one(village, story, four, client):
    for who in ("hana", "rami", "sol", "gail"):
        own = village.enter(client, story.people[who])
        assert (read(own, "my_notes"), "A note for you" in own.get(reverse("home")).content.decode()) == (
            ({"shared"}, True) if who == "hana" else (set(), False)
        )
    hana = village.enter(client, story.hana)
    actions.correct(four["shared"], by=story.lead, words="Said anew")
    page = hana.get(reverse("my_notes")).content.decode()
    assert ("Said anew" in page, WORDS["shared"] in page) == (True, False)
    let_go(story.hana, by=story.coordinator)
    assert list(actions.queries.shared_with(story.hana, story.me("hana"))) == []


def test_what_is_not_for_the_team_leaves_no_trace_for_it(village, story, client):
    cora = village.sign_in(client, "cora")
    history = reverse("case_history", args=[story.case.ref]) + "?readings=1"
    before, today = cora.get(history).context["page"].moments, rules(village, "cora")
    private = actions.write(story.case, by=story.lead, words="Mine", audience="working")
    village.sign_in(Client(), "fadi").get(reverse("note", args=[private.pk]))
    assert (len(cora.get(history).context["page"].moments) - len(before), rules(village, "cora")) == (0, today)
    actions.write(story.case, by=story.lead, words="Ours", audience="team")
    assert village.sign_in(client, "cora").get(history).context["page"].moments[0].sentence == "A note was written for the team."


def test_correcting_adds_and_never_changes(village, story, four, client):
    later = actions.correct(four["safety"], by=story.lead, words="Said anew")
    assert (later.audience, later.about, later.corrects) == ("safety", story.hana, four["safety"])
    with pytest.raises(CannotNote, match="corrected already"):
        actions.correct(four["safety"], by=story.lead, words="And again")
    with pytest.raises(CannotNote, match="Only whoever wrote it"):
        actions.correct(later, by=story.coordinator, words="Mine now")
    cora = village.sign_in(client, "cora")
    page = cora.get(reverse("note", args=[later.pk])).content.decode()
    assert ("Said anew" in page, WORDS["safety"] in page, 'name="words"' in page) == (True, True, False)
    assert cora.post(reverse("note", args=[later.pk]), {"words": "Mine now"}).status_code == 422
    fadi = village.sign_in(client, "fadi")
    assert fadi.post(reverse("note", args=[later.pk]), {"words": "Third"}).status_code == 302
    for statement in (Note.objects.filter(pk=later.pk).update, Note.objects.filter(pk=later.pk).delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement(**({"audience": "team"} if statement.__name__ == "update" else {}))
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.create(case=story.case, audience="shared", words="To nobody", by=village.cora.pk)


def test_nobody_is_chosen_beforehand_and_sharing_asks_once_more(village, story, client):
    fadi, page = village.sign_in(client, "fadi"), reverse("case_notes", args=[story.case.ref])
    assert "checked" not in fadi.get(page).content.decode().split("<form")[-1]
    assert fadi.post(page, {"words": "A word"}).status_code == 422
    assert fadi.post(page, {"words": "A word", "audience": "shared"}).status_code == 422
    sent = {"words": "A word for her", "audience": "shared", "about": str(story.hana.pk)}
    asked = fadi.post(page, sent)
    assert (asked.status_code, Note.objects.count(), "Share this with Hana" in asked.content.decode()) == (200, 0, True)
    assert (fadi.post(page, sent | {"seen": "1"}).status_code, Note.objects.get().about) == (302, story.hana)


def test_whoever_wants_no_notes_gets_none(village, story):
    preparation.consent(story.hana, by=story.me("hana"), answer="no", scope="notes", method="own")
    with pytest.raises(CannotNote, match="said no to notes"):
        actions.write(story.case, by=story.lead, words="All the same", audience="team", about=story.hana)
    assert actions.write(story.case, by=story.lead, words="Of the case", audience="team").at <= timezone.now()


def test_three_notes_cost_what_one_costs(village, story, client):
    fadi, page, counts = village.sign_in(client, "fadi"), reverse("case_notes", args=[story.case.ref]), []
    fadi.get(page)
    for more in (1, 2):
        for _n in range(more):
            actions.write(story.case, by=story.lead, words="One", audience="team", about=story.hana)
        with CaptureQueriesContext(connection) as asked:
            fadi.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[1]
