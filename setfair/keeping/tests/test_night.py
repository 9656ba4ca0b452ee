"""The nightly task: ways go once their reader has heard, one fault ends no night, and what nobody looked at puts forgetting off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from setfair.accounts.models import User
from setfair.cases.models import Emergency
from setfair.files.models import Harm
from setfair.keeping import actions, queries, tasks
from setfair.keeping.asked import How, Wants, Why
from setfair.keeping.models import Notice
from setfair.keeping.tasks import keep_the_promise
from setfair.letters.models import CameBack, Letter
from setfair.letters.tasks import send_due_letters
from setfair.people.card import Card
from setfair.people.models import Contact, WayWish, WayWishEnd
from setfair.people.own_ways import open_wishes, prove_way, wish_way
from setfair.preparation.models import CallWish
from setfair.village.cast import CIRCLE, OTHER
from setfair.village.forgetting import near_its_day
from setfair.village.time import at

pytestmark = pytest.mark.django_db


def ways(somebody):
    return Contact.objects.filter(person=somebody.person).count()


def test_the_answer_leaves_before_the_way_to_its_reader_is_taken_away(at_following_up, village):
    story = at_following_up
    with village.inside():
        asking = actions.ask(story.hana, by=story.me("hana"), wants=Wants.FORGET)
        actions.answer(asking, by=story.coordinator, how=How.PARTLY, why=Why.SIGNED, spoken=True)
    keep_the_promise()
    with village.inside():
        assert ways(story.hana) == 1
    send_due_letters()
    with village.inside():
        assert Letter.objects.get(key__startswith="answered:").stage == "sent"
    keep_the_promise()
    with village.inside():
        assert (ways(story.hana), ways(story.rami) > 0) == (0, True)
        Contact.objects.create(person=story.hana.person, way="email", value="new@home.example")
    keep_the_promise()
    with village.inside():
        assert ways(story.hana) == 1


def test_an_answer_that_cannot_leave_keeps_the_way_for_a_month(at_following_up, village):
    story = at_following_up
    with village.inside(), at(timezone.now() - timedelta(days=31)):
        Contact.objects.filter(person=story.hana.person).update(added_at=timezone.now())
        asking = actions.ask(story.hana, by=story.me("hana"), wants=Wants.FORGET)
        actions.answer(asking, by=story.coordinator, how=How.PARTLY, why=Why.SIGNED, spoken=True)
        assert queries.ways_to_take() == []
    keep_the_promise()
    with village.inside():
        assert ways(story.hana) == 0


def test_one_fault_ends_the_night_of_nobody_else(village, monkeypatch, caplog):
    with village.inside(village.county):
        theirs = near_its_day_untold(village, village.county)
    with village.inside():
        first, second = (near_its_day_untold(village, village.school, circle=circle) for circle in (CIRCLE, OTHER))
    plain = actions.give_notice

    def one_fails(thing, *, by):
        if thing.pk == first.case.pk:
            raise ValueError("Rami Delacourt")
        return plain(thing, by=by)

    monkeypatch.setattr(tasks, "NIGHTLY", ((queries.to_tell, one_fails), *tasks.NIGHTLY[1:]))
    keep_the_promise()
    with village.inside():
        assert set(Notice.objects.values_list("case", flat=True)) == {second.case.pk}
    with village.inside(village.county):
        assert set(Notice.objects.values_list("case", flat=True)) == {theirs.case.pk}
    assert ("ValueError" in caplog.text, "Delacourt" in caplog.text) == (True, False)


def near_its_day_untold(village, programme, circle=CIRCLE):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "give_notice", lambda thing, by: None)
        return near_its_day(village, programme, circle=circle, matter=1)


def test_nothing_is_rotated_in_the_minute_in_which_things_are_forgotten():
    crons = {one.task.name: one.cron for one in app.periodic_registry.periodic_tasks.values()}
    assert crons["setfair.keeping.tasks.keep_the_promise"] != crons["setfair.vault.tasks.rotate"]


def test_what_nobody_looked_at_puts_it_off_for_a_quarter(village):
    with village.inside():
        story = near_its_day(village, village.school, circle=CIRCLE, matter=1)
        assert queries.postponed_by(story.case) == []
        hana, now = story.hana, timezone.now()
        Harm.objects.create(case=story.case, by_kind="participant", by=hana.pk)
        CallWish.objects.create(participation=hana, by_kind="participant", by=hana.pk)
        sven = User.objects.get(pk=village.actor("sven").id)
        Emergency.objects.create(case=story.case, user=sven, reason="Somebody has to call Hana at once.", at=now, until=now + timedelta(hours=1))
        CameBack.objects.create(owner_id=hana.person_id, reader_id=hana.person_id, channel="email", kind="answer", words="Hi", sender="", mark=b"1")
        assert [word for word in ("emergency", "harm", "call them", "answered") if word not in " ".join(queries.postponed_by(story.case))] == []
        with at(now + timedelta(days=91)):
            assert queries.postponed_by(story.case) == []


def test_what_they_wished_of_the_ways_to_them_goes_with_these_ways_and_is_not_opened_again(at_following_up, village):
    story = at_following_up
    with village.inside():
        me, said = story.me("hana"), {"way": "email", "card": Card(), "old_is_safe": True, "case": story.case.pk}
        wish_way(story.rami.person, by=story.me("rami"), value="rami@new.example", **said)
        wish_way(story.hana.person, by=me, value="hana@one.example", **said)
        code = wish_way(story.hana.person, by=me, value="hana@two.example", **said).code
        asking = actions.note_asking(story.hana, by=story.lead, wants=Wants.FORGET)
        answer = actions.answer(asking, by=story.coordinator, how=How.PARTLY, why=Why.SIGNED)
        assert (open_wishes(story.hana.person).count(), prove_way(story.hana.person, by=me, code=code, case=story.case.pk)) == (0, None)
        other = actions.note_asking(story.gail, by=story.lead, wants=Wants.COPY)
        wrong = actions.answer(other, by=story.coordinator, how=How.GRANTED, why=Why.ALL, seen=queries.made_for(story.gail).mark)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT keeping_forget_wishes(%s)", [wrong.pk])
        assert queries.ways_to_take() == []
    send_due_letters()
    with village.inside():
        assert queries.ways_to_take() == [answer]
    keep_the_promise()
    with village.inside():
        assert [str(wish.value) for wish in WayWish.objects.all()] == ["rami@new.example"]
        assert WayWishEnd.objects.count() == 0
        assert queries.ways_to_take() == []
