"""Brings the database to the shape the code expects, or to a step that is named (`cases 0009`); run as the role that owns it."""

import os
import sys

import django
from django.core.management import call_command

from config import drawn

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["SETFAIR_DB_ROLE"] = "setfair_owner"
    django.setup()
    with drawn.only_what_changed():
        call_command("migrate", *sys.argv[1:], verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
