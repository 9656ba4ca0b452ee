"""Something is wrong, and it is about those who run the meeting: said to somebody else."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.letters.actions import Address, write
from setfair.letters.models import Channel
from setfair.programmes.speaking import in_language

from .. import letters, queries
from ..models import Complaint, TakenUp
from ..refusal import CannotPrepare


@transaction.atomic
def complain(writer: queries.Writer, *, by: Actor, words: str) -> Complaint:
    """Write it down for those who have no part in it, and tell them to look. Nobody else learns that it is there. Sent twice in a row it is one."""
    said, to, last = words.strip(), queries.readers(writer), queries.last_of(writer)
    if not to.people:
        raise CannotPrepare(_("Nobody else is here who could read it. Please talk to somebody outside."))
    if not said:
        raise CannotPrepare(_("Please write a few words first."))
    if last is not None and last.words == said:
        return last
    mine = {"participation": writer} if isinstance(writer, Participation) else {"referral": writer}
    complaint = Complaint.objects.create(case=queries.case_of(writer), reads=to.reads, words=said, **mine)
    record("complained", complaint, by=by)
    for user in {member.user for member in to.people}:
        with in_language(user.language):
            key = f"look:{complaint.pk}:{user.pk}"
            write(letters.look(complaint.programme), to=Address(Channel.EMAIL, user.email), reader=user.pk, key=key, by=by)
    return complaint


@transaction.atomic
def take_up(complaint: Complaint, *, by: Actor) -> TakenUp:
    """Somebody has read it and sees to it; it waits on nobody's page any more. Who says so first is written down; once they are gone, the next."""
    there = queries.seen_to(complaint)
    if there is not None:
        return there
    taken, is_new = TakenUp.objects.get_or_create(complaint=complaint, by=by.known_id)
    if is_new:
        record("took_up", complaint, by=by)
    return taken
