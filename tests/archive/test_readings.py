import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.bundles import Bundle, Member
from archive.parts import Part, Reader
from archive.readings import Readings, read_all
from parsers.document import Box
from parsers.reading import Figure, Place, Publisher, Reading, Refusal


def read(data: bytes) -> Reading | Refusal:
    """Stands in for the reader: what it does is in the bytes."""
    sha256 = hashlib.sha256(data).hexdigest()
    if data == b"fails":
        raise RuntimeError("a bug")
    if data == b"dies":
        os._exit(1)
    if data == b"refused":
        return Refusal(sha256, None, "not-a-report", "No title.")
    return a_reading(sha256)


def parts(source: str, data: bytes) -> Iterator[Part]:
    """`bundle` and the contents of its members; `locked` cannot be unpacked, `stops` ends the bundle."""
    kind, *members = data.split()
    if kind != b"bundle":
        yield source, data
    for member in members:
        if member == b"stops":
            yield source, Refusal(hashlib.sha256(data).hexdigest(), None, "too-large", "It holds too much.")
        elif member == b"locked":
            yield f"{source}!locked.txt", Refusal("", None, "encrypted", "It asks for a password.")
        else:
            yield f"{source}!{member.decode()}.txt", member


READER = Reader(read, parts)


def a_reading(sha256: str) -> Reading:
    figure = Figure("requests.new.person", "read", 3, "3", Place(1, Box(1.5, 2.0, 3.0, 4.0)))
    publisher = Publisher("清源县民政局")
    return Reading(
        sha256, "text/plain", "2021", 2024, publisher, None, None, (), (figure,), (), "own", (), ("a b",)
    )


@pytest.fixture
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes find modules where their starter does, the reader above among them."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))


def documents(*contents: bytes) -> list[tuple[str, bytes]]:
    return [(hashlib.sha256(content).hexdigest(), content) for content in contents]


def test_what_is_put_is_got(tmp_path: Path) -> None:
    readings = Readings(tmp_path, "7")
    reading, refusal = a_reading("ab" * 32), Refusal("cd" * 32, None, "empty", "Nothing in it.")
    readings.put(reading)
    readings.put(refusal)
    assert Readings(tmp_path, "7").get(reading.sha256) == reading
    assert readings.get(refusal.sha256) == refusal
    files = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert files == [f"7/ab/{'ab' * 32}.json", f"7/cd/{'cd' * 32}.json"]


def test_another_reader_version_has_its_own_readings(tmp_path: Path) -> None:
    reading = a_reading("ab" * 32)
    Readings(tmp_path, "7").put(reading)
    assert Readings(tmp_path, "8").get(reading.sha256) is None
    assert Readings(tmp_path, "8").missing([reading.sha256]) == [reading.sha256]
    assert Readings(tmp_path, "7").missing([reading.sha256]) == []


@pytest.mark.parametrize("kind", ["reader-failed", "lost", "crashed", "timeout", "memory"])
def test_a_passing_failure_is_tried_again_by_the_next_run(tmp_path: Path, kind: str) -> None:
    refusal = replace(Refusal("ab" * 32, None, "empty", "…"), kind=kind)
    readings = Readings(tmp_path, "7")
    readings.put(refusal)
    assert readings.get(refusal.sha256) == refusal
    assert Readings(tmp_path, "7").get(refusal.sha256) is None


@pytest.mark.usefixtures("_importable")
@pytest.mark.parametrize("workers", [1, 2])
def test_one_document_that_fails_does_not_stop_the_others(workers: int) -> None:
    given = documents(b"one", b"fails", b"refused", *(b"%d" % number for number in range(20)))
    outcomes = {outcome.sha256: outcome for outcome in read_all(given, READER, workers)}
    assert set(outcomes) == {sha256 for sha256, _ in given}
    kinds = {o.sha256: o.kind for o in outcomes.values() if isinstance(o, Refusal)}
    assert kinds == {given[1][0]: "reader-failed", given[2][0]: "not-a-report"}
    failed = outcomes[given[1][0]]
    assert isinstance(failed, Refusal)
    assert failed.says == "The reader failed with RuntimeError: a bug; report this document as a bug."


@pytest.mark.usefixtures("_importable")
def test_a_process_that_dies_takes_only_its_own_document_along() -> None:
    given = documents(b"one", b"dies", b"two")
    outcomes = {outcome.sha256: outcome for outcome in read_all(given, READER, 2)}
    assert list(outcomes) == [sha256 for sha256, _ in given]
    refused = {sha256: o.kind for sha256, o in outcomes.items() if isinstance(o, Refusal)}
    assert refused == {given[1][0]: "crashed"}


def of_bundle(content: bytes) -> tuple[list[str], Bundle]:
    """The digests of what came before, and the bundle itself."""
    *members, bundle = read_all(documents(content), READER, 1)
    assert isinstance(bundle, Bundle)
    assert bundle.sha256 == hashlib.sha256(content).hexdigest()
    return [outcome.sha256 for outcome in members], bundle


@pytest.mark.usefixtures("_importable")
def test_a_bundle_comes_after_its_members_and_says_what_it_holds() -> None:
    content = b"bundle one locked refused one stops"
    came, bundle = of_bundle(content)
    one, refused = (hashlib.sha256(member).hexdigest() for member in (b"one", b"refused"))
    assert came == [one, refused, one]
    assert bundle.members == (
        Member("one.txt", one, 3),
        Member("locked.txt", None, 0, "encrypted", "It asks for a password."),
        Member("refused.txt", refused, 7),
        Member("one.txt", one, 3),
    )
    assert (bundle.refusal, bundle.says) == ("too-large", "It holds too much.")
    assert bundle.documents() == {one: "one.txt", refused: "refused.txt"}


@pytest.mark.usefixtures("_importable")
def test_what_a_bundle_holds_is_kept_beside_the_readings_of_its_members(tmp_path: Path) -> None:
    readings = Readings(tmp_path, "7")
    *members, bundle = read_all(documents(b"bundle one refused"), READER, 1)
    readings.put(bundle)
    assert Readings(tmp_path, "7").missing([bundle.sha256]) == [bundle.sha256], "its members are not there"
    for member in members:
        readings.put(member)
    assert Readings(tmp_path, "7").missing([bundle.sha256]) == []
    assert Readings(tmp_path, "7").get(bundle.sha256) == bundle


@pytest.mark.usefixtures("_importable")
def test_a_bundle_with_a_member_that_failed_in_passing_is_read_again(tmp_path: Path) -> None:
    readings = Readings(tmp_path, "7")
    for outcome in read_all(documents(b"bundle one dies two"), READER, 1):
        readings.put(outcome)
    digest = hashlib.sha256(b"bundle one dies two").hexdigest()
    bundle = readings.get(digest)
    assert isinstance(bundle, Bundle)
    kinds = {m.name: readings.get(m.document or "") for m in bundle.members}
    died = kinds["dies.txt"]
    assert isinstance(died, Refusal)
    assert died.kind == "crashed"
    assert isinstance(kinds["two.txt"], Reading), "the others of the bundle are read"
    assert Readings(tmp_path, "7").missing([digest]) == [digest]
