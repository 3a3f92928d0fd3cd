import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from archive.build import build
from archive.publish import application, served
from benchmarks.county import made
from benchmarks.site import Load, addresses, load, table


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    county = made(folder / "readings", 60)
    county.write_readings()
    build(county, county.readings.get, folder / "archive.db")
    return folder / "archive.db"


async def test_every_address_that_is_measured_answers(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        kinds = addresses(connection)
    assert len(kinds) > 12
    async with AsyncClient(
        transport=ASGITransport(application(database)), base_url="http://archive"
    ) as client:
        for kind, those in kinds.items():
            assert those, kind
            assert (await client.get(those[0])).status_code == 200, those[0]


def test_readers_count_what_failed_and_the_crawler_follows_links(database: Path) -> None:
    with served(database) as home:
        found = load(home.rstrip("/"), ["/", "/report/none"], readers=2, seconds=0.5)
    assert 0 < found.failed < len(found.waits)
    assert found.crawled > 1
    assert found.size > 0


def test_a_percentile_is_what_most_waited_at_most() -> None:
    assert Load(waits=[n / 1000 for n in range(1, 101)]).percentile(0.95) == 96
    assert table([]).startswith("page\t")
