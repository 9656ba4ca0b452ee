"""The house with one fault in it: served when a figure has to prove that it would notice."""

import os

import pytest

from config.asgi import application
from tests.plants import PLANTS

__all__ = ["application"]

PLANTS[os.environ["SETFAIR_PLANT"]](pytest.MonkeyPatch())
