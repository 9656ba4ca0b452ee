"""Ways around Python, each tried by the app's own role straight in SQL. Each answers how often something was asked, and what leaked."""

import random
import threading
import uuid
from queue import SimpleQueue

import psycopg
from django.apps import apps
from django.db import connection
from psycopg import sql

from setfair.core import tenant
from setfair.core.records import Walled
from setfair.people.models import Person
from setfair.vault import ring
from setfair.vault.fields import SealedText
from tests.house.walled import FACTS

TABLES = sorted({m._meta.db_table for m in apps.get_models() if issubclass(m, Walled)})
KEY = {**dict.fromkeys(TABLES, "programme_id"), "programmes_programme": "id"}
FORGETTING = {
    "cases_case": "keeping_forget_case",
    "referrals_referral": "keeping_forget_request",
    "letters_cameback": "keeping_forget_stray",
}
REFUSED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.ForeignKeyViolation)
REQUESTS, THREADS, POOLED = 300, 8, 3


def _said(raw, statement, table, *values, inside=None):
    """How many rows it reached: 0 when it is refused."""
    try:
        with raw.transaction(force_rollback=True):
            if inside:
                raw.execute(sql.SQL("SET LOCAL app.programme = {}").format(sql.Literal(str(inside))))
            return raw.execute(sql.SQL(statement).format(sql.Identifier(table), sql.Identifier(KEY.get(table, "id"))), values).rowcount
    except REFUSED:
        return 0


def every_table(raw, superuser, here, there):
    """All tables, all four verbs, with no programme set and with the other one's: what was reached of `there`."""
    asked, leaks, filled = 0, [], 0
    for table in KEY:
        copied = sql.SQL("SELECT to_jsonb(t)::text FROM {} t WHERE {} = %s LIMIT 1").format(sql.Identifier(table), sql.Identifier(KEY[table]))
        found = superuser.execute(copied, [there]).fetchone()
        filled += found is not None
        put = "INSERT INTO {0} SELECT * FROM jsonb_populate_record(null::{0}, %s::jsonb)" if found else "INSERT INTO {0} ({1}) VALUES (%s)"
        verbs = {
            "SELECT": ("SELECT FROM {0} WHERE {1} = %s", [there]),
            "UPDATE": ("UPDATE {0} SET {1} = {1} WHERE {1} = %s", [there]),
            "DELETE": ("DELETE FROM {0} WHERE {1} = %s", [there]),
            "INSERT": (put, list(found or [there])),
        }
        for inside in (None, here):
            for verb, (statement, values) in verbs.items():
                asked += 1
                try:
                    reached = _said(raw, statement, table, *values, inside=inside)
                except psycopg.Error as other:
                    # Refused before the wall by a journey that does not begin so; any other rule stands behind the wall, which let it come so far.
                    reached = 0 if "function journal_start" in (other.diag.context or "") else f"{type(other).__name__} {other.diag.message_primary}"
                if reached:
                    leaks.append(f"{verb} {table} {'from next door' if inside else 'with no programme'}: {reached}")
    return asked, leaks, filled


def every_fact(raw, here):
    """What was said stays said: no fact of one's own programme can be changed, removed or emptied either."""
    asked, leaks = 0, []
    for table in FACTS:
        for statement in ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}"):
            asked += 1
            try:
                with raw.transaction(force_rollback=True):
                    raw.execute(sql.SQL("SET LOCAL app.programme = {}").format(sql.Literal(str(here))))
                    raw.execute(sql.SQL(statement).format(sql.Identifier(table), sql.Identifier(KEY[table])))
                leaks.append(f"{statement.split()[0]} {table}")
            except psycopg.errors.InsufficientPrivilege:
                pass
    return asked, leaks


CATALOGUE = {
    "table without a forced wall": """
        SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'programme_id' AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'access_denial'""",
    "reference that does not carry the programme": """
        SELECT k.conname, array_length(k.conkey, 1) > 1 AND a.attname = 'programme_id'
        FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
        WHERE k.contype = 'f' AND k.conrelid::regclass::text = ANY(%(tables)s) AND k.confrelid::regclass::text = ANY(%(tables)s)""",
    "view that looks with its owner's eyes": """
        SELECT relname, coalesce('security_invoker=on' = ANY(reloptions) OR 'security_invoker=true' = ANY(reloptions), false)
        FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace""",
    "thing that the app owns": """
        SELECT relname, relowner <> 'setfair_app'::regrole FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT proname, proowner <> 'setfair_app'::regrole FROM pg_proc WHERE pronamespace = 'public'::regnamespace""",
    "function over the wall that says more than ids and counts": """
        SELECT proname, pg_get_function_result(oid) ~
               '^(trigger|uuid(\\[\\])?|integer|TABLE\\(([a-z]+_id uuid(, )?)+\\)|TABLE\\(programme_id uuid, role text\\))$'
        FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace""",
    "way to become somebody else": """
        SELECT r.rolname, NOT pg_has_role('setfair_app', r.oid, 'MEMBER') FROM pg_roles r
        WHERE r.rolname NOT LIKE 'pg\\_%%' AND r.rolname <> 'setfair_app'""",
}


def the_catalogue(superuser):
    """What the database says of itself: how many things were looked at, and which are not as they must be."""
    asked, leaks = 0, []
    for what, query in CATALOGUE.items():
        found = superuser.execute(query, {"tables": TABLES}).fetchall()
        asked += len(found)
        leaks += [f"{what}: {name}" for name, good in found if not good]
    return asked, leaks


def keys_next_door(raw, superuser, here, there):
    """The functions that may destroy keys and forget, asked from here for what is the other programme's."""
    theirs = [key for (key,) in superuser.execute("SELECT id FROM vault_datakey WHERE programme_id = %s", [there]).fetchall()]
    with raw.transaction(force_rollback=True):
        raw.execute(sql.SQL("SET LOCAL app.programme = {}").format(sql.Literal(str(here))))
        (gone,) = raw.execute("SELECT vault_shred(%s, now())", [theirs]).fetchone()
    leaks = [f"{gone} keys of the other programme destroyed"] * bool(gone)
    for table, forget in FORGETTING.items():
        for (key,) in superuser.execute(sql.SQL("SELECT id FROM {} WHERE programme_id = %s").format(sql.Identifier(table)), [there]).fetchall():
            theirs.append(key)
            try:
                with raw.transaction(force_rollback=True):
                    raw.execute(sql.SQL("SET LOCAL app.programme = {}").format(sql.Literal(str(here))))
                    raw.execute(sql.SQL("SELECT {}(%s)").format(sql.Identifier(forget)), [key])
                leaks.append(f"{table} of the other programme forgotten")
            except psycopg.errors.CheckViolation:
                pass
    return len(theirs), leaks


def pooled(here, there):
    """Requests of both programmes, and of none, over a few connections that go from hand to hand; some of them fall over half-way."""
    idle, leaks, asked = SimpleQueue(), [], []
    connection.close()

    def work(seed):
        chance = random.Random(seed)
        connection.ensure_connection()
        own, asked_here = connection.connection, 0
        if seed < POOLED:
            idle.put(own)
        for _request in range(REQUESTS):
            connection.connection = idle.get(timeout=60)
            programme = chance.choice([here, there, None])
            try:
                if programme is None:
                    seen = set(Person.objects.values_list("programme_id", flat=True))
                else:
                    with tenant.inside(programme):
                        seen = set(Person.objects.values_list("programme_id", flat=True)) or {None}
                        if chance.random() < 0.2:
                            raise LookupError
            except LookupError:
                pass
            finally:
                idle.put(connection.connection)
                connection.connection = own
            asked_here += 1
            if seen - {programme}:
                leaks.append(f"a request of {programme} saw {sorted(map(str, seen))}")
        asked.append(asked_here)
        if seed >= POOLED:
            connection.close()

    workers = [threading.Thread(target=work, args=[seed]) for seed in range(THREADS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    while not idle.empty():
        idle.get().close()
    return sum(asked), leaks + ["a worker fell over"] * (THREADS - len(asked))


def _opens_elsewhere(superuser, model, field, target, programme):
    """Whether its words open when the row is said to be of another case."""
    move = sql.SQL("UPDATE {t} SET {c} = %s WHERE id = %s RETURNING (SELECT {c} FROM {t} b WHERE b.id = %s)")
    named = {"t": sql.Identifier(model._meta.db_table), "c": sql.Identifier(field.within)}
    (before,) = superuser.execute(move.format(**named), [uuid.uuid4(), target, target]).fetchone()
    with tenant.inside(programme):
        try:
            opened = before is not None and bool(getattr(model._default_manager.get(pk=target), field.attname))
        except ring.WordsAreGone:
            opened = False
    superuser.execute(move.format(**named), [before, target, target])
    return opened


def moved_ciphertext(superuser, here, there):
    """Sealed words laid into another row, another column, another programme by whoever owns the database: how many opened."""
    asked, leaks = 0, []
    superuser.execute("SET session_replication_role = replica")
    for model in apps.get_models():
        sealed = [f for f in model._meta.local_fields if isinstance(f, SealedText)] if issubclass(model, Walled) else []
        for field in sealed:
            table, column = model._meta.db_table, sql.Identifier(field.column)
            said = "SELECT id, programme_id, {c} FROM {t} WHERE {c} IS NOT NULL ORDER BY programme_id = %s, id"
            rows = superuser.execute(sql.SQL(said).format(c=column, t=sql.Identifier(table)), [here]).fetchall()
            if len(rows) < 2:
                continue
            # The first of one programme and the last of the other, where both have some; else two of one.
            (target, programme, _own), (_source, _theirs, noise) = rows[0], rows[-1]
            if field.within:
                asked += 1
                leaks += [f"{table}.{field.column} opened under another case"] * _opens_elsewhere(superuser, model, field, target, programme)
            superuser.execute(sql.SQL("UPDATE {t} SET {c} = %s WHERE id = %s").format(c=column, t=sql.Identifier(table)), [noise, target])
            asked += 1
            with tenant.inside(programme):
                try:
                    getattr(model._default_manager.get(pk=target), field.attname)
                    leaks.append(f"{table}.{field.column} opened in another row")
                except ring.WordsAreGone:
                    pass
    keys = (
        "SELECT (SELECT id FROM vault_datakey WHERE programme_id = %s LIMIT 1), (SELECT wrapped FROM vault_datakey WHERE programme_id = %s LIMIT 1)"
    )
    mine, theirs = superuser.execute(keys, [here, there]).fetchone()
    superuser.execute("UPDATE vault_datakey SET wrapped = %s WHERE id = %s", [theirs, mine])
    with tenant.inside(here):
        asked += 1
        try:
            ring.read_key(mine)
            leaks.append("a key opened in another programme")
        except ring.WordsAreGone:
            pass
    return asked, leaks
