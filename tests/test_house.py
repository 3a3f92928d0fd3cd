"""The house itself: import law, documentation, lock. Each gate is shown to fail."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from archive.cli import VERBS

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PACKAGES = ("crawler", "parsers", "archive", "samples")
DOCS = sorted(path.relative_to(ROOT) for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")))
TABLES = sorted(path.relative_to(ROOT) for path in (ROOT / "docs").glob("*.tsv"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "docs").mkdir()
    for path in (Path("pyproject.toml"), *TABLES, *DOCS):
        shutil.copy(ROOT / path, tmp_path / path)
    return tmp_path


def run(tool: str, *words: str, where: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(where), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    command = [str(BIN / tool), *words]
    return subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("parsers/match.py", "import sqlite3"),
        ("parsers/text/fold.py", "import lxml"),
        ("parsers/readers/text.py", "import parsers.form"),
        ("crawler/links.py", "import parsers.readers"),
        ("archive/build.py", "import crawler.spider"),
        ("crawler/captures/capture.py", "import archive.schema"),
    ],
)
def test_a_broken_import_law_is_seen(copy: Path, module: str, line: str) -> None:
    file = copy / module
    file.write_text(f"{file.read_text('utf-8')}\n{line}\n", "utf-8")
    outcome = run("lint-imports", "--no-cache", where=copy)
    assert outcome.returncode != 0, f"{line} in {module} breaks the law and nothing said so"
    assert "BROKEN" in outcome.stdout


def test_the_import_law_holds(copy: Path) -> None:
    outcome = run("lint-imports", "--no-cache", where=copy)
    assert outcome.returncode == 0, outcome.stdout


def test_documentation_is_as_the_code_writes_it(copy: Path) -> None:
    outcome = run("cog", "--check", *map(str, DOCS), where=copy)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(
    ("module", "now", "then"),
    [
        ("archive/cli/read.py", "One JSON object a line", "One XML element a line"),
        ("parsers/forms/2021.yaml", "label: 规章", "label: 章程"),
        ("archive/schema.sql", "-- Publishers.", "-- Publishing houses."),
    ],
)
def test_documentation_that_has_grown_old_is_seen(copy: Path, module: str, now: str, then: str) -> None:
    file = copy / module
    text = file.read_text("utf-8")
    assert now in text
    file.write_text(text.replace(now, then), "utf-8")
    assert run("cog", "--check", *map(str, DOCS), where=copy).returncode != 0


def commands_of(text: str) -> set[str]:
    """The words that a document tells its reader to type behind `nianbao` or ./run."""
    lines = [
        line for block in re.findall(r"```(?:\w*)\n(.*?)```", text, re.DOTALL) for line in block.splitlines()
    ]
    typed = [line.lstrip("$ ") for line in lines] + re.findall(r"`([^`\n]+)`", text)
    found = (re.match(r"(?:\.venv/bin/)?(nianbao|\./run) ([a-z]+)", words) for words in typed)
    return {f"{match[1]} {match[2]}" for match in found if match}


def known_commands() -> set[str]:
    cases = re.findall(r"^([a-z |]+)\)", (ROOT / "run").read_text("utf-8"), re.MULTILINE)
    words = {word for case in cases for word in case.split(" | ")} | {"help"}
    verbs = set(VERBS)
    return {f"nianbao {verb}" for verb in verbs} | {f"./run {word}" for word in words | verbs}


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/database.md",
        "docs/commands.md",
        "docs/releases.md",
        "docs/evidence.md",
        "docs/corrections.md",
    ],
)
def test_documented_commands_exist(path: str) -> None:
    assert commands_of((ROOT / path).read_text("utf-8")) <= known_commands()


def test_no_verb_pays_for_another() -> None:
    loaded = "import sys, archive.cli; sys.exit(any(m in sys.modules for m in ('scrapy', 'datasette')))"
    assert subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, check=False).returncode == 0


def test_a_documented_command_that_is_gone_is_seen() -> None:
    typed = commands_of("```\n$ ./run demo\n$ nianbao frobnicate x\n```\nand `nianbao vanish`")
    assert typed - known_commands() == {"nianbao frobnicate", "nianbao vanish"}


def pinned(lock_file: str = "requirements.lock") -> set[str]:
    lock = (ROOT / lock_file).read_text("utf-8")
    return set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))


@pytest.mark.parametrize("lock_file", ["requirements.lock", "requirements-ocr.lock"])
def test_a_lock_has_hashes_and_no_addresses(lock_file: str) -> None:
    lock = (ROOT / lock_file).read_text("utf-8")
    assert "://" not in lock
    assert "index" not in lock.replace("pyindex", "")
    assert len(pinned(lock_file)) > 50
    assert lock.count("--hash=sha256:") >= len(pinned(lock_file))


def test_the_lock_has_what_the_project_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    everybody = names([*project["dependencies"], *extras["samples"], *extras["dev"], *extras["release"]])
    assert everybody <= pinned()
    assert everybody | names([*extras["ocr"], *extras["browser"]]) <= pinned("requirements-ocr.lock")


def names(wanted: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~ ]", name)[0].lower() for name in wanted}


def test_both_readmes_show_the_same_commands_and_questions() -> None:
    def shown(name: str) -> list[str]:
        blocks = re.findall(
            r"^```(?:sql)?\n(.*?)^```", (ROOT / name).read_text("utf-8"), re.MULTILINE | re.DOTALL
        )
        return [block for block in blocks if "──" not in block]

    assert shown("README.md") == shown("README.zh-CN.md")


def test_the_pictures_of_the_readmes_are_there() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / name).read_text("utf-8"))
        assert len(pictures) == 3
        assert all((ROOT / picture).is_file() for picture in pictures)
