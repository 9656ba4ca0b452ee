"""What the privacy page says to each who reads it, worked out from the policy, from the rules of keeping and from how this server is set up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from setfair.access.policy import POLICY, Permission, Tie
from setfair.core.actor import Kind
from setfair.preparation.models import Recipient

from .endings import Group
from .queries import rules


class Audience(models.TextChoices):
    ASKER = "asker", gettext_lazy("You ask for a meeting")
    PERSON = "person", gettext_lazy("You are part of it")
    GUARDIAN = "guardian", gettext_lazy("You are a parent or guardian")
    OFFICE = "office", gettext_lazy("You send us a request from an office")
    TEAM = "team", gettext_lazy("You are on the team")


OF_KIND = {Kind.PARTICIPANT: Audience.PERSON, Kind.REFERRER: Audience.ASKER, Kind.OFFICE: Audience.OFFICE, Kind.STAFF: Audience.TEAM}
"""Which page somebody is led to who is in with a code or an account."""

KEPT: dict[str, tuple[Any, ...]] = {
    Audience.ASKER: (
        gettext_lazy("What you write to us, and the name you choose."),
        gettext_lazy("How we can reach you safely."),
        gettext_lazy("Files that you send with it. Where and when they were made is not kept."),
        gettext_lazy("What we answer, and when."),
    ),
    Audience.PERSON: (
        gettext_lazy("Your name, and how we can reach you safely."),
        gettext_lazy("What you need, such as a language or a ramp."),
        gettext_lazy("What you choose, each time you choose. What you say yes to, in the words you read."),
        gettext_lazy("When we met, and notes of the team. You can say no to notes."),
        gettext_lazy("What you hope for, if you tell us. You do not have to."),
        gettext_lazy("Whom you would like beside you, and how to reach them."),
        gettext_lazy("What you want to say and ask. Until you share it, only you read it."),
        gettext_lazy("What you write to the others, where you do not meet. What they wrote to you, if you wanted it."),
        gettext_lazy("From the meeting: short headings of what was harmed and what is needed. Not what you say."),
        gettext_lazy("What came of it, and short headings of what is still open."),
        gettext_lazy("What you promise, sign and send us."),
    ),
    Audience.GUARDIAN: (
        gettext_lazy("Your name, and how we can reach you safely."),
        gettext_lazy("For whom you may decide, and what you choose for them."),
        gettext_lazy("What you sign. You do not read what your child told us, and they do not read what you told us."),
    ),
    Audience.OFFICE: (
        gettext_lazy("Your office, your name, and how to reach you."),
        gettext_lazy("What you write about the matter, its number and its dates. Please send no criminal history."),
        gettext_lazy("Files that you send with it. Where and when they were made is not kept."),
    ),
    Audience.TEAM: (
        gettext_lazy("Your name, your email, your roles, and when you were trained."),
        gettext_lazy("When and from where you sign in. What you open and do is written in a journal that nobody can change."),
    ),
}
READ_BY: dict[str, tuple[Permission, ...]] = {
    Audience.ASKER: (Permission.READ_REFERRAL,),
    Audience.PERSON: (Permission.OPEN_CASE, Permission.PREPARE, Permission.READ_SCRIPT),
    Audience.GUARDIAN: (Permission.OPEN_CASE, Permission.PREPARE),
    Audience.OFFICE: (Permission.READ_REFERRAL,),
    Audience.TEAM: (Permission.MANAGE_TEAM, Permission.WATCH_JOURNAL, Permission.SEE_TEAM),
}
WHO: dict[Tie, Any] = {
    Tie.COORDINATES: gettext_lazy("The coordinator, who runs this."),
    Tie.SUPERVISES: gettext_lazy("The supervisor, who looks after safety."),
    Tie.FACILITATES: gettext_lazy("The trained helpers who were chosen for it. No other helpers."),
    Tie.PEER_FACILITATES: gettext_lazy("Student helpers: first names and the questions, in the days around the meeting."),
    Tie.ADMINISTERS: gettext_lazy("The administrator, who gives out the roles."),
    Tie.SAFEGUARDS: gettext_lazy("The safety person, who acts when someone is not safe."),
}
APART: dict[Permission, tuple[frozenset[str], Any, Any]] = {
    Permission.PREPARE: (
        frozenset({Audience.PERSON}),
        gettext_lazy("What you write to the others"),
        gettext_lazy("Until you hand it in, only you. In the end the one it is for, if they want it. It goes with the rest."),
    ),
    Permission.READ_COMPLAINT: (
        frozenset({Audience.PERSON, Audience.GUARDIAN}),
        gettext_lazy("What you write past those who run the meeting"),
        gettext_lazy("It is not in the history of your case. It goes with the rest."),
    ),
    Permission.ANSWER_ALARM: (
        frozenset(Audience.values),
        gettext_lazy("When you tell us that someone is not safe"),
        gettext_lazy("Never the one it is about. It goes with the rest. If we do not know who you are, it goes a year after it is over."),
    ),
    Permission.READ_PROBLEM: (
        frozenset(Audience.values),
        gettext_lazy("When you report a problem with a page"),
        gettext_lazy("We keep your words and the name of the page, and not who you are. It goes when it is seen to."),
    ),
}
"""What is read by others than the rest: whose page says so, what it is, and what else there is to know."""
LONG: dict[Group, Any] = {
    Group.KEPT: gettext_lazy("When it went ahead"),
    Group.BROKEN: gettext_lazy("When a promise was not kept"),
    Group.ENDED: gettext_lazy("When it ended early"),
    Group.NEVER: gettext_lazy("When it never began"),
    Group.DECLINED: gettext_lazy("A request that did not go ahead, or ended with a talk"),
    Group.TAKEN_BACK: gettext_lazy("A request that was taken back"),
    Group.STRAY: gettext_lazy("A message that fits nobody"),
}
"""Each rule of keeping, said to people."""


def told(audience: str) -> dict[str, Any]:
    """All that the page of one audience says."""
    return {
        "kept": [str(words) for words in KEPT[audience]],
        "readers": readers(READ_BY[audience]),
        "apart": [(str(what), readers([by]), str(more)) for by, (whose, what, more) in APART.items() if audience in whose],
        "long": [(str(LONG[group]), _so_long(days)) for group, days in rules().items()],
        "offices": list(Recipient.objects.filter(closed_at__isnull=True).order_by("name").values_list("name", flat=True)),
        "services": services(),
    }


def readers(permissions: Iterable[Permission]) -> list[str]:
    """Who the policy lets read, in the order in which it names the ties."""
    ties = {tie for permission in permissions for tie in POLICY[permission]}
    return [str(WHO[tie]) for tie in Tie if tie in ties]


def services() -> list[str]:
    """Through whom messages leave this server."""
    found = []
    if settings.EMAIL_HOST:
        found.append(_("Emails leave through %(host)s.") % {"host": settings.EMAIL_HOST})
    if settings.SMS_CHANNEL not in ("file", "console"):
        found.append(_("Text messages leave through a phone service."))
    return found or [_("Messages leave from our own server.")]


def _so_long(days: int) -> str:
    if days and not days % 365:
        return ngettext("%(count)d year", "%(count)d years", days // 365) % {"count": days // 365}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
