"""From a portal's bare address to its file, held against what is true of the made-up portals."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from archive.cli.add import add
from crawler.cms.family import Lead
from crawler.discover.columns import distinct
from crawler.discover.look import look
from crawler.discover.scout import same_site
from crawler.discover.survey import Survey, portal_text
from crawler.discover.worth import BODY, COLUMN, DIRECTORY, DISCLOSURE, worth
from crawler.portal import load
from samples import render
from samples.county import DIVISION
from samples.county import Family as Of
from samples.elsewhere import SITES, serve
from samples.portals import yaml_files
from samples.server import serve as serve_county
from tests.crawler.loopback import serving

PLACES = [
    ("/zwgk/", "政务公开", False, DISCLOSURE),
    ("/x/", "政府信息公开年报", False, COLUMN),
    ("/x/", "年报", True, COLUMN),
    ("/zwgk/zfxxgk/zfxxgknb/", "更多", False, COLUMN - 5),
    ("/xxgkAnnualReport.jsp?area=1", "砚澜县教育局", True, COLUMN - 5),
    ("/x/", "部门信息公开", True, DIRECTORY),
    ("/x/", "2022年", True, DIRECTORY),
    ("/x/", "2022年", False, 0),
    ("/x/", "砚澜县财政局", True, BODY),
    ("/x/", "砚澜县财政局", False, 0),
    ("/x/", "政府信息公开指南", True, 0),
    ("/x/", "依申请公开", True, 0),
    ("/x/", "政府网站工作年度报表", True, 0),
    ("/x/", "砚澜县财政局2021年政府信息公开年度报告", True, 0),
    ("/x/", "2021年政府信息公开年报", True, COLUMN),
    ("/zfxxgknb/2.htm", "下一页", True, 0),
    ("/news/", "要闻", True, 0),
]


@pytest.mark.parametrize(("path", "title", "within", "value"), PLACES)
def test_a_link_is_worth_what_its_words_and_its_address_promise(
    path: str, title: str, within: bool, value: int
) -> None:
    assert worth(Lead(f"http://www.example.gov.cn{path}", title), within=within) == value


def test_a_list_that_another_one_holds_whole_is_no_column() -> None:
    whole = frozenset({"a", "b", "c"})
    columns = [("http://x/front", frozenset({"a"})), ("http://x/c/index.html", whole), ("http://x/c/", whole)]
    assert distinct([*columns, ("http://x/d/", frozenset({"c", "d"}))]) == ("http://x/c/", "http://x/d/")


def test_one_registered_name_or_one_machine_is_one_site() -> None:
    assert same_site("http://xxgk.example.gov.cn/", "https://www.example.gov.cn/")
    assert not same_site("http://www.other.gov.cn/", "https://www.example.gov.cn/")
    assert same_site("http://61.150.65.235:8080/", "http://61.150.65.235/")
    assert not same_site("http://61.150.65.236/", "http://61.150.65.235/")


def _looked(base: str) -> Survey:
    return look(base + "/", division=DIVISION, pages=400, delay=0, local=True)


def _urls(found: Survey) -> set[str]:
    return {report.url for column in found.columns for report in column.reports}


@pytest.mark.parametrize("portal", ["trs", "hanweb"])
def test_the_countys_portals_are_found_from_their_bare_address(portal: Of, tmp_path: Path) -> None:
    with serve_county() as portals:
        found = _looked(portals.bases[portal])
        by_hand = yaml.safe_load(yaml_files(portals.bases)[f"sample-{portal}.yaml"])
    (tmp_path / "990121-x.yaml").write_text(portal_text(found), encoding="utf-8")
    written = load(tmp_path / "990121-x.yaml")
    assert written.cms == portal
    assert {column.url for column in written.columns} == {column["url"] for column in by_hand["columns"]}
    owners = {column.url: column.body for column in written.columns if column.body}
    assert owners.items() <= {column["url"]: column.get("body") for column in by_hand["columns"]}.items()


@pytest.mark.parametrize("family", sorted(SITES))
def test_every_family_is_found_with_all_its_reports(
    family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "file", lambda report, *_: b"%PDF-1.4 " + report.id.encode())
    with serve(family) as served:
        found = _looked(served.bases["www"])
        truth = served.site.truth()
    assert found.cms == family
    assert set(truth.pages) <= _urls(found)
    (tmp_path / "990121-x.yaml").write_text(portal_text(found), encoding="utf-8")
    assert load(tmp_path / "990121-x.yaml").cms == family


def test_add_writes_the_file_once_and_says_what_to_do_next(tmp_path: Path) -> None:
    with serve_county() as portals:
        words = [portals.bases["hanweb"], "--division", DIVISION, "--local", "--delay", "0"]
        words += ["--data", str(tmp_path), "--key", "990121-yanlan"]
        first = CliRunner().invoke(add, words, standalone_mode=False)
        again = CliRunner().invoke(add, [*words, "--json"], standalone_mode=False)
    file = tmp_path / "portals" / "990121-yanlan.yaml"
    assert first.return_value == 0
    assert first.stdout.splitlines()[-1].endswith("in 5 columns; nianbao crawl 990121-yanlan")
    assert "not taken: 一图读懂" in first.stdout
    assert load(file).division == DIVISION
    assert again.return_value == 2
    assert "is there already" in again.stderr
    assert json.loads(again.stdout)["file"] is None


def test_what_cannot_be_decided_is_said_with_what_to_do(tmp_path: Path) -> None:
    with serving() as site:
        site.html("/", "<title>青禾县人民政府</title><a href='/zwgk/'>政务公开</a>")
        site.html("/zwgk/", "<a href='/news/1.html'>要闻</a>")
        words = [site.base, "--local", "--delay", "0", "--data", str(tmp_path)]
        ended = CliRunner().invoke(add, words, standalone_mode=False)
    assert ended.return_value == 2
    assert "no column of annual reports was found in 2 pages" in ended.stderr
    assert "--column ADDRESS" in ended.stderr
    assert "add --division CODE" in ended.stderr
    assert not list(tmp_path.glob("portals/*"))


def test_a_column_on_another_host_of_the_site_is_found_and_a_strangers_is_only_named() -> None:
    report = "<a href='/a/{0}.html'>青禾县民政局{0}年政府信息公开工作年度报告</a>"
    with serving() as site, serving() as other:
        other.html("/nb/", "<ul><li>" + "</li><li>".join(map(report.format, (2021, 2022))) + "</li></ul>")
        stranger = "http://www.example.gov.cn/nb/"
        ways = (f"{other.base}/nb/", stranger)
        links = "".join(f"<a href='{way}'>政府信息公开年报</a>" for way in ways)
        site.html("/", f"<title>青禾县人民政府</title>{links}")
        found = _looked(site.base)
    assert [column.url for column in found.columns] == [f"{other.base}/nb/"]
    assert any(stranger in says and "--column" in says for says in found.says)
