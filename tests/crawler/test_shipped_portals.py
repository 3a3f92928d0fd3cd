"""The portal files that come with the program."""

import re
from pathlib import Path

import pytest

from crawler.cms import FAMILIES
from crawler.cms.dialects import dialect
from crawler.discover.scout import same_site
from crawler.discover.survey import key
from crawler.portal import SHIPPED, Pace, Portal, load, portal_files
from parsers.register.divisions import Division, register

FILES = portal_files([SHIPPED])
SHAPES = {
    "jpaas": r"/col/col\d+/index\.html$",
    "hanweb": r"/col/col\d+/index\.html$|/xxgkAnnualReport\.jsp\?area=\w+$",
    "shandong": r"/gongkai/site_\w+/channel_[\w.]+/$",
    "longxun": r"/public/column/\d+\?",
    "generic": r"^https?://[^/]+/([\w-]+/)+$|/channels/\d+\.html$",
}
FOLDER = r"^https?://[^/]+/([\w-]+/)+$"


def test_there_are_many_of_many_families() -> None:
    portals = [load(path) for path in FILES.values()]
    assert len(portals) >= 24
    assert {portal.cms for portal in portals} == set(FAMILIES)
    columns = [column.url for portal in portals for column in portal.columns]
    assert sorted(set(columns)) == sorted(columns)


def test_the_first_four_places_have_a_file() -> None:
    have = {load(path).division for path in FILES.values()}
    assert have >= {"410305", "410303", "410402", "230828"}


def _division(portal: Portal) -> Division:
    (division,) = (one for one in register().of_code(portal.division) if one.stands)
    return division


def _says_what_is_so(portal: Portal) -> None:
    division = _division(portal)
    assert division.name in portal.name, "the file names another place"
    assert division.level == "county", "the division is no county and no district"
    assert portal.key == key(portal.division, portal.home), "the key is of another division"
    assert (portal.tried, portal.pace) == (None, Pace())
    for column in portal.columns:
        assert same_site(column.url, portal.home), "the column is on another site"
        assert dialect(column.url) is None, "the column has the address of an article"
        assert re.search(SHAPES.get(portal.cms, FOLDER), column.url), "no column of this family"


@pytest.mark.parametrize("name", FILES)
def test_each_says_what_is_so_and_where_it_is_from(name: str) -> None:
    _says_what_is_so(load(FILES[name]))
    first, source = FILES[name].read_text(encoding="utf-8").splitlines()[:2]
    assert re.match(r"# From the address of a public (report for|page that shows) ", first)
    assert same_site(source.removeprefix("# "), load(FILES[name]).home)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("/zwgk/xxgknb/", "/zwgk/xxgknb/index"),
        ('division: "440823"', 'division: "440882"'),
        ("/zwgk/xxgknb/", "/zwgk/xxgknb/content/post_1872167.html"),
        ("tried: never", "tried: 2026-03-01"),
        ("tried: never", "pace: {delay: 1}"),
        ("home: http://www.suixi", "home: http://www.lianjiang"),
    ],
)
def test_a_file_that_says_what_is_not_so_is_seen(now: str, then: str, tmp_path: Path) -> None:
    text = FILES["440823-suixi"].read_text(encoding="utf-8")
    assert now in text
    (tmp_path / "440823-suixi.yaml").write_text(text.replace(now, then), encoding="utf-8")
    with pytest.raises(AssertionError):
        _says_what_is_so(load(tmp_path / "440823-suixi.yaml"))
