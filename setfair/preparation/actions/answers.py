"""What somebody says, to which words, for what and to whom; and what follows from anything but a yes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.core.actor import Actor, Kind
from setfair.letters.actions import write
from setfair.letters.queries import waits
from setfair.people.queries import held_address
from setfair.programmes.speaking import in_language

from .. import letters, queries, words
from ..asked import Question, asked_of, kept, mark
from ..models import Consent, Recipient, Slip
from ..refusal import CannotPrepare
from ..writing import alert, hold_back, open_case_of, today, write_once
from .breaks import end_break

GOES_BACK = (Stage.READY, Stage.SCHEDULED, Stage.CONVENED)
"""Where a case stands when it rests on everybody's yes. Once all have signed, it rests on what they signed."""

NAMED = (Consent.Scope.SHARE, Consent.Scope.LEARNING, Consent.Scope.SURVEY)
"""What goes to somebody whom the programme names."""


@transaction.atomic
def consent(
    participation: Participation,
    *,
    by: Actor,
    answer: str,
    giver: Participation | None = None,
    scope: str = Consent.Scope.TAKE_PART,
    method: str = Consent.Method.SAID,
    language: str = "en",
    recipient: Recipient | None = None,
    interpreted: bool = False,
    conditions: str = "",
    until: date | None = None,
    slip: Slip | None = None,
) -> Consent:
    """Write down an answer, of the person or of a guardian who may decide for them. The latest counts, and none is altered.

    Anything but a yes to taking part stops what was on its way to them, and takes a
    case that rests on everybody's yes back to preparing, in this same transaction.
    While promises are kept it stays where it is, and nothing more is sent to whoever
    stopped (`queries.is_let_be`). Nobody else is told who, or why; the coordinator is
    told to look. After a no or a stop on their own page, staff can write down a yes
    only from a signed paper; whatever staff write down, whoever gave it is told to look.
    The very words they answered to are kept (`asked.kept`). A yes may name a condition,
    or a last day on which it counts; anything else needs neither. What was typed in
    from a `slip` leads to it, and so to who saw it.
    """
    giver = giver or participation
    if answer == Consent.Answer.WITHDRAWN and scope != Consent.Scope.TAKE_PART:
        cases.lock(participation.case)
    else:
        open_case_of(participation)
    _check_answer(participation, giver, by, answer, scope, method)
    _check_office(scope, recipient)
    is_yes = answer == Consent.Answer.YES
    if is_yes and until is not None and until < today(participation.case):
        raise CannotPrepare(_("This day is over. Please choose a later one, or leave it empty."))
    said = {"giver_id": giver.pk, "scope": scope, "answer": answer, "method": method, "words": words.VERSION, "language": language}
    said |= {"recipient_id": recipient.pk if recipient is not None else None, "interpreted": interpreted}
    said |= {"conditions": " ".join(conditions.split()) if is_yes else "", "until": until if is_yes else None}
    said["slip_id"] = slip.pk if slip is not None else None
    said["text_id"] = _text(participation, giver, scope, recipient, answer, language)
    stopped = answer == Consent.Answer.WITHDRAWN and scope == Consent.Scope.TAKE_PART
    fact = write_once("withdrew" if stopped else "answered", Consent, participation, by, said, about=("giver_id", "scope", "recipient_id"))
    if scope == Consent.Scope.TAKE_PART and answer != Consent.Answer.YES:
        hold_back(participation, giver, GOES_BACK, by, "consent")
        if by.kind == Kind.PARTICIPANT:
            alert(participation.case, fact, by)
    if method == Consent.Method.OWN and scope == Consent.Scope.TAKE_PART:
        _end_break(participation, giver, by)
    if by.kind != Kind.PARTICIPANT:
        _tell_giver(participation, giver, by, fact)
    return fact


@transaction.atomic
def agree(
    participation: Participation, *, by: Actor, answers: Mapping[str, str], giver: Participation | None = None, language: str = "en", seen: str = ""
) -> None:
    """Write down, from somebody's own page, the answer to each thing they were asked, by the name of its question.

    `seen` is the mark (`asked.mark`) of the words as they stood on the page; if these have
    changed in the meantime, a yes is not taken: they read them first.
    """
    giver = giver or participation
    about = words.ME if giver.pk == participation.pk else words.CHILD
    asked_now = asked_of(participation, about)
    if seen and "yes" in answers.values() and seen != mark(asked_now, language):
        raise CannotPrepare(words.CHANGED)
    offices = {question.name: question for question in asked_now}
    for name, answer in answers.items():
        scope, office = (offices[name].scope, offices[name].recipient) if name in offices else (name, None)
        consent(participation, by=by, answer=answer, giver=giver, scope=scope, recipient=office, method=Consent.Method.OWN, language=language)


@transaction.atomic
def take_back(said: Consent, *, by: Actor) -> Consent:
    """A yes to one thing is taken back, without a reason, and after the end too; from the next request on nothing is done on it."""
    if by.kind == Kind.PARTICIPANT and by.id != said.giver_id:
        raise CannotPrepare(_("Only they can take it back."))
    method = Consent.Method.OWN if by.kind == Kind.PARTICIPANT else Consent.Method.SAID
    return consent(
        said.participation,
        by=by,
        answer=Consent.Answer.WITHDRAWN,
        giver=said.giver,
        scope=said.scope,
        recipient=said.recipient,
        method=method,
        language=said.giver.person.language,
    )


@transaction.atomic
def withdraw(participation: Participation, *, by: Actor) -> Consent:
    """A change of mind, from any stage until the end, without a reason. A guardian takes back the yes they gave for the other."""
    own_page = by.kind == Kind.PARTICIPANT
    giver = next((p for p in cases.here(participation.case) if p.pk == by.id), None) if own_page else participation
    if giver is None:
        raise CannotPrepare(_("They are not in the circle any more."))
    method = Consent.Method.OWN if own_page else Consent.Method.SAID
    return consent(participation, by=by, answer=Consent.Answer.WITHDRAWN, giver=giver, method=method, language=giver.person.language)


def _check_answer(participation: Participation, giver: Participation, by: Actor, answer: str, scope: str, method: str) -> None:
    if answer not in Consent.Answer.values or scope not in Consent.Scope.values or method not in Consent.Method.values:
        raise CannotPrepare(_("Please choose one of the answers."))
    if not queries.is_asked(participation):
        raise CannotPrepare(_("Whoever interprets is not asked this."))
    if giver.pk != participation.pk:
        _check_guardian(participation, giver)
    if (method == Consent.Method.OWN) != (by.kind == Kind.PARTICIPANT) or (method == Consent.Method.OWN and by.id != giver.pk):
        raise CannotPrepare(_("An answer on one's own page can only be one's own."))
    if (answer, method) == (Consent.Answer.YES, Consent.Method.SAID) and queries.keeps_to_their_no(participation, giver, scope):
        raise CannotPrepare(words.ONLY_THEIRS)


def _check_office(scope: str, recipient: Recipient | None) -> None:
    """An office stands behind what goes to one, and behind nothing else."""
    if (recipient is not None) != (scope in NAMED) and (recipient is not None or scope != Consent.Scope.SURVEY):
        raise CannotPrepare(_("Please choose which office this is about."))
    if recipient is not None and recipient.purpose != scope:
        raise CannotPrepare(_("Please choose which office this is about."))


def _text(participation: Participation, giver: Participation, scope: str, recipient: Recipient | None, answer: str, language: str) -> UUID | None:
    """What they had read; who stops has read nothing anew."""
    if answer == Consent.Answer.WITHDRAWN:
        return None
    about = words.ME if giver.pk == participation.pk or scope not in words.FOR_A_CHILD else words.CHILD
    return kept(Question(Consent.Scope(scope), about, recipient, cases.way(participation.case)), language).pk


def _check_guardian(participation: Participation, giver: Participation) -> None:
    """Authority is read from the row as it is now: it may have been taken away since the page was opened."""
    if giver not in queries.may_answer(participation):
        raise CannotPrepare(_("Only a parent or guardian who may decide for them can answer for them."))


def _end_break(participation: Participation, giver: Participation, by: Actor) -> None:
    """Whoever answers anew has had their time."""
    begun = queries.break_of(giver, participation)
    if begun is not None:
        end_break(begun, by=by)


def _tell_giver(participation: Participation, giver: Participation, by: Actor, fact: Consent) -> None:
    """To whoever the answer is written down for: one letter, unless one of these still waits to go, they are let be or no safe way is known."""
    to, key = held_address(giver.person), f"answer:{giver.pk}:"
    if to is None or queries.is_let_be(participation) or queries.is_let_be(giver) or waits(giver.person_id, key=key):
        return
    with in_language(giver.person.language):
        said = letters.answer(participation.programme)
        write(said, to=to, reader=giver.person_id, case=participation.case_id, key=f"{key}{fact.pk}", by=by)
