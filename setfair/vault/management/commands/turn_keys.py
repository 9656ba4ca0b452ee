"""`manage.py turn_keys`: everything to the newest master key. `config.rotate` makes that key before and destroys the older ones after."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...rotation import NotPossible, turn_to_newest


class Command(BaseCommand):
    help = "Wraps every data key, and whatever else stands on a master key, under the newest one. Run as the role that owns the tables."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(str(turn_to_newest()))
        except NotPossible as reason:
            raise CommandError(str(reason)) from None
