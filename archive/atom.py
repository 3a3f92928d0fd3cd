"""Atom feeds (RFC 4287)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent, register_namespace

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"
"""When a feed without entries was updated."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` is a URI that stays; `updated` a time as RFC 3339 writes it."""

    id: str
    title: str
    updated: str
    content: str
    category: str
    link: str | None = None


def atom(id: str, title: str, updated: str, entries: Iterable[Entry], *, at: str | None = None) -> bytes:
    """The feed as bytes. `at` is the feed's own address where it has one."""
    register_namespace("", ATOM)
    feed = Element(f"{{{ATOM}}}feed")
    _add(feed, "id", id)
    _add(feed, "title", title)
    _add(feed, "updated", updated)
    if at:
        SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": at})
    _add(SubElement(feed, f"{{{ATOM}}}author"), "name", "nianbao")
    for entry in entries:
        _entry(feed, entry)
    indent(feed)
    written = BytesIO()
    ElementTree(feed).write(written, encoding="utf-8", xml_declaration=True)
    return written.getvalue()


def _entry(feed: Element, one: Entry) -> None:
    entry = SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", one.id)
    _add(entry, "title", one.title)
    _add(entry, "updated", one.updated)
    SubElement(entry, f"{{{ATOM}}}category", {"term": one.category})
    if one.link:
        SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "href": _NOT_XML.sub("", one.link)})
    _add(entry, "content", one.content)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = _NOT_XML.sub("", text)
