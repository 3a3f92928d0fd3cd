"""docs/portals.md shows what `nianbao add` really prints."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli.add import add
from samples.server import serve

DOCUMENT = Path(__file__).parents[2] / "docs" / "portals.md"
SHOWN = "http://www.example.cn"


def test_the_document_shows_what_add_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    block = re.search(r"```\n\$ nianbao add (.*)\n([^`]*)```", DOCUMENT.read_text(encoding="utf-8"))
    assert block is not None
    monkeypatch.chdir(tmp_path)
    with serve() as portals:
        base = portals.bases["hanweb"]
        words = [base if word == SHOWN else word for word in shlex.split(block[1])]
        ended = CliRunner().invoke(add, [*words, "--local", "--delay", "0"], standalone_mode=False)
    assert ended.output.replace(base, SHOWN) == block[2]
    assert ended.return_value == 0
