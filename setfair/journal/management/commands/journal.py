"""`manage.py journal`: whether it holds, and what is written down about it outside the database."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import translation

from setfair.journal import anchors, chain
from setfair.journal.anchors import Anchors
from setfair.journal.verifying import Found, Outcome, verify

A_MOMENT = timedelta(microseconds=1)


class Command(BaseCommand):
    help = "verify: reads every line and names the first place that does not hold. anchor, accept, brought-back: see docs/operator.md."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=("verify", "settle", "anchor", "accept", "brought-back"))
        parser.add_argument("moment", nargs="?", type=datetime.fromisoformat, help="for brought-back: when the copy had been made")

    def handle(self, *args: Any, verb: str, moment: datetime | None, **options: Any) -> None:
        with translation.override("en"):
            if verb == "brought-back":
                self._brought_back(moment)
            elif not _is_there():
                self.stdout.write("This database has no journal yet, or one from before it was linked.")
            elif verb == "anchor":
                chain.Linker().sweep()
                anchors.anchor_all()
            elif verb == "accept":
                self._accept()
            else:
                if verb == "settle":
                    chain.Linker().sweep()
                self._verify(anchors.read())

    def _verify(self, there: Anchors) -> None:
        begun = time.monotonic()
        outcomes = [verify(programme_id, there) for programme_id in chain.programmes()]
        for outcome in outcomes:
            self.stdout.write(f"programme {outcome.programme_id}: {_told(outcome)}")
        gone = {line.programme_id for line in there.lines if line.programme_id} - {outcome.programme_id for outcome in outcomes}
        gone = {one for one in gone if any(not there.excused(line.at) for line in there.of(one))}
        for programme_id in sorted(gone, key=str):
            self.stdout.write(f"programme {programme_id}: it was anchored, and is not in this database any more")
        lines, seconds = sum(outcome.lines for outcome in outcomes), time.monotonic() - begun
        self.stdout.write(f"{lines} linked lines of {len(outcomes)} programmes read at {lines / max(seconds, 0.001):.0f} a second")
        broken = [outcome for outcome in outcomes if outcome.found]
        if broken or gone:
            raise CommandError(f"The journal does not hold in {len(broken) + len(gone)} of {len(outcomes) + len(gone)} programmes.")
        self.stdout.write("The journal holds.")

    def _brought_back(self, moment: datetime | None) -> None:
        if moment is None:
            raise CommandError("Say when the copy had been made.")
        anchors.excuse(moment)

    def _accept(self) -> None:
        """From the first anchor that does not stand any more, what was anchored is excused; a changed or missing line never is."""
        there = anchors.read()
        lost = [found.at for found in (verify(one, there).found for one in chain.programmes()) if found and found.at]
        if not lost:
            raise CommandError("There is no cut end to accept. A line that was changed, slipped in or taken out cannot be accepted.")
        anchors.excuse(min(lost) - A_MOMENT)
        self.stdout.write(f"Written down: what was anchored from {min(lost):%Y-%m-%d %H:%M} UTC on is known to be lost.")


def _is_there() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.journal_link') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def _told(outcome: Outcome) -> str:
    said = f"{outcome.lines} lines linked, {outcome.waiting} waiting: " + (_broken(outcome.found) if outcome.found else "holds")
    if outcome.excused:
        line = outcome.excused
        said += f". (An older copy was brought back, or a loss accepted: on {line.at:%Y-%m-%d %H:%M} UTC the journal had reached link {line.number}.)"
    return said


def _broken(found: Found) -> str:
    place = ", ".join([f"link {found.number}"] * bool(found.number) + [f"line {found.entry_id}"] * bool(found.entry_id)) or "at its beginning"
    day = f" (it was there on {found.at:%Y-%m-%d %H:%M} UTC)" if found.at else ""
    return f"BROKEN, first at {place}: {found.kind.label}{day}"
