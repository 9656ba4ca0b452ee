"""What the database holds beside the walls: rows of one case hang together, stages go along their journey, and some rows stay.

Like `walls`, these stand in migrations and are asked of the database again by `tests/house`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.migrations.operations.base import Operation


class _OfTable(Operation):
    """Statements about one table, forwards and back; the models stay as they are."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, name: str, *words: str) -> None:
        self.name, self.words = name, words

    def deconstruct(self) -> Any:
        return type(self).__name__, [self.name, *self.words], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Only the database changes."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.there(to_state.apps.get_model(app_label, self.name)._meta):
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.back(to_state.apps.get_model(app_label, self.name)._meta):
            schema_editor.execute(statement)

    def describe(self) -> str:
        return f"{type(self).__name__} of {self.name}"

    def there(self, meta: Any) -> Iterator[str]:
        raise NotImplementedError

    def back(self, meta: Any) -> Iterator[str]:
        raise NotImplementedError


class KeyOfCase(_OfTable):
    """A key by which others of the same case hang under this row; what `SameCase` needs of the parent."""

    def there(self, meta: Any) -> Iterator[str]:
        yield f'ALTER TABLE "{meta.db_table}" ADD CONSTRAINT "{meta.db_table}_of_case" UNIQUE (programme_id, case_id, "{meta.pk.column}")'

    def back(self, meta: Any) -> Iterator[str]:
        yield f'ALTER TABLE "{meta.db_table}" DROP CONSTRAINT "{meta.db_table}_of_case"'


class SameCase(_OfTable):
    """The named references of a table lead to rows of its own case: the key of `BuildWalls`, with the case in it."""

    def there(self, meta: Any) -> Iterator[str]:
        yield from self._keys(meta, 'programme_id, case_id, "{}"')

    def back(self, meta: Any) -> Iterator[str]:
        yield from self._keys(meta, 'programme_id, "{}"')

    def _keys(self, meta: Any, columns: str) -> Iterator[str]:
        for field in map(meta.get_field, self.words):
            parent, name = field.related_model._meta, f"{meta.db_table}_{field.column}_within"
            yield f'ALTER TABLE "{meta.db_table}" DROP CONSTRAINT "{name}"'
            yield (
                f'ALTER TABLE "{meta.db_table}" ADD CONSTRAINT "{name}" FOREIGN KEY ({columns.format(field.column)}) '
                f'REFERENCES "{parent.db_table}" ({columns.format(parent.pk.column)})'
            )


class Steps(_OfTable):
    """The journey of a staged table as it stood when the migration was written; a journey that changes needs a new one of these.

    A row begins in one of `start`, goes only along `steps`, and no transaction that
    moves it is committed without the journal's line. `tests/house` compares the
    database with the journeys in Python.
    """

    def __init__(self, name: str, *, start: Sequence[str], steps: Mapping[str, Sequence[str]]) -> None:
        super().__init__(name)
        self.start, self.steps = tuple(start), {was: tuple(to) for was, to in steps.items()}

    def deconstruct(self) -> Any:
        return type(self).__name__, [self.name], {"start": self.start, "steps": self.steps}

    def there(self, meta: Any) -> Iterator[str]:
        table, moves = meta.db_table, "OLD.stage IS DISTINCT FROM NEW.stage"
        steps = ", ".join(f"'{was}>{to}'" for was in self.steps for to in self.steps[was])
        start = ", ".join(f"'{stage}'" for stage in self.start)
        yield from self.back(meta)
        yield f'CREATE TRIGGER journey_step BEFORE UPDATE ON "{table}" FOR EACH ROW WHEN ({moves}) EXECUTE FUNCTION journal_step({steps})'
        yield f'CREATE TRIGGER journey_start BEFORE INSERT ON "{table}" FOR EACH ROW EXECUTE FUNCTION journal_start({start})'
        yield (
            f'CREATE CONSTRAINT TRIGGER journey_told AFTER UPDATE ON "{table}" DEFERRABLE INITIALLY DEFERRED '
            f"FOR EACH ROW WHEN ({moves}) EXECUTE FUNCTION journal_told('{meta.label_lower}')"
        )

    def back(self, meta: Any) -> Iterator[str]:
        for name in ("journey_step", "journey_start", "journey_told"):
            yield f'DROP TRIGGER IF EXISTS {name} ON "{meta.db_table}"'


class AddOnly(_OfTable):
    """From now on the application may add to this table and read it, and is refused the rest; for a new table `BuildWalls` says so."""

    def there(self, meta: Any) -> Iterator[str]:
        yield f'REVOKE UPDATE, DELETE ON "{meta.db_table}" FROM setfair_app'

    def back(self, meta: Any) -> Iterator[str]:
        yield f'GRANT UPDATE, DELETE ON "{meta.db_table}" TO setfair_app'
