"""A promise that is not done can be given more time, also after it was missed: a later day, a reason for the team, and its owner is told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.models import Evidence, Extension
from setfair.agreements.tasks import remind_of_promises
from setfair.agreements.tests.reading import told
from setfair.cases import actions as cases
from setfair.desk.needs import needs
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.preparation import actions as preparation
from setfair.village.time import at

pytestmark = pytest.mark.django_db
WHY = "The shop was shut."
HERE = ZoneInfo("America/New_York")


def later(days):
    return timezone.localdate(timezone=HERE) + timedelta(days=days)


def noon(day):
    return datetime(day.year, day.month, day.day, 12, 0, tzinfo=HERE)


def give(story, item, days=60, words=WHY):
    return actions.give_more_time(item, by=story.lead, due_on=later(days), words=words)


def to_owner(story):
    letters = Letter.objects.filter(reader_id=story.rami.person_id, key__startswith="promise").order_by("made_at")
    return [letter.key.split(":")[0] for letter in letters]


def test_a_missed_promise_is_promised_again_for_a_later_day(holding):
    item = holding.items()[0]
    was = item.due_on
    actions.miss(item, by=holding.lead)
    give(holding, item)
    fresh = holding.items()[0]
    assert (fresh.stage, fresh.due_on) == ("promised", later(60))
    assert [(e.was_due_on, e.due_on, e.by) for e in queries.extensions(item)] == [(was, later(60), holding.lead.id)]
    assert [e.words for e in Evidence.objects.filter(item=item)] == [WHY]
    assert Entry.objects.filter(verb="gave_more_time", subject_id=str(item.pk)).count() == 1
    assert to_owner(holding) == ["promise_more_time"]
    assert "A promise was not kept" not in [n.sentence for n in needs(holding.village.actor("cora"), holding.programme).rows]


def test_so_is_one_whose_day_is_still_to_come_and_the_same_twice_is_once(holding):
    item = holding.items()[0]
    for _time in (1, 2):
        give(holding, item)
    assert (Extension.objects.count(), Evidence.objects.count(), to_owner(holding)) == (1, 1, ["promise_more_time"])
    give(holding, item, days=70)
    assert [e.due_on for e in queries.extensions(item)] == [later(60), later(70)]


def test_what_everyone_signed_keeps_its_first_day(holding):
    item = holding.items()[0]
    was = item.due_on
    give(holding, item)
    assert queries.lines(holding.agreement)[0].due_on == was


@pytest.mark.parametrize(("days", "words", "sentence"), [(-1, WHY, "later day"), (0, WHY, "later day"), (60, "  ", "why it needs more time")])
def test_a_later_day_and_a_reason_are_needed(holding, days, words, sentence):
    item = holding.items()[0]
    with pytest.raises(actions.CannotFollow, match=sentence):
        give(holding, item, days=days, words=words)
    assert (Extension.objects.count(), holding.items()[0].due_on, to_owner(holding)) == (0, item.due_on, [])


@pytest.mark.parametrize("step", ["keep", "partly", "waive"])
def test_what_is_done_or_let_go_needs_no_more_time(holding, step):
    item = holding.items()[0]
    getattr(actions, step)(item, by=holding.lead)
    with pytest.raises(actions.CannotFollow, match="not done yet"):
        give(holding, item)


def test_under_words_that_are_not_in_force_no_time_is_given(signing):
    with pytest.raises(actions.CannotFollow):
        give(signing, signing.items()[0])


def test_each_day_has_its_own_reminders_and_those_of_the_old_day_do_not_go(holding):
    item, other = holding.items()
    actions.waive(other, by=holding.lead)
    give(holding, item, days=60)
    with at(noon(later(59))):
        remind_of_promises()
        remind_of_promises()
    assert to_owner(holding) == ["promise_more_time", "promise_soon"]
    give(holding, item, days=90)
    assert [letter.stage for letter in Letter.objects.filter(key__startswith="promise_soon:")] == ["withdrawn"]
    for day in (88, 89, 91, 95):
        with at(noon(later(day))):
            remind_of_promises()
    assert [kind for kind in to_owner(holding) if kind != "promise_more_time"] == ["promise_soon", "promise_soon", "promise_past"]


@pytest.mark.parametrize("gone", ["left", "stopped", "guardian"])
def test_the_worker_does_not_look_for_whoever_left_or_stopped(holding, gone):
    with at(noon(later(19))):
        assert len(queries.wanting_a_word(10)) == 2
    if gone == "left":
        cases.let_go(holding.rami, by=holding.coordinator)
    else:
        preparation.withdraw(holding.rami, by=holding.me("rami" if gone == "stopped" else "gail"))
    with at(noon(later(19))):
        assert queries.wanting_a_word(10) == []
    if gone == "stopped":
        preparation.consent(holding.rami, by=holding.lead, answer="yes", method="paper")
        with at(noon(later(19))):
            assert len(queries.wanting_a_word(10)) == 2


def test_that_it_was_given_is_never_changed(holding):
    give(holding, holding.items()[0])
    for change in ("UPDATE agreements_extension SET due_on = was_due_on", "DELETE FROM agreements_extension"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_it_is_given_on_the_page_of_the_promise(holding, village, client):
    item = holding.items()[0]
    village.sign_in(client, "fadi")
    there = reverse("item_more_time", args=[item.pk])
    refused = client.post(there, {"due_on": later(0).isoformat(), "words": "Words that stay."})
    assert (refused.status_code, "Words that stay." in told(refused)) == (422, True)
    assert client.post(there, {"due_on": "", "words": WHY}).status_code == 422
    assert client.post(there, {"due_on": later(60).isoformat(), "words": WHY}).status_code == 302
    page = told(client.get(reverse("item", args=[item.pk])))
    assert ("Given more time: from" in page, WHY in page) == (True, True)
    mine = village.enter(client, holding.rami).get(reverse("proof", args=[item.pk])).content.decode()
    assert (WHY in mine, holding.items()[0].due_on) == (False, later(60))
