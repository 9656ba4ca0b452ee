"""What was written on a device without network: headings, marks on questions, promises."""

import base64
import json
import os
import uuid
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.agreements.models import Agreement, Item
from setfair.conferences import actions, headings, questions, sealing
from setfair.conferences.models import Brought, BroughtWords, Conference, Heading, QuestionMark, Settled
from setfair.vault.ring import WordsAreGone
from setfair.voices import actions as voices
from setfair.voices.queries import own_words

from .test_bringing import became, press, send, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(on_the_day):
    """Their console is on a device, and the circle is under way; all have come."""
    on_the_day.along = taken(on_the_day)
    on_the_day.begin()
    for key in ("hana", "rami", "gail"):
        actions.mark_attendance(on_the_day.conference, on_the_day.people[key], by=on_the_day.lead, came=True)
    return on_the_day


@pytest.fixture
def lead(client, village, away):
    return village.sign_in(client, "fadi")


def written(story, what, detail, words, who="fadi", sealed_for=None, **more):
    """As the device sends it."""
    one = press(what, taken=story.along, seen=story.conference.beat, detail=detail, **more)
    nonce = os.urandom(12)
    key = sealing.key_of(story.conference, sealed_for or story.village.users[who].pk)
    noise = AESGCM(key).encrypt(nonce, json.dumps(words).encode(), one["press"].encode())
    return one | {"words": base64.b64encode(nonce + noise).decode()}


def heading(story, words="A safe way home", kind="need", whose="all", **more):
    return written(story, "noted", f"{kind}:{whose}", {"words": words}, **more)


def promise(story, what="Mends the shed", key="", days=14, **more):
    due = (timezone.localdate() + timedelta(days=days)).isoformat()
    words = {"owner": str(story.rami.pk), "what": what, "owed_to": str(story.hana.pk), "due_on": due} | more
    return written(story, "promised", key, words)


def ask(story, who, reads, words):
    last = own_words(story.people[who])
    voices.keep_words(story.people[who], by=story.me(who), reads=reads, seen=last.pk if last else None, ask=words)


def told(client, story):
    return client.get(reverse("told_along", args=[story.conference.pk])).json()


def page(client, story):
    return client.get(reverse("conference", args=[story.conference.pk])).content.decode()


def test_a_heading_comes_in_as_a_heading_and_once(lead, away):
    mine = heading(away, whose="one", participation=str(away.hana.pk))
    for _time in range(3):
        assert send(lead, away.conference, mine).json()["done"] == [mine["press"]]
    (one,) = headings.standing(away.conference)
    assert (one.kind, one.participation, one.words, one.by) == ("need", away.hana, "A safe way home", away.lead.id)
    assert (became(away.conference), BroughtWords.objects.count()) == ([("noted", "done")], 0)
    off = press("took_off", taken=away.along, seen=99, detail=mine["press"])
    send(lead, away.conference, off, off | {"press": str(uuid.uuid4())})
    assert (headings.standing(away.conference), became(away.conference)[1:]) == ([], [("took_off", "done"), ("took_off", "so_already")])


def test_a_heading_comes_in_whoever_has_the_script_by_then(lead, village, away):
    mine = heading(away)
    actions.take_script(away.conference, by=village.actor("ines"))
    send(lead, away.conference, mine)
    assert [one.words for one in headings.standing(away.conference)] == ["A safe way home"]


@pytest.mark.bad_case
@pytest.mark.parametrize("words", ["", "x" * 61, "\N{GRINNING FACE}" * 50])
def test_no_more_than_a_heading_comes_in_as_one(lead, away, words):
    send(lead, away.conference, heading(away, words=words))
    assert (became(away.conference), Heading.objects.count()) == ([("noted", "refused")], 0)


@pytest.mark.bad_case
def test_words_that_somebody_else_sealed_or_that_belong_to_another_press_open_nowhere(lead, village, away):
    other, moved = heading(away, sealed_for=village.users["ines"].pk), heading(away)
    send(lead, away.conference, other, moved | {"press": str(uuid.uuid4())}, heading(away) | {"words": "bm9uc2Vuc2U="})
    assert (became(away.conference), Heading.objects.count(), BroughtWords.objects.count()) == ([("noted", "refused")] * 3, 0, 0)


@pytest.mark.bad_case
def test_what_was_written_for_a_circle_that_somebody_ended_is_kept_and_shown(lead, village, away):
    mine = heading(away, words="A safe way home")
    actions.conclude(away.conference, by=village.actor("cora"))
    send(lead, away.conference, mine)
    (row,) = Brought.objects.all()
    assert (row.became, row.words, Heading.objects.count()) == ("asked", {"words": "A safe way home"}, 0)
    assert "A safe way home" in page(lead, away)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM conferences_broughtwords")
        assert b"safe way" not in bytes(cursor.fetchone()[0])


def test_a_question_is_marked_and_somebody_elses_mark_is_not_written_over(lead, village, away):
    ask(away, "hana", "all", "Why me?\nWhere is my bike?")
    first, second = questions.prepared(away.conference, [away.hana])
    mine = [
        press("marked", taken=away.along, seen=away.conference.beat, detail=f"{one.key}:{what}")
        for one, what in ((first, "answered"), (second, "asked"))
    ]
    actions.mark_question(away.conference, second, by=away.lead, what="not_wanted", brought=True)
    send(lead, away.conference, *mine)
    assert became(away.conference) == [("marked", "done"), ("marked", "asked")]
    assert [one.mark for one in questions.prepared(away.conference, [away.hana])] == ["answered", "not_wanted"]
    assert "Where is my bike?" in page(lead, away)
    lead.post(reverse("settle_brought", args=[away.conference.pk]), {"brought": str(Brought.objects.get(became="asked").pk), "how": "device"})
    assert ([one.mark for one in questions.prepared(away.conference, [away.hana])], QuestionMark.objects.count()) == (["answered", "asked"], 3)


@pytest.mark.bad_case
def test_a_page_that_lay_open_since_before_the_end_changes_nothing_and_says_so(lead, village, away):
    """Asked while they sat, answered when it was over."""
    ask(away, "hana", "all", "Why me?")
    (one,) = questions.prepared(away.conference, [away.hana])
    mine = press("marked", taken=away.along, seen=away.conference.beat, detail=f"{one.key}:answered")
    actions.mark_question(away.conference, one, by=village.actor("ines"), what="not_wanted", brought=True)
    send(lead, away.conference, mine)
    actions.conclude(away.conference, by=away.lead)
    row, there = Brought.objects.get(became="asked"), reverse("settle_brought", args=[away.conference.pk])
    answer = lead.post(there, {"brought": str(row.pk), "how": "device"})
    assert (answer.status_code, "cannot be changed any more" in answer.content.decode(), Settled.objects.count()) == (422, True, 0)
    assert lead.post(there, {"brought": str(row.pk), "how": "here"}).status_code == 302
    assert Settled.objects.get().how == "here"


def test_promises_come_in_as_items_of_a_draft(lead, away):
    mine = promise(away), promise(away, what="Says sorry", owed_to="")
    for _time in range(2):
        send(lead, away.conference, *mine)
    assert became(away.conference) == [("promised", "done"), ("promised", "done")]
    assert [(i.what, i.owner, i.owed_to, str(i.pk)) for i in Item.objects.order_by("order")] == [
        ("Mends the shed", away.rami, away.hana, mine[0]["press"]), ("Says sorry", away.rami, None, mine[1]["press"]),
    ]  # fmt: skip
    assert (Agreement.objects.get().conference, BroughtWords.objects.count()) == (away.conference, 0)
    assert [line["what"] for line in told(lead, away)["draft"]["lines"]] == ["Mends the shed", "Says sorry"]


@pytest.mark.bad_case
def test_somebody_wrote_a_draft_meanwhile_both_are_kept_and_the_team_is_asked(lead, village, away):
    mine = promise(away), promise(away, what="Says sorry")
    draft = agreements.draft(away.case, by=village.actor("cora"))
    due = timezone.localdate() + timedelta(days=9)
    agreements.promise(draft, by=village.actor("cora"), owner=away.rami, what="Paints the fence", due_on=due)
    send(lead, away.conference, *mine)
    assert became(away.conference) == [("promised", "asked"), ("promised", "asked")]
    shown = page(lead, away)
    assert (shown.count("Does it go onto the agreement"), "Mends the shed" in shown, "Rami: Paints the fence" in shown) == (2, True, True)
    first, second = Brought.objects.order_by("number")
    for row, how in ((first, "device"), (second, "here")):
        lead.post(reverse("settle_brought", args=[away.conference.pk]), {"brought": str(row.pk), "how": how})
    assert [i.what for i in Item.objects.order_by("order")] == ["Paints the fence", "Mends the shed"]
    assert ("Does it go" in page(lead, away), BroughtWords.objects.count(), Settled.objects.count()) == (False, 2, 2)


def test_what_the_device_knew_of_the_draft_is_no_conflict(lead, village, away):
    draft = agreements.draft(away.case, by=village.actor("cora"))
    agreements.promise(draft, by=village.actor("cora"), owner=away.rami, what="Paints the fence", due_on=timezone.localdate() + timedelta(days=9))
    key = told(lead, away)["draft"]["key"]
    send(lead, away.conference, promise(away, key=key), promise(away, what="Says sorry", key=key))
    assert became(away.conference) == [("promised", "done"), ("promised", "done")]


@pytest.mark.bad_case
def test_a_promise_that_cannot_be_one_is_kept_and_can_be_put_on_later(lead, away):
    send(lead, away.conference, promise(away, owner=str(uuid.uuid4())), promise(away, days=-1), promise(away, due_on="some day"))
    assert (became(away.conference), Item.objects.count(), Agreement.objects.count()) == ([("promised", "refused")] * 3, 0, 0)
    assert page(lead, away).count("Mends the shed") == 3
    row = Brought.objects.order_by("number").first()
    answer = lead.post(reverse("settle_brought", args=[away.conference.pk]), {"brought": str(row.pk), "how": "device"})
    assert (answer.status_code, Settled.objects.count()) == (422, 0)


@pytest.mark.bad_case
def test_a_promise_of_one_agreement_does_not_land_in_another_that_was_begun_beside_it(lead, village, away):
    cora, mine = village.actor("cora"), promise(away)
    first = agreements.draft(away.case, by=cora)
    agreements.promise(first, by=cora, owner=away.rami, what="Paints the fence", due_on=timezone.localdate() + timedelta(days=9))
    actions.conclude(away.conference, by=cora)
    agreements.present(first, by=cora)
    more = agreements.agree_more(first, by=cora)
    send(lead, away.conference, mine)
    assert (became(away.conference), more.items.count(), first.items.count()) == ([("promised", "asked")], 0, 1)
    assert "Rami: Paints the fence" in page(lead, away)
    lead.post(reverse("settle_brought", args=[away.conference.pk]), {"brought": str(Brought.objects.get().pk), "how": "device"})
    assert [i.what for i in more.items.all()] == ["Mends the shed"]


@pytest.mark.bad_case
def test_words_that_lie_there_to_be_signed_are_not_added_to(lead, village, away):
    mine = promise(away)
    draft = agreements.draft(away.case, by=village.actor("cora"))
    agreements.promise(draft, by=village.actor("cora"), owner=away.rami, what="Paints the fence", due_on=timezone.localdate() + timedelta(days=9))
    away.case.refresh_from_db()
    agreements.present(draft, by=village.actor("cora"))
    send(lead, away.conference, mine)
    assert (became(away.conference), Item.objects.count(), draft.items.count()) == ([("promised", "asked")], 1, 1)


def test_whoever_helps_to_hold_it_brings_headings_and_no_promise(client, village, away):
    away.along = taken(away, "ines")
    mine = written(away, "noted", "need:all", {"words": "Rest"}, who="ines"), promise(away)
    village.sign_in(client, "ines")
    send(client, away.conference, *mine)
    assert (became(away.conference), Item.objects.count()) == ([("noted", "done"), ("promised", "refused")], 0)
    assert (told(client, away)["draft"], "Does it go onto" in page(client, away)) == ({}, False)


def test_each_device_holds_a_key_of_its_own_person_and_circle(client, village, away):
    keys = {who: told(village.sign_in(client, who), away)["seals"] for who in ("fadi", "ines")}
    assert (len(set(keys.values())), len(base64.b64decode(keys["fadi"]))) == (2, 32)
    assert sealing.told(Conference(case=away.case), village.users["fadi"].pk) not in keys.values()


@pytest.mark.bad_case
def test_where_the_key_of_the_case_is_gone_words_on_a_device_open_nowhere(away):
    mine, fadi = heading(away), away.village.users["fadi"].pk
    press_, conference = uuid.UUID(mine["press"]), away.conference
    assert sealing.opened(conference, fadi, press_, mine["words"]) == {"words": "A safe way home"}
    forgotten = Conference(pk=conference.pk, case_id=uuid.uuid4())
    assert sealing.opened(forgotten, fadi, press_, mine["words"]) == {}
    with pytest.raises(WordsAreGone):
        sealing.key_of(forgotten, fadi)


def test_a_device_is_told_questions_by_leave_alone_and_a_students_no_promise(client, village, away):
    ask(away, "hana", "all", "Why me?")
    ask(away, "rami", "team", "Will they hate me?")
    actions.note_heading(away.conference, by=away.lead, kind="need", words="Rest")
    for who in ("fadi", "ines"):
        found = told(village.sign_in(client, who), away)
        assert [one["words"] for one in found["questions"]] == ["Why me?"]
        assert [(one["who"], one["words"]) for one in found["headings"]] == [("All of us", "Rest")]


@pytest.mark.bad_case
def test_the_database_keeps_words_of_this_circle_once_and_as_they_were(lead, away):
    mine = heading(away)
    actions.conclude(away.conference, by=away.lead)
    send(lead, away.conference, mine)
    (kept,) = BroughtWords.objects.all()
    said = {"conference": away.conference, "case": away.case, "words": {}}
    with pytest.raises(IntegrityError, match="brought_words_once"), transaction.atomic():
        BroughtWords.objects.create(brought=kept.brought, **said)
    for change in ("UPDATE conferences_broughtwords SET id = id", "DELETE FROM conferences_broughtwords"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
