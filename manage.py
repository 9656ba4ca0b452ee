#!/usr/bin/env python
"""Django's commands, with this installation's settings."""

import os
import sys

from django.core.management import execute_from_command_line

from config import places

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("SETFAIR_DATA_DIR", str(places.data_dir()))
    execute_from_command_line(sys.argv)
