"""What somebody asks about what is kept of them: written down, answered, and done."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.letters.actions import withdraw_unsent
from setfair.people.own_ways import close_wishes
from setfair.preparation.actions import disclose
from setfair.preparation.models import Disclosure
from setfair.referrals.models import Referral

from .. import letters, queries
from ..asked import How, Wants, Why, to_answer_by
from ..models import Answer, Asking, Copy, CopyFile
from .refusal import CannotKeep
from .ways import take_ways

DOES = (How.GRANTED, How.PARTLY)


@transaction.atomic
def ask(whose: queries.Whose, *, by: Actor, wants: str) -> Asking:
    """Somebody asks on their own page. Asked twice before it is answered, it is one."""
    return _write_down(whose, by, wants, Asking.Asked.OWN)


@transaction.atomic
def note_asking(whose: queries.Whose, *, by: Actor, wants: str) -> Asking:
    """Somebody told the team, and the team writes it down."""
    return _write_down(whose, by, wants, Asking.Asked.TOLD)


@transaction.atomic
def answer(asking: Asking, *, by: Actor, how: str, why: str, spoken: bool = False, seen: str = "") -> Answer:
    """Answer what was asked, do it, and let them know that there is an answer. What is not true now is no answer.

    What was asked on their own page is done only when somebody has `spoken` with them, on a way that the team knows: whoever
    holds their link could have asked. If it was not them, it is written down and no more: nothing is told on a page that somebody else opens.

    A copy is made once, here, while the case stands still. It is handed over if it is the one that was read through (`seen` is its mark).
    """
    queries.hold_still(queries.thing_of(asking.whose))
    if not queries.open_askings().filter(pk=asking.pk).exists():
        raise CannotKeep(_("This has been answered already."))
    if (how, why) not in queries.can_be_answered(asking):
        raise CannotKeep(_("This answer does not fit how things stand now."))
    if how in DOES and queries.needs_a_word(asking) and not spoken:
        raise CannotKeep(_("Please talk with them first, on a way that you know."))
    made = queries.made_for(asking.whose) if asking.is_copy and how in DOES else None
    if made is not None and made.mark != seen:
        raise CannotKeep(_("Something has changed since you opened this page. Please read it through again."))
    said = Answer.objects.create(asking=asking, how=how, why=why, by=by.known_id)
    record("answered_asking", asking, by=by, wants=asking.wants, how=how, why=why)
    if how == How.REFUSED:
        return said
    if made is not None:
        _hand_over(asking, made, by)
    elif how != How.NOT_YET:
        _stop_letters(asking, by)
    letters.send(said, by=by)
    if asking.wants == Wants.FORGET and how == How.PARTLY:
        _take_away(asking.whose, why, by)
        take_ways(said, by=by)
    return said


def _write_down(whose: queries.Whose, by: Actor, wants: str, how: str) -> Asking:
    queries.hold_still(queries.thing_of(whose))
    if wants not in Wants.values:
        raise CannotKeep(_("Please choose one."))
    there = next((row for row in queries.askings_of(whose) if row.wants == wants and row.last is None), None)  # type: ignore[attr-defined]
    if there is not None:
        return there
    about = {"participation": whose, "case": whose.case} if isinstance(whose, Participation) else {"referral": whose}
    day = to_answer_by(timezone.localdate())
    asking = Asking.objects.create(**about, wants=wants, how_asked=how, due_on=day, by=by.id)
    record("asked_about_self", asking, by=by, wants=wants)
    return asking


def _hand_over(asking: Asking, made: queries.Made, by: Actor) -> None:
    """Kept as it was made, with the files that go with it. The sharing log tells of it."""
    whose = asking.whose
    if isinstance(whose, Participation):
        disclose(whose, by=by, kind=Disclosure.Kind.COPY, to=whose)
    words = queries.with_its_own_line(made, whose)
    copy = Copy.objects.create(asking=asking, of_case=asking.case_id or whose.pk, words=words, by=by.known_id)
    chosen = [CopyFile(copy=copy, case_id=copy.of_case, file=one.file, number=one.number, is_own=one.is_own) for one in made.files]
    CopyFile.objects.bulk_create(chosen)


def _stop_letters(asking: Asking, by: Actor) -> None:
    whose = asking.whose
    reader, case = (whose.person_id, whose.case_id) if isinstance(whose, Participation) else (whose.pk, None)
    withdraw_unsent(reader=reader, case=case, by=by)


def _take_away(whose: queries.Whose, why: str, by: Actor) -> None:
    """What they need goes; what they share with something that still runs stays for it. The ways to them go once they have heard (`take_ways`)."""
    if isinstance(whose, Referral):
        Referral.objects.filter(pk=whose.pk).update(needs=None)
    elif why != Why.ELSEWHERE:
        close_wishes(whose.person, by=by)
        whose.person.needs = ""
        whose.person.save(update_fields=["needs", "tokens"])
