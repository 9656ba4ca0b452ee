"""The first run: the same settings pages, one after another, with a thread through them (`?setup=1`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

STEPS: tuple[tuple[str, Any], ...] = (
    ("programme", _("Programme")),
    ("rules", _("Rules")),
    ("windows", _("Windows")),
    ("terms", _("Terms")),
    ("people", _("People")),
    ("words", _("Words")),
    ("letters", _("Letters")),
)
AFTER_LAST = "today"


@dataclass(frozen=True)
class Wizard:
    """Where in the first run a page stands. `after` is empty when somebody simply opened the page."""

    after: str = ""
    steps: tuple[dict[str, Any], ...] = ()


def wizard(request: HttpRequest, part: str) -> Wizard:
    if request.GET.get("setup") != "1":
        return Wizard()
    names = [name for name, _label in STEPS]
    at = names.index(part)
    return Wizard(
        after=step_url(names[at + 1]) if at + 1 < len(names) else reverse(AFTER_LAST),
        steps=tuple(
            {"label": label, "state": "done" if number < at else "now" if number == at else "next"} for number, (_name, label) in enumerate(STEPS)
        ),
    )


def onward(request: HttpRequest, part: str) -> str:
    """After saving: the next page of the first run, or the same page again."""
    return wizard(request, part).after if request.GET.get("setup") == "1" else request.get_full_path()


def step_url(name: str) -> str:
    return f"{reverse(f'settings_{name}')}?setup=1"
