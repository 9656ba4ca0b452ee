from __future__ import annotations

from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from setfair.access.stays import MARK, mark

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString:
    """Django's own, and with it whose page this form stands on: no form of the house goes without."""
    whose = mark(context["request"]) if "request" in context else ""
    token = CsrfTokenNode().render(context)
    return format_html('{}<input type="hidden" name="{}" value="{}">', token, MARK, whose) if token and whose else token
