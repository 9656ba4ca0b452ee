from __future__ import annotations

from typing import Any

from django import template
from django.db import models

from setfair.access.policy import Permission
from setfair.access.ties import may

register = template.Library()


@register.simple_tag(takes_context=True)
def may_open(context: dict[str, Any], permission: str, row: models.Model) -> bool:
    """Whether a link would lead anywhere for this reader; one query."""
    return may(context["request"].actor, Permission(permission), row)
