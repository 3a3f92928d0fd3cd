import json
from typing import Any

import pytest

from crawler.cms.family import MOST, Ask, Attachment, Lead, Row
from crawler.cms.gkmlpt import Gkmlpt
from crawler.page import Page, page
from samples.elsewhere import serve
from samples.sites.page import Query

INDEX = "http://www.example.cn/qh/gkmlpt/index"
API = "http://www.example.cn/qh/gkmlpt/api/all/25192?page={}&sid=755001"
TREE = [
    {"id": 1, "name": "指南", "jump_url": "/qh/guide", "children": []},
    {"id": 2, "name": "内部", "jump_url": "javascript:void(0)", "children": []},
    {
        "id": 3,
        "name": "政府信息公开年报",
        "jump_url": "",
        "children": [
            {"id": 25192, "name": "2023年", "jump_url": None, "children": []},
            {"id": "25193", "name": "2022年"},
        ],
    },
    {"id": 4, "name": "机构", "children": []},
]


def _index(tree: Any = TREE, url: str = INDEX) -> Page:
    script = f"window._CONFIG = {{\n SID: '755001',\n TREE: {json.dumps(tree)},\n DEBUG: false }}"
    return page(url, f"<script>{script}</script><div id='app'></div>".encode())


def _list(said: Any, number: int = 1) -> Page:
    return page(API.format(number), json.dumps(said).encode())


def _articles(count: int) -> list[dict[str, Any]]:
    return [
        {
            "title": f"青禾县{2008 + n}年年报",
            "url": f"/qh/gkmlpt/content/2/2590/post_{n}.html#25192",
            "date": "2021-01-20",
        }
        for n in range(count)
    ]


def test_leads_are_the_leaves_of_the_tree_under_the_names_above_them() -> None:
    assert Gkmlpt().leads(_index()) == (
        Lead("http://www.example.cn/qh/guide", "指南"),
        Lead(API.format(1), "政府信息公开年报 > 2023年"),
        Lead(API.format(1).replace("25192", "25193"), "政府信息公开年报 > 2022年"),
        Lead(API.format(1).replace("25192", "4"), "机构"),
    )
    assert Gkmlpt().leads(page(INDEX, b"<p>none</p>")) == ()


def test_the_tree_as_a_column_means_the_category_in_its_fragment() -> None:
    assert Gkmlpt().listing(_index(), INDEX + "#25193").next == (
        Ask(API.format(1).replace("25192", "25193")),
    )
    (signal,) = Gkmlpt().listing(_index(), INDEX + "#9").signals
    assert signal == "no category 9 in the tree"


def test_the_tree_as_a_column_without_one_means_the_reports() -> None:
    listing = Gkmlpt().listing(_index(), INDEX)
    assert [lead.title for lead in listing.columns] == [
        "政府信息公开年报 > 2023年",
        "政府信息公开年报 > 2022年",
    ]
    assert Gkmlpt().listing(_index(TREE[3:]), INDEX).signals == ("no category of annual reports in the tree",)


@pytest.mark.parametrize("script", ["_CONFIG = {TREE: [{broken}]}", "_CONFIG = {SID: '1', TREE: {}}"])
def test_a_tree_of_another_shape_is_said(script: str) -> None:
    listing = Gkmlpt().listing(page(INDEX, f"<script>{script}</script>".encode()), INDEX)
    assert listing.signals == ("no TREE of categories and no SID in the script where they are due",)


def test_the_first_page_asks_for_all_others_and_rows_have_no_fragment() -> None:
    listing = Gkmlpt().listing(_list({"articles": _articles(20), "classify": {"post_count": 41}}), INDEX)
    assert listing.rows[0] == Row(
        "http://www.example.cn/qh/gkmlpt/content/2/2590/post_0.html", "青禾县2008年年报", "2021-01-20"
    )
    assert (listing.next, listing.total) == ((Ask(API.format(2)), Ask(API.format(3))), 41)
    endless = Gkmlpt().listing(_list({"articles": _articles(1), "classify": {"post_count": 10**12}}), INDEX)
    assert (len(endless.next), endless.total) == (MOST, 10**12)
    last = Gkmlpt().listing(_list({"articles": _articles(1), "classify": {"post_count": 41}}, 3), INDEX)
    assert (last.next, last.signals, len(last.rows)) == ((), (), 1)


def test_files_come_with_the_list() -> None:
    (article,) = _articles(1)
    article["attachment"] = [{"name": "年报.pdf", "url": "/attachment/1/2/3.pdf"}]
    listing = Gkmlpt().listing(_list({"articles": [article], "classify": {"post_count": 1}}), INDEX)
    assert listing.rows[0].files == (Attachment("http://www.example.cn/attachment/1/2/3.pdf", "年报.pdf"),)
    assert listing.signals == ()


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"code": 422}, "no articles and classify.post_count"),
        ({"articles": [], "classify": {}}, "no articles and classify.post_count"),
        ({"articles": [], "classify": {"post_count": 0}}, "no rows on a page of a list of 0"),
        (
            {"articles": [*_articles(1), {"id": 3}], "classify": {"post_count": 2}},
            "1 of 2 articles have no title",
        ),
        (
            {"articles": [_articles(1)[0] | {"attachment": [7]}], "classify": {"post_count": 1}},
            "1 attachments that the list names have no address",
        ),
    ],
)
def test_json_of_another_shape_is_said(said: Any, says: str) -> None:
    (signal,) = Gkmlpt().listing(_list(said), INDEX).signals
    assert says in signal


def test_brackets_without_end_are_not_what_is_due() -> None:
    (signal,) = Gkmlpt().listing(page(API.format(1), b"[" * 100_000), INDEX).signals
    assert "no articles and classify.post_count" in signal
    tree = b"<script>window._CONFIG = { SID: '1', TREE: " + b"[" * 100_000 + b"}</script>"
    assert Gkmlpt().leads(page(INDEX, tree)) == ()


def test_attachments_are_those_of_the_text_in_the_script() -> None:
    content = json.dumps('<p><a href="/attachment/1/2/3.pdf">年报</a></p>').replace("<", "\\u003C")
    text = f"<a href='/申请表.doc'>申请表</a><script>_CONFIG = {{DETAIL: {{\"content\":{content}}}}}</script>"
    shown = page(INDEX.replace("index", "content/2/2590/post_2590436.html"), text.encode())
    assert Gkmlpt().article(shown) == (Attachment("http://www.example.cn/attachment/1/2/3.pdf", "年报"),)
    assert Gkmlpt().recognised(shown)


def test_every_column_of_the_sample_portal_is_a_lead_of_some_tree() -> None:
    with serve("gkmlpt") as served:
        base = served.bases["www"]
        home = page(base + "/", served.site.answer(Query("/")).body)
        trees = [link for link in home.root.css("a::attr(href)").getall() if link.endswith("/gkmlpt/index")]
        shown = [page(base + path, served.site.answer(Query(path)).body) for path in trees]
        leads = {lead.url for tree in shown for lead in Gkmlpt().leads(tree) if "年报" in lead.title}
        assert leads == {column.url for column in served.site.columns()}
