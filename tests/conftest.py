"""The made-up county, crawled and built once for all tests that need the whole way."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings

from archive.cli import nianbao
from samples.portals import yaml_files
from samples.server import serve
from tests.cluster import cluster as running

# How fast the machine is at the moment says nothing of what is tested.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

# Several processes run tests side by side, each with two ports of its own.
PORT = 8121 + 2 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    output: str


def run(*words: object) -> Outcome:
    """One command as `main` runs it: what a verb returns is the exit code."""
    runner = CliRunner()
    outcome = runner.invoke(nianbao, [str(word) for word in words], standalone_mode=False)
    if outcome.exception and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return Outcome(int(outcome.return_value or 0), outcome.output)


def crawl(data: Path, phase: int = 1) -> Sequence[str]:
    """Crawls the county's two portals into the data folder; the addresses are the same each time."""
    with serve(port=PORT, phase=phase) as portals:
        (data / "portals").mkdir(parents=True, exist_ok=True)
        for name, text in yaml_files(portals.bases).items():
            (data / "portals" / name).write_text(text, encoding="utf-8")
        run("crawl", "sample-trs", "sample-hanweb", "--data", data, "--local")
        return [access.path for access in portals.log]


@pytest.fixture(scope="session")
def nianbao_command() -> Callable[..., Outcome]:
    return run


@pytest.fixture(scope="session")
def crawl_county() -> Callable[..., Sequence[str]]:
    return crawl


@pytest.fixture(scope="session")
def county_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the county's captures, readings and archive.db. Tests leave it as it is."""
    data = tmp_path_factory.mktemp("county")
    crawl(data)
    built = run("build", "--data", data)
    assert (data / "archive.db").is_file(), built.output
    return data


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Dask scheduler with two workers."""
    with running(tmp_path_factory.mktemp("cluster")) as address:
        yield address
