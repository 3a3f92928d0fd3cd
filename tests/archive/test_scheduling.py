"""The examples for schedulers, and that the documentation has every field."""

import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import click
import pytest

from archive.cli import nianbao
from archive.cli.outcome import FIELDS
from crawler.notice import FAILING, STATES, Notice

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "scheduling"
NIANBAO = "/srv/nianbao/.venv/bin/nianbao"


def verify(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", "verify", *map(str, sorted(folder.glob("*.service")))]
    command += map(str, sorted(folder.glob("*.timer")))
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units with a program that is there."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze: apt-get install systemd")
    program = str(Path(sys.executable).parent / "nianbao")
    for name in ("nianbao.service", "nianbao.timer"):
        text = (EXAMPLES / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace(NIANBAO, program), "utf-8")
    return tmp_path


def test_systemd_takes_the_units(units: Path) -> None:
    outcome = verify(units)
    assert (outcome.returncode, outcome.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "now", "then"),
    [("nianbao.service", "Type=oneshot", "Type=oneshoot"), ("nianbao.timer", "Mon 03:00", "Mon 27:00")],
)
def test_a_unit_that_is_wrong_is_seen(units: Path, name: str, now: str, then: str) -> None:
    text = (units / name).read_text("utf-8")
    assert now in text
    (units / name).write_text(text.replace(now, then), "utf-8")
    assert verify(units).stderr != ""


def commands() -> list[list[str]]:
    """What the examples call, without the program's path."""
    service, cron = ((EXAMPLES / name).read_text("utf-8") for name in ("nianbao.service", "nianbao.cron"))
    called = re.findall(r"^ExecStart=\S+/nianbao (.*)$", service, re.MULTILINE)
    called += re.findall(r"^[\d*/, -]+ cd \S+ && \S+/nianbao (.*)$", cron, re.MULTILINE)
    return [line.split() for line in called]


def test_what_they_call_is_a_verb_with_these_options() -> None:
    assert len(commands()) == 2
    for verb, *options in commands():
        command = nianbao.get_command(click.Context(nianbao), verb)
        assert command is not None
        known = {name for parameter in command.params for name in parameter.opts}
        assert {word for word in options if word.startswith("--")} <= known


def test_the_cron_line_has_five_fields_in_their_ranges() -> None:
    lines = [line for line in (EXAMPLES / "nianbao.cron").read_text().splitlines() if "cd " in line]
    (line,) = lines
    minute, hour, day, month, weekday = line.split()[:5]
    assert (int(minute) < 60, int(hour) < 24, day, month, int(weekday) < 8) == (True, True, "*", "*", True)


def test_every_field_of_a_notice_is_printed_and_documented() -> None:
    counted = {"conclusive", "unchanged", "unlisted", "refused"}
    assert {field.name for field in fields(Notice)} - counted <= set(FIELDS)
    text = (ROOT / "docs" / "scheduling.md").read_text("utf-8")
    assert all(f"| `{name}` |" in text for name in (*FIELDS, *STATES))
    assert set(FAILING) < set(STATES)
