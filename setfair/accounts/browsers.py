"""What a browser says of itself, in words that its owner knows it by. They may be untrue, and nothing is decided by them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
"""Looked for in this order: most of them call themselves by several names."""
DEVICES = (
    ("iPhone", gettext_lazy("iPhone")), ("iPad", gettext_lazy("iPad")), ("CrOS", gettext_lazy("Chromebook")),
    ("Android", gettext_lazy("Android phone or tablet")), ("Windows", gettext_lazy("Windows computer")),
    ("Macintosh", gettext_lazy("Mac")), ("Linux", gettext_lazy("Linux computer")),
)  # fmt: skip


def named(user_agent: str) -> str:
    """ "Firefox, Windows computer"; whatever of it is known."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    device = next((str(name) for sign, name in DEVICES if sign in user_agent), "")
    if browser and device:
        return _("%(browser)s, %(device)s") % {"browser": browser, "device": device}
    return browser or device or _("A device that does not say what it is")
