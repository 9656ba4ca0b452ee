"""How many presses somebody needs who looks for one word on each page and knows no address. No script runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.db import transaction
from django.test import Client


@dataclass(frozen=True)
class Press:
    """A link, or a button with the form around it."""

    words: str
    address: str
    sent: tuple[tuple[str, str], ...] | None = None


@dataclass
class Page(HTMLParser):
    """The links and buttons of a page, with their words."""

    here: str
    presses: list[Press] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._words: list[str] | None = None
        self._link, self._form, self._button = "", "", ("", "")
        self._hidden: list[tuple[str, str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form, self._hidden = said.get("action") or self.here, [] if said.get("method") == "post" else None
        elif tag == "input" and said.get("type") == "hidden" and self._hidden is not None:
            self._hidden.append((said.get("name", ""), said.get("value", "")))
        elif tag == "a" and "href" in said:
            self._link, self._words = said["href"], []
        elif tag == "button" and said.get("type", "submit") == "submit":
            self._button, self._words = (said.get("name", ""), said.get("value", "")), []

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._hidden = None
        elif tag in ("a", "button") and self._words is not None:
            words = " ".join("".join(self._words).split())
            if tag == "a":
                self.presses.append(Press(words, self._link))
            elif self._hidden is not None:
                self.presses.append(Press(words, self._form, (*self._hidden, *([self._button] if self._button[0] else []))))
            self._words = None


def fewest(client: Client, address: str, looking_for: str, found: Callable[[], bool], most: int) -> int | None:
    """The fewest presses, from the page at this address, on things with that word until `found`; None if more than `most` would be needed.

    What does not say the word is pressed only where nothing does. Everything that was tried is taken back.
    """
    tries: list[tuple[Press, ...]] = [()]
    for presses in range(most + 1):
        further = []
        for tried in tries:
            with _taken_back():
                page = _pressed(deepcopy(client), address, tried)
                if found():
                    return presses
                further += [(*tried, each) for each in _worth_it(page, looking_for)]
        tries = further
    return None


def _pressed(client: Client, address: str, presses: tuple[Press, ...]) -> Page:
    answer = client.get(address, follow=True)
    page = _read(answer, address)
    for press in presses:
        sent = None if press.sent is None else dict(press.sent)
        answer = client.get(press.address, follow=True) if sent is None else client.post(press.address, sent, follow=True)
        page = _read(answer, press.address)
    return page


def _read(answer: object, address: str) -> Page:
    led = getattr(answer, "redirect_chain", [])
    page = Page(led[-1][0] if led else address)
    page.feed(answer.content.decode())  # type: ignore[attr-defined]
    return page


def _worth_it(page: Page, looking_for: str) -> list[Press]:
    inside = [press for press in page.presses if press.address.startswith("/")]
    saying = [press for press in inside if re.search(looking_for, press.words, re.IGNORECASE)]
    return saying or [press for press in inside if press.sent is not None]


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
