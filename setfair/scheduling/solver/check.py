"""Every rule, worked out anew from the JSON alone.

Not a line is shared with the search: no masks, no diary, only hours counted one by
one. Whoever doubts an answer of the solver asks here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any


def check(given: dict[str, Any], plan: list[dict[str, Any]]) -> dict[str, Any]:
    """What is broken, in words, and what the plan costs. What is pinned in `given` must be in the plan as it was."""
    return _Checker(given, plan).answer()


class _Checker:
    def __init__(self, given: dict[str, Any], plan: list[dict[str, Any]]) -> None:
        self.given, self.plan = given, plan
        self.broken: list[str] = []
        self.people, self.helpers, self.rooms, self.meetings = (
            {row["id"]: row for row in given.get(name, ())} for name in ("people", "helpers", "rooms", "meetings")
        )
        self.day_of = [day for day, grains in enumerate(given["days"]) for _grain in range(grains)]
        self.held: dict[str, dict[int, str]] = defaultdict(dict)
        self.turns: dict[str, int] = defaultdict(int)
        self.in_week: dict[tuple[str, int], int] = defaultdict(int)
        for row in self.helpers.values():
            self.in_week.update({(row["id"], week): number for week, number in row.get("had", ())})
        self.cost = self.lessons = self.waited = 0

    def answer(self) -> dict[str, Any]:
        weights = {"left_out": 1000, "lesson": 3, "day": 1, "turn": 1, "if_needed": 10} | self.given.get("weights", {})
        seen = [one["meeting"] for one in self.plan]
        for name in sorted({name for name in seen if seen.count(name) > 1} if len(seen) != len(set(seen)) else ()):
            self.say(name, "is placed twice")
        for one in self.given.get("placed", ()):
            if one not in self.plan:
                self.say(one["meeting"], "was pinned and is not where it was")
        for one in self.plan:
            if one["meeting"] not in self.meetings:
                self.say(one["meeting"], "is not asked for")
            else:
                self.one(one, weights)
        self.turnarounds()
        for who, number in self.turns.items():
            before = self.helpers[who].get("load", 0)
            self.cost += weights["turn"] * ((before + number) ** 2 - before**2)
        for name, meeting in self.meetings.items():
            if name not in set(seen):
                self.cost += weights["left_out"] * meeting.get("priority", 1)
        return {
            "broken": self.broken, "placed": len(set(seen)), "of": len(self.meetings), "cost": self.cost,
            "lessons": self.lessons, "waited": self.waited, "turns": dict(self.turns),
        }  # fmt: skip

    def say(self, name: str, words: str) -> None:
        self.broken.append(f"{name} {words}")

    def one(self, one: dict[str, Any], weights: dict[str, int]) -> None:
        meeting, name = self.meetings[one["meeting"]], one["meeting"]
        hours = range(one["start"], one["start"] + meeting["grains"])
        if hours[0] < 0 or hours[-1] >= len(self.day_of) or self.day_of[hours[0]] != self.day_of[hours[-1]]:
            return self.say(name, "does not lie in one day")
        day = self.day_of[hours[0]]
        if not meeting["first_day"] <= day <= meeting["last_day"]:
            self.say(name, "is too early or too late")
        if not any(first <= hours[0] and hours[-1] < end for first, end in self.given["windows"]):
            self.say(name, "lies in no window")
        if self.given.get("starts") and not any(first <= hours[0] < end for first, end in self.given["starts"]):
            self.say(name, "begins where nothing may begin")
        room = self.rooms.get(one["room"])
        if room is None or one["room"] not in meeting["rooms"]:
            return self.say(name, "has a room that it may not have")
        if room["seats"] < meeting.get("seats", 0):
            self.say(name, "has too small a room")
        if "free" in room and not self.is_free(room, hours):
            self.say(name, "has a room that is closed then")
        self.helpers_of(one, meeting, hours, day)
        for who in meeting["people"]:
            self.there(name, self.people[who], hours)
        for what in {*meeting["people"], *one.get("helpers", ()), one["room"]}:
            for hour in hours:
                if hour in self.held[what]:
                    self.say(name, f"takes {what} away from {self.held[what][hour]}")
                    break
                self.held[what][hour] = name
        reluctant = sum(
            any(first <= hour < end for first, end in self.people[who].get("reluctant", ()) for hour in hours) for who in meeting["people"]
        )
        missed = sum(self.missed(self.people[who], hours) for who in meeting["people"])
        missed += sum(self.missed(self.helpers[who], hours) for who in one.get("helpers", ()) if who in self.helpers)
        self.lessons, self.waited = self.lessons + missed, self.waited + day - meeting["first_day"]
        self.cost += (
            weights["lesson"] * missed + weights["day"] * (day - meeting["first_day"]) + weights["if_needed"] * reluctant + room.get("way", 0)
        )

    def helpers_of(self, one: dict[str, Any], meeting: dict[str, Any], hours: range, day: int) -> None:
        name, kinds, tongues = one["meeting"], dict[str, int](), set[str]()
        if len(set(one.get("helpers", ()))) != len(one.get("helpers", ())):
            self.say(name, "has a helper twice")
        for who in one.get("helpers", ()):
            helper = self.helpers.get(who)
            if helper is None or who not in meeting.get("helpers", ()):
                self.say(name, f"has {who}, who may not help there")
                continue
            kinds[helper["kind"]] = kinds.get(helper["kind"], 0) + 1
            tongues.update(helper.get("speaks", ()))
            self.there(name, helper, hours)
            week = self.given["weeks"][day]
            self.turns[who] += 1
            self.in_week[who, week] += 1
            if self.in_week[who, week] > helper.get("cap", 10**6):
                self.say(name, f"is one too many for {who} in week {week}")
        if kinds != {kind: number for kind, number in meeting.get("team", {}).items() if number}:
            self.say(name, "has not the team that it needs")
        if meeting.get("language") and meeting["language"] not in tongues:
            self.say(name, f"has nobody who speaks {meeting['language']}")

    def there(self, name: str, who: dict[str, Any], hours: range) -> None:
        if not self.is_free(who, hours):
            self.say(name, f"has {who['id']}, who is away then")

    def is_free(self, who: dict[str, Any], hours: range) -> bool:
        return all(any(first <= hour < end for first, end in who["free"]) for hour in hours)

    def missed(self, who: dict[str, Any], hours: range) -> int:
        lessons = self.given.get("lessons", {}).get(who.get("lessons", ""), ())
        return sum(any(first <= hour < end for hour in hours) for first, end in lessons)

    def turnarounds(self) -> None:
        for name, room in self.rooms.items():
            taken = self.held[name]
            for hour, meeting in taken.items():
                for later in range(hour + 1, min(hour + 1 + room.get("turnaround", 0), len(self.day_of))):
                    other = taken.get(later, meeting)
                    if other != meeting and self.day_of[later] == self.day_of[hour]:
                        self.say(other, f"follows too soon on {meeting} in {name}")
