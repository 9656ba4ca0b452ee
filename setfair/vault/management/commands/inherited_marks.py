"""`manage.py inherited_marks`: for an installation that was born before there was a file of marks; `config.turning` writes it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ... import master


class Command(BaseCommand):
    help = "Prints the keys on which marks stand that were made with the first master key, so that codes on paper outlive it."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        keys = master.masters()
        for purpose, key in master.inherited(keys[min(keys)]).items():
            self.stdout.write(f"{key.hex()} {purpose}")
