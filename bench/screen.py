"""What a screen is: who stands before it, what they did until then, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from . import acts

if TYPE_CHECKING:
    from .states import World


@dataclass(frozen=True)
class Screen:
    """`on` is the place in `World.at` that its address names. `before` is what they did until then, `act` what they press here.

    `template` is for a page that stands where no address leads: it is shown as it would be answered.
    """

    name: str
    route: str = ""
    who: str = "nobody"
    on: str = ""
    query: str = ""
    more: dict[str, str] = field(default_factory=dict, hash=False)
    before: Callable[[Client, World], None] | None = None
    act: Callable[[Page], None] | None = None
    template: str = ""
    status: int = 200

    def path(self, world: World | None) -> str:
        where = world.at[self.on] if world is not None and self.on else {}
        return reverse(self.route, kwargs={**where, **self.more}) + (f"?{self.query}" if self.query else "")

    @property
    def staff(self) -> bool:
        """Made for the team: a page of the desk, or of the workshop behind it."""
        return (self.who != "nobody" and "." not in self.who) or self.route.startswith(("gallery", "letter", "usersessions"))


def refused(name: str, *args: Any, form: str = "main form[method=post]", **facts: Any) -> Screen:
    """The same screen when a form was sent that could not be taken: by default with nothing in it."""
    return Screen(f"{name}, errors", *args, **{"act": partial(acts.send_empty, form=form), "status": 422} | facts)


def to(ends: str) -> str:
    """The form of a page that leads to an address with this end."""
    return f"main form[action$='{ends}']"
