"""Many coordinators book, move and give back at once, while people answer; then it is counted, past every rule of the house, what came of it.

`bench figure booking-race` runs it for longer and with more of them.
"""

import os
import random
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.programmes.models import Room
from setfair.scheduling import actions
from setfair.scheduling.models import Booking, Offer, TimeAnswer
from setfair.scheduling.open_days import open_between
from setfair.village.cast import circle_of
from setfair.village.story import case_at
from setfair.village.time import today

from .conftest import led_by_one_alone

pytestmark = pytest.mark.django_db(transaction=True)
COORDINATORS = int(os.environ.get("SETFAIR_RACE_COORDINATORS") or 6)
SECONDS = float(os.environ.get("SETFAIR_RACE_SECONDS") or 3)
SEED = int(os.environ.get("SETFAIR_RACE_SEED") or 5)
CASES, ROOMS, PAGES = 8, 2, 16
HOUR, HALF = timedelta(hours=1), timedelta(minutes=30)
ROOM_TWICE = """SELECT count(*) FROM scheduling_booking a JOIN scheduling_booking b ON b.room_id = a.room_id AND b.id > a.id AND b.during && a.during
WHERE a.released_at IS NULL AND b.released_at IS NULL"""
PERSON_TWICE = """SELECT count(*) FROM scheduling_seat a JOIN scheduling_seat b ON b.occupant = a.occupant AND b.id > a.id AND b.during && a.during
WHERE a.released_at IS NULL AND b.released_at IS NULL"""
SEATLESS = """SELECT count(*) FROM scheduling_booking b WHERE b.released_at IS NULL AND (SELECT count(*) FROM scheduling_seat s
WHERE s.booking_id = b.id AND s.released_at IS NULL) <> (SELECT count(*) FROM cases_participation p WHERE p.case_id = b.case_id AND p.left_at IS NULL)
+ (SELECT count(*) FROM cases_assignment t WHERE t.case_id = b.case_id AND t.ended_at IS NULL)"""

OFFERED_TWICE = """SELECT count(*) FROM scheduling_offeredtime a JOIN scheduling_offeredtime b ON b.case_id > a.case_id AND b.during && a.during
JOIN scheduling_offer x ON x.id = a.offer_id JOIN scheduling_offer y ON y.id = b.offer_id
WHERE x.ended_at IS NULL AND y.ended_at IS NULL AND x.held_until > now() AND y.held_until > now() AND (a.room_id = b.room_id OR EXISTS (
SELECT 1 FROM cases_assignment s JOIN cases_assignment t ON t.facilitator_id = s.facilitator_id
WHERE s.case_id = a.case_id AND t.case_id = b.case_id AND s.ended_at IS NULL AND t.ended_at IS NULL))"""


class Coordinator(threading.Thread):
    """One of them: books, moves, gives back, and writes down what one person of theirs said, as fast as the house answers."""

    def __init__(self, number, village, world):
        super().__init__()
        self.chance, self.client = random.Random(f"{SEED} {number}"), village.sign_in(Client(raise_request_exception=False), "cora")
        self.world, self.number, self.times, self.statuses = world, number, [], Counter()
        self.came_to_the_end = False
        self.person, self.said = world["people"][number % len(world["people"])], []

    def run(self):
        try:
            self.world["gate"].wait()
            while time.monotonic() < self.world["until"]:
                self.act()
            self.world["last"].wait(timeout=120)
            self.grab()
            self.world["offers"].wait(timeout=120)
            self.offer()
            self.came_to_the_end = True
        finally:
            connections.close_all()

    def act(self):
        verb = self.chance.choice((self.book, self.book, self.give_back, self.move, self.answer))
        begun = time.monotonic()
        status = verb()
        if status:
            self.times.append(time.monotonic() - begun)
            self.statuses[status] += 1

    def book(self):
        ref = self.chance.choice(self.world["refs"])
        return self.client.post(reverse("book", args=[ref]), {"moment": self.hour(), "minutes": 60, "room": self.room()}).status_code

    def give_back(self):
        live = self.live()
        return live and self.client.post(reverse("booking_release", args=[live]), {"wish": "other"}).status_code

    def move(self):
        live, form = self.live(), {"choice": "", "moment": self.hour(), "minutes": 60, "room": self.room(), "wish": "venue"}
        return live and self.client.post(reverse("booking_move", args=[live]), form).status_code

    def grab(self):
        """The last hour, when all is free again: cases that share a team want the same hour in different rooms, others the same room."""
        turn, shares = divmod(self.number, 2)
        refs, start = self.world["halves"][shares], self.world["starts"][-shares]
        room = self.world["rooms"][0 if shares else turn % ROOMS]
        given = {"moment": start.isoformat(), "minutes": 60, "room": room}
        self.statuses[self.client.post(reverse("book", args=[refs[turn % len(refs)]]), given).status_code] += 1

    def offer(self):
        """When all is free once more: cases that share a team offer the same hour, each in another room, and want it kept free."""
        refs, start = self.world["halves"][0], self.world["starts"][-1]
        time = f"{start.isoformat()}~60~{self.world['rooms'][self.number % ROOMS]}"
        given = {"until": start.date().isoformat(), "hours": 48, "time": time}
        self.statuses[self.client.post(reverse("offer", args=[refs[self.number % len(refs)]]), given).status_code] += 1

    def answer(self):
        if self.number >= len(self.world["people"]):
            return 0
        start, word = self.chance.choice(self.world["stretches"]), self.chance.choice(("yes", "if_needed"))
        status = self.client.post(reverse("times_for", args=[self.person]), {f"at{int(start.timestamp())}": word}).status_code
        if status == 302:
            self.said.append((start, word))
        return status

    def hour(self):
        return self.chance.choice(self.world["starts"]).isoformat()

    def room(self):
        return self.chance.choice(self.world["rooms"])

    def live(self):
        """Some booking that is live now, or was a moment ago."""
        with self.world["village"].inside():
            found = list(Booking.objects.filter(released_at__isnull=True).values_list("pk", flat=True))
        return self.chance.choice(found) if found else 0


def twice():
    return {"rooms booked twice": counted(ROOM_TWICE),
            "people booked twice": counted(PERSON_TWICE), "bookings with other seats": counted(SEATLESS),
            "helpers or rooms kept free for two": counted(OFFERED_TWICE)}  # fmt: skip


def counted(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def fixed_loop():
    """The same work each time: how much longer it takes at its slowest says how noisy the machine was."""
    began = time.perf_counter()
    sum(n * n % 7 for n in range(300_000))
    return time.perf_counter() - began


def one_page(world, village):
    """How long one of them waits for the page of times while nobody else is there: what the race is measured in."""
    alone, took = village.sign_in(Client(), "cora"), []
    for n in range(PAGES):
        began = time.perf_counter()
        assert alone.get(reverse("schedule", args=[world["refs"][n % CASES]])).status_code == 200
        took.append(time.perf_counter() - began)
    return sorted(took)[PAGES // 2]


def lost(coordinators):
    """Answers that were taken with thanks, and do not stand as the last word."""
    found = 0
    for who in coordinators:
        last = dict(TimeAnswer.objects.filter(participation=who.person).order_by("at", "id").values_list("starts_at", "answer"))
        found += sum(last.get(start) != word for start, word in dict(who.said).items())
    return found


def test_whoever_books_at_once_nothing_is_booked_twice_and_no_answer_is_lost(village, record_property):
    with village.inside():
        stories = [case_at(village, Stage.READY, circle=circle_of(n), matter=n) for n in range(CASES)]
        for story in stories[: CASES // 2]:
            led_by_one_alone(story)
        rooms = [Room.objects.get().pk, *(Room.objects.create(name=f"Room {n}").pk for n in range(1, ROOMS))]
        people = list(Participation.objects.order_by("pk").values_list("pk", flat=True))
        first = today(village.school) + timedelta(days=1)
        stretches = open_between(village.school, first, first + timedelta(days=20))[:8]
    world = {"village": village, "refs": [s.case.ref for s in stories], "rooms": rooms, "people": people, "stretches": [s.starts for s in stretches]}
    long = [s for s in stretches if s.starts + HOUR <= s.ends][:3]
    world["starts"] = [start for s in long for start in (s.starts, s.starts + HALF) if start + HOUR <= s.ends]
    alone, sharing = stories[: CASES // 2], stories[CASES // 2 :]
    world["halves"] = [[s.case.ref for s in half] for half in (sharing, alone)]
    before = {}

    def all_is_free_again():
        """What the race left is counted, and then given back."""
        with village.inside():
            before.update({what: n + before.get(what, 0) for what, n in twice().items()})
            for booking in Booking.objects.filter(released_at__isnull=True):
                actions.call_off(booking, by=stories[0].coordinator, wish="other")

    again = {name: threading.Barrier(COORDINATORS, action=all_is_free_again) for name in ("last", "offers")}
    world |= {"gate": threading.Barrier(COORDINATORS), **again}
    loops, page = [fixed_loop() for _one in range(3)], one_page(world, village)
    coordinators = [Coordinator(n, village, world) for n in range(COORDINATORS)]
    world["until"] = time.monotonic() + SECONDS
    for each in coordinators:
        each.start()
    for each in coordinators:
        each.join(timeout=SECONDS + 120)
    loops += [fixed_loop() for _one in range(3)]
    statuses = sum((c.statuses for c in coordinators), Counter())
    times = sorted(t for c in coordinators for t in c.times)
    with village.inside():
        found = {
            **{what: n + before.get(what, 0) for what, n in twice().items()},
            "answers lost": lost(coordinators), "errors": sum(n for status, n in statuses.items() if status not in (302, 404, 422)),
            "did not come to the end": sum(not each.came_to_the_end for each in coordinators),
        }  # fmt: skip
        record_property("booked", Booking.objects.count())
        record_property("kept_free", offers := Offer.objects.filter(ended_at__isnull=True).count())
    record_property("places", "; ".join(f"{n} {what}" for what, n in found.items() if n))
    record_property("acts", len(times))
    record_property("coordinators", len(coordinators))
    record_property("refused", statuses[422])
    record_property("answers", sum(len(c.said) for c in coordinators))
    record_property("noise", f"{max(loops) / min(loops):.2f}")
    record_property("page", round(page * 1000))
    record_property("p50", round(times[len(times) // 2] * 1000) if times else 0)
    record_property("p95", round(times[int(len(times) * 0.95)] * 1000) if times else 0)
    assert found == dict.fromkeys(found, 0)
    assert (statuses[302] > 0, offers) == (True, 1)
