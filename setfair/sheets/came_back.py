"""The slips of one person that were typed in, each with what it says and who saw it, for those who prepare the case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.cases.models import Participation
from setfair.preparation.models import Acknowledgement, Break, CallWish, Consent, ObserverAnswer, Slip, Still
from setfair.preparation.queries.slips import uncompared
from setfair.voices.models import Hope, OwnWords
from setfair.voices.queries import as_told


@dataclass(frozen=True)
class CameBack:
    """`waits` says that somebody else must still compare it, `is_mine` that whoever looks typed it in."""

    slip: Slip
    writer: str
    lines: list[str]
    waits: bool
    is_mine: bool


def slips_of(me: Participation, *, reader: UUID | None) -> list[CameBack]:
    """The latest first, in as many queries for ten as for one."""
    slips = list(Slip.objects.filter(participation=me).order_by("-at", "-id"))
    said, waiting = _said(slips), set(uncompared(Slip.objects.filter(participation=me)).values_list("pk", flat=True))
    names = {user.pk: user.get_short_name() for user in User.objects.filter(pk__in=[slip.by for slip in slips])}
    return [CameBack(s, names.get(s.by, ""), [*said[s.pk], *_beside(s)], s.pk in waiting, s.by == reader) for s in slips]


def _said(slips: list[Slip]) -> dict[UUID, list[str]]:
    lines: dict[UUID, list[str]] = defaultdict(list)
    if not slips:
        return lines
    for row, words in _facts(slips):
        lines[row.slip_id].append(words)
    return lines


def _facts(slips: list[Slip]) -> Iterator[tuple[Any, str]]:
    on_slip = {"slip__in": slips}
    for said in Consent.objects.filter(**on_slip).select_related("recipient", "participation__person").order_by("at", "id"):
        what = capfirst(f"{said.get_scope_display()}{f' ({said.recipient.name})' if said.recipient else ''}: {said.get_answer_display()}")
        yield said, what if said.participation_id == said.giver_id else f"{said.participation.person.shown}: {what}"
    for part in Acknowledgement.objects.filter(**on_slip).order_by("at", "id"):
        yield part, _("Takes some responsibility: yes") if part.given else _("Takes some responsibility: no")
    for hope in Hope.objects.filter(**on_slip).order_by("at", "id"):
        yield hope, _("Hopes for: %s") % "; ".join(filter(None, [", ".join(hope.named()), str(hope.words)]))
    for still in Still.objects.filter(**on_slip).order_by("at", "id"):
        yield still, _("Is it still all right: yes")
    for watched in ObserverAnswer.objects.filter(**on_slip).select_related("observer__person").order_by("at", "id"):
        yield watched, _("May %(name)s watch: %(answer)s") % {"name": watched.observer.person.shown, "answer": watched.get_answer_display()}
    for own in OwnWords.objects.filter(**on_slip).exclude(reads=OwnWords.Reads.ME).order_by("at", "id"):
        yield own, "\n".join(as_told(own))
    for begun in Break.objects.filter(**on_slip).order_by("at", "id"):
        yield begun, _("Asks for a break")
    for wish in CallWish.objects.filter(**on_slip).order_by("at", "id"):
        yield wish, _("Asks us to call")


def _beside(slip: Slip) -> list[str]:
    support = ": ".join(filter(None, [str(slip.get_support_display()), str(slip.support_name)])) if slip.support else str(slip.support_name)
    return [line for line in (_("Who comes with them: %s") % support if support else "", str(slip.words)) if line]
