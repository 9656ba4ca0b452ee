"""The words of a promise in another language, for those who read that."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.cases.models import Participation, Role
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import letters, queries, tongues
from ..checks import CannotWrite, ChangedMeanwhile
from ..journey import Stage
from ..models import Agreement, Item, Translation
from ..reach import reaches

STANDS = (Stage.DRAFTING, Stage.RESTS, Stage.SIGNING, Stage.IN_FORCE)


@transaction.atomic
def put_into(
    item: Item, *, by: Actor, language: str, words: Mapping[str, str], interpreter: Participation | None = None, seen: str = ""
) -> Translation:
    """Say a promise in another language, for those who read that; written anew, the newer words count, and without any those before are
    taken away. The same words twice are once.

    Nothing that was signed changes: each signature keeps what lay there in both languages, and the words as they were written are the ones
    that count. Whoever has their name under it in this language is told that there is something new to read. `seen` is the digest of what
    was on the page (`queries.put_digest`). The same promise in a version that is in hand is said so too. Raises `CannotWrite`, and
    `ChangedMeanwhile` if either is not as it stood on the page.
    """
    agreement = queries.lock(item.agreement)
    locked = Item.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if locked is None or agreement.stage not in STANDS:
        raise CannotWrite(_("This promise does not stand any more, so nothing is put into another language."))
    there = queries.translation_of(locked, language)
    if seen and seen != queries.put_digest(locked, there):
        raise ChangedMeanwhile(locked)
    said = {part: words.get(part, "").strip() for part in queries.PARTS}
    _check(locked, language, said, interpreter)
    if _stands_so(there, said, interpreter) and there is not None:
        return there
    row = _written(locked, by, language, said, interpreter)
    for other in _in_hand_too(agreement, locked):
        _written(other, by, language, said, interpreter)
    record("put_into_another_language", locked, by=by, language=language)
    _tell(agreement, locked, language, by)
    return row


def _check(item: Item, language: str, said: Mapping[str, str], interpreter: Participation | None) -> None:
    if language not in tongues.KNOWN or language == tongues.written_in(item):
        raise CannotWrite(_("Please choose another language than the one it is written in."))
    has = [part for part in queries.PARTS if getattr(item, part)]
    if any(said.values()) and ([part for part in queries.PARTS if said[part]] != has):
        raise CannotWrite(_("Please put all of it into the other language, and nothing that does not stand there. Or leave all of it empty."))
    if interpreter is not None and (interpreter.case_id, interpreter.role, interpreter.left_at) != (item.case_id, Role.INTERPRETER, None):
        raise CannotWrite(_("Please choose somebody who interprets here."))


def _stands_so(there: Translation | None, said: Mapping[str, str], interpreter: Participation | None) -> bool:
    if there is None:
        if not any(said.values()):
            raise CannotWrite(_("Please write it in the other language."))
        return False
    same = all(getattr(there, part) == words for part, words in said.items())
    return same and there.interpreter_id == (interpreter.pk if interpreter else None)


def _written(item: Item, by: Actor, language: str, said: Mapping[str, str], interpreter: Participation | None) -> Translation:
    facts = {"item": item, "case_id": item.case_id, "language": language, "edition": item.edition, "interpreter": interpreter, "by": by.known_id}
    return Translation.objects.create(**facts, **said)


def _in_hand_too(agreement: Agreement, item: Item) -> list[Item]:
    """The same promise in a newer version, as long as nobody put it in other words there."""
    hand = queries.in_hand_of(agreement)
    if hand is None or hand.pk == agreement.pk:
        return []
    return [other for other, was in queries.same_as(hand, agreement.stage) if was.pk == item.pk]


def _tell(agreement: Agreement, item: Item, language: str, by: Actor) -> None:
    """Once a day: whoever puts ten promises into a language one by one sends no ten letters."""
    under = queries.under(agreement)
    signed = queries.signers(agreement).filter(pk__in=under).select_related("person", "stands_by__person")
    read = [p for p in signed if language in (under[p.pk].language, tongues.read_by(p)) and reaches(item, p)]
    about = f"{agreement.pk}:in-{language}-{timezone.localdate().isoformat()}"
    letters.send(letters.NEW_VERSION, read, programme=agreement.case.programme, about=about, by=by)
