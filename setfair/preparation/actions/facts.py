"""What is done and said with one person: invited, met, asked, answered, looked after. Each is a fact that is never altered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.accounts.actions import issue_code, issue_link, replace_code
from setfair.accounts.models import Pass, User
from setfair.accounts.queries import link_stands
from setfair.cases.models import Participation, Role
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record
from setfair.letters.actions import Address, write
from setfair.letters.models import Channel
from setfair.letters.queries import went_to
from setfair.people.custody import custody_of
from setfair.people.queries import held_address
from setfair.programmes.speaking import in_language

from .. import letters, queries, words
from ..models import Acknowledgement, Consent, Invitation, Meeting, SafetyCheck, Slip
from ..refusal import CannotPrepare
from ..worries import Strength, Worry
from ..writing import AGAIN, BEFORE_THE_DAY, alert, latest_today, open_case_of, send_back, write_down, write_once

LONGEST = 600


@transaction.atomic
def ask_in_on_paper(participation: Participation, *, by: Actor) -> None:
    """Whoever was not asked in yet is asked in by the paper that they are given."""
    open_case_of(participation)
    if not Invitation.objects.filter(participation=participation).exists():
        write_down(Invitation, participation, by, channel=Channel.PAPER)
        record("invited", participation, by=by, channel=Channel.PAPER)


@transaction.atomic
def invite(participation: Participation, *, by: Actor) -> str:
    """Ask somebody in: a code to hand over or read out, and, where a safe way is known, a letter with a link that opens once.

    The code is shown this once; whatever way in they had stops working. Pressed twice,
    one letter goes, its link works, and the later code is the one that works.
    """
    _may_have_a_code(participation)
    to = held_address(participation.person, opens=True) if not queries.is_let_be(participation) else None
    channel = to.channel if to is not None else Channel.PAPER
    if _just_invited(participation, to, channel):
        return replace_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, case=participation.case_id, by=by)
    code = issue_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, case=participation.case_id, by=by)
    invited = write_down(Invitation, participation, by, channel=channel)
    record("invited", participation, by=by, channel=invited.channel)
    if to is not None:
        _send_link(participation, to, invited, by)
    return code


@transaction.atomic
def reissue(participation: Participation, *, by: Actor) -> str:
    """A new code on the spot for somebody who lost theirs; no letter goes, and it is no new invitation."""
    _may_have_a_code(participation)
    return issue_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, case=participation.case_id, by=by)


@transaction.atomic
def hand_code(participation: Participation, *, by: Actor) -> str:
    """A new code to be printed for them: links go on working."""
    _may_have_a_code(participation)
    return replace_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, case=participation.case_id, by=by)


@transaction.atomic
def meet(
    participation: Participation,
    *,
    by: Actor,
    held_on: date,
    explained: bool = True,
    support: str = "found",
    minutes: int | None = None,
    attended: str = Meeting.Came.YES,
    note: str = "",
) -> Meeting:
    """Write down a preparation meeting that was held (S2.2 to S2.4)."""
    open_case_of(participation)
    if held_on < clock.EARLIEST:
        raise CannotPrepare(_("Please check the date: it is too long ago."))
    if held_on > latest_today(participation.case):
        raise CannotPrepare(_("This date is still to come. Please write it down once you have met."))
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise CannotPrepare(_("Please check how many minutes it took."))
    if support not in dict(Meeting._meta.get_field("support").flatchoices):
        raise CannotPrepare(_("Please choose one of the answers about a support person."))
    if note.strip() and queries.wants_no_notes(participation):
        raise CannotPrepare(_("They said no to notes. Please leave the note empty: that you met is still written down."))
    if attended not in Meeting.Came.values:
        raise CannotPrepare(_("A meeting to which they did not come is written down among the tries."))
    said = {"held_on": held_on, "attended": attended, "explained": explained, "support": support, "minutes": minutes, "note": note.strip()}
    return write_once("met", Meeting, participation, by, said)


@transaction.atomic
def acknowledge(
    participation: Participation, *, by: Actor, given: bool, method: str = Consent.Method.SAID, slip: Slip | None = None
) -> Acknowledgement:
    """Write down whether a person responsible takes some responsibility; no plea, and no measure of remorse.

    It is their own: on their page only they say it. After a no there, staff write down a yes only from a signed paper.
    """
    open_case_of(participation)
    if Role.RESPONSIBLE not in participation.roles:
        raise CannotPrepare(_("Only a person responsible is asked this."))
    if (method == Consent.Method.OWN) != (by.kind == Kind.PARTICIPANT) or (method == Consent.Method.OWN and by.id != participation.pk):
        raise CannotPrepare(_("An answer on one's own page can only be one's own."))
    if given and method == Consent.Method.SAID and queries.keeps_to_no_part(participation):
        raise CannotPrepare(words.ONLY_THEIRS)
    read = words.VERSION if method == Consent.Method.OWN else ""
    said = {"given": given, "method": method, "words": read, "slip_id": slip.pk if slip is not None else None}
    fact = write_once("acknowledged", Acknowledgement, participation, by, said)
    if not given:
        send_back(participation.case, BEFORE_THE_DAY, by, "acknowledgement")
    if method == Consent.Method.OWN:
        alert(participation.case, fact, by)
    return fact


@transaction.atomic
def check_safety(
    participation: Participation, *, by: Actor, level: str, plan: str = "", worries: Collection[str] = (), strengths: Collection[str] = (),
    looks_again: User | None = None,
) -> SafetyCheck:  # fmt: skip
    """Write down how safe it would be for this person, what worries us and what helps, and the plan. `looks_again` does so before it is out of
    date; whoever writes it down, if nobody else is named. A high worry takes a planned day away until somebody decides.
    """
    open_case_of(participation)
    if not {*worries} <= {*Worry.values} or not {*strengths} <= {*Strength.values}:
        raise CannotPrepare(_("Please choose from the list."))
    if looks_again is not None and looks_again not in queries.who_looks(participation.case):
        raise CannotPrepare(_("Please choose somebody who works on this case."))
    found = {"worries": sorted(worries), "strengths": sorted(strengths), "owner_id": looks_again.pk if looks_again is not None else by.id}
    if level not in dict(SafetyCheck._meta.get_field("level").flatchoices):
        raise CannotPrepare(_("Please choose how great the worry is."))
    fact = write_once("checked_safety", SafetyCheck, participation, by, {"level": level, "plan": plan.strip(), **found})
    if level == "high":
        send_back(participation.case, BEFORE_THE_DAY, by, "safety")
    return fact


def _may_have_a_code(participation: Participation) -> None:
    """In a closed place there is no screen of theirs, and what is written is read by others."""
    open_case_of(participation)
    if custody_of(participation.person_id) is not None:
        raise CannotPrepare(_("They are in a closed place: no code and no link goes there. Give them everything on paper."))


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
