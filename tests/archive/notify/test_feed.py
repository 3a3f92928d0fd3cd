"""The feed as RFC 4287 wants it."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from archive.atom import ATOM
from archive.notify.events import Event
from archive.notify.feed import MOST, write_feed

EVENT = Event(
    "6ba7b811-9dad-11d1-80b4-00c04fd430c8", "2026-02-01T00:00:00.5Z", "p", "r1", "new", "new: x", None
)
DAY = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def feed(path: Path, *events: Event) -> ElementTree.Element:
    write_feed(path, events, "2026-02-02T00:00:00Z")
    return ElementTree.parse(path).getroot()  # noqa: S314 - written just above


def texts(element: ElementTree.Element, name: str) -> list[str | None]:
    return [found.text for found in element.findall(f"{{{ATOM}}}{name}")]


def test_every_element_that_the_format_demands_is_there_once(tmp_path: Path) -> None:
    root = feed(
        tmp_path / "feeds" / "notices.atom", EVENT, replace(EVENT, id="other", url="http://x/?a=1&b=<2>")
    )
    assert root.tag == f"{{{ATOM}}}feed"
    assert [len(texts(root, name)) for name in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
    entries = root.findall(f"{{{ATOM}}}entry")
    assert len(entries) == 2
    for entry in entries:
        assert [len(texts(entry, name)) for name in ("id", "title", "updated", "content")] == [1, 1, 1, 1]
    dates = [*texts(root, "updated"), *(date for entry in entries for date in texts(entry, "updated"))]
    assert all(date and DAY.fullmatch(date) for date in dates)
    ids = [*texts(root, "id"), *(id for entry in entries for id in texts(entry, "id"))]
    assert len(set(ids)) == 3
    assert all(id and id.startswith("urn:uuid:") for id in ids)
    (link,) = root.findall(f"{{{ATOM}}}entry/{{{ATOM}}}link")
    assert link.attrib == {"rel": "alternate", "href": "http://x/?a=1&b=<2>"}


def test_titles_are_escaped_and_characters_that_xml_has_not_are_left_out(tmp_path: Path) -> None:
    root = feed(tmp_path / "f.atom", replace(EVENT, says="new: <b>年报</b> & \x08\x1f\ufffe𠀀"))
    (title,) = texts(root.findall(f"{{{ATOM}}}entry")[0], "title")
    assert title == "p: new: <b>年报</b> & 𠀀"


def test_the_newest_come_first_and_not_all_are_kept(tmp_path: Path) -> None:
    many = [replace(EVENT, id=f"{n:05}", time=f"2026-02-01T00:00:00.{n:05}Z") for n in range(MOST + 5)]
    entries = feed(tmp_path / "f.atom", *many).findall(f"{{{ATOM}}}entry")
    assert len(entries) == MOST
    assert texts(entries[0], "id") == [f"urn:uuid:{MOST + 4:05}"]


def test_the_same_events_give_the_same_bytes(tmp_path: Path) -> None:
    feed(tmp_path / "one.atom", EVENT, replace(EVENT, id="other"))
    feed(tmp_path / "two.atom", replace(EVENT, id="other"), EVENT)
    assert (tmp_path / "one.atom").read_bytes() == (tmp_path / "two.atom").read_bytes()
