"""The checklist of what each person has to have been asked or told. A change is a new version, and nothing that was ticked is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from ..bounds import QUICKER, CannotChange
from ..checklist import ended_items, give_default_checklist
from ..models import ChecklistItem, Programme

OLDEST = 120
LONGEST = 160
MOST = 60
FACTS = ("words", "roles", "ways", "from_age", "below_age", "needed")


@transaction.atomic
def take_our_checklist(programme: Programme, *, by: Actor) -> list[ChecklistItem]:
    """Begin with the list that we ship, where a programme never had one."""
    _locked(programme)
    given = give_default_checklist(programme)
    if given:
        record("took_checklist", programme, by=by)
    return given


@transaction.atomic
def add_item(programme: Programme, *, by: Actor, place: int | None = None, **facts: Any) -> ChecklistItem:
    """One more, at its place in the list or at its end. The same one sent twice is one. Raises `CannotChange`."""
    _locked(programme)
    said, live = _checked(programme, **facts), list(_live())
    there = next((item for item in live if _facts_of(item) == said), None)
    if there is not None:
        return there
    if len(live) >= MOST:
        raise CannotChange(_("The list is very long already. Please end something first."))
    last = ChecklistItem.objects.aggregate(last=Max("number"))["last"] or 0
    item = ChecklistItem.objects.create(number=last + 1, place=len(live) + 1, **said)
    record("added_to_checklist", item, by=by)
    _put(item, place)
    return item


@transaction.atomic
def change_item(item: ChecklistItem, *, by: Actor, place: int | None = None, **facts: Any) -> ChecklistItem:
    """Say it anew, as its next version, and put it where it belongs. Whoever was ticked off already stays ticked off, in the words of then.

    Its place alone makes no new version. Raises `CannotChange`, also when somebody else was quicker.
    """
    _locked(item.programme)
    now = _still_asked(item)
    said = _checked(item.programme, **facts)
    if _facts_of(now) != said:
        now.ended_at = clock.now()
        now.save(update_fields=["ended_at"])
        now = ChecklistItem.objects.create(number=now.number, version=now.version + 1, place=now.place, **said)
        record("changed_checklist", now, by=by)
    _put(now, place)
    return now


@transaction.atomic
def end_item(item: ChecklistItem, *, by: Actor) -> ChecklistItem:
    """Nobody is asked it any more. What was ticked is kept."""
    _locked(item.programme)
    now = _still_asked(item)
    now.ended_at = clock.now()
    now.save(update_fields=["ended_at"])
    record("ended_of_checklist", now, by=by)
    return now


@transaction.atomic
def take_up_item(item: ChecklistItem, *, by: Actor) -> ChecklistItem:
    """One that was ended is asked again, in the words it had last and at the end of the list; what was ticked then stays ticked."""
    _locked(item.programme)
    if item not in ended_items():
        raise CannotChange(QUICKER)
    live = _live().count()
    if live >= MOST:
        raise CannotChange(_("The list is very long already. Please end something first."))
    facts = {name: getattr(item, name) for name in FACTS}
    now = ChecklistItem.objects.create(number=item.number, version=item.version + 1, place=live + 1, **facts)
    record("took_up_of_checklist", now, by=by)
    return now


def _live() -> Any:
    return ChecklistItem.objects.filter(ended_at__isnull=True).order_by("place", "number")


def _locked(programme: Programme) -> None:
    """Of two who change the list at one moment the second waits."""
    Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)


def _still_asked(item: ChecklistItem) -> ChecklistItem:
    now = _live().filter(pk=item.pk).first()
    if now is None:
        raise CannotChange(QUICKER)
    return now


def _put(item: ChecklistItem, place: int | None) -> None:
    """At that place among the others, which keep their order."""
    if place is None:
        return
    others = [other for other in _live() if other.pk != item.pk]
    others.insert(max(place, 1) - 1, item)
    for number, one in enumerate(others, start=1):
        if one.place != number:
            ChecklistItem.objects.filter(pk=one.pk).update(place=number)
            one.place = number


def _facts_of(item: ChecklistItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in FACTS} | {"roles": sorted(item.roles), "ways": sorted(item.ways)}


def _checked(
    programme: Programme,
    *,
    words: Mapping[str, str],
    roles: Collection[str],
    ways: Collection[str] = (),
    from_age: int | None = None,
    below_age: int | None = None,
    needed: bool = False,
) -> dict[str, Any]:
    said = {language: " ".join(words.get(language, "").split()) for language, _name in settings.LANGUAGES}
    if not said.get(programme.language):
        raise CannotChange(_("Please write it in the programme's first language at least."))
    if any(len(line) > LONGEST for line in said.values()):
        raise CannotChange(_("Please say it in one short line."))
    if not roles:
        raise CannotChange(_("Please choose whom it is for."))
    ages = [age for age in (from_age, below_age) if age is not None]
    if any(age > OLDEST for age in ages) or ages != sorted(set(ages)):
        raise CannotChange(_("Please check the ages: the second is above the first."))
    kept = {language: line for language, line in said.items() if line}
    return {"words": kept, "roles": sorted(roles), "ways": sorted(ways), "from_age": from_age, "below_age": below_age, "needed": needed}
