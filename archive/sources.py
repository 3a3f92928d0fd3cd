"""The tables of what was collected: divisions, portals, documents, captures, bodies."""

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict

from archive.former import former_ids
from archive.health import portal_run_rows
from archive.inserted import insert_all, insert_objects
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
    insert_all(connection, "members", _members(material))
    insert_objects(connection, "captures", material.captures)
    insert_all(connection, "bodies", _bodies(material))
    insert_all(connection, "body_names", body_names(material))
    insert_all(connection, "body_evidence", body_evidence(material))
    insert_all(connection, "body_successors", succession_rows(material.current()))
    insert_all(connection, "former_ids", former_ids(material))


def _documents(material: Material) -> Iterator[dict[str, object]]:
    """What was captured and what archives held, each once."""
    unpacked = {m.document: m.length for b in material.bundles for m in b.members if m.document}
    found: dict[str, tuple[str, int, str | None]]
    found = {sha256: (BYTES, length, None) for sha256, length in unpacked.items()}
    found |= {c.document: (c.media_type, c.length, c.refusal) for c in reversed(material.captures)}
    for sha256 in sorted(found):
        media_type, length, refusal = found[sha256]
        opened = material.opened.get(sha256)
        yield {
            "sha256": sha256,
            "media_type": (opened and opened.media_type) or media_type,
            "length": length,
            "outcome": opened.outcome if opened else "not_read",
            "refusal": opened.refusal if opened else refusal,
            "says": opened.says if opened else None,
        }


def _members(material: Material) -> Iterator[dict[str, object]]:
    for bundle in material.bundles:
        for position, member in enumerate(bundle.members):
            yield {"bundle": bundle.sha256, "position": position, **asdict(member)}


def _bodies(material: Material) -> Iterator[dict[str, object]]:
    years = {id: [claim.year for claim in claims] for id, claims in material.bodies().items()}
    bodies = {one.body.id: one.body for one in material.listed}
    bodies |= {id: claims[0].body for id, claims in material.bodies().items()}
    for id in sorted(bodies):
        body = bodies[id]
        yield {
            "id": id,
            "name": body.name,
            "division": body.division,
            "kind": body.kind,
            "first_year": min(years[id]) if id in years else None,
            "last_year": max(years[id]) if id in years else None,
        }
