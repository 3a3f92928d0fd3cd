"""The Atom feed of all events: a file that any web server can hand out."""

import re
from collections.abc import Iterable
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent, register_namespace

from archive.notify.events import Event

MOST = 500
ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_feed(path: Path, events: Iterable[Event], updated: str) -> None:
    """The newest events, newest first. `updated` is when the last run began."""
    newest = sorted(events, key=lambda event: (event.time, event.id), reverse=True)[:MOST]
    register_namespace("", ATOM)
    feed = Element(f"{{{ATOM}}}feed")
    _add(feed, "id", uuid5(NAMESPACE_URL, "nianbao notices").urn)
    _add(feed, "title", "nianbao: what changed on the portals")
    _add(feed, "updated", updated)
    _add(SubElement(feed, f"{{{ATOM}}}author"), "name", "nianbao")
    for event in newest:
        _entry(feed, event)
    indent(feed)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}")
    ElementTree(feed).write(aside, encoding="utf-8", xml_declaration=True)
    aside.replace(path)


def _entry(feed: Element, event: Event) -> None:
    entry = SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", f"urn:uuid:{event.id}")
    _add(entry, "title", f"{event.portal}: {event.says}")
    _add(entry, "updated", event.time)
    SubElement(entry, f"{{{ATOM}}}category", {"term": event.kind})
    if event.url:
        SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "href": _NOT_XML.sub("", event.url)})
    _add(entry, "content", event.says)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = _NOT_XML.sub("", text)
