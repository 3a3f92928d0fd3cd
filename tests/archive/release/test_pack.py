"""What a release stands on, packed; what was taken down, in none of its forms."""

import csv
import gzip
import hashlib
import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click import ClickException

from crawler.captures import Exchange, PortalFacts, Store
from samples.render.plain import text
from samples.report import Report
from samples.truth import truth

Command = Callable[..., Any]
WARCIO = str(Path(sys.executable).parent / "warcio")
PORTAL = PortalFacts("sample", "990121", "砚澜县人民政府", "http://sample.example/", "trs")
PERSON = "联系人赵钱孙"


def captured(data: Path) -> list[Report]:
    """Two reports of one year as text files, the second of which names a person; crawled twice."""
    year = [e.report for e in truth().entries if e.report.form == "2021" and e.report.year == 2022]
    reports = [report for report in year if not report.defects and not report.traits][:2]
    for _ in range(2):
        recording = Store(data / "captures").begin(PORTAL, "test")
        for number, report in enumerate(reports):
            printed = text(report) + (f"\n{PERSON}。\n" if number else "")
            kind = (("Content-Type", "text/plain; charset=utf-8"),)
            url = f"http://sample.example/{number}.txt"
            recording.exchange(
                Exchange(url, "GET", (), b"", 200, kind, printed.encode(), "article", report.title), None
            )
        recording.close(2)
    return reports


def packed(folder: Path) -> tuple[dict[str, bytes], list[dict[str, str]]]:
    """The originals by name, and the index."""
    with zipfile.ZipFile(folder / "evidence/990121/2022.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    index = csv.DictReader(io.StringIO(files.pop("index.csv").decode("utf-8-sig")))
    return files, list(index)


def records(folder: Path) -> str:
    file = folder / "evidence/990121/2022.warc.gz"
    subprocess.run([WARCIO, "check", str(file)], check=True)
    words = [WARCIO, "index", "-f", "warc-type,warc-target-uri", str(file)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def everything(folder: Path) -> bytes:
    """All that is in a release, unpacked."""
    found = b""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            found += gzip.decompress(content) if path.suffix == ".gz" else content
    return found


def take_down(data: Path, document: str) -> None:
    (data / "corrections").mkdir()
    (data / "corrections/person.yaml").write_text(
        f"document: {document}\nwithhold: [{PERSON}]\nreason: Names a person.\n"
        "by: A. Reader\ndecided: 2026-03-01\n",
        "utf-8",
    )


def test_evidence_and_takedowns(tmp_path: Path, nianbao_command: Command) -> None:
    data, out = tmp_path / "data", tmp_path / "data/release"
    reports = captured(data)
    nianbao_command("build", "--data", data)
    assert nianbao_command("release", "--data", data, "--evidence").code == 0
    (first,) = (path for path in out.iterdir() if path.is_dir())
    files, index = packed(first)
    assert {name: hashlib.sha256(content).hexdigest() + ".txt" for name, content in files.items()} == {
        name: name for name in files
    }
    assert [row["file"] for row in index if row["file"] in files] == [row["file"] for row in index]
    assert len(files) == 2
    assert PERSON.encode() in everything(first)
    one, two = records(first).splitlines(), ["0.txt", "1.txt"]
    assert [sum(name in line for line in one) for name in two] == [4, 4], "the first exchange and the revisit"

    (named,) = (row for row in index if PERSON.encode() in files[row["file"]])
    take_down(data, named["file"].removesuffix(".txt"))
    with pytest.raises(ClickException, match=r"corrections: not what .*archive\.db was built with; run"):
        nianbao_command("release", "--data", data)
    assert nianbao_command("build", "--data", data).code == 0
    report = f"990121-{reports[1].publisher}-2022"
    with pytest.raises(ClickException, match="was taken down on 2026-03-01 and its evidence is sealed"):
        nianbao_command("evidence", report, "requests.new.total", "--data", data)
    said = nianbao_command("release", "--data", data, "--evidence")
    assert said.code == 1
    assert f"{first}: still holds what was taken down; take it offline and delete it" in said.output
    (second,) = (path for path in out.iterdir() if path.is_dir() and path != first)
    files, index = packed(second)
    assert [(row["file"] in files, row["sealed"]) for row in index] in (
        [(True, ""), (False, "person.yaml")],
        [(False, "person.yaml"), (True, "")],
    )
    assert "1.txt" not in records(second)
    assert PERSON.encode() not in everything(second)
    shutil.rmtree(first)
    assert nianbao_command("release", "--data", data).code == 0


def test_evidence_that_is_lost_is_said_and_nothing_is_released(
    tmp_path: Path, nianbao_command: Command
) -> None:
    captured(tmp_path)
    nianbao_command("build", "--data", tmp_path)
    for path in (tmp_path / "captures").glob("*.warc.gz"):
        path.unlink()
    with pytest.raises(ClickException, match="no longer in the store; crawl again"):
        nianbao_command("release", "--data", tmp_path, "--evidence")
    assert not [path for path in (tmp_path / "release").iterdir() if not path.name.startswith(".")]
