"""The second wall, built in the database by the migration that makes the tables.

Row-level security by programme for `setfair_app`; primary keys `(programme_id, id)`;
references `(programme_id, parent_id)`; and tables of facts to which the application
may only add. Everything is checked again by `tests/house/test_walls.py`, which asks
the database and not this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation

from .records import Within

HERE = "(SELECT nullif(current_setting('app.programme', true), '')::uuid)"


class BuildWalls(Operation):
    """Stands last in each migration that makes case-wing tables; names them all.

    `append_only` are tables of facts: the application's role may read and add, and
    is refused UPDATE, DELETE and TRUNCATE. `itself` is for the programme's own table,
    whose `id` is the tenant.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, *names: str, append_only: Sequence[str] = (), itself: bool = False) -> None:
        if not (names or append_only):
            raise ValueError("name the tables around which the walls are built")
        self.names, self.append_only, self.itself = names, tuple(append_only), itself

    def deconstruct(self) -> Any:
        kwargs = {k: v for k, v in {"append_only": self.append_only, "itself": self.itself}.items() if v}
        return type(self).__name__, list(self.names), kwargs

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models already say it; only the database changes."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for name in (*self.names, *self.append_only):
            model = to_state.apps.get_model(app_label, name)
            for statement in self._statements(model, name in self.append_only):
                schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The tables go with the operations before this one."""

    def describe(self) -> str:
        return "Build the walls of " + ", ".join((*self.names, *self.append_only))

    def _statements(self, model: type[models.Model], append_only: bool) -> list[str]:
        table, pk = model._meta.db_table, model._meta.pk.column
        tenant = pk if self.itself else "programme_id"
        verbs = "SELECT, INSERT" if append_only else "SELECT, INSERT, UPDATE, DELETE"
        say = [
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
            f'CREATE POLICY own_programme ON "{table}" TO setfair_app USING ({tenant} = {HERE}) WITH CHECK ({tenant} = {HERE})',
            f'CREATE POLICY house ON "{table}" TO setfair_system USING (true) WITH CHECK (true)',
            f'REVOKE ALL ON "{table}" FROM PUBLIC, setfair_app, setfair_system',
            f'GRANT {verbs} ON "{table}" TO setfair_app',
            f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO setfair_system',
        ]
        if self.itself:
            return say
        say += [
            f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_pkey"',
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_pkey" PRIMARY KEY (programme_id, "{pk}")',
        ]
        for field in model._meta.local_fields:
            if isinstance(field, Within):
                parent = field.related_model._meta
                say.append(
                    f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{field.column}_within" FOREIGN KEY (programme_id, "{field.column}") '
                    f'REFERENCES "{parent.db_table}" (programme_id, "{parent.pk.column}")'
                )
        return say


class Definer(Operation):
    """A function that may look over the wall and returns ids only.

    It runs as `setfair_system`, is the one way to find out *which* programme a
    code, an address or a membership belongs to before anyone is signed in, and can
    be called by the application's role. `body` is one SQL query.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, signature: str, returns: str, body: str) -> None:
        self.signature, self.returns, self.body = signature, returns, body

    def deconstruct(self) -> Any:
        return type(self).__name__, [self.signature, self.returns, self.body], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Functions are not part of the models."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        name = self.signature.split("(")[0]
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {self.signature} RETURNS {self.returns} LANGUAGE sql STABLE SECURITY DEFINER "
            f"SET search_path = pg_catalog, public AS $definer$ {self.body} $definer$"
        )
        schema_editor.execute("GRANT CREATE ON SCHEMA public TO setfair_system")
        schema_editor.execute(f"ALTER FUNCTION {name} OWNER TO setfair_system")
        schema_editor.execute("REVOKE CREATE ON SCHEMA public FROM setfair_system")
        schema_editor.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        schema_editor.execute(f"GRANT EXECUTE ON FUNCTION {name} TO setfair_app")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """A later migration that wrote it anew has taken it along on the way back."""
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {self.signature.split('(')[0]}")

    def describe(self) -> str:
        return f"Function {self.signature}"
