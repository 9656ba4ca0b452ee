from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from ..bounds import QUICKER, CannotChange
from ..models import Programme, Script, ScriptPage
from ..scripts import PROMPTS, give_default_scripts, in_use_first

OF_A_PAGE = ("order", "key", "phase", "asks", "title", "words", *PROMPTS.values(), "shared_before")


@transaction.atomic
def revise_script(script: Script, *, by: Actor, pages: Sequence[dict[str, Any]]) -> Script:
    """Save the pages as the next version and retire this one; a conference keeps the version it was planned with.

    `pages` stand in reading order and hold what a `ScriptPage` holds. A page that
    was there keeps its `key`, so that it still stands beside its other language; a
    new one leaves it out. `CannotChange` when nothing would be left to read, or
    when this version has been replaced in the meantime.
    """
    script = Script.objects.select_for_update(of=("self",)).get(pk=script.pk)
    if script.retired_at is not None:
        raise CannotChange(QUICKER)
    if not pages:
        raise CannotChange(_("A script needs at least one page."))
    new = Script.objects.create(name=script.name, language=script.language, way=script.way, version=script.version + 1, used_since=script.used_since)
    ScriptPage.objects.bulk_create(ScriptPage(script=new, order=number, **page) for number, page in enumerate(pages, start=1))
    Script.objects.filter(pk=script.pk).update(retired_at=clock.now())
    record("revised_script", new, by=by, version=new.version)
    return new


@transaction.atomic
def use_script(script: Script, *, by: Actor) -> Script:
    """From now on this is the one that meetings of its way are planned with, in its language."""
    script = Script.objects.select_for_update(of=("self",)).get(pk=script.pk)
    if script.retired_at is not None:
        raise CannotChange(QUICKER)
    others = Script.objects.filter(way=script.way, language=script.language, retired_at__isnull=True)
    if in_use_first(others)[0] == script:
        return script
    Script.objects.filter(pk=script.pk).update(used_since=clock.now())
    record("used_script", script, by=by)
    return script


@transaction.atomic
def bring_ours(programme: Programme, *, by: Actor) -> list[Script]:
    """Our scripts that the programme does not have yet; none that is there is touched."""
    there = set(Script.objects.values_list("pk", flat=True))
    brought = [script for script in give_default_scripts(programme) if script.pk not in there]
    for script in brought:
        record("added_script", script, by=by)
    return brought


@transaction.atomic
def add_script(*, by: Actor, copy_of: Script, name: str, language: str, way: str = "") -> Script:
    """A new script that begins as a copy and is not in use yet; `CannotChange` when its name is taken in that language.

    The same copy asked for twice, even at the same instant, is one: what is there and
    differs in no page from what it would be a copy of is given back.
    """
    named = Script.objects.filter(name=name, language=language)
    if named.exists():
        return _same_copy(named, copy_of)
    try:
        with transaction.atomic():
            new = Script.objects.create(name=name, language=language, way=way or copy_of.way)
    except IntegrityError:
        return _same_copy(named, copy_of)
    ScriptPage.objects.bulk_create(ScriptPage(script=new, **page) for page in copy_of.pages.values(*OF_A_PAGE))
    record("added_script", new, by=by)
    return new


def _same_copy(named: QuerySet[Script], copy_of: Script) -> Script:
    there = named.exclude(pk=copy_of.pk).filter(version=1, retired_at__isnull=True).first()
    if there is None or list(there.pages.values(*OF_A_PAGE)) != list(copy_of.pages.values(*OF_A_PAGE)):
        raise CannotChange(_("There is a script of this name already."))
    return there
