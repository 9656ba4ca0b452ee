"""A kind word before a promise is due and a question after: found by the worker, each once, by day, and never while the case rests."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.models import Item
from setfair.agreements.tasks import remind_of_promises
from setfair.agreements.terms import Terms
from setfair.cases import actions as cases
from setfair.letters.models import Letter
from setfair.programmes.models import Wording
from setfair.village.time import at

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/New_York")


def noon(day):
    return datetime(day.year, day.month, day.day, 12, 0, tzinfo=ZONE)


def reminders():
    return [letter.key.split(":")[0] for letter in Letter.objects.filter(key__startswith="promise_").order_by("made_at")]


def run(moment):
    with at(moment):
        remind_of_promises()


@pytest.fixture
def item(holding):
    """The first promise, brought to a date that lies ahead; the second far away."""
    first, second = holding.items()
    today = timezone.localdate()
    Item.objects.filter(pk=first.pk).update(due_on=today + timedelta(days=20))
    Item.objects.filter(pk=second.pk).update(due_on=today + timedelta(days=200))
    return Item.objects.get(pk=first.pk)


def test_nothing_goes_until_three_days_before(item):
    run(noon(item.due_on - timedelta(days=4)))
    assert reminders() == []


@pytest.mark.mission("S2.8")
def test_one_kind_word_before_and_one_question_after_however_often_the_worker_looks(item):
    for days in (-3, -2, 0, 0, 1, 5, 90):
        run(noon(item.due_on + timedelta(days=days)))
    assert reminders() == ["promise_soon", "promise_past"]
    letters = Letter.objects.filter(key__startswith="promise_")
    assert {letter.reader_id for letter in letters} == {item.owner.person_id}
    for letter in letters:
        assert letter.subject == "You have a message"
        assert item.what not in letter.body


@pytest.mark.parametrize("hour", [0, 7, 20, 23])
def test_not_at_night_on_the_programmes_clock(item, hour):
    run(noon(item.due_on).replace(hour=hour))
    assert reminders() == []


def test_by_day_the_first_hour_is_eight(item):
    run(noon(item.due_on).replace(hour=8))
    assert reminders() == ["promise_soon"]


@pytest.mark.parametrize("step", ["keep", "miss", "partly", "waive"])
def test_what_is_done_or_talked_about_gets_no_word(holding, item, step):
    getattr(actions, step)(item, by=holding.lead)
    run(noon(item.due_on))
    assert reminders() == []


def test_while_the_case_rests_nobody_is_reminded_and_afterwards_they_are(holding, item):
    cases.hold(holding.case, by=holding.coordinator, reason="away")
    run(noon(item.due_on))
    assert reminders() == []
    assert queries.wanting_a_word(10) == []
    cases.lift(holding.case, by=holding.coordinator)
    run(noon(item.due_on))
    assert reminders() == ["promise_soon"]


def test_who_has_left_is_not_written_to(holding, item):
    cases.let_go(holding.rami, by=holding.coordinator)
    run(noon(item.due_on))
    assert reminders() == []


def test_found_and_done_in_between_gets_no_word(holding, item):
    with at(noon(item.due_on)):
        actions.keep(item, by=holding.lead)
        actions.remind_soon(item, by=holding.lead)
    with at(noon(item.due_on + timedelta(days=1))):
        actions.remind_past(item, by=holding.lead)
    assert reminders() == []


def test_an_agreement_that_ended_is_quiet_and_so_is_what_had_not_gone_yet(holding, item):
    run(noon(item.due_on))
    actions.end(holding.agreement, by=holding.lead)
    assert Letter.objects.get(key__startswith="promise_").stage == "withdrawn"
    run(noon(item.due_on + timedelta(days=3)))
    assert reminders() == ["promise_soon"]


def test_a_telling_name_of_the_programme_stays_out_of_a_text_message(holding, item):
    Wording.objects.create(key="promise_soon.body", language="en", words="Your conference agreement: {page}")
    run(noon(item.due_on))
    letter = Letter.objects.get(key__startswith="promise_")
    assert letter.channel == "sms"
    assert letter.body.startswith("You have a message. Open your page with your code:")


@pytest.fixture
def shared(met):
    """A payment in three parts, a week apart, that Rami and Gail make together."""
    agreement = actions.draft(met.case, by=met.lead)
    terms = Terms(kind="payment", beside=(met.gail,), amount=Decimal("100"), currency="USD", parts=3, weeks=1)
    words = {"owner": met.rami, "owed_to": met.hana, "what": "Pay for the phone.", "due_on": timezone.localdate() + timedelta(days=40)}
    actions.promise(agreement, by=met.lead, terms=terms, **words)
    actions.present(agreement, by=met.lead)
    met.sign_all()
    return Item.objects.get()


def reminded():
    """Whom a letter went to, by what it was about."""
    found = Letter.objects.filter(key__startswith="promise_").order_by("key")
    return sorted((letter.key.split(":")[0], letter.key.split(":")[1][36:], letter.reader_id) for letter in found)


def test_each_part_is_reminded_of_before_its_day_and_asked_after(met, shared):
    people = sorted([met.rami.person_id, met.gail.person_id])
    for days in (-18, -17, -15, -14, -13, -8, -7, -5, -3, 0, 1, 9):
        run(noon(shared.due_on + timedelta(days=days)))
    assert reminded() == [(key, part, who) for key in ("promise_past", "promise_soon") for part in ("", "-1", "-2") for who in people]
    assert queries.wanting_a_word(10) == []


def test_what_two_promised_is_remembered_when_the_first_named_has_left(met, shared):
    cases.let_go(met.rami, by=met.coordinator)
    run(noon(shared.due_on))
    assert reminded() == [("promise_soon", "", met.gail.person_id)]
    assert queries.wanting_a_word(10) == []


def test_more_time_moves_the_parts_too(met, shared):
    first = shared.due_on - timedelta(days=14)
    run(noon(first))
    actions.give_more_time(shared, by=met.lead, due_on=shared.due_on + timedelta(days=30), words="They asked for it.")
    run(noon(first + timedelta(days=30)))
    assert {about for key, about, _who in reminded() if key == "promise_soon"} == {"-1", ".1-1"}
