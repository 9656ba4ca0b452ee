"""The words a programme asks in, and the offices it asks about."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Case
from setfair.cases.queries import lock
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.programmes import wording
from setfair.programmes.actions import CannotChange, change_words
from setfair.programmes.models import Programme
from setfair.programmes.reading import is_hard

from ..asked import Question, kept, key_of
from ..models import Asking, Recipient
from ..yes import Scope

NAMELESS = (Scope.TAKE_PART, Scope.NOTES, Scope.OUTCOME)


@transaction.atomic
def reword(programme: Programme, *, by: Actor, scope: str, about: str, language: str, seen: Mapping[str, str], words: Mapping[str, str]) -> None:
    """Ask for a yes in the programme's own words; no words at all bring ours back. Nobody who answered before is moved to the new ones.

    What stood until now is kept, and what stands from now on. Raises `CannotChange` for
    words that are hard to read, that say what it is about, or that lose the office.
    """
    text = words[key_of(scope, about)]
    if is_hard(text, language):
        raise CannotChange(_("This is hard to read. Please use short sentences and everyday words."))
    if text and scope not in NAMELESS and "{name}" not in text:
        raise CannotChange(_("Please keep {name} in the words: it stands for the office."))
    _keep(scope, about, language)
    change_words(programme, by=by, language=language, seen=seen, words=words)
    wording.forget()
    _keep(scope, about, language)


@transaction.atomic
def name_office(*, by: Actor, name: str, purpose: str) -> Recipient:
    """Name an office that people can be asked about. The same name twice is one."""
    name = " ".join(name.split())
    if not name or purpose not in Recipient.Purpose.values:
        raise CannotChange(_("Please write the name of the office, and what it is for."))
    there = Recipient.objects.filter(name=name, purpose=purpose, closed_at__isnull=True).first()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            office = Recipient.objects.create(name=name, purpose=purpose)
    except IntegrityError:
        return Recipient.objects.get(name=name, purpose=purpose, closed_at__isnull=True)
    record("named_office", office, by=by, purpose=purpose)
    return office


@transaction.atomic
def close_office(office: Recipient, *, by: Actor) -> Recipient:
    """Nobody is asked about it any more, and nothing more goes to it; what was said and shared stays written."""
    office = Recipient.objects.select_for_update(of=("self",)).get(pk=office.pk)
    if office.closed_at is None:
        office.closed_at = clock.now()
        office.save(update_fields=["closed_at"])
        record("closed_office", office, by=by)
    return office


@transaction.atomic
def ask_about(case: Case, *, by: Actor, recipient: Recipient) -> Asking:
    """From now on people of this case are asked whether this office may be told."""
    lock(case)
    asking, is_new = Asking.objects.get_or_create(case=case, recipient=recipient, ended_at__isnull=True)
    if is_new:
        record("asked_about_office", case, by=by)
    return asking


@transaction.atomic
def ask_no_more(case: Case, *, by: Actor, recipient: UUID) -> None:
    """Nobody is asked about it from now on. A yes that was given stays one, until it is taken back."""
    lock(case)
    ended = Asking.objects.filter(case=case, recipient=recipient, ended_at__isnull=True).update(ended_at=clock.now())
    if ended:
        record("asked_no_more_about_office", case, by=by)


def _keep(scope: str, about: str, language: str) -> None:
    offices = [None] if scope in NAMELESS else list(Recipient.objects.filter(purpose=scope, closed_at__isnull=True))
    for office in offices:
        kept(Question(Scope(scope), about, office), language)
