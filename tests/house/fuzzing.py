"""Every route of the site map, who gets in there, and what an honest browser would send: the places where odd inputs are tried."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from .matrix import OTHERWISE, OWN, PERSONAS, Route, World, expected

LIBRARY = ("account_", "mfa_", "usersessions_")
"""Pages of the sign-in library: somebody of the team stands before them."""
HONEST = {"token": "a-link-that-is-as-long-as-one-from-a-message", "uidb36": "1", "key": "welcome", "step": "who", "name": "start"}
SOMEBODY = "cora"
"""Who stands before a door that opens to nobody in this world: its shut side is tried."""
NO_ROW = "00000000-0000-4000-8000-000000000001"
BY_KIND = {"number": "1", "date": "2026-12-01", "time": "10:30", "email": "hana@home.example", "search": "Hana", "tel": "555-0160"}


@dataclass
class Place:
    """One route: its address as keys with their kinds, who stands there, and the fields of the forms that lead there."""

    name: str
    keys: dict[str, tuple[str, Any]]
    who: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    def address(self, keys: dict[str, Any]) -> str:
        return reverse(self.name, kwargs=keys)

    @property
    def honest(self) -> dict[str, Any]:
        return {key: value for key, (_kind, value) in self.keys.items()}


def places(world: World) -> list[Place]:
    """All of them, in the order of their names; the forms are read off the pages."""
    found = [_place(world, name, entry) for name, entry in sorted(_routes().items())]
    by_name = {place.name: place for place in found}
    for place in found:
        for address, fields, files in _forms_on(world, place):
            to = by_name.get(_name_of(address)) or place
            to.fields |= fields
            to.files |= files
    return found


def _routes(resolver: Any = None, above: dict[str, str] | None = None) -> dict[str, dict[str, str]]:
    """By name, with the kinds of the parts of its address, those of the folders above it included."""
    flat: dict[str, dict[str, str]] = {}
    for entry in (resolver or get_resolver()).url_patterns:
        kinds = {key: type(kind).__name__ for key, kind in getattr(entry.pattern, "converters", {}).items()}
        kinds |= {key: "StringConverter" for key in getattr(getattr(entry.pattern, "regex", None), "groupindex", {}) if key not in kinds}
        kinds = (above or {}) | kinds
        if isinstance(entry, URLResolver):
            flat |= _routes(entry, kinds)
        elif isinstance(entry, URLPattern) and entry.name:
            flat[entry.name] = kinds
    return flat


def _place(world: World, name: str, kinds: dict[str, str]) -> Place:
    door = _door(name, kinds)
    keys = {key: (kind, HONEST.get(key, NO_ROW if kind == "UUIDConverter" else "1")) for key, kind in kinds.items()}
    if door is None:
        return Place(name, keys, "cora" if name.startswith(LIBRARY) and "login" not in name else "nobody")
    route = Route(name, door[0], door[1], tuple(key for key in kinds if key in ("pk", "ref")))
    if route.keys:
        row = _first(world, route) if name in OTHERWISE else world.row(OWN, route.model)
        with world.village.inside():
            keys |= {key: (kinds[key], getattr(row if hasattr(row, key) else row.case, key)) for key in route.keys if row is not None}
    return Place(name, keys, next((who for who in PERSONAS if expected(route, who, OWN)), SOMEBODY))


def _first(world: World, route: Route) -> Any:
    """Of what hangs on no case, or is addressed beside its row: any there is."""
    with world.village.inside():
        return route.model._default_manager.first()


def _door(name: str, kinds: dict[str, str]) -> Any:
    """The permission and the model that the view hangs behind, or None for an open one."""
    return next((door for entry in _flat(get_resolver()) if entry.name == name and (door := getattr(entry.callback, "door", None))), None)


def _flat(resolver: Any) -> list[URLPattern]:
    return [p for entry in resolver.url_patterns for p in (_flat(entry) if isinstance(entry, URLResolver) else [entry])]


def _forms_on(world: World, place: Place) -> list[tuple[str, dict[str, list[str]], set[str]]]:
    try:
        address = place.address(place.honest)
    except NoReverseMatch:
        return []
    answer = sent(world, place.who, "get", address)
    if "text/html" not in answer.get("Content-Type", ""):
        return []
    reader = _Forms(address)
    reader.feed(answer.content.decode())
    return reader.found


def _name_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def sent(world: World, who: str, method: str, address: str, data: Any = None, **headers: str) -> HttpResponse:
    """One request; whatever it wrote is taken back, and so are its cookies."""
    client: Client = world.clients[who]
    client.raise_request_exception = False
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(address, data, **headers)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


class _Forms(HTMLParser):
    """The forms of a page: where each leads, its fields with what may honestly stand in them, and which of them take a file."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.found = here, []
        self.choosing = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((said.get("action") or self.here, {}, set()))
        elif self.found and tag in ("input", "textarea", "select", "button"):
            self._field(tag, said)
        elif self.found and tag == "option" and self.choosing:
            self.found[-1][1][self.choosing].append(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.choosing = ""

    def _field(self, tag: str, said: dict[str, str]) -> None:
        name = said.get("name", "")
        if not name or name == "csrfmiddlewaretoken":
            return
        _action, fields, files = self.found[-1]
        honest = fields.setdefault(name, [])
        if said.get("type") == "file":
            files.add(name)
        elif tag == "select":
            self.choosing = name
        else:
            honest.append(said.get("value") or BY_KIND.get(said.get("type", "text"), "Some words"))
