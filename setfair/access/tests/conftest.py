import itertools

import pytest
from django.test import Client

from setfair.cases.actions import add_person, open_case
from setfair.cases.models import Role

_networks = itertools.count(1)


@pytest.fixture
def probes(settings):
    settings.ROOT_URLCONF = "setfair.access.tests.probes"


@pytest.fixture
def caller():
    """`caller()`: a client in a network of its own, so that one test's wrong codes are not another's."""

    def make(**more):
        number = next(_networks)
        return Client(REMOTE_ADDR=f"10.{number // 250}.{number % 250}.7", **more)

    return make


@pytest.fixture
def client(caller):
    return caller()


@pytest.fixture
def circle(village):
    """Two people in one case of the school, one in another, and one next door."""

    def case_with(*names, programme, coordinator):
        with village.inside(programme):
            case = open_case(by=village.actor(coordinator), coordinator=village.users[coordinator])
            roles = (Role.HARMED, Role.RESPONSIBLE)
            return [add_person(case, by=village.actor(coordinator), name=name, role=role) for name, role in zip(names, roles, strict=False)]

    hana, rami = case_with("Hana", "Rami", programme=village.school, coordinator="cora")
    (otto,) = case_with("Otto", programme=village.school, coordinator="cora")
    (nela,) = case_with("Nela", programme=village.county, coordinator="nour")
    return {"hana": hana, "rami": rami, "otto": otto, "nela": nela}
