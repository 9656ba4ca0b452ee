"""A copy holds every sealed word of the one it is for, and of nobody else: one planted into each column, and all of it in the file to take away."""

from __future__ import annotations

import io
import json
import re
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from setfair.accounts.models import Pass
from setfair.accounts.queries import last_code
from setfair.agreements import actions as agreements
from setfair.agreements.models import Concern, Evidence, Signature
from setfair.cases.models import Hold
from setfair.conferences import actions as conferences
from setfair.conferences.models import Heading
from setfair.enclosures import actions as enclosures
from setfair.exchanges.models import Piece, Said
from setfair.files import actions as files
from setfair.files.examined import Examined
from setfair.files.scanner import Verdict
from setfair.journal.journey import move
from setfair.journal.models import Entry
from setfair.keeping import actions, queries
from setfair.keeping.asked import How, Wants, Why
from setfair.keeping.models import Copy
from setfair.keeping.queries.signed import signed_of
from setfair.keeping.queries.theirs import _about, _met
from setfair.letters.models import CameBack, Letter
from setfair.notes.models import Note
from setfair.outcomes.models import News
from setfair.people.actions import live_by
from setfair.people.card import Card
from setfair.people.models import Contact, Custody, WayWish
from setfair.people.own_ways import _kept
from setfair.preparation.models import Arrangement, Attempt, Complaint, Consent, ConsentText, Disclosure, Meeting, Override, SafetyCheck, Slip, Tick
from setfair.programmes.models import ChecklistItem, ClosedPlace
from setfair.referrals.models import Addition, Screening, Talk
from setfair.safety.models import Alarm
from setfair.vault.fields import SealedText
from setfair.vault.master import digest
from setfair.village.story import asked
from setfair.village.time import at
from setfair.voices.models import Companion, CompanionEnd, Hope, OwnWords, StandIn

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
GRANTED = {"how": How.GRANTED, "why": Why.ALL}
PLANTED = re.compile(r"Kestrel\w+")


def word(where, whose):
    return f"Kestrel{where.replace('.', '').replace('_', '')}{whose}"


OF_EACH = """
    people_person.name people_person.called people_person.pronouns cases_participation.address cases_participation.speaks_for
    people_person.needs people_contact.value people_contact.times people_contact.also_reads
    people_waywish.value people_waywish.card
    people_custody.address preparation_slip.seen_by preparation_slip.support_name preparation_slip.words
    preparation_consent.conditions preparation_complaint.words safety_alarm.words safety_alarm.reach
    agreements_signature.typed_name agreements_concern.words agreements_evidence.words
    exchanges_piece.words exchanges_said.words
    letters_cameback.words letters_letter.body notes_note.words files_file.words files_content.data voices_hope.words
    voices_ownwords.say voices_ownwords.ask voices_ownwords.hear voices_ownwords.helps
    voices_standin.say voices_standin.limits outcomes_news.words
    voices_companion.name voices_companion.reach voices_companionend.words conferences_heading.words
""".split()
"""Columns in which each of them has a word of their own in this test."""
APART = ("preparation_complaint.words", "safety_alarm.words", "safety_alarm.reach")
"""What those who read a copy through never see."""
SIGNED = """
    agreements_agreement.words agreements_signature.seen agreements_lastingcopy.file agreements_lastingcopy.undrawn agreements_remark.words
""".split()
"""What everybody who signed has in their hands."""
OF_THE_HOUSE = ["seals_sealsecret.private"]
"""What is about nobody."""
OF_THE_TEAM = """
    agreements_item.what agreements_item.proof_wanted agreements_item.body agreements_item.if_hard agreements_stillopen.words
    agreements_translation.what agreements_translation.proof_wanted agreements_translation.if_hard
    agreements_spelling.before agreements_spelling.after aftercare_checkinnote.words restitution_paymentword.words
    cases_case.matter cases_case.summary cases_emergency.reason cases_emergencyreview.words
    cases_route.words conferences_debrief.words conferences_broughtwords.words
    keeping_longer.reason keeping_legalhold.reason keeping_copy.words letters_letter.address letters_letter.calendar letters_cameback.sender
    preparation_meeting.note preparation_safetycheck.plan preparation_safetycheck.worries preparation_safetycheck.strengths
    preparation_override.reason preparation_saydoubted.words preparation_arrangement.words preparation_attempt.note preparation_tick.words
    scheduling_booking.despite planning_line.words calendars_calendar.address
    safety_step.words safety_phone.number referrals_screening.note referrals_clearance.reason referrals_talk.brief referrals_talkend.words
    enclosures_content.data
    people_condition.words people_order.words programmes_problem.words journal_excuse.reason imports_leaf.rows imports_leaf.found
""".split()
"""What the team wrote for itself, what is in the copy from elsewhere (a promise, in the words that were signed), where a letter went and when,
and a file that came with a request: a code alone opens none."""
BY_ITS_NAME = ["people_person.zone"]
"""What is in the copy as a clock is named, by its city."""
OF_WHOEVER_ASKED = [
    *(f"referrals_referral.{name}" for name in "story when people safety reach asker for_whom needs office court_number orders wanted_back".split()),
    "referrals_talk.place",
    *(f"referrals_addition.{name}" for name in "words before reason".split()),
    "enclosures_enclosure.words",
]


def plant(story, key):
    """A word in each column, for one of the two."""
    me, case, now = story.people[key], story.case, timezone.now()

    def say(where):
        return word(where, key)

    person, mine = me.person, {"case": case, "participation": me}
    person.needs = say("people_person.needs")
    person.save()
    contact = Contact.objects.filter(person=person).first() or Contact(person=person, way="post")
    contact.value, contact.times, contact.also_reads = (say(f"people_contact.{name}") for name in ("value", "times", "also_reads"))
    contact.save()
    card = Card(times=say("people_waywish.card"))
    WayWish.objects.create(person=person, way="post", value=say("people_waywish.value"), card=_kept(card), by=me.pk)
    over = {"ended_at": now, "ended_by": story.lead.id, "how": "moved", "by": story.lead.id}
    where = ClosedPlace.objects.get_or_create(name="Marsh County Jail")[0]
    Custody.objects.create(person=person, where=where, address=say("people_custody.address"), **over)
    text = ConsentText.objects.first()
    by = {"by_kind": "participant", "by": me.pk}
    Consent.objects.create(participation=me, giver=me, scope="take_part", answer="yes", method="own", words="1", text=text, language="en",
                           conditions=say("preparation_consent.conditions"), **by)  # fmt: skip
    piece = Piece.objects.create(case=case, writer=me, meant="affected", kind="letter", words=say("exchanges_piece.words"), **by)
    move(piece, "given", by=story.me(key))
    Piece.objects.create(case=case, writer=me, meant="affected", kind="letter", words=f"Kestrelunsent{key}", **by)
    Said.objects.create(case=case, piece=piece, what="returned", why="other", words=say("exchanges_said.words"), **by)
    Complaint.objects.create(participation=me, case=case, reads="supervisor", words=say("preparation_complaint.words"))
    Alarm.objects.create(participation=me, case=case, place="own", words=say("safety_alarm.words"), reach=say("safety_alarm.reach"), **by)
    Concern.objects.create(agreement=story.agreement, participation=me, kind="wrong", case=case, words=say("agreements_concern.words"))
    Evidence.objects.create(item=story.items()[0], case=case, words=say("agreements_evidence.words"), **by)
    owner = {"owner_id": person.pk, "reader_id": person.pk, "case_id": case.pk, "channel": "email", "kind": "answer"}
    CameBack.objects.create(**owner, words=say("letters_cameback.words"), sender=say("letters_cameback.sender"), mark=person.pk.bytes)
    CameBack.objects.create(**owner, words="Kestrelelsewhere", from_elsewhere=True, mark=me.pk.bytes)
    sent = {"sent_at": now, "due_at": now, "channel": "email", "language": "en", "subject": "Hello", "message_id": "x", "case_id": case.pk}
    body = say("letters_letter.body") + " https://x.example/go/Kestrelaway ABCD-2345"
    letter = Letter.objects.create(reader_id=person.pk, key=f"planted:{key}", body=body, address=say("letters_letter.address"), **sent)
    move(letter, "sent", by=story.lead)
    Note.objects.create(case=case, about=me, audience="shared", words=say("notes_note.words"), by=story.lead.id)
    circle = {"conference": case.conferences.first(), "kind": "need", "whose": "one", "by": story.lead.id}
    Heading.objects.create(**mine, **circle, words=say("conferences_heading.words"))
    for audience in ("working", "team", "safety"):
        Note.objects.create(case=case, about=me, audience=audience, words="Kestrelnotes", by=story.lead.id)
    found = {"found": Examined("text", "", say("files_content.data").encode(), Verdict.CLEAN)}
    files.add(case, by=story.lead, audience="shared", reader=me, words=say("files_file.words"), **found)
    own = files.show_back(case, by=story.me(key), about=uuid.uuid4(), found=Examined("text", "", b"Kestrelown" + key.encode(), Verdict.CLEAN))
    files.send(own, by=story.me(key))
    own_words = {name: say(f"preparation_slip.{name}") for name in ("seen_by", "support_name", "words")}
    Slip.objects.create(participation=me, method="paper", on=now.date(), language="en", **own_words, **by)
    Hope.objects.create(participation=me, goals=["answers"], words=say("voices_hope.words"), method="own", **by)
    words = {name: say(f"voices_ownwords.{name}") for name in ("say", "ask", "hear", "helps")}
    OwnWords.objects.create(participation=me, reads="team", **words, **by)
    OwnWords.objects.create(participation=me, reads="me", say=f"Kestrelkept{key}", **by)
    named = Companion.objects.create(participation=me, name=say("voices_companion.name"), reach=say("voices_companion.reach"), may_write=True, **by)
    CompanionEnd.objects.create(participation=me, companion=named, how="no", words=say("voices_companionend.words"), **by)
    lent = {name: say(f"voices_standin.{name}") for name in ("say", "limits")}
    StandIn.objects.create(participation=me, place=story.sol, back="page", when="soon", method="own", **lent, **by)
    News.objects.create(case=case, participation=me, way="page", told_on=now.date(), words=say("outcomes_news.words"), by=story.lead.id)
    Meeting.objects.create(participation=me, held_on=now.date(), explained=True, support="found", note="Kestrelmeeting", **by)
    SafetyCheck.objects.create(participation=me, level="low", plan="Kestrelplan", worries=["Kestrelhome"], strengths=["Kestrelcalm"], **by)
    Arrangement.objects.create(participation=me, kind="room", state="booked", words="Kestrelarranged", **by)
    Attempt.objects.create(participation=me, on=now.date(), way="person", result="spoke", note="Kestreltried", **by)
    Tick.objects.create(participation=me, item=ChecklistItem.objects.first(), answer="not_for", why="known", words="Kestrelticked", **by)
    Override.objects.create(**mine, blocker="room", reason="Kestrelaside", by=story.lead.id)


@pytest.fixture
def planted(village, at_following_up):
    story = at_following_up
    with village.inside():
        for key in ("hana", "rami"):
            person, signature = story.people[key].person, Signature.objects.get(participation=story.people[key])
            for name in ("name", "called", "pronouns"):
                setattr(person, name, word(f"people_person.{name}", key))
            person.save()
            story.people[key].address = word("cases_participation.address", key)
            story.people[key].speaks_for = word("cases_participation.speaks_for", key)
            story.people[key].save(update_fields=["address", "speaks_for"])
            plant(story, key)
            assert signature.typed_name
        Hold.objects.create(case=story.case, reason="away")
        actions.place_hold(story.case, by=village.actor("sven"), reason="Kestrelcourt")
        yield story


def test_every_sealed_column_is_thought_of():
    sealed = {f"{model._meta.db_table}.{f.column}" for model in apps.get_models() for f in model._meta.local_fields if isinstance(f, SealedText)}
    assert sealed == {*OF_EACH, *SIGNED, *OF_THE_HOUSE, *OF_THE_TEAM, *BY_ITS_NAME, *OF_WHOEVER_ASKED}


@pytest.mark.django_db
def test_by_whose_clock_somebody_lives_is_in_it(at_ready, village):
    with village.inside():
        live_by(at_ready.hana.person, by=at_ready.coordinator, zone="Europe/Berlin")
        at_ready.hana.person.refresh_from_db()
        assert [line for line in map(str, _about(at_ready.hana)) if "Berlin" in line and "Time zone" in line]


def test_that_they_passed_in_the_circle_and_slept_on_it_is_in_theirs_and_in_nobody_else_s(at_scheduled, at_signing, village):
    with village.inside(), at(at_scheduled.booking.starts_at):
        conference = at_scheduled.begin()
        conferences.mark_attendance(conference, at_scheduled.hana, by=at_scheduled.lead, came=True)
        conferences.give_turn(conference, at_scheduled.hana, by=at_scheduled.lead, what="passed")
        agreements.sleep_on_it(at_signing.agreement, by=at_signing.me("hana"), participation=at_signing.hana, until=timezone.localdate() + DAY)
        turns = [[line for line in map(str, _met(p)) if "passed" in line] for p in (at_scheduled.hana, at_scheduled.rami)]
        rests = [[line for line in map(str, signed_of(p, str)) if "sleep on it" in line] for p in (at_signing.hana, at_signing.rami)]
    assert [list(map(len, found)) for found in (turns, rests)] == [[1, 0], [1, 0]]


def typed_again(village, page, somebody):
    """The code that the page of whoever is in asks for once more."""
    with village.inside():
        there = last_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=somebody.pk)
        Pass.objects.filter(pk=there.pk).update(digest=digest("code", "22222222"))
    assert page.post(reverse("own_copy"), {"code": "2222-2222"}).status_code == 302


def test_a_copy_to_take_away_holds_all_of_hers_and_none_of_his(planted, village, browser_clients):
    story = planted
    with village.inside():
        asking = actions.ask(story.hana, by=story.me("hana"), wants=Wants.COPY)
    cora = village.sign_in(browser_clients(), "cora")
    cora.get(reverse("person", args=[story.hana.pk]))
    page = cora.get(reverse("asking", args=[asking.pk])).text
    mine = {word(where, "hana") for where in OF_EACH if where not in ("agreements_signature.typed_name", "files_content.data")}
    assert set(PLANTED.findall(page)) == mine - {word(where, "hana") for where in APART}
    with village.inside():
        actions.answer(asking, by=story.coordinator, **GRANTED, spoken=True, seen=queries.made_for(story.hana).mark)
        assert [one for one in Copy.objects.get().words if one["key"] in ("complaints", "unsent", "own_words", "alarms")] == []
        assert list(Disclosure.objects.filter(kind="copy").values_list("person", "receiver")) == [(story.hana.person_id, story.hana.pk)]
    hana = village.enter(browser_clients(), story.hana)
    typed_again(village, hana, story.hana)
    mine |= {"Kestrelunsenthana", "Kestrelkepthana"}
    assert set(PLANTED.findall(hana.get(reverse("own_copy")).text)) == mine
    answer = hana.get(reverse("own_copy_file"))
    assert (answer["Content-Disposition"], answer["Content-Type"]) == ('attachment; filename="copy.zip"', "application/zip")
    bundle = zipfile.ZipFile(io.BytesIO(answer.content))
    assert bundle.namelist() == ["files/1.txt", "files/2.txt", "copy.json", "copy.html"]
    assert [bundle.read(name) for name in bundle.namelist()[:2]] == [word("files_content.data", "hana").encode(), b"Kestrelownhana"]
    assert {(one.comment, one.extra) for one in bundle.infolist()} | {(bundle.comment, b"")} == {(b"", b"")}
    told = json.loads(bundle.read("copy.json"))
    assert [set(PLANTED.findall(bundle.read(name).decode())) for name in ("copy.json", "copy.html")] == [mine, mine]
    assert [one["name"] for one in told["files"]] == bundle.namelist()[:2]
    there = "you ways answers meetings signed told exchanged replies letters notes files news shared looks asked complaints unsent own_words alarms"
    assert [s["key"] for s in told["sections"]] == there.split()
    log = next(s for s in told["sections"] if s["key"] == "shared")
    assert log["lines"][0]["words"] == "a copy of what is kept about you · you"
    assert "<title>Copy</title>" in bundle.read("copy.html").decode()
    for other in (story.rami, story.gail):
        assert village.enter(browser_clients(), other).get(reverse("own_copy_file")).status_code == 404
    with village.inside():
        assert Entry.objects.filter(verb="took_copy").count() == 1


def test_whoever_asked_gets_every_word_of_theirs(village):
    with village.inside():
        referral, _code = asked(village)
        for where in OF_WHOEVER_ASKED[:-5]:
            column = where.split(".")[1]
            said = word(where, "")
            setattr(referral, column, [{"name": said}] if column == "people" else {"email": said} if column == "reach" else said)
        referral.save()
        Addition.objects.create(
            referral=referral, what="court", **{part: word(f"referrals_addition.{part}", "") for part in ("words", "before", "reason")}
        )
        talk = {"holder": uuid.uuid4(), "by": uuid.uuid4(), "times": [timezone.now()], "brief": "Kestrelbrief"}
        paper = Examined("text", "", b"Kestrelpaper", Verdict.CLEAN)
        enclosures.enclose(referral, by=village.actor("cora"), found=paper, words=word("enclosures_enclosure.words", ""))
        Talk.objects.create(referral=referral, place=word("referrals_talk.place", ""), **talk)
        Screening.objects.create(referral=referral, accepted=False, reason="not_suitable", note="Kestrelscreened", by=uuid.uuid4())
        found = set(PLANTED.findall(json.dumps(queries.copy_for(referral, []))))
        named = {word("referrals_referral.people", ""), word("referrals_referral.for_whom", "")}
        assert found == {word(where, "") for where in OF_WHOEVER_ASKED} - named
