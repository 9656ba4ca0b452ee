"""What a slip asks beside yes and no: who comes, own words, is it still all right, may somebody watch, and signing what was agreed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from setfair.agreements import actions as agreements
from setfair.agreements.models import Concern, Signature
from setfair.agreements.queries import being_signed_by
from setfair.agreements.queries import lines as agreement_lines
from setfair.agreements.tests.renewing import add
from setfair.agreements.text import digest
from setfair.cases.actions import add_person
from setfair.cases.models import Case
from setfair.preparation.models import CallWish, Consent, ObserverAnswer, Still
from setfair.scheduling.still import day_of
from setfair.sheets.foot import foot_of
from setfair.sheets.slip import slip_of
from setfair.village.time import today
from setfair.voices.models import Companion
from setfair.voices.queries import own_words, shared_words

from .test_slip import filled

pytestmark = pytest.mark.django_db


def test_whom_they_name_on_paper_waits_on_today_like_one_named_on_a_page(client, village, at_preparing):
    story = at_preparing
    fadi, there = village.sign_in(client, "fadi"), reverse("slip_back", args=[story.rami.pk])
    named = {"support": "found", "support.words": "Aunt Leila", "reach": "yes", "reach.words": "555-0123"}
    for _twice in range(2):
        assert fadi.post(there, filled(village, story.rami, **named)).status_code == 302
    fadi.post(there, filled(village, story.rami, support="none", **{"support.words": "nobody"}))
    with village.inside():
        [named] = Companion.objects.all()
        assert (named.name, named.reach, named.may_write, named.slip.seen_by, named.participation_id) == (
            "Aunt Leila", "555-0123", True, "Officer Hale", story.rami.pk,
        )  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            Companion.objects.create(participation=story.rami, case=story.case, name="x", may_write=False, by_kind="staff", by=story.lead.id)
    assert "Aunt Leila" in fadi.get(reverse("person", args=[story.rami.pk])).content.decode()


def test_own_words_told_to_us_are_read_by_whom_they_say_and_no_earlier_word_by_more(client, village, at_preparing):
    """What was for their own eyes stays so, also when a slip says that all may read what stands on it."""
    story = at_preparing
    fadi, there = village.sign_in(client, "fadi"), reverse("slip_back", args=[story.rami.pk])
    person = reverse("person", args=[story.rami.pk])
    fadi.post(there, filled(village, story.rami, method="said", foot="", **{"say.words": "I am scared.", "ask.words": "Why?"}))
    with village.inside():
        assert (own_words(story.rami).reads, shared_words(story.rami), own_words(story.rami).slip.method) == ("me", None, "said")
    assert ["I am scared." in fadi.get(page).content.decode() for page in (person, there)] == [False, False]
    fadi.post(there, filled(village, story.rami, reads="team", **{"hear.words": "That you heard me."}))
    with village.inside():
        now = shared_words(story.rami)
        assert (now.say, now.ask, now.hear, now.reads) == ("", "", "That you heard me.", "team")
    assert "That you heard me." in fadi.get(person).content.decode()
    fadi.post(there, filled(village, story.rami, reads="me", **{"say.words": "I take it back."}))
    with village.inside():
        now = own_words(story.rami)
        assert (now.say, now.hear, shared_words(story.rami)) == ("I take it back.", "That you heard me.", None)


def test_still_all_right_and_a_watcher_are_answered_on_paper(client, village, the_day_before):
    story = the_day_before
    fadi, there = village.sign_in(client, "fadi"), reverse("slip_back", args=[story.hana.pk])
    with village.inside():
        booking = story.booking
        early = (today(story.programme) - timedelta(days=3)).isoformat()
    late = fadi.post(there, filled(village, story.hana, still="yes", on=early))
    assert (late.status_code, "before we asked about the day" in late.content.decode()) == (422, True)
    assert fadi.post(there, filled(village, story.hana, still="yes")).status_code == 302
    with village.inside():
        [still] = Still.objects.filter(slip__isnull=False)
        assert (still.participation_id, still.method, still.for_day) == (story.hana.pk, "paper", day_of(booking))
    assert fadi.post(reverse("slip_back", args=[story.rami.pk]), filled(village, story.rami, still="no")).status_code == 302
    with village.inside():
        assert Case.objects.get(pk=story.case.pk).stage == "preparing"
        watcher = add_person(story.case, by=story.coordinator, name="Olga Voss", role="observer")
    ask = f"watch.{watcher.pk}"
    assert fadi.post(there, filled(village, story.hana, **{ask: "talk"})).status_code == 302
    with village.inside():
        [said] = ObserverAnswer.objects.all()
        assert (said.answer, said.method, said.slip.seen_by, CallWish.objects.count()) == ("talk", "paper", "Officer Hale", 0)


def test_a_parent_stops_for_the_young_person_on_their_own_slip(client, village, at_preparing):
    story = at_preparing
    fadi, there = village.sign_in(client, "fadi"), reverse("slip_back", args=[story.gail.pk])
    both = fadi.post(there, filled(village, story.gail, stop_child="stop", **{"child.take_part": "yes"}))
    assert (both.status_code, "Both a yes and a stop are ticked." in both.content.decode()) == (422, True)
    assert fadi.post(there, filled(village, story.gail, stop_child="stop")).status_code == 302
    with village.inside():
        [row] = Consent.objects.filter(scope="take_part", giver=story.gail)
        assert (row.participation_id, row.answer) == (story.rami.pk, "withdrawn")


def test_an_agreement_is_signed_on_their_paper_under_the_very_words_that_stand_on_it(client, village, at_signing):
    story = at_signing
    fadi, there = village.sign_in(client, "fadi"), reverse("slip_back", args=[story.rami.pk])
    with village.inside():
        agreement = being_signed_by(story.rami)
        told = [line for ask in slip_of(story.rami) if ask.name == "sign" for line in ask.told]
        assert [line.what in " ".join(told) for line in agreement_lines(agreement)] == [True] * len(told)
        other = foot_of(story.rami, "en")[:-3] + ("222" if not foot_of(story.rami, "en").endswith("222") else "333")
    assert fadi.post(there, filled(village, story.rami, sign="yes", foot=other)).status_code == 422
    assert fadi.post(there, filled(village, story.rami, sign="wrong", **{"sign.words": "The day is wrong."})).status_code == 302
    assert fadi.post(there, filled(village, story.rami, sign="yes", **{"sign.words": "R. X"})).status_code == 302
    with village.inside():
        [signed] = Signature.objects.filter(participation=story.rami)
        assert (signed.method, signed.typed_name, signed.witness, signed.text_digest) == (
            "paper", "R. X", village.users["fadi"].pk, digest(agreement.words),
        )  # fmt: skip
        assert [concern.words for concern in Concern.objects.filter(participation=story.rami)] == ["The day is wrong."]
        assert [ask.name for ask in slip_of(story.rami) if ask.name == "sign"] == []


def test_a_paper_from_before_a_spelling_was_put_right_counts_as_it_was_read_and_a_later_one_says_it(client, village, at_convened):
    story = at_convened
    slip, right, line = "Write a leter to Hanna.", "Write a letter to Hana.", "A spelling was put right on"
    with village.inside():
        agreements.draft(story.case, by=story.lead)
        add(story, story.rami, story.hana, slip)
        agreements.present(story.agreement, by=story.lead)
        story.find_fair()
        older = foot_of(story.rami, "en")
        agreements.put_right(story.items()[0], by=story.lead, words={"what": right})
        told = " ".join(line for ask in slip_of(story.hana) if ask.name == "sign" for line in ask.told)
        assert (older != foot_of(story.rami, "en"), right in told, line in told) == (True, True, True)
    fadi = village.sign_in(client, "fadi")
    for whose, foot in ((story.rami, {"foot": older}), (story.hana, {})):
        answer = fadi.post(reverse("slip_back", args=[whose.pk]), filled(village, whose, sign="yes", **{"sign.words": "X. Y"}, **foot))
        assert answer.status_code == 302
    with village.inside():
        seen = {s.participation_id: str(s.seen) for s in Signature.objects.all()}
        assert (slip in seen[story.rami.pk], line in seen[story.rami.pk]) == (True, False)
        assert (right in seen[story.hana.pk], line in seen[story.hana.pk]) == (True, True)
