"""A sealed case opened in an emergency: with a reason, for an hour, to read; others are told at once, and one of them looks at it."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.letters.actions import Address, write
from setfair.letters.models import Channel
from setfair.programmes.models import Programme
from setfair.referrals import letters

from .. import emergencies, queries
from ..gate import named_in
from ..models import Case, Emergency, EmergencyReview, Participation
from .refusal import CannotChange, NamesSomebody

SHORTEST = 20


@transaction.atomic
def open_in_emergency(case: Case, *, by: Actor, reason: str) -> Emergency:
    """Let this one person read the case for an hour. Everyone whom it concerns is told in the same act."""
    queries.lock(case)
    if len(reason.strip()) < SHORTEST:
        raise CannotChange(_("Please say why in a sentence: at least 20 letters."))
    if emergencies.is_blocked(by):
        raise CannotChange(_("Somebody else has to look at the last time first."))
    there = emergencies.open_now(case, by)
    if there is not None:
        return there
    if named_in(reason, list(Participation.objects.filter(case=case).select_related("person"))):
        raise NamesSomebody(_("Please say why without names: somebody who does not know the case reads this afterwards."))
    others = emergencies.told(case, by)
    if not others:
        raise CannotChange(_("There is nobody else here who could be told."))
    if emergencies.waits(case, by):
        who = ", ".join(user.name for user in others)
        raise CannotChange(_("You opened this case twice, and nobody has looked at it yet. Please ask %(who)s to do that first.") % {"who": who})
    now = clock.now()
    emergency = Emergency.objects.create(case=case, user_id=by.known_id, reason=reason.strip(), at=now, until=now + emergencies.LASTS)
    record("opened_in_emergency", emergency, by=by)
    for reader in others:
        with translation.override(reader.language):
            key = f"emergency:{emergency.pk}:{reader.pk}"
            write(letters.look(case.programme), to=Address(Channel.EMAIL, reader.email), reader=reader.pk, key=key, by=by)
    return emergency


@transaction.atomic
def note_guess(programme: Programme, *, by: Actor) -> None:
    """Somebody typed a reference that is no sealed case to them, or a name of one: an answer to it tells that the name is right."""
    record("guessed_sealed", programme, by=by)


@transaction.atomic
def look_in_emergency(emergency: Emergency, *, by: Actor) -> None:
    """Each time the page is opened, not once an hour: a line of the case's own history, with the mark of the emergency."""
    record("read_in_emergency", emergency, by=by)


@transaction.atomic
def review(emergency: Emergency, *, by: Actor, found: str, words: str) -> EmergencyReview:
    """What somebody else finds about it. Said once."""
    queries.lock(emergency.case)
    there = emergencies.review_of(emergency)
    if there is not None:
        return there
    if by.id is None or by.id == emergency.user_id:
        raise CannotChange(_("Somebody else has to look at this."))
    if found not in ("right", "wrong") or not words.strip():
        raise CannotChange(_("Please say what you find, in a sentence."))
    said = EmergencyReview.objects.create(case=emergency.case, emergency=emergency, found=found, words=words.strip(), by=by.id)
    record("reviewed_emergency", emergency, by=by, found=found)
    return said
