from crawler.cms.family import Ask, Attachment, Lead, Listing, Row
from crawler.cms.longxun import Longxun
from crawler.page import Page, page

OWN = "http://www.example.cn/public/column/7731?type=3&nav=5&sub=3"
LIST = "http://www.example.cn/public/column/66?type=4&action=rel"
INDEX = "http://www.example.cn/openness/OpennessAnnualReport/year/6/2022.html"
YEARS = (
    '<ul id="timeFrame">'
    '<li><a href="?type=3&amp;nav=5&amp;sub=3&amp;timeFrame=2022&amp;hasContent=true">2022年</a>'
    '<li><a href="?type=3&nav=5&sub=3&timeFrame=2013">2013年</a></ul>'
)
LINE = (
    "<ul><li><a href='/public/66/81.html' title='青禾县柳溪镇2022年年报'>青禾县..</a>"
    "<span>2023-01-09</span></ul>"
)
AJAX = (
    "<script>pageCount:3; $.ajax({url:'/site/label/8888',type:'get',data:{labelName:'publicInfoList'"
    ",organId:'66',catId:'',file:'/c2/list'}})</script>"
)


def _page(url: str, html: str) -> Page:
    return page(url, f"<html><body><a href='/'>首页</a>{html}</body></html>".encode())


def _listing(url: str, html: str, column: str = LIST) -> Listing:
    return Longxun().listing(_page(url, html), column)


def test_a_year_that_is_shown_in_the_column_is_a_row_and_another_is_a_column_below() -> None:
    listing = _listing(OWN, YEARS + "<div>一、总体情况</div>", OWN)
    assert listing.rows == (Row(f"{OWN}&timeFrame=2022&hasContent=true", "2022年", None, sure=True),)
    assert listing.columns == (Lead(f"{OWN}&timeFrame=2013", "2013年"),)
    assert (listing.next, listing.signals) == ((), ())


def test_a_year_below_has_rows_or_gives_a_signal() -> None:
    assert _listing(f"{OWN}&timeFrame=2013", YEARS + LINE).rows[-1].title == "青禾县柳溪镇2022年年报"
    assert _listing(f"{OWN}&timeFrame=2013", YEARS).signals == ("no rows where a list is due",)


def test_an_index_by_year_has_reports_with_their_files_and_other_years() -> None:
    html = (
        '<a href="/openness/OpennessAnnualReport/year/6/2021.html">2021年</a><a href="2022.html">2022年</a>'
        '<a href="/OpennessAnnualReport/download/5047.html">下载</a>'
        '<a href="/XxgkAnnualReport/show/5047.html">县民政局</a>'
        '<a href="/Xxgknb/show/5048.html?type=1">县统计局</a>'
        '<a href="/OpennessAnnualReport/download/5049.html">县审计局</a>'
    )
    listing = _listing(INDEX, html)
    assert listing.rows == (
        Row("http://www.example.cn/XxgkAnnualReport/show/5047.html", "县民政局", None, sure=True),
        Row("http://www.example.cn/Xxgknb/show/5048.html?type=1", "县统计局", None, sure=True),
        Row("http://www.example.cn/OpennessAnnualReport/download/5049.html", "县审计局", None, sure=True),
    )
    assert listing.columns == (Lead(INDEX.replace("2022", "2021"), "2021年"),)
    assert listing.signals == ()


def test_further_rows_are_asked_of_the_label_that_the_script_names() -> None:
    listing = _listing(LIST, LINE + AJAX)
    label = (
        "http://www.example.cn/site/label/8888?labelName=publicInfoList&organId=66&catId=&file=%2Fc2%2Flist"
    )
    assert listing.next == (Ask(f"{label}&pageIndex=2"),)
    answer = _listing(f"{label}&pageIndex=2", LINE + "<script>pageCount:3</script>")
    assert answer.next == (Ask(f"{label}&pageIndex=3"),)
    assert _listing(f"{label}&pageIndex=3", LINE + "<script>pageCount:3</script>").next == ()
    address = AJAX.replace("8888'", "8888?labelName=a&pageIndex=1'")
    assert _listing(LIST, LINE + address).next == (
        Ask("http://www.example.cn/site/label/8888?labelName=a&pageIndex=2"),
    )


def test_pages_that_lack_what_is_due_give_a_signal() -> None:
    assert _listing(LIST, "<p>系统维护</p>").signals == ("no rows where a list is due",)
    assert _listing(LIST, LINE + "<script>pageCount:3</script>").signals == (
        "3 pages of rows, and no label to ask for them",
    )
    label = "http://www.example.cn/site/label/8888?labelName=publicInfoList&pageIndex=2"
    assert "no rows where a list is due" in _listing(label, "<p>暂无相关信息</p>").signals


def test_a_download_is_a_file_although_it_ends_in_html() -> None:
    shown = _page(
        INDEX, '<div class="j-fontContent"><a href="/OpennessAnnualReport/download/5047.html">下载</a></div>'
    )
    url = "http://www.example.cn/OpennessAnnualReport/download/5047.html"
    assert Longxun().article(shown) == (Attachment(url, "下载"),)


def test_only_its_own_pages_are_recognised() -> None:
    assert Longxun().recognised(_page(OWN, YEARS)) == "ul#timeFrame, the years of a column"
    seen = "addresses such as /public/column/66?type=4"
    assert Longxun().recognised(_page(OWN, '<a href="/public/column/66?type=4">年报</a>')) == seen
    assert Longxun().recognised(_page(OWN, '<a href="/public/66.html">年报</a>')) is None
