"""From a posted form to a saved setting, or to the same form with the person's words and the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest

from setfair.programmes.actions import CannotChange
from setfair.programmes.forms.careful import CarefulForm
from setfair.programmes.models import Programme


def saved(form: Form, act: Callable[[], Any]) -> bool:
    """Whether the form was sent, is clean, and the act went through. What the act refuses stands in the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except CannotChange as reason:
        form.add_error(None, str(reason))
        return False
    return True


def saved_over(row: Any, form: CarefulForm, act: Callable[[], Any]) -> bool:
    """The same over a row that somebody else may have changed: then the form says what the row holds now, and can be sent again."""
    done = saved(form, act)
    if not done and form.is_bound:
        form.compare(type(row)._default_manager.get(pk=row.pk))
    return done


def status_of(form: Any) -> int:
    """422 for a form that was sent and could not be taken."""
    return 422 if form.is_bound else 200


def language_of(request: HttpRequest, programme: Programme) -> str:
    """The language these words are written in: the one asked for, or the programme's first."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else programme.language


def language_tabs(chosen: str) -> list[dict[str, Any]]:
    return [{"url": f"?language={code}", "label": name, "current": code == chosen} for code, name in settings.LANGUAGES]
