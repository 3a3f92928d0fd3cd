"""Documents in processes of their own: whatever one of them does, the others are read."""

import ctypes
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing import Pipe
from pathlib import Path

import pytest

from archive.limits import Limits
from archive.parts import Found, Part, Reader
from archive.workers import outcomes
from parsers.reading import Reading, Refusal

TIGHT = Limits(bytes=1000, seconds=3, scan_seconds=3, memory=300 << 20, documents=1000)
WAITS = Limits(seconds=30)


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes find modules where their starter does, the reader below among them."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))


def read(data: bytes) -> Reading | Refusal:
    """Stands in for the reader: what it does is in the bytes."""
    match data.split():
        case [b"crashes"]:
            ctypes.string_at(0)
        case [b"exits"]:
            os._exit(3)
        case [b"hangs"]:
            # Holds the interpreter's lock, as a library does that loops.
            ctypes.PyDLL(None).sleep(60)
        case [b"swells"]:
            held = [bytearray(b"x" * (8 << 20)) for _ in range(60)]
            time.sleep(len(held))
        case [b"asks", b"too", b"much"]:
            bytearray(1 << 40)
        case [b"fails"]:
            raise RuntimeError("a bug")
        case [b"sleeps", seconds]:
            time.sleep(float(seconds))
    return said(f"{os.getpid()}")


def parts(source: str, data: bytes) -> Iterator[Part]:
    """A bundle has so many members of each kind: `bundle 3*one 1*exits`; `stops` kills who unpacks it."""
    words = data.decode().split()
    if words[0] != "bundle":
        yield source, data
        return
    number = 0
    for word in words[1:]:
        times, _, content = word.partition("*")
        if content == "stops":
            os._exit(4)
        for _ in range(int(times)):
            yield f"{source}!{number}", content.replace("_", " ").encode()
            number += 1


READER = Reader(read, parts)


def said(says: str) -> Refusal:
    return Refusal("", None, "said", says)


def named(*contents: bytes) -> list[tuple[str, bytes | Refusal]]:
    return [(f"{number}", content) for number, content in enumerate(contents)]


def kinds(found: list[Found]) -> list[tuple[str, str]]:
    return [(source, outcome.kind) for source, outcome, _ in found if isinstance(outcome, Refusal)]


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [
        (b"crashes", "crashed", "SIGSEGV"),
        (b"exits", "crashed", "exit code 3"),
        (b"hangs", "timeout", "longer"),
        (b"swells", "memory", "300 MiB"),
        (b"asks too much", "memory", "300 MiB"),
        (b"x" * 1001, "too-large", "larger"),
        (b"fails", "reader-failed", "RuntimeError: a bug; report this document as a bug."),
    ],
    ids=lambda value: str(value, "ascii").split()[0][:8] if isinstance(value, bytes) else None,
)
def test_a_document_that_kills_its_reader_is_one_error_and_the_others_are_read(
    content: bytes, kind: str, says: str
) -> None:
    begun = time.monotonic()
    found = list(outcomes(named(b"one", content, b"two", b"three"), READER, TIGHT, count=1))
    assert kinds(found) == [("0", "said"), ("1", kind), ("2", "said"), ("3", "said")]
    outcome = found[1].outcome
    assert isinstance(outcome, Refusal)
    assert says in outcome.says
    assert len(outcome.sha256) == 64
    assert time.monotonic() - begun < 20


def test_outcomes_come_in_the_order_given_whoever_is_ready_first() -> None:
    given = named(b"sleeps 0.5", *(b"%d" % number for number in range(20)), b"bundle 3*one", b"last")
    sources = [source for source, _, _ in outcomes(given, READER, WAITS, count=3)]
    assert sources == [*(str(number) for number in range(21)), "21!0", "21!1", "21!2", "22"]


def test_refused_documents_stand_where_they_were_given() -> None:
    given: list[tuple[str, bytes | Refusal]] = [
        ("gone", said("before")),
        *named(b"one"),
        ("lost", said("after")),
    ]
    assert [source for source, _, _ in outcomes(given, READER, WAITS, count=2)] == ["gone", "0", "lost"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [("exits", "crashed"), ("hangs", "timeout"), ("swells", "memory"), ("fails", "reader-failed")],
)
def test_a_member_that_kills_its_reader_costs_itself_alone(content: str, kind: str) -> None:
    bundle = f"bundle 2*one 1*{content} 3*one 1*{content} 1*one"
    found = list(outcomes(named(bundle.encode(), b"two"), READER, TIGHT, count=2))
    assert [source for source, _, _ in found] == [*(f"0!{number}" for number in range(8)), "1"]
    assert [kind for _, kind in kinds(found)] == [*["said"] * 2, kind, *["said"] * 3, kind, "said", "said"]
    lost = found[2]
    assert (lost.outcome.sha256, lost.length) == (hashlib.sha256(content.encode()).hexdigest(), len(content))


def test_a_bundle_that_kills_who_unpacks_it_ends_there_and_the_error_names_it() -> None:
    found = list(outcomes(named(b"bundle 40*one 1*stops 9*one", b"two"), READER, WAITS, count=2))
    assert [source for source, _, _ in found] == [*(f"0!{number}" for number in range(40)), "0", "1"]
    assert kinds(found)[40] == ("0", "crashed")


def test_a_bundle_of_killers_is_left_alone_after_some() -> None:
    found = list(outcomes(named(b"bundle 50*exits", b"two"), READER, WAITS, count=1))
    assert [source for source, _, _ in found] == [*(f"0!{number}" for number in range(8)), "0", "1"]
    assert [kind for _, kind in kinds(found)] == [*["crashed"] * 9, "said"]
    assert isinstance(found[8].outcome, Refusal)
    assert "8 of its members" in found[8].outcome.says


def test_the_time_is_each_members_own_and_no_time_passes_while_its_outcome_waits() -> None:
    limits = Limits(seconds=1.6, scan_seconds=1.6)
    given = named(b"bundle 3*sleeps_0.8", b"bundle 2000*one", b"one")
    found = list(outcomes(given, READER, limits, count=2))
    assert len(found) == 2004
    assert {kind for _, kind in kinds(found)} == {"said"}


def test_documents_are_taken_only_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[tuple[str, bytes | Refusal]]:
        nonlocal taken
        while True:
            taken += 1
            yield str(taken), b"one"

    found = outcomes(endless(), READER, WAITS, count=2)
    for _ in range(5):
        next(found)
    assert taken < 80
    found.close()  # type: ignore[attr-defined]


def test_a_process_reads_many_documents_and_is_replaced_after_so_many() -> None:
    found = list(outcomes(named(*[b"one"] * 12), READER, Limits(documents=5), count=1))
    processes = [outcome.says for _, outcome, _ in found if isinstance(outcome, Refusal)]
    assert [processes.count(process) for process in dict.fromkeys(processes)] == [5, 5, 2]


def test_one_document_starts_one_process_and_none_is_left() -> None:
    found = list(outcomes(named(b"one"), READER, WAITS, count=8))
    (outcome,) = (outcome for _, outcome, _ in found if isinstance(outcome, Refusal))
    with pytest.raises(ProcessLookupError):
        os.kill(int(outcome.says), 0)


def test_a_process_that_nobody_hears_any_more_ends() -> None:
    ours, theirs = Pipe()
    command = [sys.executable, "-m", "archive.worker", str(theirs.fileno())]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, pass_fds=(theirs.fileno(),), cwd=root) as process:
        theirs.close()
        ours.send((READER, TIGHT))
        ours.send(("one", b"sleeps 0.2", 0))
        ours.close()
        assert process.wait(10) == 0
