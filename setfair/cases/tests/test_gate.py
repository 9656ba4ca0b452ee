"""What stands between a letter and its reader: asked when it is written, and again in the moment before it goes."""

from datetime import time, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setfair.core import clock
from setfair.core.actor import system
from setfair.journal.models import Entry
from setfair.letters import outbox
from setfair.letters.actions import Address, Words, tell_in_person, write
from setfair.letters.gate import Barrier
from setfair.letters.journey import Stage
from setfair.letters.models import Letter
from setfair.letters.tasks import send_due_letters
from setfair.people import actions as people
from setfair.people.card import Card
from setfair.people.queries import way_of

QUIET = Words("A message for you", "Hello, there is something new on your page.")


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        send_due_letters()
        mail.outbox.clear()
        yield at_preparing


def written(story, key="hana", words=QUIET, by=None, **to):
    person = story.people[key].person
    channel, value = next(iter(to.items())) if to else next((c.way, c.value) for c in person.contacts.filter(ended_at__isnull=True))
    by = by or system(story.programme.pk)
    number = Letter.objects.count()
    return write(words, to=Address(channel, value), reader=person.pk, case=story.case.pk, key=f"test:{key}:{number}", by=by)


def stands(letter):
    now = Letter.objects.get(pk=letter.pk)
    return (now.stage, now.trouble)


def left(letter):
    send_due_letters()
    return stands(letter)


def test_it_goes_where_they_said_it_is_safe(story):
    letter = written(story)
    assert left(letter) == (Stage.SENT, "")
    assert [m.to for m in mail.outbox] == [["hana@home.example"]]


@pytest.mark.parametrize("to", [{"email": "other@home.example"}, {"sms": "555-0199"}, {"email": ""}, {"sms": "  "}])
def test_it_goes_nowhere_else_and_somebody_is_told_to_reach_them(story, village, to):
    letter = written(story, **to)
    before = len(outbox.latest())
    barrier = Barrier.NOBODY if not next(iter(to.values())).strip() else Barrier.NOT_ALLOWED
    assert left(letter) == (Stage.FAILED, barrier)
    assert (mail.outbox, len(outbox.latest())) == ([], before)
    handing = tell_in_person(letter, by=village.actor("cora"))
    assert (stands(letter)[0], handing.by) == (Stage.HANDED, village.cora.pk)


def test_a_way_closed_after_it_was_written_is_closed_to_it(story):
    letter = written(story)
    way_of(story.hana.person, "email").delete()  # behind the back of the act that would have withdrawn it
    assert left(letter) == (Stage.FAILED, Barrier.NOT_ALLOWED)
    assert mail.outbox == []


def test_at_night_it_waits_and_the_hours_they_named_count_from_the_next_letter_on(story):
    story.programme.letters_from, story.programme.letters_until = time(8), time(20)
    story.programme.save()
    night = clock.at(timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday()), 23, 0, story.programme.zone)
    with time_machine.travel(night, tick=False):
        assert written(story).due_at == night + timedelta(hours=9)
        card = Card(days=(2,), starts=time(15), ends=time(17))
        people.describe_way(story.hana.person, by=story.lead, way="email", value="hana@home.example", card=card)
        assert written(story).due_at == night + timedelta(days=1, hours=16)


def test_hours_named_after_it_was_written_hold_it_too(story):
    letter = written(story)
    tomorrow = (timezone.localtime().weekday() + 1) % 7
    people.describe_way(story.hana.person, by=story.lead, way="email", value="hana@home.example", card=Card(days=(tomorrow,)))
    assert left(letter) == (Stage.DUE, "")
    assert Letter.objects.get(pk=letter.pk).due_at > clock.now()
    assert mail.outbox == []


def test_an_inbox_of_both_sides_is_used_for_neither(story):
    first = written(story)
    people.reach(story.gail.person, by=story.lead, way="call", value="555-0160")
    people.reach(story.gail.person, by=story.lead, way="email", value="HANA+news@home.example")
    assert left(first) == (Stage.FAILED, Barrier.OTHER_SIDE)
    assert left(written(story)) == (Stage.FAILED, Barrier.OTHER_SIDE)
    assert left(written(story, "gail", email="HANA+news@home.example")) == (Stage.FAILED, Barrier.OTHER_SIDE)
    people.reach(story.hana.person, by=story.lead, way="sms", value="+1 (0) 5550160")
    assert left(written(story, sms="+1 (0) 5550160")) == (Stage.FAILED, Barrier.OTHER_SIDE)
    assert mail.outbox == []


def test_one_s_own_side_may_share_an_inbox(story):
    people.reach(story.sol.person, by=story.lead, way="email", value="hana@home.example")
    assert left(written(story)) == (Stage.SENT, "")


def test_somebody_named_as_reading_there_counts_as_reading_there(story):
    card = Card(read_by=(story.rami.person_id,))
    people.describe_way(story.hana.person, by=story.lead, way="email", value="hana@home.example", card=card)
    assert left(written(story)) == (Stage.FAILED, Barrier.OTHER_SIDE)


def test_a_guardian_who_may_not_decide_reads_nothing(story):
    people.reach(story.rami.person, by=story.lead, way="email", value="gail@home.example")
    assert left(written(story, "rami", email="gail@home.example")) == (Stage.SENT, "")
    type(story.gail).objects.filter(pk=story.gail.pk).update(has_authority=False, left_at=timezone.now())
    assert left(written(story, "rami", email="gail@home.example")) == (Stage.FAILED, Barrier.NO_AUTHORITY)


def test_across_a_no_contact_pair_nothing_goes(story):
    first = written(story, "sol", email="sol@home.example")
    people.reach(story.hana.person, by=story.lead, way="email", value="sol@home.example")
    people.keep_apart(story.sol.person, by=story.lead, other=story.hana.person, by_order=True)
    assert left(first) == (Stage.FAILED, Barrier.APART)
    assert stands(written(story, "sol", email="sol@home.example")) == (Stage.FAILED, Barrier.APART)


def test_what_one_does_writes_nothing_to_the_other_of_such_a_pair(story):
    people.keep_apart(story.hana.person, by=story.lead, other=story.gail.person, by_order=True)
    assert stands(written(story, by=story.me("gail"))) == (Stage.FAILED, Barrier.APART)
    assert stands(written(story, by=story.me("sol"))) == (Stage.DUE, "")
    assert stands(written(story, by=story.lead)) == (Stage.DUE, "")


def test_the_database_refuses_it_too(story):
    letter = written(story, "sol", email="sol@home.example")
    people.reach(story.hana.person, by=story.lead, way="email", value="sol@home.example")
    people.keep_apart(story.hana.person, by=story.lead, other=story.sol.person, by_order=True)
    with pytest.raises(IntegrityError, match="no contact"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(cleared_at=clock.now())


def test_a_letter_that_names_somebody_of_the_case_waits_for_a_look(story):
    letter = written(story, words=Words("A message for you", "Hello,\n\nRami has written to us."))
    assert (letter.stage, letter.held_for) == (Stage.HELD, "names")
    assert left(letter) == (Stage.HELD, "")
    assert written(story, words=Words("A message for you", "Hello Hana, rami is a game.")).stage == Stage.DUE


def test_the_journal_says_why_by_a_code(story):
    letter = written(story, sms="555-0199")
    (line,) = Entry.objects.filter(subject_id=str(letter.pk), verb="moved")
    assert line.detail == {"was": "due", "to": "failed", "reason": "not_allowed"}


def test_one_whose_words_are_gone_holds_up_no_other(story):
    gone, fine = written(story), written(story, "sol")
    Letter.objects.filter(pk=gone.pk).update(address=b"\x01" + bytes(40))
    send_due_letters()
    assert (stands(gone), stands(fine)) == ((Stage.DUE, "WordsAreGone"), (Stage.SENT, ""))
    assert [m.to for m in mail.outbox] == [["sol@home.example"]]


ADDRESSES = {"email": ["hana@home.example", "elsewhere@home.example", ""], "sms": ["555-0140", "555-0141", " "]}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    ways=st.fixed_dictionaries({}, optional={way: st.sampled_from(values) for way, values in ADDRESSES.items()}),
    to=st.sampled_from([(way, value) for way, values in ADDRESSES.items() for value in values]),
)
def test_no_address_means_nobody_and_only_a_named_one_is_somebody(story, ways, to):
    with transaction.atomic():
        for way in ADDRESSES:
            people.reach(story.hana.person, by=story.lead, way=way, value=ways.get(way, ""))
        letter = written(story, **dict([to]))
        named = bool(to[1].strip()) and ways.get(to[0], "").strip() == to[1].strip()
        assert (letter.stage == Stage.DUE) is named
        mail.outbox.clear()
        send_due_letters()
        assert [m.to for m in mail.outbox] == ([[to[1]]] if named and to[0] == "email" else [])
        transaction.set_rollback(True)
