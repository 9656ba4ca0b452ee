"""Two programmes with their teams: a high school's peer conferencing and a county's conferencing programme."""

from __future__ import annotations

import uuid
from contextlib import AbstractContextManager
from datetime import time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from setfair.access.entry import PROGRAMME, memberships_of
from setfair.accounts.actions import issue_code
from setfair.accounts.fresh import note_shown
from setfair.accounts.models import Pass, User
from setfair.core import tenant
from setfair.core.actor import Actor, Kind, system
from setfair.facilitators.journey import Stage
from setfair.facilitators.models import Facilitator
from setfair.programmes.actions import open_programme
from setfair.programmes.models import Membership, Programme, Role
from setfair.vault.sessions import SessionStore

from .cast import PASSWORD, TEAM, Member

AT_ANY_HOUR = {"letters_from": time(0), "letters_until": time(23, 59)}
"""Whoever tries things out at night sees letters leave all the same; a programme of one's own begins with 8:00 to 20:00."""

FACTS: dict[str, dict[str, Any]] = {
    "school": {
        "slug": "northgate-high",
        "kind": Programme.Kind.SCHOOL,
        "name": "Northgate High peer conferencing",
        "short_name": "Northgate Room 12",
        "phone": "555-0112",
        "room": "Room 12, next to the library",
        "max_minutes": 60,
        "staff_needed": 1,
        "students_needed": 2,
        **AT_ANY_HOUR,
    },
    "county": {
        "slug": "river-county",
        "kind": Programme.Kind.COMMUNITY,
        "name": "River County conferencing programme",
        "short_name": "River County Office",
        "phone": "555-0145",
        "room": "14 Mill Street, first floor",
        "max_minutes": 120,
        "staff_needed": 2,
        "students_needed": 0,
        "takes_professional_referrals": True,
        **AT_ANY_HOUR,
    },
}


class Village:
    """The two programmes and everyone's way into them."""

    def __init__(self, school: Programme, county: Programme, users: dict[str, User]) -> None:
        self.school, self.county, self.users = school, county, users

    def __getattr__(self, key: str) -> User:
        try:
            return self.__dict__["users"][key]
        except KeyError:
            raise AttributeError(key) from None

    def place_of(self, key: str) -> Programme:
        return getattr(self, next(m.place for m in TEAM if m.key == key))

    def inside(self, programme: Programme | None = None) -> AbstractContextManager[tenant.Scope]:
        return tenant.inside((programme or self.school).pk)

    def actor(self, key: str) -> Actor:
        """A member of the team as the front door would know them: with the roles they hold now."""
        programme, user = self.place_of(key), self.users[key]
        return Actor(Kind.STAFF, programme.pk, user.pk, memberships_of(user.pk).get(programme.pk, frozenset()))

    def as_participant(self, participation: Any) -> Actor:
        return Actor(Kind.PARTICIPANT, participation.programme_id, participation.pk)

    def facilitator(self, key: str) -> Facilitator:
        return Facilitator.objects.get(user=self.users[key])

    def sign_in(self, client: Any, key: str) -> Any:
        """Sign a test client in as a member of the team, in their own programme; they have just shown that it is them."""
        request = HttpRequest()
        request.session = client.session if settings.SESSION_COOKIE_NAME in client.cookies else SessionStore()
        login(request, self.users[key], settings.AUTHENTICATION_BACKENDS[0])
        request.session[PROGRAMME] = str(self.place_of(key).pk)
        note_shown(request, self.users[key], "password")
        request.session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
        return client

    def code_for(self, participation: Any) -> str:
        with tenant.inside(participation.programme_id):
            return issue_code(
                bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, case=participation.case_id, by=system(participation.programme_id)
            )

    def enter(self, client: Any, participation: Any) -> Any:
        """Let a test client in as somebody of a circle, by the code on their paper."""
        answer = client.post(reverse("code"), {"code": self.code_for(participation)})
        if answer.status_code != 302:
            raise RuntimeError(f"The code did not let them in: {answer.status_code}.")
        return client


def build(*, with_passwords: bool) -> Village:
    """Found both programmes and their teams. Without passwords it is quick, and everyone signs in by code or through the tests."""
    password = make_password(PASSWORD) if with_passwords else make_password(None)
    users = {m.key: User.objects.create(email=m.email, name=m.name, password=password) for m in TEAM}
    village = Village(_found("school", users), _found("county", users), users)
    return village


def _found(place: str, users: dict[str, User]) -> Programme:
    key = uuid.uuid4()
    with tenant.inside(key):
        programme = open_programme(by=system(key), is_demo=True, **FACTS[place])
        for member in TEAM:
            if member.place == place:
                _join(member, users[member.key])
    return programme


def _join(member: Member, user: User) -> None:
    for role in member.roles:
        Membership.objects.create(user=user, role=role, shown_publicly=member.public, shown_by=user.pk if member.public else None)
    if member.facilitates:
        Facilitator.objects.create(
            user=user,
            kind=member.facilitates,
            stage=Stage.CERTIFIED if member.certified else Stage.TRAINING,
            certified_until=timezone.localdate() + timedelta(days=300) if member.certified else None,
            languages="en es" if Role.STUDENT not in member.roles else "en",
        )
