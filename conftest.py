"""Fixtures that every floor's tests share: the village, and a client for each who comes to the door."""

import os

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as inputs

from tests.scenes import scene

# How long one of many inputs takes says how busy the machine is, and nothing about what is tried with it.
inputs.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
inputs.load_profile("house")


@pytest.fixture(autouse=True)
def own_language():
    """A page that was asked for in Spanish must not leave the next test in it."""
    translation.activate(settings.LANGUAGE_CODE)


@scene
def village():
    """Two programmes with their teams."""
    from setfair.village.build import build  # noqa: PLC0415

    return build(with_passwords=False)


def _school_case(village, stage):
    from setfair.village.story import case_at  # noqa: PLC0415

    with village.inside():
        return case_at(village, stage)


@scene
def at_preparing(village):
    """The school's case, everyone in the circle and nobody met yet."""
    return _school_case(village, "preparing")


@scene
def at_prepared(village):
    """The school's case, everything done and heard; only the word is missing that all is ready."""
    story = _school_case(village, "preparing")
    with village.inside():
        story.meet_everyone()
        story.hear_every_yes()
    return story


@scene
def at_ready(village):
    """The school's case, everyone prepared and with a yes."""
    return _school_case(village, "ready")


@scene
def two_at_ready(village):
    """Two cases of the school; Sven coordinates beside Cora, and supervises."""
    from setfair.programmes.models import Membership, Role  # noqa: PLC0415
    from setfair.village.story import case_at  # noqa: PLC0415

    with village.inside():
        Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
        return case_at(village, "ready"), case_at(village, "ready", matter=1)


@scene
def at_scheduled(village):
    """The school's case with a day and a room."""
    return _school_case(village, "scheduled")


@scene
def at_convened(village):
    """The school's case whose conference is concluded and whose agreement is not begun."""
    return _school_case(village, "convened")


@scene
def at_signing(village):
    """The school's case whose agreement lies there to be signed by all four: two promises of Rami's."""
    story = _school_case(village, "convened")
    with village.inside():
        story.write_agreement()
    return story


@scene
def at_following_up(village):
    """The school's case with an agreement in force and both promises open."""
    return _school_case(village, "following_up")


@scene
def at_closed(village):
    """The school's case, its promises kept and everyone told."""
    return _school_case(village, "closed")


@pytest.fixture
def at_stage(request, village):
    """The school's case at the stage that the test is asked for."""
    return request.getfixturevalue(f"at_{request.node.callspec.params['stage']}")


@pytest.fixture
def browser_clients():
    """A factory of separate test clients, one for each person in a test."""
    return Client


if "SETFAIR_PLANT" in os.environ:
    from tests.plants import planted  # noqa: F401
