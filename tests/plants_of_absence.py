"""Faults by which something hidden would show, part of the one table in `plants.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from setfair.access import doors
from setfair.access.policy import Permission
from setfair.desk import search, today
from setfair.programmes.reasons import Reason
from setfair.referrals.models import Screening
from setfair.referrals.views import status


def _count_unwalled(patch: pytest.MonkeyPatch) -> None:
    """Today counts and names what it comes upon, whoever asks."""
    patch.setattr(today, "open_to", lambda actor, permission, model: model._default_manager.all())


def _search_unwalled(patch: pytest.MonkeyPatch) -> None:
    """A reference that somebody types leads to its page, whoever they are."""
    patch.setattr(search, "open_to", lambda actor, permission, model: model._default_manager.all())


def _error_tells(patch: pytest.MonkeyPatch) -> None:
    """What is there and not theirs answers otherwise than what is not there."""
    real = doors._row

    def telling(actor: Any, permission: Permission, model: Any, key: str, value: Any) -> Any:
        row = real(actor, permission, model, key, value)
        if row is None and model._default_manager.filter(**{key: value}).exists():
            raise PermissionDenied
        return row

    patch.setattr(doors, "_row", telling)


def _reason_told(patch: pytest.MonkeyPatch) -> None:
    """Whoever asked reads why it does not go ahead."""
    shown = status.render

    def telling(request: Any, template: str, context: dict[str, Any], **more: Any) -> Any:
        answer = shown(request, template, context, **more)
        for screening in Screening.objects.filter(referral=context["referral"], accepted=False):
            answer.content = answer.content.replace(b"</main>", f"<p>{Reason(screening.reason).label}</p></main>".encode())
        return answer

    patch.setattr(status, "render", telling)


OF_ABSENCE: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "count-unwalled": _count_unwalled,
    "search-unwalled": _search_unwalled,
    "error-tells": _error_tells,
    "reason-told": _reason_told,
}
