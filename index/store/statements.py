"""How is a statement run again and again at little cost, on any database?

Statements are SQLAlchemy expressions, built once; their text is compiled once for a dialect and handed to the driver's own cursor:
SQLAlchemy's execution costs 50 to 100 µs a statement, as much as reading twenty articles. Its law: a statement's text never depends on
how many values it is given, so lists go in as one JSON parameter, and the driver's cache of prepared statements always hits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, CompoundSelect, Delete, Dialect, Insert, Select, Text, Update, bindparam, cast, select
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Statement = Select[*tuple[Any, ...]] | CompoundSelect[Any] | Insert | Update | Delete
Row = tuple[Any, ...]

LARGEST = 2**63 - 1
"""What a database's integer holds; numbers from outside are cut to it, not refused: nothing is stored beyond it."""


class elements(FunctionElement[Any]):  # noqa: N801  (an SQL function, named as one)
    """The elements of a JSON array, as a table with a column `value`."""

    name = "elements"
    inherit_cache = True


@compiles(elements, "sqlite")
def _elements_sqlite(element: elements, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


@compiles(elements, "postgresql")
def _elements_postgresql(element: elements, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **kw)} AS JSON))"


def among(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Whether a column's text is one of the list given as the parameter `name` (by `listed`)."""
    value = elements(bindparam(name, type_=Text)).table_valued("value").c.value
    return column.in_(select(cast(value, Text)))


def numbered(column: ColumnElement[int], name: str) -> ColumnElement[bool]:
    """Whether a column's number is one of the list given as the parameter `name` (by `listed`)."""
    value = elements(bindparam(name, type_=Text)).table_valued("value").c.value
    return column.in_(select(cast(value, BigInteger)))


def listed(values: Iterable[str | int]) -> str:
    """A list as a parameter: JSON in ASCII, so that a lone surrogate from outside is found nowhere instead of failing."""
    return json.dumps(list(values))


def _without_halves(value: Any) -> Any:
    """A text from outside with its lone surrogates spelt out, so that it is found nowhere instead of failing."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


class Ready(NamedTuple):
    """A statement's text, its parameters in order, and those of them that it brings itself."""

    text: str
    names: tuple[str, ...]
    fixed: dict[str, Any]


class Statements:
    """The texts of statements in one dialect, each compiled when it is first run; `executed` counts the runs, for tests."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.executed = 0
        self._ready: dict[Statement, Ready] = {}

    def ready(self, statement: Statement) -> Ready:
        """The statement's text in this dialect."""
        found = self._ready.get(statement)
        if found is None:
            compiled = statement.compile(dialect=self.dialect)
            assert isinstance(compiled, SQLCompiler)
            fixed = {name: value for name, value in compiled.params.items() if value is not None}
            found = self._ready[statement] = Ready(str(compiled), tuple(compiled.positiontup or ()), fixed)
        return found


class Access:
    """One driver's connection while one caller uses it."""

    def __init__(self, connection: DBAPIConnection, statements: Statements) -> None:
        self.connection = connection
        self.statements = statements

    def rows(self, statement: Statement, **values: Any) -> list[Row]:
        """The rows that a query gives."""
        return list(self._execute(statement, values).fetchall())

    def row(self, statement: Statement, **values: Any) -> Row | None:
        """The first row that a query gives."""
        found = self.rows(statement, **values)
        return found[0] if found else None

    def run(self, statement: Statement, **values: Any) -> None:
        """Run a statement that gives no rows."""
        self._execute(statement, values)

    def _execute(self, statement: Statement, values: dict[str, Any]) -> DBAPICursor:
        ready = self.statements.ready(statement)
        if ready.fixed:
            values = {**ready.fixed, **values}
        self.statements.executed += 1
        cursor = self.connection.cursor()
        try:
            cursor.execute(ready.text, [values[name] for name in ready.names])
        except UnicodeEncodeError:
            cursor.execute(ready.text, [_without_halves(values[name]) for name in ready.names])
        return cursor

    def many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement that gives no rows once for each set of values; it counts as one."""
        if not rows:
            return
        ready = self.statements.ready(statement)
        self.statements.executed += 1
        batch = [[row[name] if name in row else ready.fixed[name] for name in ready.names] for row in rows]
        self.connection.cursor().executemany(ready.text, batch)

    def say(self, command: str) -> list[Row]:
        """Run a command in the database's own words, such as BEGIN; it is not counted."""
        cursor = self.connection.cursor()
        cursor.execute(command)
        return list(cursor.fetchall()) if cursor.description else []
