import pytest

from crawler.cms.family import Ask, Lead
from crawler.cms.trs import Trs
from crawler.page import Page, page

COLUMN = "http://www.example.cn/zwgk/zfxxgk/zfxxgknb/"
ROW = '<li><a href="./202201/t20220120_1.htm">青禾县民政局2021年年报</a><span>01-20</span></li>'


def _list(call: str, name: str = "") -> Page:
    return page(COLUMN + name, f"{ROW}<script><!--\n{call}\n//--></script>".encode("gb18030"))


@pytest.mark.parametrize(
    ("call", "first", "last"),
    [
        ('createPageHTML({}, {}, "index", "html");', 0, "index_2.html"),
        ("createPageHTML({},{},'index','html',500)", 0, "index_2.html"),
        ("createPageHTML('paging',{},{},'index','html',500)", 1, "index_3.html"),
        ("Pager({{size:{}, current:{}, prefix:'index', suffix:'html'}});", 0, "index_2.html"),
        ("Pager({{prefix:'index',suffix:'html',pageCount:{},current:{}}})", 0, "index_2.html"),
    ],
)
def test_each_pager_leads_to_the_last_page(call: str, first: int, last: str) -> None:
    second = f"index_{first + 1}.html"
    assert Trs().recognised(_list(call.format(3, first)))
    listing = Trs().listing(_list(call.format(3, first)), COLUMN)
    assert (listing.next, listing.signals) == ((Ask(COLUMN + second),), ())
    assert Trs().listing(_list(call.format(3, first + 1), second), COLUMN).next == (Ask(COLUMN + last),)
    ended = Trs().listing(_list(call.format(3, first + 2), last), COLUMN)
    assert (ended.next, ended.signals) == ((), ())


def test_the_pager_of_hunan_counts_the_rows() -> None:
    listing = Trs().listing(_list("createPageHTML('paging',25,1,'index','html',500)"), COLUMN)
    assert listing.total == 500


def test_a_page_too_many_shows_the_last_one_again() -> None:
    again = Trs().listing(_list('createPageHTML(4, 2, "index", "html")', "index_3.html"), COLUMN)
    assert (again.next, again.signals) == ((), ())


@pytest.mark.parametrize("name", ["index_1.html", "index_2.html"])
def test_the_first_page_again_is_said(name: str) -> None:
    (signal,) = Trs().listing(_list('createPageHTML(4, 0, "index", "html")', name), COLUMN).signals
    assert signal.endswith("was asked for, and the answer is page 0; the list was left here")


@pytest.mark.parametrize(
    "call", ["createPageHTML('paging', 25, total)", "Pager({prefix:'index',suffix:'html',current:0})"]
)
def test_a_pager_that_does_not_say_how_many_pages_there_are_is_said(call: str) -> None:
    (signal,) = Trs().listing(_list(call), COLUMN).signals
    assert signal.startswith(f"a pager of another dialect than is known: {call[:20]}")


def test_the_function_in_the_page_is_no_call() -> None:
    function = "function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt) { }"
    assert Trs().listing(_list(function), COLUMN).signals == ()


def test_a_stub_of_a_deep_page_is_said() -> None:
    stub = page(COLUMN + "index_9.html", b"<html><head></head><body></body></html>")
    assert Trs().listing(stub, COLUMN).signals == ("no rows where a list is due",)


def test_years_below_a_column_are_columns() -> None:
    links = """<a href="./2022n/">2022年</a><a href="./2021n/">2021年政府信息公开年报</a>
<a href="/x/">2020年</a>
<a href="./202201/t20220120_1.htm">2019年</a><a href="./index.html">更多</a>"""
    listing = Trs().listing(page(COLUMN, links.encode()), COLUMN)
    years = (Lead(COLUMN + "2022n/", "2022年"), Lead(COLUMN + "2021n/", "2021年政府信息公开年报"))
    assert (listing.columns, listing.signals) == (years, ())


@pytest.mark.parametrize("name", ["tnull_1353447.htm", "t19700101_3584822.shtml", "t20220120_80613.html"])
def test_articles_that_lost_their_day_are_rows(name: str) -> None:
    (row,) = Trs().listing(page(COLUMN, f"<a href='./202201/{name}'>年报</a>".encode()), COLUMN).rows
    assert row.url == f"{COLUMN}202201/{name}"
