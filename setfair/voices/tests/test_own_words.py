"""What they want to say, ask and hear is theirs: nobody reads it until they say so, and then those whom they say."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.models import Role
from setfair.desk.history import history
from setfair.preparation.refusal import CannotPrepare
from setfair.sheets.queries import sheet_of
from setfair.voices import actions
from setfair.voices.models import OwnWords
from setfair.voices.queries import own_words

pytestmark = pytest.mark.django_db
AT = reverse("own_words")
SAID = {"say": "It hurt that nobody came.", "ask": "Why me?", "hear": "That it stops.", "helps": "A break after each question."}


def write(client, reads, **said):
    page = client.get(AT)
    words = page.context["words"]
    return client.post(AT, {"seen": str(words.pk) if words else "", "reads": reads, **said})


def on_page(village, key, whose):
    answer = village.sign_in(Client(), key).get(reverse("person", args=[whose.pk]))
    return answer.status_code, [words for words in SAID.values() if words in answer.text]


def on_sheet(whose, **given):
    return [line for part in sheet_of(whose, "en", **given).around for line in part.lines if line in SAID.values()]


def test_nobody_reads_it_until_they_say_so_and_only_as_long(village, at_preparing):
    story, all_of_it = at_preparing, list(SAID.values())
    hana = village.enter(Client(), story.hana)
    assert "What you want to say and ask" in hana.get(reverse("home")).text
    assert write(hana, "me", **SAID)["Location"] == reverse("home")
    assert [words for words in all_of_it if words not in hana.get(AT).text] == []
    assert [on_page(village, key, story.hana) for key in ("cora", "fadi")] == [(200, [])] * 2
    with village.inside():
        assert (on_sheet(story.hana), on_sheet(story.hana, for_them=True)) == ([], all_of_it)
    assert [words for words in all_of_it if words not in hana.get(reverse("my_sheet")).text] == []
    assert SAID["ask"] not in village.sign_in(Client(), "fadi").get(reverse("sheet_give", args=[story.hana.pk])).text
    write(hana, "team", **SAID)
    assert [on_page(village, key, story.hana) for key in ("cora", "fadi", "sven", "mina", "nour")] == [
        (200, all_of_it), (200, all_of_it), (404, []), (404, []), (404, []),
    ]  # fmt: skip
    with village.inside():
        assert on_sheet(story.hana) == all_of_it
        assert on_sheet(story.rami, for_them=True) == []
    assert [words for words in all_of_it if words in village.enter(Client(), story.rami).get(AT).text] == []
    write(hana, "all", **SAID)
    person = reverse("person", args=[story.hana.pk])
    assert "They let you tell the others in the talk." in village.sign_in(Client(), "fadi").get(person).text
    write(hana, "me", **SAID)
    assert on_page(village, "fadi", story.hana) == (200, [])
    with village.inside():
        told = [moment.sentence for moment in history(story.case, before="", readings=False).moments]
        assert [words for words in all_of_it if words in str(told)] == []
        assert told.count("Hana shared what they want to say and ask.") == 2


def test_two_tabs_take_nothing_from_each_other_and_a_second_press_keeps_it_once(village, at_preparing):
    hana = village.enter(Client(), at_preparing.hana)
    for _twice in range(2):
        assert hana.post(AT, {"seen": "", "reads": "me", "say": SAID["say"]}).status_code == 302
    refused = hana.post(AT, {"seen": "", "reads": "team", "say": "Something else."})
    assert (refused.status_code, "You wrote in two places" in refused.text) == (422, True)
    assert [words in refused.text for words in (SAID["say"], "Something else.")] == [True, True]
    assert hana.post(AT, {"seen": refused.context["words"].pk, "reads": "team", "say": "Something else."}).status_code == 302
    assert hana.post(AT, {"seen": "", "say": "x" * 5000, "reads": "me"}).status_code == 422
    with village.inside():
        assert [(one.say, one.reads) for one in OwnWords.objects.order_by("at")] == [(SAID["say"], "me"), ("Something else.", "team")]


def test_it_goes_along_to_another_place(village, at_prepared):
    story = at_prepared
    with village.inside():
        actions.keep_words(story.hana, by=story.me("hana"), reads="team", **SAID)
        place = {"role": Role.AFFECTED, "stands_by": None, "guardian_needed": False, "has_authority": False}
        now = cases.correct_place(story.hana, by=story.coordinator, **place)
        kept = own_words(now)
        assert (kept.participation, kept.say, kept.reads) == (now, SAID["say"], "team")
        assert now.pk != story.hana.pk


def test_only_they_write_it_and_it_is_a_fact(village, at_preparing):
    story = at_preparing
    with village.inside():
        for who in (story.me("rami"), story.lead, story.coordinator):
            with pytest.raises(CannotPrepare):
                actions.keep_words(story.hana, by=who, reads="team", say="Not hers.")
        kept = actions.keep_words(story.hana, by=story.me("hana"), reads="me", say=" Mine. ")
        assert kept.say == "Mine."
        for act in (lambda rows: rows.update(reads="team"), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                act(OwnWords.objects.filter(pk=kept.pk))
        for by in (story.rami.pk, None):
            with pytest.raises(DatabaseError), transaction.atomic():
                OwnWords.objects.create(participation=story.hana, reads="team", say="x", by_kind="participant", by=by)
