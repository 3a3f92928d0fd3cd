import json
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path

import libarchive  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner

from archive.cli.read import read as verb
from parsers.document import Unreadable
from parsers.read import parts, read
from parsers.readers import bundle
from parsers.readers.bundle import limits
from parsers.reading import Refusal
from samples import render
from samples.render.bundle import zipped
from samples.truth import truth

ENTRY = next(
    entry for entry in truth().entries if entry.report.format == "txt" and entry.report.form == "2021"
)
REPORT = render.file(ENTRY.report, "gb18030")
NAME = "附件1：政府信息公开工作年度报告.txt"


def variable(number: int) -> bytes:
    """As RAR 5 writes numbers: seven bits a byte, the lowest first."""
    out = b""
    while number > 0x7F:
        out, number = out + bytes([number & 0x7F | 0x80]), number >> 7
    return out + bytes([number])


def header(kind: int, flags: int, *fields: bytes) -> bytes:
    body = variable(kind) + variable(flags) + b"".join(fields)
    sized = variable(len(body)) + body
    return zlib.crc32(sized).to_bytes(4, "little") + sized


def rar(files: Mapping[str, bytes]) -> bytes:
    """RAR 5, each file stored as it is."""
    made = b"Rar!\x1a\x07\x01\x00" + header(1, 0, variable(0))
    for name, data in files.items():
        spelt = name.encode()
        facts = (variable(4), variable(len(data)), variable(0o100644), zlib.crc32(data).to_bytes(4, "little"))
        fields = (variable(len(data)), *facts, variable(0), variable(1), variable(len(spelt)), spelt)
        made += header(2, 2, *fields) + data
    return made + header(5, 0, variable(0))


def seven(files: Mapping[str, bytes]) -> bytes:
    made = bytearray()

    def take(data: bytes) -> int:
        made.extend(data)
        return len(data)

    with libarchive.custom_writer(take, "7zip") as target:
        for name, data in files.items():
            target.add_file_from_memory(name, len(data), data)
    return bytes(made)


def old_zip(files: Mapping[str, bytes]) -> bytes:
    return zipped(files, "gb18030")


def held(data: bytes) -> list[tuple[str, bytes | str]]:
    members = bundle.members(data)
    return [(m.name, m.content.kind if isinstance(m.content, Unreadable) else m.content) for m in members]


@pytest.mark.parametrize("pack", [zipped, old_zip, rar, seven])
def test_members_with_their_chinese_names(pack: object) -> None:
    assert callable(pack)
    assert held(pack({NAME: REPORT, "其他/说明.txt": b"x"})) == [(NAME, REPORT), ("其他/说明.txt", b"x")]


@pytest.mark.parametrize("pack", [zipped, rar, seven])
def test_each_member_is_to_be_read_by_itself(pack: object) -> None:
    assert callable(pack)
    note = "见附件".encode()
    found = list(parts("包.zip", pack({NAME: REPORT, "说明.txt": note})))
    assert found == [(f"包.zip!{NAME}", REPORT), ("包.zip!说明.txt", note)]


def test_what_is_no_bundle_is_read_as_itself() -> None:
    assert list(parts("a.txt", REPORT)) == [("a.txt", REPORT)]


def test_a_bundle_is_not_one_document() -> None:
    outcome = read(zipped({"a.txt": b"x", "b.txt": b"y"}))
    assert isinstance(outcome, Refusal)
    assert outcome.kind == "bundle"
    assert "2 files" in outcome.says


def test_bundles_in_bundles_down_to_a_depth() -> None:
    inner = seven({"c.txt": b"x"})
    assert held(zipped({"a.zip": zipped({"b.7z": inner}), "d.txt": b"y"})) == [
        ("a.zip!b.7z!c.txt", b"x"),
        ("d.txt", b"y"),
    ]
    too_deep = zipped({"1.zip": zipped({"2.zip": zipped({"3.zip": zipped({"4.txt": b"x"})})})})
    assert held(too_deep) == [("1.zip!2.zip!3.zip", "too-large")]


def test_a_pdf_stored_first_does_not_make_a_pdf_of_the_archive() -> None:
    assert held(rar({"a.pdf": b"%PDF-1.4 x"})) == [("a.pdf", b"%PDF-1.4 x")]


def test_an_archive_of_nothing_is_a_refusal() -> None:
    for data in (zipped({}), zipped({"__MACOSX/._a": b"x"}), rar({})):
        ((_, outcome),) = parts("a.zip", data)
        assert isinstance(outcome, Refusal)
        assert outcome.kind == "empty"


def test_litter_is_left_out_and_odd_names_are_only_names() -> None:
    files = {"__MACOSX/._a": b"x", "Thumbs.db": b"x", "../../etc/passwd": b"y", "a\x1bb": b"z"}
    assert held(zipped(files)) == [("../../etc/passwd", b"y"), ("a�b", b"z")]


def test_a_password_is_said_member_by_member() -> None:
    assert held(zipped({"a.txt": b"x"}, locked=True)) == [("a.txt", "encrypted")]


def test_a_broken_member_does_not_hide_the_others() -> None:
    whole = zipped({"a.txt": b"first", "b.zip": zipped({"x": b"y" * 99})[:-20], "c.txt": b"last"})
    spoilt = whole.replace(zlib.crc32(b"first").to_bytes(4, "little"), bytes(4))
    assert [kind for _, kind in held(spoilt)] == ["damaged", zipped({"x": b"y" * 99})[:-20], b"last"]


def test_a_broken_archive_is_one_refusal() -> None:
    for data in (zipped({"a": b"x" * 9})[:-9], rar({"a": b"x" * 99})[:-60], seven({"a": b"x" * 99})[:-20]):
        *_, (source, part) = parts("a.zip", data)
        outcome = read(part) if isinstance(part, bytes) else part
        assert source == "a.zip"
        assert isinstance(outcome, Refusal)
        assert outcome.kind == "damaged"
        assert "0x" not in outcome.says
        assert "archive_p" not in outcome.says


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    many = zipped({f"{n}.txt": b"x" for n in range(2001)})
    with pytest.raises(Unreadable, match="2000 files"):
        held(many)
    monkeypatch.setattr(bundle, "MOST_BYTES", 10)
    assert held(zipped({"a": b"x" * 11, "b": b"y"})) == [("a", "too-large"), ("b", b"y")]
    monkeypatch.setattr(limits.Budget.__init__, "__defaults__", (2000, 30))
    with pytest.raises(Unreadable, match="256 MiB"):
        held(zipped({"a.zip": zipped({"b": b"x" * 9}), "c": b"y" * 20}))


def test_without_libarchive_one_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "libarchive":
                raise AttributeError("undefined symbol: archive_errno")

    monkeypatch.delitem(sys.modules, "libarchive")
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    outcome = read(rar({"a": b"x"}))
    assert isinstance(outcome, Refusal)
    assert outcome.kind == "unsupported"
    assert "libarchive" in outcome.says


def test_the_verb_prints_a_line_a_member(tmp_path: Path) -> None:
    path = tmp_path / "年报.zip"
    path.write_bytes(old_zip({NAME: REPORT, "b.zip": zipped({"c.txt": b"x"})}))
    result = CliRunner().invoke(verb, [str(path), "--json"], standalone_mode=False)
    sources = [json.loads(line)["source"] for line in result.output.splitlines()]
    assert sources == [f"{path}!{NAME}", f"{path}!b.zip!c.txt"]
    assert result.return_value == 1
