"""Many histories of money, of which not a coin may be lost or made. `bench figure money` plays very many; here are a few.

The first are worked out by `cents` alone; the others are played by the real actions on a real database, forms sent twice among them; and in the
last the same form comes twice at the same instant.
"""

import os
import random
import threading
import uuid
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.agreements.terms import terms_of
from setfair.agreements.tests.renewing import renewed, say_anew
from setfair.cases.journey import Stage
from setfair.restitution import actions, queries
from setfair.restitution.models import Payment
from setfair.restitution.tests.conftest import standing
from setfair.restitution.tests.histories import Told, faults
from setfair.village.story import case_at

HISTORIES = int(os.environ.get("SETFAIR_MONEY_HISTORIES") or 300)
SEED = int(os.environ.get("SETFAIR_MONEY_SEED") or 1)
PLAYED = int(os.environ.get("SETFAIR_MONEY_PLAYED") or 2)
RACES = int(os.environ.get("SETFAIR_MONEY_RACES") or 1)


def told_of(record_property, histories, found):
    """What the figure reads: how many, how many coins, and the first places."""
    record_property("histories", histories)
    record_property("coins", sum(many for many, _place in found))
    record_property("places", "; ".join(place for _many, place in found[:12]))
    assert found == []


def test_of_many_histories_not_a_coin_is_lost_or_made(record_property):
    found = []
    for number in range(SEED * 10_000_000, SEED * 10_000_000 + HISTORIES):
        found += [(many, f"history {number}: {many} lost or made, {place}") for many, place in faults(number) if many]
    told_of(record_property, HISTORIES, found)


def dollars(many):
    return Decimal(many) / 100


class Played:
    """One promise of money, what was done to it, and what the test kept of that."""

    def __init__(self, story, item, chance):
        self.story, self.item, self.chance, self.told = story, item, chance, {}

    def much(self):
        return self.chance.choice([3_333, 1, 10_000, self.chance.randint(1, 9_999)])

    def new(self, act, side, who, **more):
        """A form that is sent once, or twice, or three times."""
        many, key, before = self.much(), uuid.uuid4(), {pk for pk, one in self.told.items() if one.waits() or not one.paid}
        rows = [
            act(self.item, by=who, amount=dollars(many), paid_on=timezone.localdate(), form_key=key, **more)
            for _sent in range(self.chance.choice([1, 1, 2, 3]))
        ]
        there = rows[0].pk
        assert there not in self.told or there in before
        self.told.setdefault(there, Told()).say(side, many)

    def rami_paid(self):
        self.new(actions.say_paid, "payer", self.story.me("rami"))

    def hana_tells(self):
        self.new(actions.say_came, "receiver", self.story.me("hana"))

    def team_notes(self):
        self.new(actions.note_payment, "team", self.story.lead, payer=self.story.rami.pk)

    def hana_answers(self):
        for one in [paid for owed in queries.owed_to(self.story.hana) for paid in owed.asked][:1]:
            many = self.chance.choice([self.told[one.row.pk].paid, 0, self.much()])
            actions.answer(one.row, by=self.story.me("hana"), amount=dollars(many))
            self.told[one.row.pk].say("receiver", many)

    def team_looks(self):
        for row in Payment.objects.filter(case=self.item.case_id).order_by("-at", "-id")[:1]:
            many = self.much()
            actions.settle(row, by=self.story.lead, amount=dollars(many), words="We looked.")
            self.told[row.pk].say("team", many)

    def rami_takes_back(self):
        for own in [own for own in queries.told_by(self.item, self.story.rami, queries.book(self.item.case_id)) if own.may_take_back][:1]:
            actions.take_back(own.row, by=self.story.me("rami"))
            self.told[own.row.pk].say("payer", 0)

    def renewed(self):
        """A newer version: in it the letter is said in other words, or the promise of money itself."""
        agreement, changed = renewed(self.story), self.chance.choice([True, False])
        item = next(item for item in agreement.items.all() if (item.amount is not None) == changed)
        day, terms = timezone.localdate() + timedelta(days=40), replace(terms_of(item), parts=1)
        say_anew(self.story, item, what=f"{item.what} As we said on the phone.", due_on=day, terms=terms)
        agreements.present(agreement, by=self.story.lead)
        self.story.sign_all()
        self.item = next(item for item in self.story.items() if item.amount is not None)

    def fault(self):
        promised, came, waits = standing(self.item)
        mine = sum(one.came() for one in self.told.values()), sum(one.waits() for one in self.told.values())
        return abs(came - mine[0]) + abs(waits - mine[1]) + abs(promised - 4_000)


@pytest.mark.django_db
def test_histories_that_are_played_are_counted_to_the_coin(record_property, village):
    found = []
    with village.inside():
        for number in range(PLAYED):
            if number % 12 == 0:
                story = case_at(village, Stage.FOLLOWING_UP)
            play = Played(story, next(item for item in story.items() if item.amount is not None), random.Random(f"{SEED}-{number}"))
            play.told = getattr(story, "money_told", {})
            acts = [play.rami_paid, play.hana_tells, play.team_notes, play.hana_answers, play.team_looks, play.rami_takes_back]
            for step in range(8):
                play.chance.choice(acts)()
                if step == 4 and number % 4 == 1:
                    play.renewed()
            story.money_told = play.told
            if many := play.fault():
                found.append((many, f"played {number}: {many} lost or made"))
                break
    told_of(record_property, PLAYED, found)


@pytest.mark.django_db(transaction=True)
def test_the_same_form_at_the_same_instant_counts_once(record_property, village):
    found = []
    with village.inside():
        story = case_at(village, Stage.FOLLOWING_UP)
        money = story.items()[1]
        clients = [village.enter(Client(raise_request_exception=False), story.rami), Client(raise_request_exception=False)]
        clients[1].cookies = clients[0].cookies
    for turn in range(RACES):
        key, gate, answers = uuid.uuid4(), threading.Barrier(2), []
        said = {"form_key": key, "amount": "0.37", "paid_on": timezone.localdate().isoformat()}
        threads = [threading.Thread(target=send, args=(client, money, said, gate, answers)) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        with village.inside():
            made = standing(money)[2] - 37
            actions.settle(Payment.objects.filter(case=money.case_id).latest("at"), by=story.lead, amount=Decimal(0))
        if made or answers != [302, 302]:
            found.append((abs(made), f"race {turn}: {made} lost or made, answers {answers}"))
    told_of(record_property, RACES, found)


def send(client, money, said, gate, answers):
    try:
        gate.wait(timeout=60)
        answers.append(client.post(reverse("paid", args=[money.pk]), said).status_code)
    finally:
        connections.close_all()
