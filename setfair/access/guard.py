"""The second wall binds only a restricted role; whoever serves pages as an owner or a superuser has no wall at all."""

from __future__ import annotations

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

WHO = """
SELECT session_user::text, rolsuper, rolbypassrls, EXISTS (
  SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND pg_has_role(session_user, c.relowner, 'USAGE'))
FROM pg_roles WHERE rolname = session_user
"""


def demand_bound_role() -> None:
    """Refuse to serve pages or to work with a role that the walls do not bind. A database that is not there yet is asked when it is."""
    try:
        _demand(connection)
    except OperationalError:
        return
    finally:
        connection.close()


def on_connection(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """The same for every connection this process makes, unless it was started to migrate."""
    if os.environ.get("SETFAIR_DB_ROLE") == "setfair_owner":
        return
    try:
        _demand(connection)
    except ImproperlyConfigured:
        connection.close()
        raise


def _demand(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(WHO)
        name, super_, bypasses, owns = cursor.fetchone()
    faults = [words for words, true in (("is a superuser", super_), ("passes over row rules", bypasses), ("owns tables", owns)) if true]
    if faults:
        raise ImproperlyConfigured(
            f"Setfair does not work as the database role {name}, because it {' and '.join(faults)}: the walls between programmes would not hold. "
            "Let DATABASE_URL name the restricted role that deploy/roles.sql makes (setfair_app)."
        )
