"""The database fixtures: pytest-django's set-up replaced by a clone, and ways around Python for tests of the second wall."""

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connections
from django.test import TransactionTestCase, client

from config import postgres
from tests import pgcluster, scenes


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """A database of this process's own; every connection Django makes is the restricted role's."""
    pgcluster.join()
    pgcluster.clone(settings.INSTALLED_APPS)
    yield
    with django_db_blocker.unblock():
        scenes.clear()
        connections.close_all()


def _start_afresh(self):
    connections.close_all()
    pgcluster.renew()


class Light(Argon2PasswordHasher):
    """The hash of an installation, made light: there it is meant to cost whoever guesses, here it would cost whoever tests."""

    time_cost, memory_cost, parallelism = 1, 8, 1


# Collecting and hashing every static file is for an installation; a test finds them where they lie.
settings_for_tests = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def pytest_configure(config):
    settings.STORAGES = {**settings.STORAGES, **settings_for_tests}
    # Every client has its own chain of middleware, and each would look through all of them before its first page.
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = [f"{Light.__module__}.{Light.__name__}"]
    settings.STATIC_ROOT.mkdir(exist_ok=True)


_keep_rendered = client.store_rendered_templates


def _keep_the_page(store, signal, sender, template, context, **more):
    """What a page was given is kept for the test that asks; not what each button and mark on it was, which nobody asks and is copied every time."""
    if not (template.name or "").startswith("cotton/"):
        _keep_rendered(store, signal, sender, template, context, **more)


client.store_rendered_templates = _keep_the_page

# A flush would need TRUNCATE and lose what the migrations put in; a new clone needs and loses nothing.
TransactionTestCase._fixture_teardown = _start_afresh


@pytest.fixture
def connected_as(django_db_setup):
    """`connected_as("setfair_owner")`: a bare connection in that role, each statement committed at once.

    It sees what is committed, so not what the test itself has written inside
    its transaction; what it writes stays until the run ends, unless the test
    is `django_db(transaction=True)`.
    """
    opened = []

    def connect(role: str) -> psycopg.Connection:
        opened.append(psycopg.connect(postgres.conninfo(role), autocommit=True))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def owner_connection(connected_as):
    """A bare connection as the role that owns the tables and is bound by their row rules all the same."""
    return connected_as("setfair_owner")


@pytest.fixture
def superuser_connection(connected_as):
    """A bare connection as the one role that no rule binds."""
    return connected_as("postgres")


@pytest.fixture
def lose_key(superuser_connection):
    """`lose_key(owner)`: the words of somebody or something are gone for good, which the application itself may not bring about."""
    return lambda owner: superuser_connection.execute("DELETE FROM vault_datakey WHERE id = %s", [owner])
