"""`manage.py back_in`: whoever runs the server says that the only administrator of a programme lost their second step."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from setfair.access.entry import programme_by_slug
from setfair.core import tenant
from setfair.core.actor import system
from setfair.programmes.actions import CannotVouch, vouch
from setfair.programmes.models import Programme


class Command(BaseCommand):
    help = "Says that the only administrator of a programme lost their second step. One more person of the team has to say so within a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", help="The last part of the address of its public page.")

    def handle(self, *args: Any, programme: str, **options: Any) -> None:
        key = programme_by_slug(programme)
        if key is None:
            raise CommandError(f"There is no programme at /p/{programme}/. Say PROGRAMME=lakeside-room-4, as in the address of its public page.")
        with tenant.inside(key):
            try:
                done = vouch(Programme.objects.get(pk=key), by=system(key))
            except CannotVouch as reason:
                raise CommandError(str(reason)) from None
            except IntegrityError as reason:
                raise CommandError(f"Say `make back-in PROGRAMME={programme}`: {str(reason).splitlines()[0]}.") from None
        if done is None:
            self.stdout.write("Written down, and the team is told. One more person who coordinates or supervises has to say so within a day.")
        else:
            self.stdout.write("Their second step is taken away. They sign in and set up another; we have written to them.")
