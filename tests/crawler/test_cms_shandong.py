from crawler.cms.family import Ask, Lead, Listing, Row
from crawler.cms.shandong import Shandong
from crawler.page import Page, page

SITE = "http://www.example.cn/gongkai/site_mzj/"
COLUMN = SITE + "channel_c_5f9f6caf744146b464b6e885_n_1605851922.3365/"
DOC = "doc_5fe5a69619e440e484731b16.html"
ROW = (
    f'<table><tr><td>2026-02-00018</td><td><a href="{DOC}" title="青禾县民政局2025年年报">青禾..</a></td>'
    "<td>2026-01-23</td></tr></table>"
)
ALL = "http://www.example.cn/gongkai/channel_5f9f6caf744146b464b6e880/?open=zfxxgknb"
BODIES = (
    '<a href="/gongkai/channel_5f9f6caf744146b464b6e881/">法定主动公开内容</a>'
    '<a href="/gongkai/site_mzj/channel_x_5669_13598/">县民政局</a>'
    '<a href="/site_tjj/channel_657c07df0ee15e41cff2fbb3/">县统计局</a>'
)


def _page(url: str, html: str) -> Page:
    return page(url, f"<html><body><a href='/'>首页</a>{html}</body></html>".encode())


def _listing(url: str, html: str) -> Listing:
    return Shandong().listing(_page(url, html), url)


def test_rows_stand_beside_numbers_that_are_no_dates() -> None:
    listing = _listing(COLUMN, ROW + '<a href="?page=2">下一页</a>')
    assert listing.rows == (Row(COLUMN + DOC, "青禾县民政局2025年年报", "2026-01-23"),)
    assert listing.next == (Ask(COLUMN + "?page=2"),)
    assert (listing.columns, listing.signals) == ((), ())


def test_the_page_that_opens_the_annual_reports_leads_to_those_of_each_body() -> None:
    assert _listing(ALL, BODIES).columns == (
        Lead(SITE + "channel_x_5669_13598/", "县民政局"),
        Lead("http://www.example.cn/site_tjj/channel_657c07df0ee15e41cff2fbb3/", "县统计局"),
    )
    shut = _listing(ALL.partition("?")[0], BODIES)
    assert shut.columns == ()
    assert shut.signals == ("no rows and no channels of bodies where a list is due",)


def test_below_a_channel_are_those_of_its_body_that_are_named_by_year() -> None:
    years = (
        '<a href="../channel_x_5669_2012/">2012年</a><a href="../channel_x_5669_1/">领导信息</a>'
        '<a href="../../site_tjj/channel_x_5669_2012/">2012年</a>'
    )
    assert _listing(COLUMN, ROW + years).columns == (Lead(SITE + "channel_x_5669_2012/", "2012年"),)


def test_a_next_page_behind_a_script_gives_a_signal() -> None:
    listing = _listing(COLUMN, ROW + '<a href="javascript:page(2)">下一页</a>')
    assert listing.signals == ("its next page is behind a script call that is no address",)


def test_only_its_addresses_are_recognised() -> None:
    assert Shandong().recognised(_page(COLUMN, ROW)) == f"addresses such as {DOC}"
    assert "channel_5f9f" in (Shandong().recognised(_page(ALL, BODIES)) or "")
    assert Shandong().recognised(_page(ALL, '<a href="/channel/7/doc_3.html">年报</a>')) is None
