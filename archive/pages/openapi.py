"""The OpenAPI description of the pages as JSON, made from their list and their types."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from archive.pages.described import Schema, closed, schema_of
from archive.pages.programs import ANSWERS, Answer
from archive.pages.record import record_columns
from archive.pages.words import Say
from archive.schema import SCHEMA

VERSION = "3.1.0"
_ERROR = closed({"ok": {"const": False}, "error": {"type": "string"}, "status": {"type": "integer"}})
_FAILURES = {"404": "error.404", "503": "error.slow"}
_MANY = "r"
"""The parameter that may be given more than once."""


def openapi(connection: sqlite3.Connection, say: Say, server: str) -> dict[str, Any]:
    known: dict[str, Schema] = {"Error": _ERROR, "Report": _report(connection)}
    paths = {answer.path: {"get": _operation(answer, say, known)} for answer in ANSWERS}
    return {
        "openapi": VERSION,
        "info": {"title": say("site.name"), "description": say("api.lead"), "version": str(SCHEMA)},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": known},
    }


def _operation(answer: Answer, say: Say, known: dict[str, Schema]) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Report"} if answer.kind is None else schema_of(answer.kind, known)
    there = {"200": _content(say(f"api.{answer.name}"), schema)}
    error = {"$ref": "#/components/schemas/Error"}
    # Lists are there whatever is asked.
    failures = {status: key for status, key in _FAILURES.items() if answer.parts or status != "404"}
    return {
        "operationId": answer.name,
        "summary": say(f"api.{answer.name}"),
        "parameters": list(_parameters(answer, say)),
        "responses": there | {status: _content(say(key), error) for status, key in failures.items()},
    }


def _content(description: str, schema: Schema) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _parameters(answer: Answer, say: Say) -> Iterator[dict[str, Any]]:
    for name in answer.parts:
        says = say(f"api.id.{answer.name if name == 'id' else name}")
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "description": says,
            "schema": {"type": "string"},
        }
    for name in answer.parameters:
        one: Schema = {"type": "string"}
        schema = {"type": "array", "items": one} if name == _MANY else one
        yield {"name": name, "in": "query", "description": say(f"api.with.{name}"), "schema": schema}


def _report(connection: sqlite3.Connection) -> Schema:
    """Objects and lists of rows of the database, column by column."""
    head, parts = record_columns(connection)
    rows = {name: {"type": "array", "items": _row(connection, name, names)} for name, names in parts.items()}
    return closed({"report": _row(connection, "reports", head), **rows})


_TYPES = {"TEXT": "string", "INTEGER": "integer", "REAL": "number"}
_COLUMN = 'SELECT type, "notnull" FROM pragma_table_info(?) WHERE name = ?'
_SAYS = "SELECT says FROM descriptions WHERE table_name = ? AND column_name = ?"


def _row(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> Schema:
    return closed({column: _column(connection, table, column) for column in columns})


def _column(connection: sqlite3.Connection, table: str, column: str) -> Schema:
    """A view's column that is computed has no type: nothing is promised of it."""
    found = connection.execute(_COLUMN, (table, column)).fetchone()
    kind, needed = found or ("", 0)
    says = connection.execute(_SAYS, (table, column)).fetchone()
    described = {"description": says[0]} if says else {}
    if kind not in _TYPES:
        return described
    return {"type": _TYPES[kind] if needed else [_TYPES[kind], "null"], **described}
