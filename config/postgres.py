"""How to reach the database: our own through its socket, or an operator's by address."""

import os
from urllib.parse import parse_qsl, unquote, urlsplit

from config import places

# Which address an operator gives for which role. A role without its own address is not to be had.
ADDRESSES = {
    "setfair_app": "DATABASE_URL",
    "setfair_owner": "DATABASE_OWNER_URL",
    "setfair_commons": "DATABASE_COMMONS_URL",
    "setfair_backup": "DATABASE_BACKUP_URL",
    "postgres": "DATABASE_ADMIN_URL",
}
PROGRAM_WORDS = {
    "host": "PGHOST",
    "port": "PGPORT",
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "application_name": "PGAPPNAME",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
}
CONNECT_SECONDS = 5


class NoAddress(Exception):
    """The operator's server was named, but not how to reach it in this role."""


def role() -> str:
    """The role this process works in: restricted, unless it was started to migrate."""
    return os.environ.get("SETFAIR_DB_ROLE") or "setfair_app"


def served_elsewhere() -> bool:
    return bool(os.environ.get("DATABASE_URL"))


def parameters(as_role: str) -> dict[str, str]:
    """libpq's own words for a connection in `as_role`."""
    if served_elsewhere():
        return {**_from_address(as_role), "application_name": "setfair"}
    host = os.environ.get("SETFAIR_PGHOST") or str(places.socket_dir(places.cluster_home(places.data_dir() / "pg")))
    name = os.environ.get("SETFAIR_DB_NAME") or "setfair"
    return {"host": host, "dbname": name, "user": as_role, "application_name": "setfair"}


def conninfo(as_role: str) -> str:
    """A connection string for psycopg, for what goes beside Django: LISTEN, the worker's clock, a counter of its own."""
    given = {**parameters(as_role), "connect_timeout": str(CONNECT_SECONDS)}
    return " ".join(f"{word}={_quoted(value)}" for word, value in given.items())


def surroundings(as_role: str) -> dict[str, str]:
    """The same for PostgreSQL's programs, in their environment: on a command line everybody could read the password."""
    given = parameters(as_role)
    unknown = sorted(set(given) - set(PROGRAM_WORDS))
    if unknown:
        raise NoAddress(f"{ADDRESSES[as_role]} says {', '.join(unknown)}, which PostgreSQL's programs cannot be told this way.")
    return {PROGRAM_WORDS[word]: value for word, value in given.items()}


def django_database() -> dict:
    """The one entry of DATABASES: connections live as long as the threads that serve pages, and are checked before use."""
    given = parameters(role())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": given.pop("dbname"),
        "USER": given.pop("user", ""),
        "PASSWORD": given.pop("password", ""),
        "HOST": given.pop("host", ""),
        "PORT": given.pop("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**given, "connect_timeout": CONNECT_SECONDS},
    }


def _from_address(as_role: str) -> dict[str, str]:
    variable = ADDRESSES[as_role]
    address = os.environ.get(variable)
    if not address:
        raise NoAddress(f"{variable} is not set: with DATABASE_URL, work as {as_role} needs an address of its own.")
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise NoAddress(f"{variable} should read postgresql://user:password@host:port/database.")
    found = {"dbname": unquote(parts.path.strip("/")), **dict(parse_qsl(parts.query))}
    if parts.hostname:
        found["host"] = unquote(parts.hostname)
    if parts.port:
        found["port"] = str(parts.port)
    if parts.username:
        found["user"] = unquote(parts.username)
    if parts.password:
        found["password"] = unquote(parts.password)
    return found


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
