"""How long things are kept, and keeping one of them longer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.programmes.models import Programme

from .. import queries
from ..endings import BOUNDS, LONGEST_MORE, Group
from ..models import Longer, Look, Notice, Rule
from .refusal import CannotKeep


@transaction.atomic
def set_rules(programme: Programme, *, by: Actor, days: Mapping[Group, int]) -> list[Rule]:
    """Change how long things are kept; only what differs is written down, with the number before and after."""
    now, written = queries.rules(), []
    for group, wanted in days.items():
        fewest, most = BOUNDS[group]
        if not fewest <= wanted <= most:
            raise CannotKeep(_("Please choose from %(fewest)d to %(most)d days.") % {"fewest": fewest, "most": most})
        if wanted != now[group]:
            written.append(Rule.objects.create(group=group, days=wanted, by=by.known_id))
            record("changed_keeping", programme, by=by, group=group.value, before=now[group], after=wanted)
    return written


@transaction.atomic
def keep_longer(thing: queries.Thing, *, by: Actor, until: date, reason: str) -> Longer:
    """Keep it until a later day, with a reason. Once: whatever has to stay for longer than that needs a legal hold."""
    queries.hold_still(thing)
    reason, day, today = reason.strip(), queries.forget_on(thing), timezone.localdate()
    if day is None:
        raise CannotKeep(_("This is open. What is open is never forgotten."))
    if Longer.objects.filter(**queries.about(thing)).exists():
        raise CannotKeep(_("It was kept longer once already. If it must stay, a supervisor can put a legal hold on it."))
    if not reason:
        raise CannotKeep(_("Please say why it is kept longer."))
    if not max(day, today) < until <= today + LONGEST_MORE:
        raise CannotKeep(_("Please choose a day after the one that stands now, within a year from today."))
    longer = Longer.objects.create(**queries.about(thing), until=until, reason=reason, by=by.known_id)
    record("kept_longer", thing, by=by)
    return longer


@transaction.atomic
def let_go(notice: Notice, *, by: Actor) -> Look:
    """Somebody has looked, and it may go on its day."""
    look, new = Look.objects.get_or_create(notice=notice, defaults={"by": by.known_id})
    if new:
        record("looked_at_notice", notice.thing, by=by)
    return look
