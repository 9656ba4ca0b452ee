"""A copy without the others, being forgotten as far as it can be, and who is told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from setfair.agreements import actions as agreements
from setfair.cases.models import Case, Participation
from setfair.core.actor import Actor, Kind
from setfair.journal.models import Entry
from setfair.keeping import actions, queries
from setfair.keeping.asked import How, Wants, Why, to_answer_by
from setfair.keeping.models import Asking, Copy
from setfair.keeping.tasks import keep_the_promise
from setfair.keeping.tests.test_copied import typed_again
from setfair.letters.models import Letter
from setfair.letters.tasks import send_due_letters
from setfair.people.models import Contact
from setfair.programmes.reasons import Reason
from setfair.referrals import actions as referrals
from setfair.referrals.models import Referral
from setfair.village.cast import OTHER
from setfair.village.story import asked, case_at

pytestmark = pytest.mark.django_db
YES = {"how": How.GRANTED, "why": Why.ALL}


def words_in(sections):
    return "\n".join(f"{section['title']}\n" + "\n".join(": ".join(line) for line in section["lines"]) for section in sections)


def test_a_copy_has_their_own_words_and_nobody_elses_name(at_following_up, village):
    story = at_following_up
    with village.inside():
        agreements.send_proof(story.items()[0], by=story.me("rami"), words="I gave the letter to Hana O'Hara-Núñez and GAIL said thanks.")
        agreements.say_how(story.items()[1], by=story.lead, words="Rami seems nervous.")
        found = words_in(queries.copy_for(story.rami, queries.files_of(story.rami)))
    assert "I gave the letter to [person harmed] and [parent or guardian] said thanks." in found
    assert [word for word in ("Hana", "Hara", "Núñez", "Sol", "Gail", "GAIL", "nervous", "hana@home.example") if word in found] == []
    assert [word for word in ("Rami Delacourt", "2011", "555-0160", "Take part: Yes (on your own page)", "Pay 40 dollars") if word not in found] == []
    assert re.findall(r"^\d{4}-\d\d-\d\d:", found, re.MULTILINE) == []


def test_somebody_asks_on_their_own_page_and_the_coordinator_reads_it_with_its_day(at_following_up, village, browser_clients):
    hana, cora = village.enter(browser_clients(), at_following_up.hana), village.sign_in(browser_clients(), "cora")
    for wants in ("copy", "copy", "forget"):
        assert 'name="wants" value="forget"' in hana.get(reverse("own_record")).text
        hana.post(reverse("own_record"), {"wants": wants})
    assert 'name="wants"' not in hana.get(reverse("own_record")).text
    with village.inside(), timezone.override(village.school.zone):
        asked_for = list(Asking.objects.order_by("at").values_list("wants", "how_asked", "due_on"))
        assert asked_for == [(w, "own", to_answer_by(timezone.localdate())) for w in ("copy", "forget")]
        pages = [reverse("asking", kwargs={"pk": pk}) for pk in Asking.objects.order_by("at").values_list("pk", flat=True)]
        assert "has no answer yet" in " ".join(queries.postponed_by(at_following_up.case))
    today = cora.get(reverse("today")).text
    assert (sum(page in today for page in pages), "(2)" in today) == (1, True), "what is said twice of one case is one row, with its number"
    assert "while this goes on, and for 1 year after the end" in hana.get(reverse("own_record")).text
    assert hana.post(reverse("own_record"), {"wants": "everything"}).status_code == 422
    assert hana.get(reverse("own_copy")).status_code == 404
    shown = cora.get(pages[0]).text
    assert ("Rami" in shown, "Hana" in shown) == (False, True)
    yes = {"answer": "granted.all", "seen": re.search(r'name="seen" value="(\w+)"', shown)[1]}
    assert "talk with them first" in cora.post(pages[0], yes).text
    assert hana.get(reverse("own_copy")).status_code == 404
    cora.post(pages[0], yes | {"spoken": "on"})
    assert "Type your code" in hana.get(reverse("own_copy")).text
    typed_again(village, hana, at_following_up.hana)
    copy = hana.get(reverse("own_copy")).text
    assert ("Hana O&#x27;Hara" in copy, "Rami" in copy, "Delacourt" in copy) == (True, False, False)
    assert "<title>" in copy and "Hana" not in copy.split("</title>")[0]
    assert village.enter(browser_clients(), at_following_up.rami).get(reverse("own_copy")).status_code == 404
    with village.inside():
        letter = Letter.objects.get(key__startswith="answered:")
        assert (letter.reader_id, "Hana" in letter.body, "copy" in letter.body) == (at_following_up.hana.person_id, False, False)
        assert list(Entry.objects.filter(verb__in=("answered_asking", "opened_copy")).order_by("id").values_list("verb", flat=True)) == [
            "answered_asking",
            "opened_copy",
        ]


def test_being_forgotten_in_a_living_case_takes_what_can_go_and_leaves_what_was_signed(at_following_up, village):
    story = at_following_up
    with village.inside():
        signed = story.agreement.signatures.count()
        asking = actions.ask(story.rami, by=story.me("rami"), wants=Wants.FORGET)
        with pytest.raises(actions.CannotKeep, match="does not fit"):
            actions.answer(asking, by=story.coordinator, **YES)
        with pytest.raises(actions.CannotKeep, match="talk with them first"):
            actions.answer(asking, by=story.coordinator, how=How.PARTLY, why=Why.SIGNED)
        actions.answer(asking, by=story.coordinator, how=How.PARTLY, why=Why.SIGNED, spoken=True)
        assert Contact.objects.filter(person=story.hana.person).count() == 1
        assert (story.agreement.signatures.count(), Participation.objects.get(pk=story.rami.pk).person.name) == (signed, "Rami Delacourt")
        with pytest.raises(actions.CannotKeep, match="answered already"):
            actions.answer(asking, by=story.coordinator, how=How.PARTLY, why=Why.SIGNED)


def test_a_hold_makes_it_not_yet_and_its_end_brings_the_asking_back(at_following_up, village):
    story = at_following_up
    with village.inside():
        asking = actions.note_asking(story.hana, by=story.lead, wants=Wants.FORGET)
        hold = actions.place_hold(story.case, by=village.actor("sven"), reason="The court asked for it.")
        actions.answer(asking, by=story.coordinator, how=How.NOT_YET, why=Why.HELD)
        assert queries.open_askings().count() == 0
        actions.lift(hold, by=village.actor("sven"))
        assert list(queries.open_askings()) == [asking]


def test_somebody_who_is_part_of_something_else_keeps_being_reached_there(at_following_up, village):
    with village.inside():
        other = case_at(village, "preparing", circle=OTHER)
        Participation.objects.create(case=other.case, person=at_following_up.hana.person, role="supporter")
        asking = actions.note_asking(at_following_up.hana, by=at_following_up.lead, wants=Wants.FORGET)
        assert queries.can_be_answered(asking) == [(How.PARTLY, Why.ELSEWHERE)]
        actions.answer(asking, by=at_following_up.coordinator, how=How.PARTLY, why=Why.ELSEWHERE)
        assert Contact.objects.filter(person=at_following_up.hana.person).count() == 1


def test_whoever_sent_a_request_that_has_ended_is_forgotten_in_the_night_after_they_were_told(village):
    with village.inside():
        referral, _code = asked(village)
        me, cora = Actor(Kind.REFERRER, village.school.pk, referral.pk), village.actor("cora")
        asking = actions.ask(referral, by=me, wants=Wants.FORGET)
        with pytest.raises(actions.CannotKeep):
            actions.answer(asking, by=cora, **YES)
        assert "does not go ahead, we keep what you told us for 30 days" in queries.kept_until(referral)
        referrals.decline(referral, by=cora, reason=Reason.NOT_SUITABLE)
        assert f"until {date_format(timezone.localdate() + timedelta(days=30))}." in queries.kept_until(referral)
        with pytest.raises(IntegrityError), transaction.atomic():
            queries.hold_still(referral)
            actions.forgetting._remove(referral)
        actions.answer(asking, by=cora, **YES, spoken=True)
    keep_the_promise()
    with village.inside():
        assert Referral.objects.count() == 1
    send_due_letters()
    keep_the_promise()
    with village.inside():
        assert (Referral.objects.count(), Asking.objects.count(), Copy.objects.count(), Case.objects.count()) == (0, 0, 0, 0)
        assert queries.forgotten_in(referral.ref) == timezone.localdate().replace(day=1)


def test_whoever_asked_reads_their_own_story_without_the_names_in_it(village):
    with village.inside():
        referral, _code = asked(village, matter=1)
        found = words_in(queries.copy_for(referral, []))
    assert "Some things were posted about me." in found
    assert "Rami" not in found


def test_what_somebody_else_asked_on_their_page_is_refused_and_nothing_is_told_there(at_following_up, village, browser_clients):
    hana, cora = village.enter(browser_clients(), at_following_up.hana), village.sign_in(browser_clients(), "cora")
    for wants in Wants.values:
        hana.post(reverse("own_record"), {"wants": wants})
    with village.inside():
        both, letters = list(Asking.objects.all()), Letter.objects.count()
        told = actions.note_asking(at_following_up.rami, by=at_following_up.lead, wants=Wants.COPY)
        assert (queries.can_be_answered(told), queries.needs_a_word(told)) == ([(How.GRANTED, Why.ALL)], False)
    for asking in both:
        assert "They are told nothing" in cora.post(reverse("asking", args=[asking.pk]), {"answer": "refused.not_them"}, follow=True).text
    with village.inside():
        assert (Letter.objects.count(), Copy.objects.count(), list(queries.open_askings())) == (letters, 0, [told])
        assert Contact.objects.filter(person=at_following_up.hana.person).exists()
    shown = hana.get(reverse("own_record")).text
    assert ("you asked" in shown, "Your copy is here" in shown) == (False, False)
    hana.post(reverse("own_record"), {"wants": "copy"})
    with village.inside():
        assert queries.open_askings().count() == 2


def test_the_copy_is_shown_to_whoever_types_the_code_and_not_to_whoever_holds_the_phone(at_following_up, village, browser_clients, monkeypatch):
    story = at_following_up
    with village.inside():
        asking = actions.note_asking(story.hana, by=story.lead, wants=Wants.COPY)
        actions.answer(asking, by=story.coordinator, **YES, seen=queries.made_for(story.hana).mark)
    page, theirs = village.enter(browser_clients(), story.hana), village.code_for(story.rami)
    for where in ("own_copy", "own_copy_file"):
        assert "O&#x27;Hara" not in page.get(reverse(where), follow=True).text
    for wrong in ("2222-2223", theirs):
        assert (page.post(reverse("own_copy"), {"code": wrong}).status_code, "O&#x27;Hara" in page.get(reverse("own_copy")).text) == (422, False)
    typed_again(village, page, story.hana)
    assert ("O&#x27;Hara" in page.get(reverse("own_copy")).text, page.get(reverse("own_copy_file")).status_code) == (True, 200)
    monkeypatch.setattr("setfair.access.typed_again.LASTS", 0)
    assert "Type your code" in page.get(reverse("own_copy")).text
