"""Circles held on real devices without network, for a few minutes and for a whole conference: what was pressed, against what stands here."""

from __future__ import annotations

from collections.abc import Iterator

from bench import house, rooms
from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, trials
from setfair.village.build import build

MANY = 24 if FULL else 4
PLANTS = (
    Plant("queue-forgets", "lost"),
    Plant("press-comes-twice", "doubled"),
    Plant("conflict-overwrites", "overwritten"),
    Plant("leaving-forgets", "lost"),
    Plant("leaving-shows", "shown"),
)


def _held(many: int, seed: int) -> list[rooms.Room]:
    with house.fresh_database():
        village = build(with_passwords=True)
        circles = rooms.rooms(village, many)
        with house.served() as home:
            rooms.played(village, circles, home.address, seed)
    return circles


def _measure() -> Result:
    circles = _held(MANY, SEED)
    for number, room in enumerate(circles):
        print(f"{number + 1}: {len(room.pressed)} presses, {'a whole conference' if room.whole else 'some minutes'}, {room.asked} asked about")
        print(*(f"   {fault}" for fault in room.faults), sep="\n", end="\n" if room.faults else "")
    faults = [fault for room in circles for fault in room.faults]
    pressed, asked = sum(len(room.pressed) for room in circles), sum(room.asked for room in circles)
    met = not faults and pressed > 10 * len(circles) / 2 and asked > 0
    unit = f"presses lost, doubled, laid over somebody else's or shown after leaving, of {pressed} in {len(circles)} circles; {asked} asked about"
    return Result(str(len(faults)), unit, met, n=f"{len(circles)} circles, {pressed} presses", seed=SEED)


def _canary() -> Iterator[Trial]:
    with house.fresh_database():
        village = build(with_passwords=True)

        def told(plant: str) -> list[str]:
            circles = rooms.rooms(village, 3)
            with house.served(plant) as home:
                rooms.played(village, circles, home.address, 1)
            return [fault for room in circles for fault in room.faults]

        yield from trials(PLANTS, told)


FIGURE = Figure(
    name="offline",
    says="of what is pressed and written without network nothing is lost, done twice or laid over somebody's; a device that was left shows nothing",
    goal="0",
    measure=_measure,
    canary=_canary,
)
