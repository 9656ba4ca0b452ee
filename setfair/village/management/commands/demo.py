from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from setfair.village.build import build
from setfair.village.cast import PASSWORD, TEAM
from setfair.village.show import show


class Command(BaseCommand):
    help = "Settle the village: two invented programmes with a case at every stage. Does nothing where a programme exists."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--who", action="store_true", help="Only say who can sign in.")

    def handle(self, *args: Any, who: bool, **options: Any) -> None:
        if who:
            self._say_who()
        elif self._empty():
            with transaction.atomic():
                show(build(with_passwords=True))
            self.stdout.write("The village is settled.")

    def _empty(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM programmes_here()")
            return cursor.fetchone()[0] == 0

    def _say_who(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts_user WHERE email = %s", [TEAM[0].email])
            if cursor.fetchone()[0] == 0:
                return
        self.stdout.write(f"Sign in with any of these and the password “{PASSWORD}”:")
        shown = {
            "cora": "coordinator, school",
            "fadi": "facilitator, school",
            "ines": "student facilitator",
            "ada": "administrator, school",
            "nour": "coordinator, county",
            "lena": "lead facilitator, county",
        }
        for member in TEAM:
            if member.key in shown:
                self.stdout.write(f"  {member.email:<24} {shown[member.key]}")
