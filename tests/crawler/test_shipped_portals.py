"""The portal files that come with the program."""

import re
from pathlib import Path

import pytest

from crawler.discover.scout import same_site
from crawler.portal import SHIPPED, Portal, load, portal_files
from parsers.register.divisions import Division, register

FILES = portal_files([SHIPPED])
SHAPES = {
    "jpaas": r"/col/col\d+/index\.html$",
    "hanweb": r"/col/col\d+/index\.html$|/xxgkAnnualReport\.jsp\?area=\w+$",
    "shandong": r"/gongkai/site_\w+/channel_[\w.]+/$",
    "longxun": r"/public/column/\d+\?",
}
FOLDER = r"^https?://[^/]+/([\w-]+/)+$"


def test_there_are_many_of_many_families() -> None:
    portals = [load(path) for path in FILES.values()]
    assert len(portals) >= 24
    assert len({portal.cms for portal in portals}) >= 7
    assert len({column.url for portal in portals for column in portal.columns}) == len(portals)


def _division(portal: Portal) -> Division:
    (division,) = (one for one in register().of_code(portal.division) if one.stands)
    return division


def _says_what_is_so(portal: Portal) -> None:
    division = _division(portal)
    assert division.name in portal.name, "the file names another place"
    assert portal.key.startswith(f"{portal.division}-"), "the key is of another division"
    assert portal.tried is None
    for column in portal.columns:
        assert same_site(column.url, portal.home), "the column is on another site"
        assert re.search(SHAPES.get(portal.cms, FOLDER), column.url), "no column of this family"


@pytest.mark.parametrize("key", FILES)
def test_each_says_what_is_so_and_where_it_is_from(key: str) -> None:
    _says_what_is_so(load(FILES[key]))
    first, source = FILES[key].read_text(encoding="utf-8").splitlines()[:2]
    assert first.startswith("# From the address of a public report for ")
    assert same_site(source.removeprefix("# "), load(FILES[key]).home)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("/zwgk/xxgknb/", "/zwgk/xxgknb/index"),
        ('division: "440823"', 'division: "440882"'),
        ("home: http://www.suixi", "home: http://www.lianjiang"),
    ],
)
def test_a_file_that_says_what_is_not_so_is_seen(now: str, then: str, tmp_path: Path) -> None:
    text = FILES["440823-suixi"].read_text(encoding="utf-8")
    assert now in text
    (tmp_path / "440823-suixi.yaml").write_text(text.replace(now, then), encoding="utf-8")
    with pytest.raises(AssertionError):
        _says_what_is_so(load(tmp_path / "440823-suixi.yaml"))
