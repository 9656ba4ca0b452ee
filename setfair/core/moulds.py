"""Questions of every day, put into SQL once and asked again with other values.

To build a query and put it into SQL costs Django several times what it costs
PostgreSQL to answer it. A mould is made about stand-ins, values that nobody and
nothing has; wherever one of them stands in the SQL, the value of the asking is put.
Nothing is kept of what was asked or answered, only the question.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Func, QuerySet, UUIDField, Value

from . import clock

MOST_KEPT = 200
Build = Callable[..., QuerySet[Any]]
Shape = tuple[tuple[str, Hashable], ...]


OF_THE_MOMENT = object()
NOW = "now"
NEAR = timedelta(days=10 * 365)
"""Stand-ins for days and moments lie thirty years apart, in the Middle Ages."""


class among(Func):
    """That a key is one of these, however many: one value in the SQL, where `__in` writes as many as there are."""

    output_field = BooleanField()
    template = "%(expressions)s)"
    arg_joiner = " = ANY("

    def __init__(self, key: Any, ids: list[UUID]) -> None:
        super().__init__(key, Value(ids, output_field=ArrayField(UUIDField())))


class Mould:
    """`build(**shape, **values)` makes the query. What changes its SQL is its shape; what changes no more than a value in it is a value.

    `build` sees no real value, only one of its type, and must not choose by it. What
    it makes of a day or a moment by adding to it is made of the real one too. With a
    value `now` the clock shows that moment while it builds. A query with a day or a
    moment in it that comes from nowhere is built anew each time: kept, it would go on
    being about the day on which it was first asked.
    """

    def __init__(self, build: Build) -> None:
        self.build = build
        self._cast = lru_cache(MOST_KEPT)(self._made)

    def ask(self, *, values: dict[str, Any], **shape: Hashable) -> list[Any]:
        """The answer to `build(**shape, **values)`, as a list."""
        (answer,) = together(self.asking(values=values, **shape))
        return answer

    def asking(self, *, values: dict[str, Any], **shape: Hashable) -> Asking:
        """The same question for `together`."""
        cast = self._cast(tuple(sorted(shape.items())), tuple((name, type(value)) for name, value in values.items()))
        if cast is OF_THE_MOMENT:
            cast = _in_sql(self.build(**shape, **{name: value for name, value in values.items() if name != NOW}), {})
        return Asking(cast, values)

    def first(self, *, values: dict[str, Any], **shape: Hashable) -> Any | None:
        return next(iter(self.ask(values=values, **shape)), None)

    def _made(self, shape: Shape, kinds: tuple[tuple[str, type], ...]) -> Any:
        stand_ins = {name: _stand_in(number, name, kind) for number, (name, kind) in enumerate(kinds)}
        taken = {name: value for name, value in stand_ins.items() if name != NOW}
        with clock.standing_still(stand_ins.get(NOW)):
            cast = _in_sql(self.build(**dict(shape), **taken), stand_ins)
        return OF_THE_MOMENT if cast is not None and cast.knows_a_day else cast


class _Cast:
    """One question in SQL, and how its rows become objects again, as Django does it."""

    def __init__(self, rows: QuerySet[Any], stand_ins: dict[str, Any]) -> None:
        self.rows, self.compiler = rows, rows.query.get_compiler(rows.db)
        self.sql, params = self.compiler.as_sql()
        self.compiler.connection = None
        self.written = [next((slot for name, value in stand_ins.items() if (slot := _slot(name, value, param))), param) for param in params]

    @property
    def knows_a_day(self) -> bool:
        """Whether a day or a moment stands in it that is no value of the asking."""
        return any(isinstance(param, date) for param in self.written)

    def params(self, values: dict[str, Any]) -> list[Any]:
        return [param.filled(values) if isinstance(param, _Slot) else param for param in self.written]

    def answer(self, found: list[Any]) -> list[Any]:
        """What Django makes of these rows, as if it had asked for them."""
        if not found:
            return []
        compiler, query = copy(self.compiler), copy(self.rows.query)
        compiler.connection = connection
        compiler.execute_sql = lambda *_args, **_more: [found]
        query.get_compiler = lambda *_args, **_more: compiler
        asked: QuerySet[Any] = QuerySet(self.rows.model, query)
        asked._iterable_class, asked._fields = self.rows._iterable_class, self.rows._fields  # type: ignore[attr-defined]
        return list(asked)


def _in_sql(rows: QuerySet[Any], stand_ins: dict[str, Any]) -> _Cast | None:
    try:
        return _Cast(rows, stand_ins)
    except EmptyResultSet:
        return None


@dataclass(frozen=True)
class Asking:
    """A question with the values of one asking; no question, where nothing could be the answer."""

    cast: _Cast | None
    values: dict[str, Any]


NEXT = ";\n"
"""Between two statements that are sent together."""


def together(*askings: Asking) -> list[list[Any]]:
    """The answer to each of these, in one trip to the database: for questions that do not wait for one another's answers."""
    sent = [(asking.cast, asking.cast.params(asking.values)) for asking in askings if asking.cast is not None]
    if not sent:
        return [[] for _ in askings]
    with connection.cursor() as cursor:
        cursor.execute(NEXT.join(cast.sql for cast, _params in sent), [param for _cast, params in sent for param in params])
        found = iter(_each(cursor, len(sent)))
    return [asking.cast.answer(next(found)) if asking.cast is not None else [] for asking in askings]


def _each(cursor: Any, many: int) -> list[list[Any]]:
    """The rows of each statement."""
    rows = [cursor.fetchall()]
    while len(rows) < many:
        cursor.nextset()
        rows.append(cursor.fetchall())
    return rows


@dataclass(frozen=True)
class _Slot:
    """Where a value stands, or a day or moment so much later than it."""

    name: str
    later: timedelta | None = None

    def filled(self, values: dict[str, Any]) -> Any:
        return values[self.name] if self.later is None else values[self.name] + self.later


def _stand_in(number: int, name: str, kind: type) -> Any:
    key = uuid5(NAMESPACE_OID, f"stands in for {name}")
    makers: dict[type, Any] = {
        UUID: key,
        str: f"stands in for {name}",
        datetime: datetime(1000 + 30 * number, 3, 14, 15, 9, 26, number, tzinfo=UTC),
        date: date(1000 + 30 * number, 3, 14),
        list: [key],
    }
    return makers[kind]


def _slot(name: str, value: Any, param: Any) -> _Slot | None:
    if type(value) is not type(param):
        return None
    if isinstance(value, date) and abs(param - value) < NEAR:
        return _Slot(name, param - value)
    return _Slot(name) if value == param else None
