"""What docs/crawling.md says of importing is what happens."""

import re
import shlex
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli.bring import import_
from crawler.captures import Store

ROOT = Path(__file__).parents[2]
WGET = ROOT / "tests" / "fixtures" / "warcs" / "wget"
SECTION = (ROOT / "docs" / "crawling.md").read_text("utf-8").partition("## Bring your own captures")[2]
COMMANDS = [shlex.split(line) for line in re.findall(r"^\$ nianbao import (.+)$", SECTION, re.MULTILINE)]


def _prepared(folder: Path) -> None:
    (folder / "crawl.warc.gz").write_bytes((WGET / "crawl.warc.gz").read_bytes())
    with zipfile.ZipFile(folder / "crawl.wacz", "w") as bundle:
        bundle.write(WGET / "crawl.warc.gz", "archive/data.warc.gz")
    words = ["crawl.warc.gz", "--data", "other-group"]
    assert CliRunner().invoke(import_, words, standalone_mode=False).return_value == 0
    kept = folder / "from-wayback" / "20230115000000" / "www.example.cn" / "nb"
    kept.mkdir(parents=True)
    (kept / "2021.html").write_text("<title>砚澜县水利局2021年政府信息公开工作年度报告</title>", "utf-8")
    (folder / "saved").mkdir()
    table = re.search(r"^  file,address.+?(?=^  ```)", SECTION, re.MULTILINE | re.DOTALL)
    assert table is not None
    listed = re.sub(r"^  ", "", table[0], flags=re.MULTILINE)
    (folder / "saved" / "addresses.csv").write_text(listed, "utf-8")
    for line in listed.splitlines()[1:]:
        (folder / "saved" / line.partition(",")[0]).write_bytes(b"PK\x03\x04" + line.encode())


def test_the_examples_do_what_is_said_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _prepared(tmp_path)
    said = [CliRunner().invoke(import_, words, standalone_mode=False) for words in COMMANDS]
    assert [result.return_value for result in said] == [0, 0, 0, 0], [result.output for result in said]
    assert [line for result in said for line in result.stdout.splitlines()] == [
        "other-group/captures: 1 new, 0 that were here already",
        "crawl.warc.gz: 0 new, 2 that were here already, 1 of hosts that no portal file names, left out",
        "crawl.wacz: 0 new, 2 that were here already, 1 of hosts that no portal file names, left out",
        "saved: 2 new, 0 that were here already",
        "from-wayback: 1 new, 0 that were here already",
    ]
    store = Store(tmp_path / "data" / "captures")
    old = next(capture for capture in store.captures() if capture.url.endswith("old.docx"))
    assert (old.url, old.status) == ("http://www.example.cn/nb/old.docx", 0)
    assert old.fetched == "2023-01-15T00:00:00Z"
    assert {run.portal.via.partition(", ")[0] for run in store.runs()} == {
        "青禾观察",
        "李记者",
        "unknown; it does not say (kept by archive.example)",
        "unknown; it does not say (kept by a web archive)",
    }


def test_again_every_example_adds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _prepared(tmp_path)
    for words in (*COMMANDS, *COMMANDS):
        last = CliRunner().invoke(import_, words, standalone_mode=False)
        before = sorted((tmp_path / "data" / "captures").rglob("*.*"))
    for words in COMMANDS:
        last = CliRunner().invoke(import_, words, standalone_mode=False)
        assert ": 0 new, " in last.stdout
    assert sorted((tmp_path / "data" / "captures").rglob("*.*")) == before
