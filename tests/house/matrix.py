"""Every route, every persona, every relation: what the doors should say, and what they say.

The expected outcome of a cell is worked out from `POLICY` and from `STANDS`, which is
written by hand: in which ties each persona stands to each thing. It does not ask
`open_to`, the query that the doors themselves use.
"""

from __future__ import annotations

import time
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from setfair.access.policy import POLICY, Permission, Tie
from setfair.accounts.models import Pass
from setfair.agreements.models import Agreement
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.conferences import actions as conferences
from setfair.core import tenant
from setfair.core.actor import Actor, Kind
from setfair.enclosures.models import Enclosure
from setfair.keeping import actions as keeping
from setfair.letters.journey import Stage as Posted
from setfair.preparation import actions as preparation
from setfair.programmes.actions import report_problem
from setfair.programmes.models import Bells, ClosedPlace, Closure, Device, Offer, OwnReason, Programme, Term, Venue
from setfair.referrals.models import KeptOut, Referral, Talk
from setfair.safety import actions as safety
from setfair.safety.queries import whence
from setfair.sheets import actions as sheets
from setfair.village.build import Village
from setfair.village.cast import OTHER
from setfair.village.story import Story, case_at
from tests.house.closed_off import close_off, talked
from tests.house.filled import (
    FILLED,
    ask_about_times,
    ask_to_help,
    name_a_companion,
    write_to_another,
)
from tests.house.stands import (
    ADMINISTERS,
    ASKED,
    ASSIGNED,
    BELONGS,
    CIRCLES,
    COUNTY_STAFF,
    HELPS,
    HOLDS,
    KEPT_OUT,
    NEIGHBOUR,
    ON_THE_TABLET,
    OTHER_CASE,
    OTHER_TEAM,
    OWN,
    OWNER,
    PAST_THE_SEAL,
    PERSONAS,
    RELATIONS,
    SCHOOL_STAFF,
    SEALED_TO,
)


@dataclass
class World:
    """Three cases with everything in them, and a signed-in client for each persona."""

    village: Village
    stories: dict[str, Story]
    clients: dict[str, Client] = field(default_factory=dict)
    found: dict[tuple[str, type[models.Model]], models.Model | None] = field(default_factory=dict)
    """The rows that doors were tried on: each request is taken back, so they lie there as they did."""

    def row(self, relation: str, model: type[models.Model]) -> models.Model:
        story = self.stories[relation]
        with tenant.inside(story.programme.pk):
            if model is Programme:
                return story.programme
            if model.__name__ == "Participation":
                return next(iter(story.people.values()))
            if model.__name__ in ("Case", "Referral"):
                return story.case if model.__name__ == "Case" else story.referral
            if model.__name__ == "Posting":
                return model._default_manager.filter(case_id=story.case.pk, stage=Posted.PRINTED).first()
            if model.__name__ == "Answer":
                return model._default_manager.filter(case_id=story.case.pk).first()
            if model in (Talk, KeptOut, Enclosure):
                return model._default_manager.filter(referral=story.referral).first()
            if model._meta.app_label in ("programmes", "facilitators", "people"):
                return model._default_manager.first()
            path = "agreement__case" if model.__name__ == "Item" else "case"
            return model._default_manager.filter(**{path: story.case}).order_by("order" if model.__name__ == "Item" else "pk").first()


def settle(village: Village) -> World:
    """A world in which every kind of row exists: all three cases stand at follow-up, with a conference within the last days."""
    stories = {}
    for relation, programme, circle in ((OWN, village.school, None), (OTHER_CASE, village.school, OTHER), (NEIGHBOUR, village.county, None)):
        with village.inside(programme):
            extra: dict[str, Any] = {"circle": circle, "team": OTHER_TEAM} if circle else {}
            stories[relation] = case_at(village, Stage.FOLLOWING_UP, programme, began=timedelta(days=6), **extra)
            for fill in FILLED:
                fill(stories[relation])
            talked(stories[relation], holder=HOLDS[relation])
            for person in stories[relation].people.values():
                sheets.give(person, by=stories[relation].lead, form="paper", language="en")
            writer = next(iter(stories[relation].people.values()))
            write_to_another(stories[relation], writer)
            name_a_companion(stories[relation], writer)
            ask_about_times(stories[relation], writer)
            ask_to_help(stories[relation], HELPS[relation])
            first = Actor(Kind.PARTICIPANT, programme.pk, writer.pk)
            preparation.complain(writer, by=first, words="They do not listen to me.")
            held, lead = stories[relation].conference, stories[relation].lead
            conferences.debrief(held, by=lead, form_key=held.pk, how="talk", words="I keep thinking of it.")
            safety.raise_alarm(whence(first), by=first, form_key=writer.pk)
            report_problem(by=first, page="home", words="It stands still.")
            keeping.ask(writer, by=first, wants="copy")
            cases.keep_out(stories[relation].case, by=stories[relation].coordinator, user=village.users[KEPT_OUT[relation]], why="close")
            close_off(stories[relation], named=SEALED_TO if relation == OTHER_CASE else ())
            if relation == NEIGHBOUR:
                _renumber(stories[relation])
            if relation != OTHER_CASE:
                Offer.objects.create(user=village.users["orla"], role="student", name="Orla")
                Device.objects.create(name="Waiting room", by=stories[relation].coordinator.id)
                ClosedPlace.objects.create(name="The jail")
                Bells.objects.create(by=stories[relation].coordinator.id)
                Venue.objects.create(name="The hall")
                Closure.objects.create(name="A holiday", starts_on=date(2027, 7, 5), ends_on=date(2027, 7, 5))
                OwnReason.objects.create(name="Nobody to lead it", step="end", decider="programme")
                Term.objects.create(name="A year", starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31))
    world = World(village, stories)
    for key in (*SCHOOL_STAFF, *COUNTY_STAFF):
        world.clients[key] = village.sign_in(Client(), key)
    for relation in (OWN, OTHER_CASE):
        for key in CIRCLES[relation]:
            world.clients[key] = village.enter(Client(), stories[relation].people[key])
        world.clients[ASKED[relation]] = _as_asker(stories[relation])
    world.clients["nobody"] = Client()
    world.clients["tablet"] = _handed_over(stories[OWN])
    return world


def _renumber(story: Story) -> None:
    """References count from one in each programme: without this, a neighbour would open their own C-0001 and seem to open ours."""
    Case.objects.filter(pk=story.case.pk).update(ref="C-9001")
    Referral.objects.filter(pk=story.referral.pk).update(ref="R-9001")
    story.case.refresh_from_db()
    story.referral.refresh_from_db()


def _as_asker(story: Story) -> Client:
    client = Client()
    client.post(reverse("code"), {"code": story.referral_code})
    if client.session.get("bearer", {}).get("kind") != Kind.REFERRER:
        raise RuntimeError(f"The asker's {Pass.Kind.CODE} did not let them in.")
    return client


def _handed_over(story: Story) -> Client:
    """The tablet that Fadi handed round for the first case's agreement, in the turn of its first person."""
    client, now = Client(), int(time.time())
    session = client.session
    key = str(story.people[CIRCLES[OWN][0]].pk)
    with tenant.inside(story.programme.pk):
        about = str(Agreement.objects.get(case=story.case).pk)
    by = str(story.village.users["fadi"].pk)
    session["handed"] = {"programme": str(story.programme.pk), "about": about, "by": by, "people": [key], "turn": key}
    session["handed"] |= {"stay": "matrix", "number": "", "with_team": False}
    session["started"] = session["seen"] = now
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


OTHERWISE = set("switch settings_letter settings_consent settings_office_close consent_back office_over yes_back slip_compared".split())
OTHERWISE |= {"my_piece", "my_piece_back", "piece_here", "piece_answer", "companion_back", "practice_strike"}
OTHERWISE |= {"list", "list_again", "list_words", "list_run", "list_back", "list_away", "list_rows", "list_new", "list_example"}
OTHERWISE |= {"term_plan", "term_again", "term_stop", "term_accept", "term_away", "term_line", "term_pin", "term_out", "term_in"}
OTHERWISE |= {"contact_way", "my_contact_way", "stray_read", "own_copy", "status_copy", "own_copy_file", "status_copy_file"}
OTHERWISE |= {"settings_places_hours_remove", "known_there", "step_out"}
"""Routes that say which thing they mean in another way (by a word, in the form, beside their person), or are of no case; their own floors
try them."""


@dataclass(frozen=True)
class Route:
    name: str
    permission: Permission
    model: type[models.Model]
    keys: tuple[str, ...]

    @property
    def relations(self) -> tuple[str, ...]:
        """A page without a row in its address is always about one's own programme or one's own place."""
        return RELATIONS if "pk" in self.keys or "ref" in self.keys else (OWN,)


def routes() -> list[Route]:
    """Every guarded route of the site map, once by name. Routes with further keys than the row's are addressed in the floors' own tests."""
    found = {}
    for entry in _patterns(get_resolver()):
        door = getattr(entry.callback, "door", None)
        keys = tuple(entry.pattern.converters)
        if door and entry.name not in OTHERWISE and set(keys) <= {"pk", "ref"}:
            found[entry.name] = Route(entry.name, door[0], door[1], keys)
    return sorted(found.values(), key=lambda r: r.name)


def _patterns(resolver: Any) -> list[URLPattern]:
    flat: list[URLPattern] = []
    for entry in resolver.url_patterns:
        flat += _patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return flat


def stands(persona: str, relation: str, model: type[models.Model], own_page: bool) -> set[Tie]:
    """In which ties the persona stands to the row of `model` in that relation. By hand."""
    if persona in SCHOOL_STAFF or persona in COUNTY_STAFF:
        home = (OWN, OTHER_CASE) if persona in SCHOOL_STAFF else (NEIGHBOUR,)
        if model is Programme:
            return SCHOOL_STAFF.get(persona) or COUNTY_STAFF[persona]
        if relation not in home:
            return set()
        if relation == OTHER_CASE and persona not in SEALED_TO and model._meta.app_label not in ("programmes", "facilitators"):
            return {BELONGS} | PAST_THE_SEAL.get((model.__name__, persona), set())
        tie = Tie.HOLDS_TALK if model is Talk and persona == HOLDS[relation] else ASSIGNED[relation].get(persona)
        tie = Tie.HELPS if model.__name__ == "Duty" and persona == HELPS[relation] else tie
        return (SCHOOL_STAFF.get(persona) or COUNTY_STAFF[persona]) | ({tie} if tie else set())
    if persona in (ASKED[OWN], ASKED[OTHER_CASE]):
        return {Tie.REFERRED} if model.__name__ == "Referral" and (own_page or persona == ASKED[relation]) else set()
    if persona == "tablet":
        return {Tie.HOLDS_TABLET} if own_page and model.__name__ == "Agreement" else set()
    if persona == "nobody" or model is Programme or model.__name__ == "Referral":
        return set()
    if own_page:
        return {Tie.TAKES_PART}
    if persona not in CIRCLES[relation]:
        return set()
    if model.__name__ == "Item":
        return {Tie.TAKES_PART} if persona == OWNER[relation] else set()
    if model.__name__ in ("Participation", "File"):
        return {Tie.TAKES_PART} if persona == CIRCLES[relation][0] else set()
    return {Tie.TAKES_PART}


def expected(route: Route, persona: str, relation: str) -> bool:
    """Whether the door should open."""
    ties = stands(persona, relation, route.model, own_page=not route.keys)
    if route.model._meta.app_label not in ("programmes", "facilitators"):
        ties = ties - ({BELONGS, ADMINISTERS} - (PAST_THE_SEAL.get((route.model.__name__, persona), set()) if relation == OTHER_CASE else set()))
    return bool(POLICY[route.permission] & ties)


def opens(world: World, route: Route, persona: str, relation: str, method: str) -> bool | None:
    """Whether the door did open; None when there is no such method here, for anybody. Whatever the request wrote is taken back."""
    kwargs = {}
    if route.keys:
        about = relation, route.model
        row = world.found[about] if about in world.found else world.found.setdefault(about, world.row(*about))
        if row is None:
            raise AssertionError(f"There is no {route.model.__name__} to try {route.name} on.")
        case = world.stories[relation].case
        kwargs = {key: getattr(row if hasattr(row, key) else case, key) for key in route.keys}
    client = world.clients[persona]
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method.lower())(reverse(route.name, kwargs=kwargs))
        transaction.set_rollback(True)
    client.cookies = cookies
    if answer.status_code >= 500:
        raise AssertionError(f"{method} {route.name} as {persona} answered {answer.status_code}")
    if answer.status_code == 405:
        return None
    elsewhere = (reverse("handed"),) if persona == "tablet" and route.name not in ON_THE_TABLET else ()
    to_an_entrance = answer.status_code == 302 and answer["Location"].startswith((reverse("code"), reverse("account_login"), *elsewhere))
    return answer.status_code not in (401, 404) and not to_an_entrance


def cells() -> list[tuple[Route, str, str, str]]:
    """All of them: route, persona, relation, method."""
    return [(r, p, relation, method) for r in routes() for relation in r.relations for p in PERSONAS for method in ("GET", "POST")]
