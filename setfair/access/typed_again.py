"""The step before somebody's own pages hand over much at once: whoever is in types their code once more. A stay may have begun on a phone that
somebody else holds by now."""

from __future__ import annotations

import time

from django.http import HttpRequest

from setfair.accounts.models import Pass
from setfair.accounts.queries import is_link, pass_behind

from .arrival import may_try, was_right
from .entry import BEARER
from .limits import deny

TYPED = f"{__name__}.typed"
LASTS = 600
"""For so many seconds it need not be typed again."""


def has_typed(request: HttpRequest) -> bool:
    return time.time() - request.session.get(TYPED, 0) < LASTS


def type_again(request: HttpRequest, text: str) -> bool:
    """Whether this is the code of whoever's stay it is; wrong ones count as they do at the entrance. A link is no code."""
    if is_link(text) or not may_try(request, text):
        return False
    found, whose = pass_behind(text), request.session[BEARER]["id"]
    if found is None or not Pass.objects.filter(pk=found.pass_id, kind=Pass.Kind.CODE, bearer_id=whose).exists():
        deny(request, "enter")
        return False
    was_right(request, text)
    request.session[TYPED] = int(time.time())
    return True
