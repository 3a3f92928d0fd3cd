"""The sitemap: every page of a report, a body and a place, for those who index the site."""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import chain
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from archive.pages.addresses import body_address, place_address, report_address

MOST = 10_000
"""Addresses in one file; the format allows 50,000 and ten megabytes."""

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES = """
SELECT * FROM (
  SELECT 0 AS kind, id FROM reports UNION ALL SELECT 1, id FROM bodies
  UNION ALL SELECT DISTINCT 2, substr(division, 1, 6) FROM bodies WHERE division IS NOT NULL
) ORDER BY kind, id LIMIT ? OFFSET ?
"""
_MANY = """
SELECT (SELECT count(*) FROM reports) + (SELECT count(*) FROM bodies)
  + (SELECT count(DISTINCT substr(division, 1, 6)) FROM bodies)
"""
_ADDRESSES: tuple[Callable[[str], str], ...] = (report_address, body_address, place_address)

Absolute = Callable[[str], str]


def sitemap_index(connection: sqlite3.Connection, absolute: Absolute) -> bytes:
    (many,) = connection.execute(_MANY).fetchone()
    files = (absolute(f"/sitemap-{number}.xml") for number in range(1, many // MOST + 2))
    return _xml("sitemapindex", "sitemap", files)


def sitemap(connection: sqlite3.Connection, number: int, absolute: Absolute) -> bytes | None:
    """The so-manieth file, from 1."""
    rows = connection.execute(_PAGES, (MOST, (number - 1) * MOST)).fetchall()
    if not rows:
        return None
    fixed = (absolute(path) for path in ("/", "/findings") if number == 1)
    return _xml("urlset", "url", chain(fixed, (absolute(_ADDRESSES[kind](id)) for kind, id in rows)))


def _xml(root: str, each: str, addresses: Iterator[str]) -> bytes:
    register_namespace("", SITEMAPS)
    top = Element(f"{{{SITEMAPS}}}{root}")
    for address in addresses:
        SubElement(SubElement(top, f"{{{SITEMAPS}}}{each}"), f"{{{SITEMAPS}}}loc").text = address
    return bytes(tostring(top, encoding="utf-8", xml_declaration=True))
