"""Hanweb's dialects beside the one of test_cms.py."""

from crawler.cms.family import MOST, Ask, Lead, Listing, Row
from crawler.cms.hanweb import Hanweb
from crawler.page import Page, page

COLUMN = "http://www.example.cn/col/col30067/index.html"
MODULE = "http://www.example.cn/module/xxgk/xxgkAnnualReport.jsp"
OLD = """<script>$('#49468').jpage({themeName:'default',totalRecord:5,dataStore:InitData49468,groupSize:3,
proxyUrl:'/module/jslib/jquery/jpage/dataproxy.jsp',perPage:2,ajaxParam:{col:1,webid:60,unitid:'49468'}});</script>"""
ROW = (
    "<record><![CDATA[<tr><td>2026-02-00018</td><td><a href='/art/2026/1/9/art_1_2.html'>"
    "<li style=<br/>青禾县2025年年报</a></td><td>2026-01-09</td></tr>]]></record>"
)


def _page(url: str, html: str) -> Page:
    return page(url, f"<html><body><a href='/'>首页</a>{html}</body></html>".encode("gb18030"))


def _listing(url: str, html: str) -> Listing:
    return Hanweb().listing(_page(url, html), COLUMN)


def _ask(start: int, end: int) -> Ask:
    proxy = "http://www.example.cn/module/jslib/jquery/jpage/dataproxy.jsp"
    return Ask(f"{proxy}?startrecord={start}&endrecord={end}&perpage=2", "col=1&webid=60&unitid=49468")


def test_a_script_without_records_asks_for_all_of_them() -> None:
    listing = _listing(COLUMN, OLD)
    assert (listing.rows, listing.total, listing.signals) == ((), 5, ())
    assert listing.next == (_ask(1, 5),)


def test_a_count_without_end_calls_for_no_pages_without_end() -> None:
    for count in ("999999999", "9" * 5000):
        listing = _listing(COLUMN, OLD.replace("totalRecord:5", f"totalRecord:{count}"))
        assert (len(listing.next), listing.total) == (MOST, 999999999)
        assert listing.next[0] == _ask(1, 6)


def test_records_in_a_string_of_the_script_are_read_and_the_rest_is_asked_for() -> None:
    data = "<script>var InitData49468 = '{}';</script>".format(ROW.replace("'", "\\'").replace("</", "<\\/"))
    listing = _listing(COLUMN, data + OLD)
    assert listing.rows == (
        Row("http://www.example.cn/art/2026/1/9/art_1_2.html", "青禾县2025年年报", "2026-01-09"),
    )
    assert listing.next == (_ask(2, 5),)


def test_a_ciphered_page_goes_on_where_it_says_and_an_empty_one_does_not() -> None:
    on = '<nextgroup><![CDATA[<a href="dataproxy.jsp?page=3&columnid=aK%2F9x%2B%3D%3D"></a>]]></nextgroup>'
    url = "http://www.example.cn/module/jpage/dataproxy.jsp?page=2"
    full = _listing(url, f"<datastore>{on}<recordset>{ROW}</recordset></datastore>")
    assert full.next == (
        Ask("http://www.example.cn/module/jpage/dataproxy.jsp?page=3&columnid=aK%2F9x%2B%3D%3D"),
    )
    empty = _listing(url, f"<datastore>{on}<recordset></recordset></datastore>")
    assert empty.next == ()
    assert empty.signals == ("no records in the datastore where rows are due",)


def test_a_body_of_the_module_is_a_column_and_its_years_are_reports() -> None:
    bodies = '<a href="/module/xxgk/xxgkAnnualReport.jsp?area=001008003">县民政局</a>'
    assert _listing(COLUMN, bodies).columns == (Lead(f"{MODULE}?area=001008003", "县民政局"),)
    years = '<a href="xxgkAnnualReport.jsp?area=001008003&amp;fbtime=2023">2023年</a>'
    listing = _listing(f"{MODULE}?area=001008003", bodies + years)
    assert listing.rows == (Row(f"{MODULE}?area=001008003&fbtime=2023", "2023年", None, sure=True),)
    assert (listing.columns, listing.next, listing.signals) == ((), (), ())


def test_a_module_that_names_nobody_gives_a_signal() -> None:
    listing = _listing(COLUMN, '<a href="/module/xxgk/xxgkAnnualReport.jsp">年报</a>')
    assert listing.signals == ("a module of annual reports without bodies and years",)


def test_the_module_is_recognised() -> None:
    link = '<a href="/module/xxgk/xxgkAnnualReport.jsp?area=001">县民政局</a>'
    said = Hanweb().recognised(_page(COLUMN, link)) or ""
    assert said.startswith("the module of annual reports at /module/xxgk/")
    assert Hanweb().recognised(_page(COLUMN, '<a href="/module/xxgk/tree.jsp">目录</a>')) is None
