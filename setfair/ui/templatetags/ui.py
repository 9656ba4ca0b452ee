"""The few things a component must work out that a template cannot."""

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from setfair.core.text import in_order
from setfair.ui import forms

register = template.Library()

register.filter("kind_of", forms.kind_of)
register.filter("anchor_of", forms.anchor_of)
register.filter("in_order", in_order)


@register.filter
def rest(attrs) -> SafeString:
    """The attributes a component did not ask for, written out and escaped.

    Cotton's own `{{ attrs }}` does not escape values bound with a colon, so no
    component of ours prints it.
    """
    kept = {key: value for key, value in attrs.attrs_dict().items() if value is not None and value is not False}
    flags = format_html_join("", " {}", ((key,) for key, value in kept.items() if value is True))
    pairs = format_html_join("", ' {}="{}"', ((key, value) for key, value in kept.items() if value is not True))
    return format_html("{}{}", flags, pairs)


@register.simple_tag
def described_by(field, hint="", why="") -> str:
    parts = ["helptext" if hint else "", "why" if why else "", "error" if field.errors else ""]
    return forms.described_by(field, *parts)


@register.simple_tag
def control(field, described="", **attrs) -> SafeString:
    """The bare input, with its hint, reason and error tied to it for screen readers; nothing in it that would only say the label again.

    What a browser may fill in there is said by a script (`fills.js`): where none runs, a
    browser would bring what was typed back to whoever goes back to a page that was left.
    """
    token = field.field.widget.attrs.get("autocomplete", "off")
    fills = {} if token == "off" else {"autocomplete": "off", "data-fills": token}
    given = fills | {"placeholder": False} | {key.replace("_", "-"): value for key, value in attrs.items() if value}
    if described:
        given["aria-describedby"] = described
    return field.as_widget(attrs=given)


@register.filter
def seats(done, total) -> list[bool]:
    """One chair for each of `total`, taken or still open."""
    return [seat < int(done or 0) for seat in range(int(total or 0))]


@register.filter
def position(steps) -> int:
    """Where the stepper stands, counted from one; past the end, the last step."""
    steps = list(steps)
    return next((number for number, step in enumerate(steps, 1) if _state(step) == "now"), len(steps))


@register.filter
def present(steps):
    """The step that is happening now, or the last one."""
    steps = list(steps)
    return steps[position(steps) - 1] if steps else None


def _state(step):
    return step["state"] if isinstance(step, dict) else step.state


@register.filter
def halves(code) -> SafeString:
    """A code in its groups, each its own word, so that it is read aloud and copied in pieces."""
    return format_html_join("-", "<span>{}</span>", ((conditional_escape(part),) for part in str(code).split("-")))
