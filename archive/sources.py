"""The tables of what was collected: divisions, portals, documents, captures, bodies."""

import sqlite3
from collections.abc import Iterator
from heapq import merge
from operator import itemgetter

from archive.former import former_ids
from archive.health import portal_run_rows
from archive.inserted import Tables, insert_all, insert_objects
from archive.material import Material
from archive.places import body_evidence, body_names, division_rows, successor_rows
from archive.succession import succession_rows

BYTES = "application/octet-stream"
"""What nothing is known of but that it is there."""


def write_sources(connection: sqlite3.Connection, material: Material) -> None:
    places = division_rows(material.divisions())
    insert_objects(connection, "divisions", places)
    insert_all(connection, "division_successors", successor_rows(places))
    insert_objects(connection, "portals", (material.portals[key] for key in sorted(material.portals)))
    insert_all(connection, "portal_runs", portal_run_rows(material))
    insert_all(connection, "documents", _documents(material))
    Tables(connection).insert("members", material.gathered.members())
    insert_objects(connection, "captures", material.captures())
    insert_all(connection, "bodies", _bodies(material))
    insert_all(connection, "body_names", body_names(material))
    insert_all(connection, "body_evidence", body_evidence(material))
    insert_all(connection, "body_successors", succession_rows(material.successions()))
    insert_all(connection, "former_ids", former_ids(material))


def _documents(material: Material) -> Iterator[dict[str, object]]:
    """What was captured and what archives held, each once."""
    for sha256, media_type, length, refusal, outcome, read_as, why, says in material.gathered.documents():
        yield {
            "sha256": sha256,
            "media_type": read_as or (BYTES if media_type is None else media_type),
            "length": length,
            "outcome": outcome or "not_read",
            "refusal": why if outcome else refusal,
            "says": says,
        }


def _bodies(material: Material) -> Iterator[dict[str, object]]:
    published = material.gathered.bodies()
    named = ((one.body.id, one.body, None, None) for one in material.listed)
    for id, body, first, last in merge(published, named, key=itemgetter(0)):
        yield {
            "id": id,
            "name": body.name,
            "division": body.division,
            "kind": body.kind,
            "first_year": first,
            "last_year": last,
        }
