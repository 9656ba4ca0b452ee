from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from setfair.core import tenant
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import defaults
from ..bounds import CannotChange, check
from ..checklist import give_default_checklist
from ..library import give_ours
from ..models import Programme, Room, Window
from ..scripts import give_default_scripts


class CannotOpen(Exception):
    """A programme cannot be opened here; the sentence says why."""


@transaction.atomic
def open_programme(*, slug: str, kind: str, name: str, short_name: str, by: Actor, is_demo: bool = False, **facts: Any) -> Programme:
    """Found a programme with the defaults of its kind: rules, texts, windows, one room, its scripts.

    The caller stands inside the new programme's id already (`tenant.inside(uuid4())`),
    so that its very first rows are written behind its own wall. `facts` are fields
    of `Programme` and beat the defaults. A database holds demonstrations or real
    programmes and never both: `CannotOpen`.
    """
    language = facts.get("language", "en")
    with translation.override(language):
        given = {**defaults.RULES[kind], **{key: str(text) for key, text in defaults.TEXTS[kind].items()}, **facts}
        programme = Programme(pk=tenant.scope().programme_id, slug=slug, kind=kind, name=name, short_name=short_name, is_demo=is_demo, **given)
        _found(programme, facts)
        Window.objects.bulk_create(
            Window(name=str(title), weekday=day, starts=starts, ends=ends) for title, days, starts, ends in defaults.WINDOWS[kind] for day in days
        )
        Room.objects.create(name=str(defaults.ROOM))
        give_default_scripts(programme)
        give_default_checklist(programme)
        give_ours(programme)
    record("opened_programme", programme, by=by, kind=kind)
    return programme


def _found(programme: Programme, facts: dict[str, Any]) -> None:
    try:
        check(facts)
        with transaction.atomic():
            programme.save(force_insert=True)
    except CannotChange as reason:
        raise CannotOpen(str(reason)) from reason
    except IntegrityError as clash:
        raise CannotOpen(_why(clash)) from clash


def _why(clash: IntegrityError) -> str:
    broken = getattr(getattr(clash.__cause__, "diag", None), "constraint_name", "") or ""
    if broken == "programme_demo_or_real":
        return _("Demonstration and real programmes cannot share one database. Please use a database of its own.")
    if "slug" in broken:
        return _("This address is taken. Please choose another one.")
    raise clash
