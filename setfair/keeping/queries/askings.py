"""What people asked about what is kept of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language

from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.core import clock
from setfair.programmes.speaking import in_language
from setfair.referrals.models import Referral
from setfair.vault import ring

from ..asked import COPY_STAYS, How, Wants, Why
from ..models import Answer, Asking, Copy
from .copying import Section, copy_for, mark_of_copy
from .due import Thing, is_closed
from .given import Given, files_of
from .held import also_held, is_held

Whose = Participation | Referral
SHARED = "shared"


def open_askings() -> QuerySet[Asking]:
    """Those nobody has answered, and those whose answer was `not yet` because of a hold that is lifted by now."""
    final = Answer.objects.filter(asking=OuterRef("pk")).exclude(how=How.NOT_YET)
    put_off = Answer.objects.filter(asking=OuterRef("pk"), how=How.NOT_YET)
    return Asking.objects.filter(~Exists(final)).exclude(Exists(put_off) & also_held())


def askings_of(whose: Whose) -> list[Asking]:
    """All of theirs, the latest first, each with its last answer (`last`)."""
    rows = list(Asking.objects.filter(**_is(whose)).prefetch_related("answers").order_by("-at", "-id"))
    for row in rows:
        row.last = max(row.answers.all(), key=lambda a: a.at, default=None)  # type: ignore[attr-defined]
    return rows


def shown_to(whose: Whose) -> list[Asking]:
    """The same for their own page: what was asked there by somebody else is no matter of it."""
    return [row for row in askings_of(whose) if row.last is None or row.last.how != How.REFUSED]  # type: ignore[attr-defined]


def copy_of(whose: Whose) -> Copy | None:
    """The copy that was handed over, for as long as it stays."""
    mine = Asking.objects.filter(**_is(whose), wants=Wants.COPY)
    return Copy.objects.filter(asking__in=mine.values("pk"), at__gte=clock.now() - COPY_STAYS).order_by("-at").first()


def thing_of(whose: Whose) -> Thing:
    """What has to be looked at before somebody is forgotten: their case, or their request."""
    return whose.case if isinstance(whose, Participation) else (whose.cases.first() or whose)


def stands_elsewhere(whose: Whose) -> bool:
    if not isinstance(whose, Participation):
        return False
    others = Participation.objects.filter(person=whose.person_id, left_at__isnull=True).exclude(case=whose.case_id)
    return others.exclude(case__stage=Stage.CLOSED).exists()


def can_be_answered(asking: Asking) -> list[tuple[How, Why]]:
    """Which answers are true now, so that nobody has to guess: a hold stops everything; a request that has ended goes as a whole.

    Whoever holds somebody's link can ask on their page: then it may not have been them.
    """
    found = _that_do_it(asking)
    return [*found, (How.REFUSED, Why.NOT_THEM)] if found and asking.is_from_their_page else found


def needs_a_word(asking: Asking) -> bool:
    """Whether somebody has to ask them first if it was them: of whoever sent a request and is reached in no way, nobody can."""
    whose = asking.whose
    unreached = isinstance(whose, Referral) and (not whose.reach or bool(whose.reach.get("none")))
    return asking.is_from_their_page and not unreached


def _that_do_it(asking: Asking) -> list[tuple[How, Why]]:
    if asking.is_copy:
        return [(How.GRANTED, Why.ALL)]
    thing = thing_of(asking.whose)
    if is_held(thing):
        return [(How.NOT_YET, Why.HELD)]
    if stands_elsewhere(asking.whose):
        return [(How.PARTLY, Why.ELSEWHERE)]
    if isinstance(thing, Referral):
        return [(How.GRANTED, Why.ALL)] if is_closed(thing) else []
    return [(How.PARTLY, Why.SIGNED)]


@dataclass(frozen=True)
class Made:
    """A copy as it would leave now: in the reader's own language, with its files, and the mark of exactly these."""

    words: list[Section]
    files: list[Given]
    mark: str
    language: str


def made_for(whose: Whose) -> Made:
    with in_language(whose.person.language if isinstance(whose, Participation) else whose.language):
        words = copy_for(whose, files := files_of(whose))
        return Made(words, files, mark_of_copy(words, files), get_language() or "")


def with_its_own_line(made: Made, whose: Whose) -> list[Section]:
    """The words of a copy, and under what was shared also that this copy was, once the sharing log tells of it. Nothing else in them is made anew."""
    after = made_for(whose).words
    keys = [section["key"] for section in after]
    if SHARED not in keys:
        return made.words
    before = [section for section in made.words if section["key"] in keys[: keys.index(SHARED)]]
    return [*before, after[keys.index(SHARED)], *(one for one in made.words if one not in before and one["key"] != SHARED)]


def asking_page(asking: Asking) -> dict[str, Any]:
    """What the team looks at before it answers, and afterwards what was handed over."""
    whose, copy = asking.whose, asking.copies.first()
    person = whose.person if isinstance(whose, Participation) else None
    ring.gather([whose.pk, person.pk if person is not None else None, asking.case_id])
    name = person.shown if person is not None else whose.asker or whose.ref  # type: ignore[union-attr]
    made = made_for(whose) if asking.is_copy and copy is None else None
    sections, mark = (_read_through(whose, made), made.mark) if made is not None else (copy.words if copy is not None else [], "")
    last = asking.answers.order_by("-at").first()
    open_ = open_askings().filter(pk=asking.pk).exists()
    return {"name": name, "sections": sections, "last": last, "is_open": open_, "handed": copy, "thing": thing_of(whose), "mark": mark}


def _read_through(whose: Whose, made: Made) -> list[Section]:
    """The same in the language of whoever reads it through: made after its mark, so that what came between is noticed when it is answered."""
    return made.words if made.language == get_language() else copy_for(whose, files_of(whose))


def is_promised(thing: Thing) -> bool:
    """Whether whoever sent this request was told that all of it goes: then it waits for no rule."""
    granted = Answer.objects.filter(asking__referral=thing.pk, asking__wants=Wants.FORGET, how=How.GRANTED)
    return isinstance(thing, Referral) and is_closed(thing) and granted.exists()


def promised() -> list[Referral]:
    granted = Answer.objects.filter(asking__referral__isnull=False, asking__wants=Wants.FORGET, how=How.GRANTED)
    rows = Referral.objects.filter(pk__in=granted.values("asking__referral")).select_related("programme")
    return [row for row in rows if is_closed(row)]


def _is(whose: Whose) -> dict[str, Whose]:
    return {"participation" if isinstance(whose, Participation) else "referral": whose}
