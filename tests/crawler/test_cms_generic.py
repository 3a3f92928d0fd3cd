import pytest

from crawler.cms.dialects import DIALECTS, Dialect, dialect
from crawler.cms.family import Ask, Lead, Listing, Row
from crawler.cms.generic import Generic
from crawler.page import Page, page

COLUMN = "http://www.example.cn/xxgk/zfxxgknb/"
TITLE = "青禾县民政局2021年政府信息公开工作年度报告"


def _page(html: str, url: str = COLUMN) -> Page:
    menu = '<a href="/">首页</a><a href="/xxgk/zfxxgknb/">政府信息公开年报</a><a href="/xxgk/zn.htm">指南</a>'
    return page(url, f"<html><body><div>{menu}</div>{html}</body></html>".encode())


def _listing(html: str, url: str = COLUMN) -> Listing:
    return Generic().listing(_page(html, url), url)


ROWS = [
    (f'<ul><li><a href="a1">{TITLE}</a><span>2022-01-09</span></ul>', "a1", "2022-01-09"),
    (f'<table><tr><td><a href="a1">{TITLE}</a></td><td>[01-09]</td></tr></table>', "a1", "01-09"),
    (f'<a href="/info/1025/61695.htm">{TITLE}</a>', "/info/1025/61695.htm", None),
    (f'<a href="../sub/a1.html">{TITLE}</a>', "/xxgk/sub/a1.html", None),
    (f"<p onclick=\"jumpToDetail('./5/t1.html')\">{TITLE} <i>2022-01-09</i></p>", "5/t1.html", "2022-01-09"),
    (f"<li onclick=\"location.href='/d.aspx?id=3'\">{TITLE}</li>", "/d.aspx?id=3", None),
    (f"<a href=\"javascript:window.open('a1.html')\" title=\"{TITLE}\">青..</a>", "a1.html", None),
    (f'<a href="files/1.pdf">{TITLE}</a>', "files/1.pdf", None),
]  # fmt: skip
BELOW = [
    ('<a href="bm/">县直部门</a>', "bm/", "县直部门"),
    ('<a href="jyj.htm">县教育局</a>', "jyj.htm", "县教育局"),
    ('<a href="2022/index.html">2022年</a>', "2022/index.html", "2022年"),
    ('<a href="../xznb/">乡镇街道</a>', "../xznb/", "乡镇街道"),
    ('<a href="?year=2022">2022</a>', "?year=2022", "2022"),
    ('<a href="../lnnb/">历年政府信息公开年报</a>', "../lnnb/", "历年政府信息公开年报"),
]


@pytest.mark.parametrize(("html", "address", "date"), ROWS)
def test_rows_are_links_of_many_makes(html: str, address: str, date: str | None) -> None:
    listing = _listing(html)
    assert listing.rows == (Row(_page("").join(address), TITLE, date),)
    assert (listing.columns, listing.next, listing.signals) == ((), (), ())


@pytest.mark.parametrize(("html", "address", "title"), BELOW)
def test_columns_one_level_below_are_followed(html: str, address: str, title: str) -> None:
    listing = _listing(html)
    assert listing.columns == (Lead(_page("").join(address), title),)
    assert (listing.rows, listing.signals) == ((), ())


def test_a_year_that_is_an_article_is_a_report_of_that_column() -> None:
    listing = _listing('<a href="/info/1025/61695.htm">2022年</a>')
    assert listing.rows == (Row("http://www.example.cn/info/1025/61695.htm", "2022年", None, sure=True),)


def test_menus_and_what_is_further_away_are_neither() -> None:
    elsewhere = (
        '<a href="/xzjd/">乡镇</a><a href="http://www.other.cn/xxgk/bm/">部门</a>'
        '<a href="/ldzc/">领导之窗</a>'
        '<a href="175.html">自查</a><a href="index_1.html">2</a><a href="#">2022年</a>'
    )
    listing = _listing(elsewhere)
    assert (listing.rows, listing.columns) == ((), ())
    assert listing.signals == ("no rows and no columns below where a list is due",)


def test_the_root_of_a_portal_has_no_folder_of_its_own() -> None:
    assert _listing('<a href="/ldzc/">领导之窗</a>', "http://www.example.cn/").columns == ()


def test_the_folder_of_a_column_that_is_a_file_has_its_name() -> None:
    url = "http://www.example.cn/xxgk/zfxxgknb.htm"
    html = f'<li><a href="/info/1/2.htm">{TITLE}</a></li><a href="zfxxgknb/jyj.htm">县教育局</a>'
    listing = _listing(f'{html}<a href="zfxxgknb/12.htm">下页</a><a href="zfxxgknb/1.htm">尾页</a>', url)
    assert listing.columns == (Lead("http://www.example.cn/xxgk/zfxxgknb/jyj.htm", "县教育局"),)
    assert listing.next == (Ask("http://www.example.cn/xxgk/zfxxgknb/12.htm"),)


def test_a_page_without_rows_goes_nowhere() -> None:
    listing = _listing('<p>暂无</p><a href="index_1.html">下一页</a>')
    assert listing.next == ()
    assert listing.signals == ("no rows and no columns below where a list is due",)


def test_columns_that_go_on_elsewhere_are_said() -> None:
    listing = _listing('<a href="bm/">县直部门</a><a href="?page=2">下一页</a>')
    assert listing.next == ()
    assert listing.signals == (
        f"goes on at {COLUMN}?page=2 without rows of its own; only its columns below are read",
    )


@pytest.mark.parametrize(
    "script", ["createPageHTML('page_div',10, 1,'list','shtml',149)", "$('#1').jpage({perPage:9})"]
)
def test_a_pager_of_another_family_gives_a_signal(script: str) -> None:
    listing = _listing(f"{ROWS[0][0]}<script>{script}</script>")
    assert listing.rows
    assert "by a script of another family" in listing.signals[0]


def test_one_page_of_a_scripted_pager_is_all() -> None:
    assert _listing(f"{ROWS[0][0]}<script>createPageHTML(1, 0, 'index', 'html')</script>").signals == ()


def test_columns_behind_a_script_are_leads() -> None:
    html = "<li onclick=\"location.href='/nb/list.aspx?c=3'\">政府信息公开年报</li>"
    assert Generic().leads(_page(html)) == (
        Lead("http://www.example.cn/nb/list.aspx?c=3", "政府信息公开年报"),
    )
    assert Generic().recognised(_page(html)) is None


@pytest.mark.parametrize("known", DIALECTS, ids=lambda known: known.name)
def test_each_address_dialect_is_told_by_its_example(known: Dialect) -> None:
    assert dialect(f"http://www.example.cn{known.example}") == known.name


@pytest.mark.parametrize(
    "address", ["/", "/xxgk/nb/", "/xxgk/nb/index_2.html", "/col/col1229/index.html", "/list.aspx?id=3"]
)
def test_columns_have_no_article_dialect(address: str) -> None:
    assert dialect(f"http://www.example.cn{address}") is None
