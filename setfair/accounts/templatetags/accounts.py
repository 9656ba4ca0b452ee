"""What the sign-in library's pages need in order to be drawn with our kit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from setfair.core import clock

from ..browsers import named

register = template.Library()
A_MINUTE = timedelta(minutes=1)


@register.filter
def last_used(at: datetime) -> str:
    if clock.now() - at < A_MINUTE:
        return _("Last used just now.")
    return _("Last used %(ago)s ago.") % {"ago": timesince(at, clock.now(), depth=1)}


@register.filter
def browser_named(user_agent: str) -> str:
    return named(user_agent)


@register.filter
def button_kind(attrs: Mapping[str, Any]) -> str:
    """Which of our buttons the library means; a page's own submit is the filled one."""
    tags = set(attrs.get("tags") or ())
    if "danger" in tags:
        return "danger"
    if "link" in tags:
        return "quiet"
    if "outline" in tags or "secondary" in tags or attrs.get("href"):
        return "outlined"
    return "filled"
