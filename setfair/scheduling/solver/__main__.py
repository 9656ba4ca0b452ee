"""The command line: reads one JSON object, writes one.

Exit code 0 when it was answered, 1 when a check found something broken, 2 when it could not be read.

python -m setfair.scheduling.solver suggest < in.json     {"meeting": id, "limit": 5} beside the instance
python -m setfair.scheduling.solver explain < in.json     {"meeting": id}
python -m setfair.scheduling.solver batch --seconds 10 --seed 1 --processes 2 < in.json
python -m setfair.scheduling.solver check < in.json       {"plan": [...]}
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any

from .check import check
from .diary import Diary
from .explain import explain
from .needs import Need
from .problem import Instance, Meeting
from .reading import Unreadable, read, written
from .side_by_side import side_by_side
from .suggest import suggest


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m setfair.scheduling.solver", description="Times for meetings: JSON in, JSON out.")
    parser.add_argument("verb", choices=["suggest", "explain", "batch", "check"])
    parser.add_argument("--seconds", type=float, default=10.0, help="how long a batch may take")
    parser.add_argument("--seed", type=int, default=1, help="another seed may find another plan")
    parser.add_argument("--processes", type=int, default=1, help="how many a batch may use; each has all the seconds")
    said = parser.parse_args(arguments)
    try:
        given = json.load(sys.stdin)
        answer = {"suggest": _suggest, "explain": _explain, "batch": _batch, "check": _check}[said.verb](given, said)
    except (Unreadable, KeyError, ValueError, TypeError, AttributeError) as wrong:
        print(f"This could not be read: {wrong}", file=sys.stderr)
        return 2
    json.dump(answer, sys.stdout, indent=1)
    print()
    return 1 if answer.get("broken") else 0


def _suggest(given: dict[str, Any], _said: argparse.Namespace) -> dict[str, Any]:
    instance, meeting = _asked(given)
    return {
        "suggestions": [
            written(one.placed)
            | {
                "cost": one.cost,
                "waits": one.waits,
                "misses": one.misses,
                "if_needed": list(one.reluctant),
                "turns": one.turns,
                "fair": list(one.fair),
            }
            for one in suggest(Diary(instance), meeting, limit=int(given.get("limit", 5)))
        ]
    }


def _explain(given: dict[str, Any], _said: argparse.Namespace) -> dict[str, Any]:
    found = explain(Diary(_asked(given)[0]), _asked(given)[1])
    return {
        "fits": found.fits,
        "blockers": _words(found.blockers),
        "alone": _words(found.alone),
        "openings": [{"lift": _words(one.lift), "opens": one.opens, "first": one.starts[0]} for one in found.openings],
    }


def _batch(given: dict[str, Any], said: argparse.Namespace) -> dict[str, Any]:
    instance = read(given)
    plan = side_by_side(instance, processes=said.processes, seconds=said.seconds, seed=said.seed)
    return {"plan": [written(one) for one in plan.placed], "left_out": plan.left_out(instance), "cost": plan.cost, "rounds": plan.rounds}


def _check(given: dict[str, Any], _said: argparse.Namespace) -> dict[str, Any]:
    return check(given, given["plan"])


def _asked(given: dict[str, Any]) -> tuple[Instance, Meeting]:
    instance = read(given)
    return instance, instance.meetings[given["meeting"]]


def _words(needs: Iterable[Need]) -> list[str]:
    return [f"{need.kind} {need.what}".strip() for need in needs]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
