"""Bad input: one clear line that names the file and the remedy, the right exit code, the rest still done."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NIANBAO = str(Path(sys.executable).parent / "nianbao")
GOOD = ROOT / "tests/fixtures/reports/flattened-pdf-text-with-disputes/report.txt"
DOUBTFUL = ROOT / "tests/fixtures/reports/ocr-text-with-tabs-and-zeros-read-as-letters/report.txt"


def nianbao(*words: object, where: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [NIANBAO, *map(str, words)], cwd=where, capture_output=True, text=True, check=False, timeout=120
    )


def one_line(text: str) -> str:
    (line,) = text.splitlines()
    assert "Traceback" not in line
    return line


def test_a_report_reads_with_0_and_a_doubtful_one_with_1(tmp_path: Path) -> None:
    assert nianbao("read", GOOD, where=tmp_path).returncode == 0
    assert nianbao("read", DOUBTFUL, where=tmp_path).returncode == 1


def test_json_is_one_object_a_line_and_a_report(tmp_path: Path) -> None:
    outcome = nianbao("read", GOOD, DOUBTFUL, "--json", where=tmp_path)
    first, second = map(json.loads, outcome.stdout.splitlines())
    assert (first["source"], second["source"]) == (str(GOOD), str(DOUBTFUL))
    assert first["publisher"] == {"name": "西工区民政局", "division": "410303"}
    figure = first["figures"]["disclosure.licensing.decisions"]
    assert (figure["value"], figure["text"], figure["status"], figure["proposal"]) == (8, "8", "read", None)
    assert second["figures"]["requests.processed.total"]["proposal"]["value"] == 0


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        ("今天天气好。".encode(), "not-a-report"),
        (b"%PDF-1.4\nnothing", "damaged"),
        (b"\x00\x01\x02\x03" * 50, "unknown-type"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_rest_is_read(tmp_path: Path, content: bytes, kind: str) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(content)
    outcome = nianbao("read", bad, GOOD, "--json", where=tmp_path)
    refused, good = map(json.loads, outcome.stdout.splitlines())
    assert outcome.returncode == 1
    assert refused["source"] == str(bad)
    assert refused["error"]["kind"] == kind
    assert refused["error"]["says"].endswith(".")
    assert good["year"] == 2021
    assert not outcome.stderr


def test_outcomes_are_in_the_order_of_the_files_and_members_in_that_of_their_archive(tmp_path: Path) -> None:
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name in ("b.txt", "a.txt"):
            file.write(GOOD, name)
    outcome = nianbao("read", DOUBTFUL, archive, tmp_path, GOOD, "--json", where=tmp_path)
    sources = [json.loads(line)["source"] for line in outcome.stdout.splitlines()]
    assert sources == [str(DOUBTFUL), f"{archive}!b.txt", f"{archive}!a.txt", str(tmp_path), str(GOOD)]


def test_a_missing_file_is_2_and_the_rest_is_read(tmp_path: Path) -> None:
    outcome = nianbao("read", tmp_path / "gone.pdf", GOOD, "--json", where=tmp_path)
    assert outcome.returncode == 2
    gone, good = map(json.loads, outcome.stdout.splitlines())
    assert "gone.pdf" in gone["error"]["says"]
    assert good["year"] == 2021


def test_a_portal_proves_the_division(tmp_path: Path) -> None:
    folder = tmp_path / "data/portals"
    folder.mkdir(parents=True)
    (folder / "410204-gulou.yaml").write_text(
        'division: "410204"\nname: 鼓楼区\nhome: http://www.example.cn/\ncms: trs\n'
        "columns: [{url: 'http://www.example.cn/nb/'}]\n",
        encoding="utf-8",
    )
    # Several cities have a 鼓楼区.
    report = tmp_path / "report.txt"
    text = "一、总体情况\n" + "本机关按时公开政府信息，未收到申请。" * 20
    report.write_text(f"鼓楼区民政局2020年政府信息公开工作年度报告\n{text}\n", "utf-8")
    for words in (("--portal", "410204-gulou"), ("--url", "http://www.example.cn/nb/1.htm")):
        outcome = nianbao("read", report, "--json", *words, where=tmp_path)
        assert json.loads(outcome.stdout)["publisher"]["division"] == "410204"
    elsewhere = nianbao("read", report, "--json", "--url", "http://www.example.org/", where=tmp_path)
    assert json.loads(elsewhere.stdout)["publisher"]["division"] is None


def test_a_missing_portal_is_one_line(tmp_path: Path) -> None:
    outcome = nianbao("read", GOOD, "--portal", "000000-nowhere", where=tmp_path)
    assert outcome.returncode == 2
    assert "000000-nowhere" in one_line(outcome.stderr)


def test_an_unknown_key_in_a_portal_file_is_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "data/portals"
    folder.mkdir(parents=True)
    (folder / "999999-x.yaml").write_text("division: '999999'\nnmae: x\n", encoding="utf-8")
    outcome = nianbao("crawl", "999999-x", where=tmp_path)
    assert outcome.returncode == 2
    line = one_line(outcome.stderr)
    assert "999999-x.yaml" in line
    assert "nmae" in line


@pytest.mark.parametrize("verb", ["build", "check", "serve"])
def test_nothing_to_work_on_is_one_line(tmp_path: Path, verb: str) -> None:
    outcome = nianbao(verb, where=tmp_path)
    assert outcome.returncode == 2
    assert "data" in one_line(outcome.stderr)


def test_an_unknown_verb_is_one_line(tmp_path: Path) -> None:
    outcome = nianbao("frobnicate", where=tmp_path)
    assert outcome.returncode == 2
    one_line(outcome.stderr)
