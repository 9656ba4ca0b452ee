"""What a programme still needs before its doors open, read from what is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from setfair.core.moulds import Mould
from setfair.facilitators.models import Facilitator
from setfair.facilitators.queries import certified
from setfair.programmes.models import Membership, Programme, Role, Room, Script, Term, Window


@dataclass(frozen=True)
class Check:
    title: Any
    done: bool
    url: str


def ready_to_open(programme: Programme) -> list[Check]:
    """Fifteen things, each done or not, with the page where it is done. Two queries."""
    there = _what_is_there(programme)
    team = dict(TEAM.ask(values={"today": timezone.localdate()}))
    students = team.pop(Facilitator.Kind.STUDENT, 0)
    p = programme
    return [
        Check(_("A phone number"), bool(p.phone), reverse("settings_programme")),
        Check(_("Where people find you"), bool(p.room), reverse("settings_programme")),
        Check(_("A number to call in danger"), bool(p.emergency), reverse("settings_programme")),
        Check(_("Where the exit button leads"), bool(p.exit_site), reverse("settings_programme")),
        Check(_("What a conference is, in your words"), bool(p.about), reverse("settings_public")),
        Check(_("Your goals"), bool(p.goals), reverse("settings_public")),
        Check(_("Who may ask"), bool(p.who_may_ask), reverse("settings_public")),
        Check(_("Times of the week to meet"), there["windows"], reverse("settings_windows")),
        Check(_("This term, or the next one"), there["terms"], reverse("settings_terms")),
        Check(_("A room"), there["rooms"], reverse("settings_rooms")),
        Check(_("A script"), there["scripts"], reverse("settings_scripts")),
        Check(_("Somebody who coordinates: until then nobody can ask"), there["coordinators"], reverse("settings_people")),
        Check(_("Enough certified staff facilitators"), sum(team.values()) >= p.staff_needed, reverse("team")),
        Check(_("Enough certified student facilitators"), students >= p.students_needed, reverse("team")),
        Check(_("E-mail that really leaves"), bool(settings.EMAIL_HOST), reverse("settings_letters")),
    ]


TEAM = Mould(lambda *, today: certified(today).values_list("kind").annotate(n=Count("id")).order_by())


def _what_is_there(programme: Programme) -> dict[str, bool]:
    said: dict[str, bool] = THERE.first(values={"programme": programme.pk, "today": timezone.localdate()})  # type: ignore[assignment]
    return said


def _there(*, programme: UUID, today: date) -> QuerySet[Any]:
    here = Q(programme=OuterRef("pk"))
    return Programme.objects.filter(pk=programme).values(
        windows=Exists(Window.objects.filter(here)),
        terms=Exists(Term.objects.filter(here, ends_on__gte=today)),
        rooms=Exists(Room.objects.filter(here, closed_at__isnull=True)),
        scripts=Exists(Script.objects.filter(here, retired_at__isnull=True)),
        coordinators=Exists(Membership.objects.filter(here, role=Role.COORDINATOR, ended_at__isnull=True)),
    )


THERE = Mould(_there)
