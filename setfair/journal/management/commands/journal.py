"""`manage.py journal`: whether it holds, and what is written down about it outside the database."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import translation

from setfair.journal import anchors, chain, excuses
from setfair.journal.anchors import Anchor, Anchors
from setfair.journal.excuses import Told
from setfair.journal.marks import Mark
from setfair.journal.verifying import Found, Outcome, still_there, verify

SAYS = "verify: reads every line and names the first place that does not hold. mark, accept, anchor, brought-back: see docs/operator.md."


class Command(BaseCommand):
    help = SAYS
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=("verify", "settle", "anchor", "accept", "mark", "brought-back"))
        parser.add_argument(
            "words", nargs="*", help="accept: a programme and why. mark: the signs on the paper. brought-back: when the copy had been made"
        )

    def handle(self, *args: Any, verb: str, words: list[str], **options: Any) -> None:
        with translation.override("en"):
            if verb == "brought-back":
                self._brought_back(words)
            elif not _is_there("journal_link"):
                self.stdout.write("This database has no journal yet, or one from before it was linked.")
            elif verb == "anchor":
                chain.Linker().sweep()
                anchors.anchor_all()
            elif verb == "accept":
                self._accept(*words)
            elif verb == "mark":
                self._mark("".join(words))
            else:
                if verb == "settle":
                    chain.Linker().sweep()
                self._verify(anchors.read())

    def _verify(self, there: Anchors) -> None:
        begun = time.monotonic()
        outcomes = [verify(programme_id, there) for programme_id in chain.programmes()]
        for outcome in outcomes:
            self.stdout.write(f"programme {outcome.programme_id}: {_told(outcome)}")
            for told in outcome.excuses:
                self.stdout.write(f"  {_excuse(told)}")
        here = [outcome.programme_id for outcome in outcomes]
        gone = there.unsaid(here)
        for programme_id, said in there.gone(here).items():
            self.stdout.write(f"programme {programme_id}: it was anchored, and is not in this database any more")
            for line in said:
                self.stdout.write(f"  {_away(line)}")
        lines, seconds = sum(outcome.lines for outcome in outcomes), time.monotonic() - begun
        self.stdout.write(f"{lines} linked lines of {len(outcomes)} programmes read at {lines / max(seconds, 0.001):.0f} a second")
        broken = [outcome for outcome in outcomes if outcome.found]
        if broken or gone:
            raise CommandError(f"The journal does not hold in {len(broken) + len(gone)} of {len(outcomes) + len(gone)} programmes.")
        self.stdout.write("The journal holds.")

    def _brought_back(self, words: list[str]) -> None:
        if len(words) != 1:
            raise CommandError("Say when the copy had been made.")
        write = excuses.brought_back if _is_there("journal_excuse") else excuses.brought_back_before_there_were_excuses
        for programme_id in write(datetime.fromisoformat(words[0])):
            self.stdout.write(
                f"The programme {programme_id} was anchored after this copy was made, and is not in it: make verify tells of it each time."
            )

    def _accept(self, called: str = "", *why: str) -> None:
        """For one programme: from the first anchor that does not stand any more. A changed or missing line is never accepted."""
        there, here = anchors.read(), chain.programmes()
        programme_id = _programme(called)
        if programme_id in there.unsaid(here):
            self._written(excuses.excuse_gone, programme_id, since=excuses.first_of(programme_id, there), reason=" ".join(why))
        elif programme_id not in here:
            known = "; ".join(str(one) for one in [*here, *there.unsaid(here)])
            raise CommandError(f'Say for which programme, and why: ACCEPT=<its address or id> WHY="...". Those known are: {known}')
        else:
            found = verify(programme_id, there).found
            if found is None or found.at is None:
                raise CommandError("There is no cut end to accept. A line that was changed, slipped in or taken out cannot be accepted.")
            self._written(excuses.excuse, programme_id, since=found.at - excuses.A_MOMENT, number=found.anchored, reason=" ".join(why))

    def _written(self, write: Callable[..., Any], programme_id: UUID, **facts: Any) -> None:
        try:
            write(programme_id, **facts)
        except excuses.NoReason as refusal:
            raise CommandError('Say why it is lost, in a sentence of at most 500 letters: WHY="..."') from refusal
        self.stdout.write(f"Written down for the programme {programme_id}, and told from now on whenever this is asked.")

    def _mark(self, words: str) -> None:
        mark = Mark.copied(words)
        if mark is None:
            raise CommandError("That is no mark: a number, and eight signs, as 1532-7F3K-22QM.")
        for programme_id in chain.programmes():
            if still_there(programme_id, mark):
                self.stdout.write(f"programme {programme_id}: it holds; its journal still has link {mark.number} with these signs.")
                return
        known = "".join(f"\n  {told}" for told in _known(mark, anchors.read()))
        raise CommandError(
            f"No journal here has link {mark.number} with these signs: what was there when they were written down is lost or was changed.{known}"
        )


def _is_there(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.' || %s) IS NOT NULL", [table])
        return bool(cursor.fetchone()[0])


def _programme(called: str) -> UUID | None:
    """By its id, or by the name in its address."""
    try:
        return UUID(called)
    except ValueError:
        with connection.cursor() as cursor:
            cursor.execute("SELECT programme_by_slug(%s)", [called])
            return cursor.fetchone()[0]


def _known(mark: Mark, there: Anchors) -> list[str]:
    """What was said of the loss of just what this mark stands for: the file still has what was anchored, whatever became of the journal."""
    here, said = chain.programmes(), []
    for programme_id in sorted(there.programmes(), key=str):
        for line in [one for one in there.of(programme_id) if Mark.of(one.number, one.head) == mark]:
            told = excuses.covering(line, there) if programme_id in here else there.covering(line, here)
            said += [f"programme {programme_id}: {_excuse(one) if isinstance(one, Told) else _away(one)}" for one in told]
    return said


def _away(line: Anchor) -> str:
    return f"known to be gone, said on {line.at:%Y-%m-%d %H:%M} UTC ({line.reason})"


def _excuse(told: Told) -> str:
    kept = "" if told.holds else ", BUT ITS OWN LINE IS MISSING: it excuses nothing"
    said = f"{told.at:%Y-%m-%d %H:%M} UTC: what was anchored after {told.since:%Y-%m-%d %H:%M} UTC, from link {told.number} on"
    return f"known to be lost, said on {said} ({told.reason}){kept}"


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
