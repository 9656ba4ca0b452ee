"""Lists that were brought in, for the screens: to be named, looked through, let in, taken back, put away."""

from __future__ import annotations

from typing import Any

from setfair.core.actor import Actor
from setfair.imports import actions
from setfair.imports.models import Made, Table
from setfair.imports.tasks import go_on
from setfair.referrals import actions as referrals
from setfair.village.build import Village

NAMES = ["Source", "Name", "Story", "Phone", "Date"]
COLUMNS = ["source", "asker", "story", "call", "received"]
ROWS = [
    ["parent", "Ada Dorn", "A fight after the game; they sit in one class.", "555 0100 200", "2026-01-05"],
    ["staff", "", "A broken window, and nobody says anything.", "555 0100 201", "2026-01-08"],
    ["parent", "Bo Lind", "Words in a chat that everybody reads.", "", "2026-02-30"],
    ["neighbour", "Cleo Marsh", "Noise, and then a shove.", "555 0100 203", "2026-01-12"],
]


def stand_for_lists(village: Village, at: dict[str, dict[str, Any]]) -> None:
    by = village.actor("cora")
    for name in ("named", "looked", "done", "undone", "looking"):
        table = _brought(by, name)
        at[f"list.{name}"] = {"pk": table.pk}
        if name == "named":
            continue
        actions.name(table, by=by, columns=COLUMNS, headings=NAMES, has_names=True, days="dmy")
        if name == "looking":
            continue
        go_on()
        table.refresh_from_db()
        if name == "looked":
            continue
        actions.run(table, by=by, takes_likely=False)
        go_on()
        table.refresh_from_db()
        if name == "undone":
            worked = Made.objects.filter(table=table).order_by("row").first()
            referrals.decline(worked.referral, by=by, reason="duplicate")
            actions.begin_undoing(table, by=by)
            go_on()
    away = _brought(by, "away")
    actions.put_away(away, by=by)
    at["list.away"] = {"pk": away.pk}


def _brought(by: Actor, name: str) -> Table:
    rows = [NAMES, *([source, asker, f"{story} ({name})", call, day] for source, asker, story, call, day in ROWS)]
    return actions.bring(by=by, kind=Table.Kind.REQUESTS, rows=[(n, row) for n, row in enumerate(rows, start=1)], language="en")
