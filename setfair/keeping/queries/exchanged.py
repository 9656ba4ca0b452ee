"""What somebody wrote to the others of their case, and what they were given."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core.actor import Kind
from setfair.exchanges.models import Piece, Said, Wanting
from setfair.exchanges.queries import THEIRS_ALONE
from setfair.journal.models import Entry

from .lines import Hide, Line, at


def exchanged_of(me: Participation, hide: Hide) -> list[Line]:
    """Their own words, and others' once these were handed over to them. Nothing says what became of what they wrote."""
    rows = Piece.objects.filter(Q(writer=me) | Q(receiver=me, stage="delivered")).exclude(writer=me, stage__in=THEIRS_ALONE).order_by("at", "id")
    lines = [at(row.at, (_("you wrote: %s") if row.writer_id == me.pk else _("you were given: %s")) % hide(row.words)) for row in rows]
    back = Said.objects.filter(piece__writer=me, what=Said.What.RETURNED).order_by("at", "id")
    lines += [at(row.at, "\n".join(filter(None, [_("given back to you: %s") % row.get_why_display(), hide(row.words)]))) for row in back]
    wants = {"yes": _("you want to be asked when there is something for you"), "never": _("you want nothing from the others")}
    lines += [at(row.at, wants[row.wants]) for row in Wanting.objects.filter(participation=me).order_by("at", "id")]
    return lines + _done_with_pieces(me)


def _done_with_pieces(me: Participation) -> list[Line]:
    """What they did themselves, day by day. What others did with what they wrote is not told."""
    acts = {
        ("moved", "given"): _("you handed in what you wrote"),
        ("moved", "taken_back"): _("you took back what you wrote"),
        ("recalled_piece", ""): _("you took back what you wrote"),
        ("moved", "delivered"): _("you read what was written for you"),
        ("moved", "kept"): _("you did not want what was written for you"),
        ("left_piece", ""): _("you left what was written for you for another day"),
        ("thanked_for_piece", ""): _("you let them know that you have it"),
    }
    mine = Entry.objects.filter(case_id=me.case_id, actor_kind=Kind.PARTICIPANT, actor_id=me.pk, subject_kind=Piece._meta.label_lower)
    rows = [(row.at, acts.get((row.verb, row.detail.get("to", "")))) for row in mine.order_by("at", "id")]
    return [at(moment, words) for moment, words in rows if words]


def unsent_of(me: Participation, hide: Hide) -> list[Line]:
    """What they write to the others and have not handed in, or took back: theirs alone."""
    return [at(row.at, hide(row.words)) for row in Piece.objects.filter(writer=me, stage__in=THEIRS_ALONE).order_by("at", "id")]
