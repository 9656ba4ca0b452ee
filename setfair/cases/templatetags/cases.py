"""What the frame around a case must know of who looks at it."""

from __future__ import annotations

from typing import Any

from django import template

from .. import queries

register = template.Library()


@register.simple_tag(takes_context=True)
def open_tabs(context: template.Context) -> list[dict[str, Any]]:
    """The tabs of this case that open for this reader."""
    return queries.open_tabs(context["tabs"], context["case"], context["request"].actor)
