"""Today's lines as sentences, each with its one button, in the order of what cannot wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from setfair.core import addresses, clock
from setfair.core.actor import Actor
from setfair.programmes.models import Programme

from .asking import lines
from .back import set_aside
from .rows import moment, weekday

SAFETY, STOPPED, DEADLINE, READY, CHASE, FYI = range(6)
QUIET = "quiet"
PAGE = 25
"""Rows at a time: what stands below them comes up as these are done."""


@dataclass(frozen=True)
class Told:
    """How one rule is told. `when` turns its moment into words; `url` leads to the one act."""

    rank: int
    sentence: Any
    button: Any
    url: Callable[[str, Any], str]
    when: Callable[[datetime, str], str]


def _on_case(page: str) -> Callable[[str, Any], str]:
    return lambda ref, key: addresses.of_ref(page, ref)


def _on_row(page: str) -> Callable[[str, Any], str]:
    return lambda ref, key: addresses.of_key(page, key)


def _on_post(ref: str, key: Any) -> str:
    return reverse("post")


def _on_waiting(ref: str, key: Any) -> str:
    return reverse("post_waiting")


def _on_strays(ref: str, key: Any) -> str:
    return reverse("strays")


def _on_holds(ref: str, key: Any) -> str:
    return reverse("legal_holds")


def _on_people(ref: str, key: Any) -> str:
    return reverse("settings_people")


def _on_journal(ref: str, key: Any) -> str:
    return reverse("journal")


def _ago(at: datetime, zone: str) -> str:
    if clock.now() - at < timedelta(minutes=1):
        return str(_("just now"))
    return str(_("%(time)s ago") % {"time": timesince(at, depth=1)})


def _date(at: datetime, zone: str) -> str:
    return weekday(at.astimezone(UTC))


TOLD = {
    "broken": Told(SAFETY, _("The journal does not hold: somebody may have changed it"), _("Look at it"), _on_journal, _ago),
    "worry": Told(SAFETY, _("New request, and a worry about safety was told"), _("Read it"), _on_case("request"), _ago),
    "added": Told(SAFETY, _("Whoever asked has told us something more"), _("Read it"), _on_case("request"), _ago),
    "added_here": Told(SAFETY, _("Whoever asked has told us something more"), _("Read it"), _on_case("case"), _ago),
    "complaint": Told(SAFETY, _("Somebody wrote to you alone"), _("Read it"), _on_row("complaint"), _ago),
    "emergency": Told(SAFETY, _("A sealed case was opened in an emergency"), _("Look at it"), _on_row("emergency_review"), _ago),
    "unread": Told(SAFETY, _("Requests wait (%(count)s) and nobody coordinates: give somebody the role"), _("Give the role"), _on_people, _ago),
    "unsafe": Told(SAFETY, _("High worry about somebody's safety"), _("Look at it"), _on_row("person"), _ago),
    "unsigned": Told(SAFETY, _("High worry about somebody's safety"), _("Look at it"), _on_row("sign_off"), _ago),
    "halted": Told(SAFETY, _("A request is stopped until a supervisor writes why it can go on"), _("Look at it"), _on_case("request"), _ago),
    "gated": Told(SAFETY, _("An order, or violence or pressure, was found in the request"), _("Look at it"), _on_case("sign_off_gate"), _ago),
    "stopped": Told(STOPPED, _("Somebody said no, or has stopped for now"), _("Call them"), _on_row("person"), _ago),
    "asked_back": Told(STOPPED, _("Somebody who had stopped asks us to call them"), _("Call them"), _on_row("person"), _ago),
    "unsure": Told(STOPPED, _("Somebody is not sure, and waits for a call"), _("Call them"), _on_row("person"), _ago),
    "let_be": Told(STOPPED, _("Somebody has stopped: they get no letters, and the promises go on"), _("Look at it"), _on_row("person"), _ago),
    "deadline": Told(DEADLINE, _("Deadline"), _("Open it"), _on_case("case"), _date),
    "rested": Told(DEADLINE, _("This rests, and it is time to look again"), _("Look at it"), _on_case("hold"), _date),
    "unled": Told(DEADLINE, _("Somebody is missing who holds it"), _("Choose who facilitates"), _on_case("assignments"), _ago),
    "request": Told(READY, _("New request"), _("Read it"), _on_case("request"), _ago),
    "untold": Told(READY, _("Tell whoever asked that there is an answer"), _("Tell them"), _on_case("request"), _ago),
    "empty": Told(READY, _("A new case, and nobody in it yet"), _("Add people"), _on_case("case_people"), _ago),
    "unwilling": Told(READY, _("Somebody does not want to sign, or sees something wrong"), _("Talk with them"), _on_case("agreement"), _ago),
    "day": Told(READY, _("Conference"), _("Open the day"), _on_row("conference"), moment),
    "prepared": Told(READY, _("Everyone is prepared and has said yes"), _("Mark it ready"), _on_case("ready"), _ago),
    "unseated": Told(READY, _("Somebody joined after the time was booked"), _("See whether they come"), _on_case("case"), _ago),
    "timeless": Told(READY, _("Ready, and no time yet"), _("See times"), _on_case("schedule"), _ago),
    "unwritten": Told(READY, _("They have met, and nothing is written down"), _("Write it"), _on_case("agreement"), _ago),
    "owner_gone": Told(READY, _("Somebody who had promised something has left: it is written anew"), _("Go on writing"), _on_case("agreement"), _ago),
    "drafting": Told(READY, _("An agreement is begun, and not there to be signed yet"), _("Go on writing"), _on_case("agreement"), _ago),
    "check": Told(READY, _("A promise is done, they say"), _("Check it"), _on_row("item"), _date),
    "in_the_way": Told(READY, _("Somebody tells us how a promise goes: something may be in the way"), _("Talk about it"), _on_row("item"), _date),
    "missed": Told(READY, _("A promise was not kept"), _("Talk about it"), _on_row("item"), _date),
    "tell": Told(READY, _("The person harmed has not been told how it went"), _("Tell them"), _on_case("news"), _ago),
    "close": Told(READY, _("Everything is settled"), _("Close it"), _on_case("close"), _ago),
    "signing": Told(CHASE, _("Signatures are missing"), _("See whose"), _on_case("agreement"), _ago),
    "due": Told(CHASE, _("A promise is due"), _("Talk about it"), _on_row("item"), _date),
    "harmful": Told(READY, _("Somebody sent a file that may do harm. It was not kept"), _("Read about it"), _on_case("case_files"), _ago),
    "stuck": Told(READY, _("A message could not be sent"), _("Find another way"), _on_case("case_letters"), _ago),
    "stuck_asker": Told(READY, _("A message could not be sent"), _("Find another way"), _on_post, _ago),
    "barred": Told(READY, _("A message must not go there: reach them by voice or in person"), _("See why"), _on_case("case_letters"), _ago),
    "barred_asker": Told(READY, _("A message must not go there: reach them by voice or in person"), _("See why"), _on_post, _ago),
    "look": Told(READY, _("Letters wait until somebody has looked (%(count)s)"), _("Look at them"), _on_waiting, _ago),
    "came_back": Told(STOPPED, _("An answer came"), _("Read it"), _on_row("came_back"), _ago),
    "no_more": Told(STOPPED, _("Somebody wants no more messages there"), _("Read it"), _on_row("came_back"), _ago),
    "wrong_one": Told(STOPPED, _("A message reached the wrong person"), _("Read it"), _on_row("came_back"), _ago),
    "again": Told(STOPPED, _("Somebody asks for messages again: nothing begins by itself"), _("Read it"), _on_row("came_back"), _ago),
    "ended_with": Told(STOPPED, _("An address that several people share is used no more"), _("Read it"), _on_row("came_back"), _ago),
    "changed_way": Told(STOPPED, _("Somebody changed how we reach them"), _("Look at it"), _on_row("way_changes"), _ago),
    "stray": Told(CHASE, _("Messages came in that fit nobody (%(count)s)"), _("Read them"), _on_strays, _ago),
    "aside": Told(CHASE, _("Messages came in, and no programme is named for them (%(count)s)"), _("Read about it"), _on_strays, _ago),
    "print": Told(CHASE, _("Letters to print (%(count)s)"), _("Print them"), _on_post, _ago),
    "asked_about_self": Told(DEADLINE, _("Somebody asks what is kept about them, or to be forgotten"), _("Answer them"), _on_row("asking"), _date),
    "forgotten_soon": Told(DEADLINE, _("This is forgotten on its day"), _("Look at it"), _on_case("case_keeping"), _date),
    "request_forgotten_soon": Told(DEADLINE, _("This is forgotten on its day"), _("Look at it"), _on_case("request_keeping"), _date),
    "held_long": Told(DEADLINE, _("A legal hold is to be looked at again"), _("Look at it"), _on_holds, _date),
    "strangers": Told(READY, _("Somebody who is not of this team has looked at it"), _("See who"), _on_case("case_looked"), _ago),
    "quiet": Told(FYI, _("Nothing has happened for a while"), _("Open it"), _on_case("case"), _ago),
}
COUNTED = frozenset({"aside", "look", "print", "stray", "unread"})
"""Rules of one line for many; where others have their reference, these have how many."""
TAGS = {SAFETY: "safety", STOPPED: "wait", DEADLINE: "wait"}


@dataclass(frozen=True)
class Need:
    """One row of Today."""

    sentence: str
    ref: str
    alias: str
    when: str
    button: str
    url: str
    tag: str


def needs(actor: Actor, programme: Programme, *, everyones: bool = False) -> list[Need]:
    """What needs this person, what cannot wait first, then the oldest, and no more than fits a page.

    A quiet case that is named for another reason is named once.
    """
    found = sorted([*lines(actor, programme, everyones=everyones), *set_aside(actor)], key=lambda line: (TOLD[line[0]].rank, line[3]))
    named = {ref for rule, ref, *_rest in found if rule != QUIET}
    kept = [line for line in found if line[0] != QUIET or line[1] not in named]
    return [_need(*line, zone=programme.zone) for line in kept[:PAGE]]


def _need(rule: str, ref: str, alias: str, since: datetime, key: Any, *, zone: str) -> Need:
    told = TOLD[rule]
    if rule in COUNTED:
        return Need(
            str(told.sentence) % {"count": ref}, "", "", told.when(since, zone), str(told.button), told.url(ref, key), TAGS.get(told.rank, "")
        )
    return Need(str(told.sentence), ref, alias, told.when(since, zone), str(told.button), told.url(ref, key), TAGS.get(told.rank, ""))
