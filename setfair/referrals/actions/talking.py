"""A talk just to learn more: offered, booked, held or missed, and followed up. None of it opens a case, and none of it is a refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.letters.actions import Words, withdraw_unsent_of
from setfair.programmes.models import Membership, Programme
from setfair.programmes.speaking import in_language

from .. import letters, letters_of_talks
from ..journey import After, Stage, TalkStage
from ..models import Referral
from ..refusal import CannotTalk
from ..talks import AHEAD, HOLDERS, MINUTES, Talk, TalkEnd
from ..telling import send

FARTHEST = timedelta(days=60)
LATE = timedelta(days=30)
"""How far back a talk may lie that is written down only now."""


@transaction.atomic
def offer_talk(
    referral: Referral, *, by: Actor, times: Sequence[datetime], holder: UUID, place: str = "", brief: str = "", minutes: int = MINUTES
) -> Talk:
    """Offer up to three times to whoever asked, and write to them that there is something to choose. One offer at a time."""
    referral.refresh_from_db(fields=["stage"], from_queryset=Referral.objects.select_for_update(of=("self",)))
    if referral.stage != Stage.RECEIVED:
        raise CannotTalk(_("This has been answered already."))
    if referral.talks.filter(stage__in=AHEAD).exists():
        raise CannotTalk(_("A talk is planned already. Call it off first, and offer another."))
    if not Membership.objects.filter(user=holder, role__in=HOLDERS, ended_at__isnull=True, user__is_active=True).exists():
        raise CannotTalk(_("Please choose who holds it."))
    if referral.kept_out.filter(user=holder, ended_at__isnull=True).exists():
        raise CannotTalk(_("They are kept out of this. Please choose somebody else."))
    now, offered = clock.now(), sorted(set(times))
    if not offered or any(not now < moment < now + FARTHEST for moment in offered):
        raise CannotTalk(_("Please give times that are still to come, within sixty days."))
    said = {"times": offered, "holder": holder, "place": place.strip(), "brief": brief.strip(), "minutes": minutes}
    talk = Talk.objects.create(referral=referral, by=by.known_id, **said)
    record("offered_talk", talk, by=by)
    _tell(talk, letters_of_talks.offered, by=by)
    return talk


@transaction.atomic
def book_talk(talk: Talk, *, by: Actor, starts_at: datetime) -> Talk:
    """Whoever asked chooses one of the times that were offered."""
    if starts_at not in talk.open_times():
        raise CannotTalk(_("This time is no longer free. Please choose another, or call us."))
    return _book(talk, starts_at, by)


@transaction.atomic
def note_time(talk: Talk, *, by: Actor, starts_at: datetime) -> Talk:
    """The team writes down the time that was agreed with them by voice; it may be another than those offered, or lie just behind us."""
    if not clock.now() - LATE < starts_at < clock.now() + FARTHEST:
        raise CannotTalk(_("Please check the day and the time."))
    return _book(talk, starts_at, by)


def _book(talk: Talk, starts_at: datetime, by: Actor) -> Talk:
    """Of two who choose the same hour of the same person, the later is asked to choose again."""
    try:
        with transaction.atomic():
            Talk.objects.filter(pk=talk.pk).update(starts_at=starts_at)
            move(talk, TalkStage.BOOKED, by=by)
    except IntegrityError:
        raise CannotTalk(_("This time is no longer free. Please choose another, or call us.")) from None
    talk.starts_at = starts_at
    _stop("offered", talk, by)
    if starts_at > clock.now():
        _tell(talk, letters_of_talks.booked, by=by)
        _tell_holder(talk, by)
    return talk


@transaction.atomic
def hold_talk(talk: Talk, *, by: Actor) -> Talk:
    """It took place."""
    _has_begun(talk)
    return move(talk, TalkStage.HELD, by=by)


@transaction.atomic
def miss_talk(talk: Talk, *, by: Actor) -> Talk:
    """It did not take place. Nobody is blamed, and another can be offered."""
    _has_begun(talk)
    return move(talk, TalkStage.MISSED, by=by)


@transaction.atomic
def call_off_talk(talk: Talk, *, by: Actor) -> Talk:
    """By whoever asked or by the team; the request stands as before. They hear of it when it was the team that did."""
    was_booked = talk.stage == TalkStage.BOOKED
    move(talk, TalkStage.CALLED_OFF, by=by)
    _stop("offered", talk, by)
    _stop("booked", talk, by)
    if by.id == talk.referral_id:
        _tell_holder(talk, by)
    elif was_booked and talk.referral.stage == Stage.RECEIVED:
        _tell(talk, letters_of_talks.off, by=by)
    return talk


@transaction.atomic
def call_off_what_is_ahead(referral: Referral, *, by: Actor) -> None:
    """Its request has ended another way."""
    for talk in referral.talks.filter(stage__in=AHEAD):
        call_off_talk(talk, by=by)


@transaction.atomic
def follow_up(talk: Talk, *, by: Actor, after: str, words: str = "") -> TalkEnd:
    """What comes of it. Unless they ask for a conference it ends here: not declined, and without a case; they can ask at any time."""
    if after not in After.values:
        raise CannotTalk(_("Please choose one of the answers."))
    move(talk, TalkStage.FOLLOWED, by=by)
    end = TalkEnd.objects.create(talk=talk, referral_id=talk.referral_id, after=after, words=words.strip(), by=by.known_id)
    record("followed_talk", talk, by=by, after=after)
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=talk.referral_id)
    if after == After.ASKS:
        _asks_again(referral)
    elif referral.stage == Stage.RECEIVED:
        move(referral, Stage.TALKED, by=by, reason=after)
        if after != After.NOT_REACHED:
            _tell(talk, letters_of_talks.thanks, by=by)
    return end


@transaction.atomic
def ask_after_all(referral: Referral, *, by: Actor) -> Referral:
    """Somebody who only talked with us asks now: the same request waits to be answered again, and the days are counted from now."""
    _asks_again(referral)
    return move(referral, Stage.RECEIVED, by=by)


def _asks_again(referral: Referral) -> None:
    referral.asked_again_at = clock.now()
    referral.save(update_fields=["asked_again_at"])


def _has_begun(talk: Talk) -> None:
    if talk.starts_at is None or talk.starts_at > clock.now():
        raise CannotTalk(_("It is still to come."))


def _tell(talk: Talk, words: Callable[[Talk, Programme], Words], *, by: Actor) -> None:
    """Over the way they said is safe; on a locked screen only that there is something to read."""
    referral, programme = Referral.objects.select_related("programme").get(pk=talk.referral_id), talk.programme
    way = letters.way_to(referral)
    if way is None:
        return
    with in_language(referral.language):
        said = words(talk, programme) if way.has_room else letters.news(programme)
        send(said, way.address, referral, f"talk-{words.__name__}:{talk.pk}", by=by)


def _stop(letter: str, talk: Talk, by: Actor) -> None:
    withdraw_unsent_of(f"talk-{letter}:{talk.pk}", reader=talk.referral_id, by=by)


def _tell_holder(talk: Talk, by: Actor) -> None:
    """Whoever holds it is told to look, and not at what."""
    letters_of_talks.have_them_look(talk, by=by)
