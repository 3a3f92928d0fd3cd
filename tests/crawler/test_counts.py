"""A list in JSON that has fewer rows than it says, or another shape, is a signal of the run."""

import json
from pathlib import Path

from crawler.crawl import crawl
from tests.crawler.loopback import Reply, Site

ASKED = "&_pageSize=15&_isAgg=true&_isJson=true&_template=index"
CHANNELS = {"/few/": "a" * 32, "/other/": "b" * 32}


def _answer(said: object) -> Reply:
    return Reply(json.dumps(said, ensure_ascii=False).encode(), "application/json")


def test_a_shortage_and_another_shape_are_said(site: Site, tmp_path: Path) -> None:
    for column, channel in CHANNELS.items():
        site.html(column, f'<ul></ul><script>list("/common/search/{channel}")</script>')
    title = "青禾县财政局2020年政府信息公开工作年度报告"
    rows = [{"title": title, "url": "/few/202101/c04_1.shtml", "publishedTimeStr": "2021-01-20"}]
    few = {"data": {"total": 3, "page": 1, "rows": 15, "results": rows}}
    site.replies[f"/common/search/{'a' * 32}?page=1{ASKED}"] = _answer(few)
    site.replies[f"/common/search/{'b' * 32}?page=1{ASKED}"] = _answer({"list": rows, "total": 1})
    site.html(
        "/few/202101/c04_1.shtml", f"<ucaptitle>{title}</ucaptitle><ucapcontent>{title * 40}</ucapcontent>"
    )
    site.portal_file(tmp_path, "990101-qinghe", list(CHANNELS), cms="ucap")
    (outcome,) = crawl(["990101-qinghe"], tmp_path, local=True, progress=lambda _line: None)
    assert outcome.run is not None
    says = {(signal.url.removeprefix(site.base), signal.says) for signal in outcome.run.signals}
    assert says == {
        ("/few/", "says it has 3 rows, and 1 were read"),
        (
            f"/common/search/{'b' * 32}?page=1{ASKED}",
            "no data.results and data.total in the JSON where a list is due",
        ),
    }
