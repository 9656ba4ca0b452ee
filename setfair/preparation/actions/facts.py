"""What is done and said with one person: invited, met, asked, answered, looked after. Each is a fact that is never altered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.accounts.actions import issue_code, issue_link, replace_code
from setfair.accounts.models import Pass
from setfair.accounts.queries import link_stands
from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation, Role
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.letters.actions import Address, withdraw_unsent, write
from setfair.letters.models import Channel
from setfair.letters.queries import waits, went_to
from setfair.people.queries import held_address
from setfair.programmes.speaking import in_language

from .. import letters, queries, words
from ..models import Acknowledgement, CallWish, Consent, Fact, Invitation, Meeting, SafetyCheck
from .refusal import CannotPrepare

AGAIN = timedelta(minutes=10)
"""The same words about the same person, sent again this soon, are the same form sent twice."""

GOES_BACK = (Stage.READY, Stage.SCHEDULED, Stage.CONVENED)
"""Where a case stands when it rests on everybody's yes. Once all have signed, it rests on what they signed."""

BEFORE_THE_DAY = (Stage.READY, Stage.SCHEDULED)

LONGEST = 600


@transaction.atomic
def invite(participation: Participation, *, by: Actor) -> str:
    """Ask somebody in: a code to hand over or read out, and, where a safe way is known, a letter with a link that opens once.

    The code is shown this once; whatever way in they had stops working. Pressed twice,
    one letter goes, its link works, and the later code is the one that works.
    """
    _open(participation)
    to = held_address(participation.person) if not queries.is_let_be(participation) else None
    channel = to.channel if to is not None else Channel.PAPER
    if _just_invited(participation, to, channel):
        return replace_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, case=participation.case_id, by=by)
    code = issue_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, case=participation.case_id, by=by)
    invited = _write(Invitation, participation, by, channel=channel)
    record("invited", participation, by=by, channel=invited.channel)
    if to is not None:
        _send_link(participation, to, invited, by)
    return code


@transaction.atomic
def reissue(participation: Participation, *, by: Actor) -> str:
    """A new code on the spot for somebody who lost theirs; no letter goes, and it is no new invitation."""
    _open(participation)
    return issue_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, case=participation.case_id, by=by)


@transaction.atomic
def meet(
    participation: Participation,
    *,
    by: Actor,
    held_on: date,
    explained: bool = True,
    support: str = "found",
    minutes: int | None = None,
    note: str = "",
) -> Meeting:
    """Write down a preparation meeting that was held (S2.2 to S2.4)."""
    _open(participation)
    if held_on < clock.EARLIEST:
        raise CannotPrepare(_("Please check the date: it is too long ago."))
    if held_on > _latest_today(participation.case):
        raise CannotPrepare(_("This date is still to come. Please write it down once you have met."))
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise CannotPrepare(_("Please check how many minutes it took."))
    if support not in dict(Meeting._meta.get_field("support").flatchoices):
        raise CannotPrepare(_("Please choose one of the answers about a support person."))
    if note.strip() and queries.wants_no_notes(participation):
        raise CannotPrepare(_("They said no to notes. Please leave the note empty: that you met is still written down."))
    said = {"held_on": held_on, "explained": explained, "support": support, "minutes": minutes, "note": note.strip()}
    return _fact("met", Meeting, participation, by, said)


@transaction.atomic
def acknowledge(participation: Participation, *, by: Actor, given: bool) -> Acknowledgement:
    """Write down whether a person responsible takes some responsibility; no plea, and no measure of remorse."""
    _open(participation)
    if participation.role != Role.RESPONSIBLE:
        raise CannotPrepare(_("Only a person responsible is asked this."))
    fact = _fact("acknowledged", Acknowledgement, participation, by, {"given": given})
    if not given:
        _send_back(participation.case, BEFORE_THE_DAY, by, "acknowledgement")
    return fact


@transaction.atomic
def check_safety(participation: Participation, *, by: Actor, level: str, plan: str = "") -> SafetyCheck:
    """Write down how safe it would be for this person, and the plan. A high worry takes a planned day away until somebody decides."""
    _open(participation)
    if level not in dict(SafetyCheck._meta.get_field("level").flatchoices):
        raise CannotPrepare(_("Please choose how great the worry is."))
    fact = _fact("checked_safety", SafetyCheck, participation, by, {"level": level, "plan": plan.strip()})
    if level == "high":
        _send_back(participation.case, BEFORE_THE_DAY, by, "safety")
    return fact


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
) -> Consent:
    """Write down an answer, of the person or of a guardian who may decide for them. The latest counts, and none is altered.

    Anything but a yes to taking part stops what was on its way to them, and takes a
    case that rests on everybody's yes back to preparing, in this same transaction.
    While promises are kept it stays where it is, and nothing more is sent to whoever
    stopped (`queries.is_let_be`). Nobody else is told who, or why; the coordinator is
    told to look. After a no or a stop on their own page, staff can write down a yes
    only from a signed paper; whatever staff write down, whoever gave it is told to look.
    """
    _open(participation)
    giver = giver or participation
    _check_answer(participation, giver, by, answer, scope, method)
    said = {"giver_id": giver.pk, "scope": scope, "answer": answer, "method": method, "words": words.VERSION, "language": language}
    fact = _fact("withdrew" if answer == Consent.Answer.WITHDRAWN else "answered", Consent, participation, by, said, about=("giver_id", "scope"))
    if scope == Consent.Scope.TAKE_PART and answer != Consent.Answer.YES:
        _hold_back(participation, giver, by, fact)
    if by.kind != Kind.PARTICIPANT:
        _tell_giver(participation, giver, by, fact)
    return fact


@transaction.atomic
def agree(participation: Participation, *, by: Actor, answers: Mapping[str, str], giver: Participation | None = None, language: str = "en") -> None:
    """Write down, from somebody's own page, the answer to each thing they were asked."""
    for scope, answer in answers.items():
        consent(participation, by=by, answer=answer, giver=giver, scope=scope, method=Consent.Method.OWN, language=language)


@transaction.atomic
def withdraw(participation: Participation, *, by: Actor) -> Consent:
    """A change of mind, from any stage until the end, without a reason. A guardian takes back the yes they gave for the other."""
    own_page = by.kind == Kind.PARTICIPANT
    giver = next((p for p in cases.here(participation.case) if p.pk == by.id), None) if own_page else participation
    if giver is None:
        raise CannotPrepare(_("They are not in the circle any more."))
    method = Consent.Method.OWN if own_page else Consent.Method.SAID
    return consent(participation, by=by, answer=Consent.Answer.WITHDRAWN, giver=giver, method=method, language=giver.person.language)


@transaction.atomic
def ask_back(participation: Participation, *, by: Actor) -> CallWish:
    """Somebody who stopped asks to be called. It is no yes and starts nothing: what they stopped stays so until they answer anew.

    The coordinator is told to look, and nobody else. Asked again before we have called, it is one wish.
    """
    _open(participation)
    if not queries.has_stopped(participation):
        raise CannotPrepare(_("There is nothing to come back to just now."))
    waiting = queries.call_wish(participation)
    if waiting is not None:
        return waiting
    wish: CallWish = _write(CallWish, participation, by)
    record("asked_back", participation, by=by)
    _alert(participation.case, wish, by)
    return wish


def _open(participation: Participation) -> None:
    """Lock the case; nothing is written about somebody who has left, or once it is closed."""
    case = cases.lock(participation.case)
    if case.stage == Stage.CLOSED:
        raise CannotPrepare(_("This is closed."))
    if not cases.here(case).filter(pk=participation.pk).exists():
        raise CannotPrepare(_("They are not in the circle any more."))


def _latest_today(case: Case) -> date:
    """Today, on the programme's clock or on ours, whichever is further on: nobody is refused for having met this very day."""
    return max(clock.local(timezone.now(), case.programme.zone).date(), timezone.localdate())


def _write(model: Any, participation: Participation, by: Actor, **said: Any) -> Any:
    return model._default_manager.create(participation=participation, by_kind=by.kind, by=by.id, **said)


def _fact(verb: str, model: Any, participation: Participation, by: Actor, said: dict[str, Any], about: tuple[str, ...] = ()) -> Any:
    """Add a fact and its journal line, unless the very same was said a moment ago."""
    alike = {name: said[name] for name in about}
    last = model.objects.filter(participation=participation, **alike).order_by("at", "id").last()
    if last is not None and last.at > clock.now() - AGAIN and all(getattr(last, name) == value for name, value in said.items()):
        return last
    fact = _write(model, participation, by, **said)
    record(verb, participation, by=by)
    return fact


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


def _check_guardian(participation: Participation, giver: Participation) -> None:
    """Authority is read from the row as it is now: it may have been taken away since the page was opened."""
    if giver not in queries.may_answer(participation):
        raise CannotPrepare(_("Only a parent or guardian who may decide for them can answer for them."))


def _hold_back(participation: Participation, giver: Participation, by: Actor, fact: Consent) -> None:
    case = participation.case
    for reader in {participation.person_id, giver.person_id}:
        withdraw_unsent(reader=reader, case=case.pk, by=by)
    _send_back(case, GOES_BACK, by, "consent")
    if by.kind == Kind.PARTICIPANT:
        _alert(case, fact, by)


def _send_back(case: Case, stages: tuple[Stage, ...], by: Actor, reason: str) -> None:
    if case.stage in stages:
        move(case, Stage.PREPARING, by=by, reason=reason)


def _just_invited(participation: Participation, to: Address | None, channel: str) -> bool:
    """The same invitation to the same address a moment ago, with a link that still stands. Another address is another invitation."""
    last = Invitation.objects.filter(participation=participation).order_by("at", "id").last()
    if last is None or last.channel != channel or last.at <= clock.now() - AGAIN:
        return False
    if to is None:
        return True
    stands = link_stands(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, way=channel)
    return stands and went_to(to.value, key=f"invitation:{last.pk}")


def _send_link(participation: Participation, to: Address, invited: Invitation, by: Actor) -> None:
    person = participation.person
    token = issue_link(
        bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, case=participation.case_id, by=by, reader=person.pk, way=to.channel
    )
    with in_language(person.language):
        said = letters.invitation(participation.programme, token)
        write(said, to=to, reader=person.pk, case=participation.case_id, key=f"invitation:{invited.pk}", by=by)


def _tell_giver(participation: Participation, giver: Participation, by: Actor, fact: Consent) -> None:
    """To whoever the answer is written down for: one letter, unless one of these still waits to go, they are let be or no safe way is known."""
    to, key = held_address(giver.person), f"answer:{giver.pk}:"
    if to is None or queries.is_let_be(participation) or queries.is_let_be(giver) or waits(giver.person_id, key=key):
        return
    with in_language(giver.person.language):
        said = letters.answer(participation.programme)
        write(said, to=to, reader=giver.person_id, case=participation.case_id, key=f"{key}{fact.pk}", by=by)


def _alert(case: Case, fact: Fact, by: Actor) -> None:
    for reader in cases.alerted(case):
        with in_language(reader.language):
            key = f"look:{fact.pk}:{reader.pk}"
            write(letters.look(case.programme), to=Address(Channel.EMAIL, reader.email), reader=reader.pk, key=key, by=by)
