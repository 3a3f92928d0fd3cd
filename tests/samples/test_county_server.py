"""The portals answer as such systems do, and keep to their phases."""

import re
from collections.abc import Iterator, Mapping
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import pytest

from crawler.portal import load
from samples.county import Family
from samples.portals import yaml_files
from samples.server import Portals, serve
from samples.sites import listing
from samples.sites.page import Row
from samples.truth import truth
from samples.validators import Validators

COUNTY = "/zwgk/zfxxgk/zfxxgknb/"
PROXY = "/module/web/jpage/dataproxy.jsp"


@pytest.fixture(scope="module")
def running() -> Iterator[Portals]:
    with serve() as portals:
        yield portals


@pytest.fixture
def portals(running: Portals) -> Iterator[Portals]:
    running.phase = 1
    running.log.clear()
    yield running
    running.phase = 1


def _ask(
    base: str,
    path: str,
    form: Mapping[str, str] | None = None,
    conditions: Mapping[str, str] | None = None,
) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection(urlsplit(base).netloc)
    body = urlencode(form) if form else None
    connection.request("POST" if form else "GET", path, body, dict(conditions or {}))
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response.status, {key.lower(): value for key, value in response.getheaders()}, content


def test_every_article_answers_with_its_title(portals: Portals) -> None:
    count = 0
    for entry in truth().entries:
        if 1 not in entry.phases:
            continue
        portal = entry.address.portal
        for path in filter(None, (entry.address.article, entry.address.mirror)):
            status, _, body = _ask(portals.bases[portal], path)
            assert status == 200
            assert entry.report.title in body.decode("gb18030" if portal == "trs" else "utf-8")
            count += 1
    assert count == len(portals.log) > 500


@pytest.mark.parametrize("format", ["pdf", "docx", "txt"])
@pytest.mark.parametrize("portal", ["trs", "hanweb"])
def test_attachment_is_linked_and_served(portals: Portals, portal: str, format: str) -> None:
    entry = next(e for e in truth().entries if e.address.portal == portal and e.report.format == format)
    base = portals.bases[entry.address.portal]
    page = _ask(base, entry.address.article)[2].decode("gb18030" if portal == "trs" else "utf-8")
    (link,) = re.findall(rf'<a href="([^"]+)" title="[^"]+\.{format}"', page)
    path = urljoin(entry.address.article, link.replace("&amp;", "&"))
    status, headers, body = _ask(base, path)
    if portal == "hanweb":
        assert (status, headers["location"]) == (302, entry.address.attachment)
        status, headers, body = _ask(base, headers["location"])
    else:
        assert path == entry.address.attachment
    assert status == 200
    assert body[:2] == {"pdf": b"%P", "docx": b"PK"}.get(format, body[:2])
    assert entry.report.sections[0].heading not in page


def test_trs_pages_are_gb18030_with_no_or_a_wrong_charset(portals: Portals) -> None:
    seen = set()
    for number in range(10):
        name = f"index_{number}.html" if number else "index.html"
        status, headers, body = _ask(portals.bases["trs"], COUNTY + name)
        assert status == 200
        seen.add(headers.get("content-type"))
        assert "政府信息公开年报" in body.decode("gb18030")
        with pytest.raises(UnicodeDecodeError):
            body.decode("utf-8")
    assert seen == {None, "text/html", "text/html; charset=ISO-8859-1"}


def test_trs_pages_go_on_to_the_last_and_list_every_row(portals: Portals) -> None:
    first = _ask(portals.bases["trs"], COUNTY)[2].decode("gb18030")
    found = re.search(r'createPageHTML\((\d+), 0, "index", "html"\)', first)
    assert found
    count = int(found[1])
    assert count > 5
    links: list[str] = []
    for number in range(count):
        text = _ask(portals.bases["trs"], COUNTY + (f"index_{number}.html" if number else ""))[2].decode(
            "gb18030"
        )
        links += [urljoin(COUNTY, link) for link in re.findall(r'href="([^"]+)" target="_blank"', text)]
    rows = listing.columns("trs", 1)[COUNTY]
    assert set(links) == {row.path for row in rows}
    newest = truth().entry("government-2025").address.article
    assert links.count(newest) == count + 1
    assert links.count(truth().entry("education-2021").address.article) == 2
    assert _ask(portals.bases["trs"], f"{COUNTY}index_{count}.html")[0] == 404
    days = re.findall(r'<span class="STYLE12">(.*?)</span>', first)
    assert all(re.fullmatch(r"\d\d-\d\d", day) for day in days)
    assert days != sorted(days, reverse=True)
    assert "..." in first


def test_hanweb_proxy_gives_three_pages_at_a_time(portals: Portals) -> None:
    base, column = portals.bases["hanweb"], "/col/col33718/index.html"
    page = _ask(base, column)[2].decode()
    assert '<ul class="main_list"></ul>' in page
    total = int(re.findall(r"totalRecord:(\d+)", page)[0])
    paths = _links(page)
    assert len(paths) == 15
    for start in range(16, total + 1, 45):
        form = {"columnid": "33718", "unitid": "202405", "webid": "21"}
        query = f"?startrecord={start}&endrecord={start + 200}&perpage=15"
        some = _links(_ask(base, PROXY + query, form)[2].decode())
        assert len(some) == min(45, total - start + 1)
        paths += some
    rows: tuple[Row, ...] = listing.columns("hanweb", 1)[column]
    assert paths == [row.path for row in rows]
    assert len(paths) == total == len(set(paths)) + 1


def _links(text: str) -> list[str]:
    assert "<datastore>" in text
    return re.findall(r"""<record><!\[CDATA\[<li><a href=["']([^"']+)""", text)


def test_unknown_pages(portals: Portals) -> None:
    assert _ask(portals.bases["trs"], "/zwgk/none.htm")[0] == 404
    status, _, body = _ask(portals.bases["hanweb"], "/art/2022/1/1/art_33718_1.html")
    assert (status, "您访问的页面不存在" in body.decode()) == (200, True)
    status, _, body = _ask(portals.bases["hanweb"], "/module/download/downfile.jsp?filename=no.pdf")
    assert (status, "您访问的页面不存在" in body.decode()) == (200, True)


def test_a_listed_row_leads_to_a_page_that_says_it_does_not_exist(portals: Portals) -> None:
    rows = listing.columns("hanweb", 1)["/col/col33718/index.html"]
    (dead,) = (row for row in rows if row.key == "audit-2020")
    assert "您访问的页面不存在" in _ask(portals.bases["hanweb"], dead.path)[2].decode()


@pytest.mark.parametrize(("portal", "closed"), [("trs", "/was5/"), ("hanweb", "/jcms/")])
def test_robots_close_what_the_pages_link_to(portals: Portals, portal: Family, closed: str) -> None:
    base = portals.bases[portal]
    assert f"Disallow: {closed}" in _ask(base, "/robots.txt")[2].decode()
    assert f'href="{closed}'.encode() in _ask(base, "/")[2]


def test_decoys_are_served_and_listed(portals: Portals) -> None:
    decoys = truth().decoys
    assert {decoy.body.portal for decoy in decoys} == {"trs", "hanweb"}
    for decoy in decoys:
        family = decoy.body.portal
        assert _ask(portals.bases[family], decoy.path)[0] == 200
        listed = {row.path for rows in listing.columns(family, 1).values() for row in rows}
        assert decoy.path in listed


def test_phases_show_the_edit_the_new_and_the_deleted(portals: Portals) -> None:
    known, base = truth(), portals.bases["hanweb"]
    edited, new, deleted = (
        known.entry(id).address.article for id in ("health-2023", "urban-2025", "culture-2018")
    )
    before = {path: _ask(base, path)[2] for path in (edited, new, deleted)}
    portals.phase = 2
    after = {path: _ask(base, path)[2] for path in (edited, new, deleted)}
    assert before[edited] != after[edited]
    assert "您访问的页面不存在" in before[new].decode()
    assert "砚澜县城市管理局" in after[new].decode()
    assert "您访问的页面不存在" in after[deleted].decode()
    same = known.entry("health-2022").address.article
    second = _ask(base, same)
    portals.phase = 1
    assert _ask(base, same)[2] == second[2]


def test_log_has_every_request(portals: Portals) -> None:
    _ask(portals.bases["trs"], "/robots.txt")
    _ask(portals.bases["hanweb"], f"{PROXY}?page=2", {"columnid": "33720"})
    assert [(a.portal, a.method, a.path) for a in portals.log] == [
        ("trs", "GET", "/robots.txt"),
        ("hanweb", "POST", f"{PROXY}?page=2"),
    ]
    assert portals.log[0].time <= portals.log[1].time


def test_portal_files_are_what_the_crawler_reads(portals: Portals, tmp_path: Path) -> None:
    files = yaml_files(portals.bases)
    assert sorted(files) == ["sample-hanweb.yaml", "sample-trs.yaml"]
    for name, text in files.items():
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        portal = load(path)
        assert (portal.division, portal.pace.delay) == ("990121", 0.0)
        for column in portal.columns:
            assert _ask(portal.home, urlsplit(column.url).path)[0] == 200


def test_what_did_not_change_is_not_sent_again(portals: Portals) -> None:
    base = portals.bases["trs"]
    before = portals.sent
    status, headers, body = _ask(base, COUNTY)
    assert (status, portals.sent - before > len(body) > 1000) == (200, True)
    tag, modified = {"If-None-Match": headers["etag"]}, {"If-Modified-Since": headers["last-modified"]}
    for condition in (tag, modified, tag | modified):
        before = portals.sent
        assert _ask(base, COUNTY, conditions=condition)[::2] == (304, b"")
        assert 0 < portals.sent - before < 300
    old = {"If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT"}
    assert _ask(base, COUNTY, conditions=old)[0] == 200
    assert _ask(base, COUNTY, conditions=modified | {"If-None-Match": '"another"'})[0] == 200


def test_a_changed_page_is_younger_and_has_another_tag() -> None:
    validators = Validators()
    before, same, after = (validators.of("/a", body) for body in (b"one", b"one", b"two"))
    assert before == same
    assert after.etag != before.etag
    assert after.modified > before.modified
    asked = Message()
    asked["If-Modified-Since"] = dict(before.headers)["Last-Modified"]
    assert (before.is_had(asked), after.is_had(asked)) == (True, False)


def test_what_is_posted_for_has_no_validators(portals: Portals) -> None:
    status, headers, _ = _ask(portals.bases["hanweb"], PROXY, {"startrecord": "1", "endrecord": "5"})
    assert "etag" not in headers
    assert "last-modified" not in headers
    assert status in (200, 404)
