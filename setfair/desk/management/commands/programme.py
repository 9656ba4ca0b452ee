"""`manage.py programme`: a link by which one person founds one more programme here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import ProgrammingError, transaction
from django.urls import reverse

from setfair.access.founding import DAYS, let_found
from setfair.accounts.models import User

from ...queries import is_a_demo


class Command(BaseCommand):
    help = "Prints a link by which the account with this address founds one more programme and becomes its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name", help="What to call them; whoever has an account keeps their name.")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        email, name = email.strip(), " ".join(name.split())[:80]
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"This is no e-mail address: {email!r}. Say EMAIL=ada@north.example NAME='Ada Pryce'.") from None
        if not name:
            raise CommandError("Who is it? Say NAME='Ada Pryce' as well.")
        try:
            token = self._let_found(email, name)
        except ProgrammingError:
            raise CommandError("The database has not the shape that this checkout needs. Start Setfair once with it, then say this again.") from None
        self.stdout.write(f"{settings.SITE_ADDRESS.rstrip('/')}{reverse('begin_another', args=[token])}")
        self.stdout.write(
            f"Send this to {email}, and to nobody else. For {DAYS} days, once, it founds one more programme, when they have signed in "
            "with this address: by a code that we e-mail them, or as they always do."
        )

    @transaction.atomic
    def _let_found(self, email: str, name: str) -> str:
        if is_a_demo():
            raise CommandError("This is the demo. A real programme needs an installation of its own: start one with DEMO=0 and another DATA_DIR.")
        return let_found(User.objects.at(email, name=name, language=settings.LANGUAGE_CODE))
