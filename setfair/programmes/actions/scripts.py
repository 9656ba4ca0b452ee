from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from ..bounds import QUICKER, CannotChange
from ..models import Script, ScriptPage


@transaction.atomic
def revise_script(script: Script, *, by: Actor, pages: Sequence[dict[str, Any]]) -> Script:
    """Save the pages as the next version and retire this one; a conference keeps the version it was planned with.

    `pages` stand in reading order and hold `title`, `asks`, `words`, `helps` and
    `shared_before`. `CannotChange` when nothing would be left to read, or when
    this version has been replaced in the meantime.
    """
    script = Script.objects.select_for_update(of=("self",)).get(pk=script.pk)
    if script.retired_at is not None:
        raise CannotChange(QUICKER)
    if not pages:
        raise CannotChange(_("A script needs at least one page."))
    new = Script.objects.create(name=script.name, language=script.language, version=script.version + 1)
    ScriptPage.objects.bulk_create(ScriptPage(script=new, order=number, **page) for number, page in enumerate(pages, start=1))
    Script.objects.filter(pk=script.pk).update(retired_at=clock.now())
    record("revised_script", new, by=by, version=new.version)
    return new


@transaction.atomic
def add_script(*, by: Actor, copy_of: Script, name: str, language: str) -> Script:
    """A new script that begins as a copy; `CannotChange` when its name is taken in that language."""
    if Script.objects.filter(name=name, language=language).exists():
        raise CannotChange(_("There is a script of this name already."))
    new = Script.objects.create(name=name, language=language)
    ScriptPage.objects.bulk_create(
        ScriptPage(script=new, order=p.order, asks=p.asks, title=p.title, words=p.words, helps=p.helps, shared_before=p.shared_before)
        for p in copy_of.pages.all()
    )
    record("added_script", new, by=by)
    return new
