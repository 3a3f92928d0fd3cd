"""Each family's made-up portal, crawled and held against what is true of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from crawler.captures import Capture, Store
from crawler.cms import FAMILIES
from crawler.crawl import crawl
from crawler.links import judge
from crawler.page import Page, own_title, page
from samples import defects, render
from samples.elsewhere import ODD, SITES, portal_file, serve
from samples.report import Report
from samples.server import site
from samples.sites.page import Answer, Query
from tests.crawler.browsers import at_hand

OWN = Path(__file__).parents[2] / "samples" / "own.py"


def _file(report: Report, *_: object) -> bytes:
    """Making real files takes most of a minute, and no crawl opens them."""
    return b"%PDF-1.4 " + report.id.encode()


@pytest.mark.parametrize("family", sorted(SITES | ODD))
def test_every_report_and_file_is_found_and_nothing_else(
    family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "file", _file)
    if family == "browser":
        at_hand()
    with serve(family) as served:
        truth = served.site.truth()
        owned = {column.body for column in served.site.columns() if column.body}
        assert len(truth.pages) > 50
        assert truth.files
        (tmp_path / "portals").mkdir()
        text = portal_file(family, served)
        (tmp_path / "portals" / f"{family}.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "portals" / "own.py").write_text(OWN.read_text("utf-8"), encoding="utf-8")
        (outcome,) = crawl([family], tmp_path, local=True, progress=lambda _line: None)
    assert outcome.run is not None
    assert outcome.run.signals == ()
    assert {item.kind for item in outcome.run.unreached} <= {"soft-404"}
    assert not truth.pages.keys() & {item.url for item in outcome.run.unreached}
    store = Store(tmp_path / "captures")
    captures = [c for c in store.captures() if c.status == 200 and c.refusal is None]
    articles = {c.url: c for c in captures if c.role == "article"}
    assert set(articles) == set(truth.pages)
    assert {c.url for c in captures if c.role == "attachment"} == set(truth.files)
    owners = {url: c.body_name for url, c in articles.items() if c.body_name}
    assert owners == {url: r.body.name for url, r in truth.pages.items() if r.body.name in owned}
    years = {url: _year(store, capture) for url, capture in articles.items()}
    assert years == {url: _said(report) for url, report in truth.pages.items()}


def _year(store: Store, capture: Capture) -> int | None:
    """From the row's title, or where that is cut short, from the article's own."""
    said = judge(capture.title or "", capture.url).year
    if said is None:
        shown = page(capture.url, store.body(capture))
        said = judge(own_title(shown) or "", capture.url).year
    return said


def _said(report: Report) -> int:
    """Some titles name a wrong year."""
    return defects.TITLE_YEAR.get((report.body.id, report.year), report.year)


@pytest.mark.parametrize("family", sorted(SITES))
def test_a_family_is_told_by_its_own_pages_and_by_no_other(family: str) -> None:
    with serve(family) as served:
        columns = [column.url for column in served.site.columns()]
        urls = [served.bases["www"] + "/", *columns, *served.site.truth().pages]
        known = _recognised([page(url, _body(served.site.answer, url)) for url in urls])
    if family != "generic":  # it is what is left
        assert set(columns) & known.pop(family)  # a short list need not show whose it is
    assert known == {}


@pytest.mark.parametrize("family", ["trs", "hanweb"])
def test_the_county_portals_are_told_by_no_other_family(family: Literal["trs", "hanweb"]) -> None:
    portal = site(family, 1)
    urls = ["http://www.example.cn" + path for path in ("/", *portal.rows, *list(portal.reports)[::10])]
    known = _recognised([page(url, _body(portal.answer, url)) for url in urls])
    assert {"http://www.example.cn" + path for path in portal.rows} <= known.pop(family)
    assert known == {}


def _recognised(pages: list[Page]) -> dict[str, set[str]]:
    """The addresses of the pages that each family takes for its own."""
    assert len(pages) > 20
    known = {name: {p.url for p in pages if family.recognised(p)} for name, family in FAMILIES.items()}
    return {name: urls for name, urls in known.items() if urls}


def _body(answer: Callable[[Query], Answer], url: str) -> bytes:
    parts = urlsplit(url)
    return answer(Query(unquote(parts.path), dict(parse_qsl(parts.query)))).body
