"""Fixtures that every floor's tests share: the village, and a client for each who comes to the door."""

import os

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation


@pytest.fixture(autouse=True)
def own_language():
    """A page that was asked for in Spanish must not leave the next test in it."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def village(db):
    """Two programmes with their teams, inside the test's transaction."""
    from setfair.village.build import build  # noqa: PLC0415

    return build(with_passwords=False)


@pytest.fixture
def browser_clients():
    """A factory of separate test clients, one for each person in a test."""
    return Client


if "SETFAIR_PLANT" in os.environ:
    from tests.plants import planted  # noqa: F401
