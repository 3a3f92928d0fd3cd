"""The Atom feed of all events: a file that any web server can hand out."""

from collections.abc import Iterable
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from archive.atom import Entry, atom
from archive.notify.events import Event

MOST = 500


def write_feed(path: Path, events: Iterable[Event], updated: str) -> None:
    """The newest events, newest first. `updated` is when the last run began."""
    newest = sorted(events, key=lambda event: (event.time, event.id), reverse=True)[:MOST]
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}")
    id = uuid5(NAMESPACE_URL, "nianbao notices").urn
    aside.write_bytes(atom(id, "nianbao: what changed on the portals", updated, map(_entry, newest)))
    aside.replace(path)


def _entry(event: Event) -> Entry:
    title = f"{event.portal}: {event.says}"
    return Entry(f"urn:uuid:{event.id}", title, event.time, event.says, event.kind, event.url)
