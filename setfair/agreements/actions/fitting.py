from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record

from .. import letters, queries, text
from ..checks import CannotSign
from ..journey import Stage
from ..models import Agreement, Fit
from ..reach import reaches


@transaction.atomic
def mark(agreement: Agreement, *, by: Actor, participation: Participation, words: Mapping[UUID, str], method: str, seen: str = "") -> list[Fit]:
    """Write down what one person thinks of some of the promises, before anybody signs; the journal keeps that they did, and no answer.

    Only what is new is written. Whoever said on their own page that they want a promise changed is heard until they say
    otherwise there: nobody of the team says for them that it is fair. `seen` is the digest of what was on their page.
    """
    locked = queries.lock(agreement)
    if locked.stage != Stage.SIGNING or not queries.still_to_sign(locked).filter(pk=participation.pk).exists():
        raise CannotSign(_("This cannot be signed just now. Nothing is asked of you."))
    if seen and seen != text.digest(locked.words or {}):
        raise CannotSign(_("The words have changed since you read them. Please read them again."))
    items = {item.pk: item for item in queries.items_of(locked) if reaches(item, participation)}
    said = queries.fits(locked).of(participation.pk)
    _check(words, {pk: queries.words_for(item, participation) for pk, item in items.items()}, said, method)
    fresh = [
        Fit(item=items[pk], participation=participation, case_id=locked.case_id, word=word, edition=items[pk].edition, method=method, by=_staff(by))
        for pk, word in words.items()
        if pk not in said or said[pk].word != word
    ]
    Fit.objects.bulk_create(fresh)
    if fresh:
        record("marked", agreement, by=by, method=method)
        _tell_that_it_is_open(locked, participation, by)
    return fresh


def _tell_that_it_is_open(agreement: Agreement, last: Participation, by: Actor) -> None:
    """Whoever has said it on their own page is not in the room: they hear when the last word is there and they can sign."""
    if not queries.open_for(agreement, last.pk).now:
        return
    own = Fit.objects.filter(item__agreement=agreement, method=Fit.Method.OWN_DEVICE).exclude(participation=last)
    waiting = queries.still_to_sign(agreement).filter(pk__in=own.values("participation")).select_related("person")
    about = f"{agreement.pk}:{queries.last_round(agreement)}:open"
    letters.send(letters.TO_SIGN, waiting, programme=agreement.case.programme, about=about, by=by)


def _check(words: Mapping[UUID, str], choices: Mapping[UUID, list[str]], said: Mapping[UUID, Fit], method: str) -> None:
    if any(word not in choices.get(pk, ()) for pk, word in words.items()):
        raise CannotSign(_("Please choose one of the answers."))
    theirs = [pk for pk, fit in said.items() if fit.word == Fit.Word.CHANGE and fit.method != Fit.Method.SAID]
    if method == Fit.Method.SAID and any(words.get(pk, Fit.Word.CHANGE) != Fit.Word.CHANGE for pk in theirs):
        raise CannotSign(_("They said themselves that they want something changed. Only they can say otherwise."))


def _staff(by: Actor) -> UUID | None:
    return by.id if by.kind == Kind.STAFF else None
