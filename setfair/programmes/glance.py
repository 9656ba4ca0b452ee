"""Which letters wait until somebody of the team has looked at them: what the programme chose, kind by kind."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.core.actor import Actor
from setfair.letters.gate import FREE, Verdict
from setfair.letters.models import Letter

from .models import Programme

KINDS: dict[str, Any] = {
    "invitation": _("Invitations to take part"),
    "way_back": _("New links for those who lost theirs"),
    "answer": _("Word that an answer was written down for them"),
    "note": _("Word that there is something new to read"),
    "booked": _("The time and the place"),
    "soon": _("The day comes soon"),
    "sheet": _("Their questions are ready to read"),
    "still": _("Is it still all right, close to the day"),
    "released": _("A time is off"),
    "to_sign": _("Something to sign"),
    "all_signed": _("Everyone has signed"),
    "promise_soon": _("A promise comes due"),
    "promise_past": _("A promise is past its date"),
    "promise_more_time": _("A promise was given more time"),
    "news": _("News about how it went"),
    "over": _("It is over"),
    "request-received": _("We have your request"),
    "request-declined": _("A request does not go ahead"),
    "request-accepted": _("There is an answer to a request"),
    "talk-offered": _("Times to talk"),
    "talk-booked": _("The time to talk"),
    "talk-off": _("A time to talk is off"),
    "talk-thanks": _("It was good to talk"),
}
"""The first word of a letter's key, for every kind that goes to people. Letters to the team never wait."""

UNASKED = ("promise_soon", "promise_past")
"""What the clock alone sets off, and nobody: the ones that a justice programme begins with."""


def asked(letter: Letter, by: Actor) -> Verdict:
    """Asked of every letter; one to somebody of the team is none of those that wait."""
    kind = letter.key.partition(":")[0]
    if kind not in KINDS:
        return FREE
    waits = Programme.objects.filter(pk=letter.programme_id, glance__contains=[kind]).exists()
    return Verdict(held="glance") if waits and not User.objects.filter(pk=letter.reader_id).exists() else FREE
