"""The verbs: a build that names what is outdated, a list of what to look at, a file to fill in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click import ClickException

from archive.build import build
from archive.corrections import decisions

County = Any  # the class lives in conftest.py, which tests cannot import
Command = Callable[..., Any]
REPORT = "990101-清源县民政局-2024"


@pytest.fixture
def data(three_years: County, tmp_path: Path) -> Path:
    build(three_years, three_years.get, tmp_path / "archive.db")
    return tmp_path


def test_nothing_to_look_at_is_0(data: Path, nianbao_command: Command) -> None:
    said = nianbao_command("review", "--data", data)
    assert (said.code, said.output) == (0, "")


def test_the_file_to_fill_in_is_a_decision_once_it_is_filled_in(
    data: Path, three_years: County, nianbao_command: Command
) -> None:
    said = nianbao_command("review", REPORT, "disputes.review.total", "--data", data).output
    entry = yaml.safe_load(said)
    assert (entry["code"], entry["printed"]) == ("disputes.review.total", "—")
    filled = said.replace("value: \n", "value: 0\n").replace("why: \n", "why: The text says none.\n")
    (data / "corrections").mkdir()
    file = data / "corrections/dash.yaml"
    file.write_text(
        filled.replace("by: \n", "by: A. Reader\n").replace("decided: \n", "decided: 2026-03-01\n"), "utf-8"
    )
    build(three_years, three_years.get, data / "archive.db", decisions(data / "corrections"))
    assert nianbao_command("review", "--data", data).code == 0
    file.write_text(file.read_text("utf-8").replace("—", "3"), "utf-8")
    build(three_years, three_years.get, data / "archive.db", decisions(data / "corrections"))
    said = nianbao_command("review", "--data", data)
    assert said.code == 1
    assert said.output.startswith("corrections/dash.yaml: It was decided where “3” was read; now “—” is.")


def test_what_is_not_there_is_named(data: Path, nianbao_command: Command) -> None:
    with pytest.raises(ClickException, match="did you mean 990101-清源县民政局-2024"):
        nianbao_command("review", "清源县民政局-2024", "requests.new.total", "--data", data)
    with pytest.raises(ClickException, match="say behind it which figure"):
        nianbao_command("review", REPORT, "--data", data)
    with pytest.raises(ClickException, match="there is no database"):
        nianbao_command("review", "--data", data / "nowhere")
