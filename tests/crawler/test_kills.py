"""Twenty kills of a small portal's crawl: nothing is lost and nothing asked twice."""

import random
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest

from benchmarks.kills import Hit, Soak, Soaked
from tests.crawler.loopback import Site, serving
from tests.crawler.reports import column, publish

KEY = "990101-qinghe"


@pytest.fixture(scope="module")
def soaked(tmp_path_factory: pytest.TempPathFactory) -> Soaked:
    folder = tmp_path_factory.mktemp("kills")
    with serving() as site:
        publish(site, pages=5, each=8)
        site.portal_file(folder, KEY, [column()], pace={"delay": 0.0, "timeout": 10})
        soak = Soak(folder / "portals", [KEY], lambda: _hits(site), folder, random.Random(1), asks=12)
        return soak.run(kills=20)


class Forgetful(Soak):
    """Each crawl begins with nothing, as one would whose evidence did not outlive the kill."""

    def _start(self, data: Path) -> subprocess.Popen[bytes]:
        shutil.rmtree(data / "captures", ignore_errors=True)
        return super()._start(data)


def test_a_crawl_that_forgets_is_noticed(tmp_path: Path) -> None:
    with serving() as site:
        publish(site, pages=1, each=8)
        site.portal_file(tmp_path, KEY, [column()])
        log = partial(_hits, site)
        soak = Forgetful(tmp_path / "portals", [KEY], log, tmp_path, random.Random(3), asks=8)
        soaked = soak.run(kills=3)
    assert any("asked again" in wrong for wrong in soaked.wrong)


def _hits(site: Site) -> list[Hit]:
    return [("www", path) for path in list(site.asked)]


def test_nothing_is_lost_and_nothing_asked_twice(soaked: Soaked) -> None:
    assert soaked.wrong == []
    assert soaked.kills == 20
    assert soaked.twice <= 20
