from crawler.cms.family import Ask, Attachment, Row, printed_date
from crawler.cms.hanweb import Hanweb
from crawler.cms.trs import Trs
from crawler.page import Page, own_title, page

COLUMN = "http://www.example.cn/zwgk/zfxxgk/zfxxgknb/"
TRS = """<html><head><meta charset="gb2312"><title>年报</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>
<table><tr><td><table>
<tr><td><img src="d.gif"></td><td><a href="./202201/t20220120_1.htm">
<span>青禾县人力资源和社会保障局2021年政府...</span></a></td>
<td>01-20</td></tr>
<tr><td colspan="3"></td></tr>
<tr><td></td><td><a href="../../gk/show.html"
 title="青禾县民政局2020年政府信息公开工作年度报告">青禾县民政局2020年...</a></td><td>[2021-01-15]</td></tr>
<tr><td></td><td><a href="/a/tnull_3.html">青禾县民政局2019年年报</a></td><td></td></tr>
<tr><td></td><td><a href="javascript:void(0)">打印</a></td><td>01-20</td></tr>
<tr><td></td><td><a href="{{el.url}}">模板</a></td><td>01-20</td></tr>
</table></td></tr></table>
<script><!--
function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt) { }
PAGER
//--></script></body></html>"""


def _trs(pager: str, url: str = COLUMN) -> Page:
    return page(url, TRS.replace("PAGER", pager).encode("gb18030"))


def test_trs_rows_have_links_full_titles_and_printed_dates() -> None:
    listing = Trs().listing(_trs('createPageHTML(1, 0, "index", "html");'), COLUMN)
    assert listing.rows == (
        Row(COLUMN + "202201/t20220120_1.htm", "青禾县人力资源和社会保障局2021年政府...", "01-20"),
        Row(
            "http://www.example.cn/zwgk/gk/show.html",
            "青禾县民政局2020年政府信息公开工作年度报告",
            "2021-01-15",
        ),
        Row("http://www.example.cn/a/tnull_3.html", "青禾县民政局2019年年报", None),
    )
    assert (listing.next, listing.signals) == ((), ())


def test_trs_pages_count_from_nought_and_the_first_has_no_number() -> None:
    first = Trs().listing(_trs('createPageHTML(3, 0, "index", "html");'), COLUMN)
    assert first.next == (Ask(COLUMN + "index_1.html"),)
    second = Trs().listing(_trs("createPageHTML(3, 1,'index','html')", COLUMN + "index_1.html"), COLUMN)
    assert second.next == (Ask(COLUMN + "index_2.html"),)
    last = Trs().listing(_trs('createPageHTML(3, 2, "index", "html");', COLUMN + "index_2.html"), COLUMN)
    assert last.next == ()


def test_trs_counts_on_where_a_script_says_how_many_pages_there_are() -> None:
    script = 'var currentPage = 0;var countPage = 3;//共多少页\nwrite("index" + "_" + nextPage + ".shtml")'
    assert Trs().listing(_trs(script), COLUMN).next == (Ask(COLUMN + "index_1.shtml"),)
    second = Trs().listing(_trs(script, COLUMN + "index_1.shtml"), COLUMN)
    assert second.next == (Ask(COLUMN + "index_2.shtml"),)
    assert Trs().listing(_trs(script, COLUMN + "index_2.shtml"), COLUMN).next == ()
    assert Trs().listing(_trs("var countPage = 3"), COLUMN).signals == (
        "3 pages of rows, and no name to count on from",
    )


def test_trs_says_when_a_page_is_not_a_list_or_pages_otherwise() -> None:
    assert Trs().listing(page(COLUMN, "<p>系统维护</p>".encode()), COLUMN).signals == (
        "no rows where a list is due",
    )
    other = Trs().listing(_trs("createPageHTML('paging', 25, total)"), COLUMN)
    assert "another dialect" in other.signals[0]


RECORD = (
    "<record><![CDATA[<li style=<br/>><a href='/art/2022/1/{0}/art_1_{0}.html' "
    "title='青禾县民政局20{0}年年报'>青禾..</a><span>2022-01-{0}</span></li>]]></record>"
)
NEXT = "/module/web/jpage/dataproxy.jsp?page=1&amp;appid=1&webid=1&columnid=33718&unitid=2128&webname=青禾县"
HANWEB = (
    "<html><body><ul class='main_list'></ul><div id='2128'><script type='text/xml'><datastore>"
    f'<nextgroup><![CDATA[<a href="{NEXT}"></a>]]></nextgroup>'
    f"<recordset>{RECORD.format(10)}{RECORD.format(11)}</recordset></datastore></script></div>"
    "<script>CALL</script></body></html>"
)
HANWEB_COLUMN = "http://www.example.cn/col/col33718/index.html"


def _hanweb(call: str) -> Page:
    return page(HANWEB_COLUMN, HANWEB.replace("CALL", call).encode())


def test_hanweb_rows_come_from_the_datastore_and_the_title_attribute() -> None:
    listing = Hanweb().listing(_hanweb("$('#2128').jpage({totalRecord:49,perPage:2});"), HANWEB_COLUMN)
    assert listing.rows == (
        Row("http://www.example.cn/art/2022/1/10/art_1_10.html", "青禾县民政局2010年年报", "2022-01-10"),
        Row("http://www.example.cn/art/2022/1/11/art_1_11.html", "青禾县民政局2011年年报", "2022-01-11"),
    )
    assert listing.total == 49
    assert listing.next == (Ask("http://www.example.cn" + NEXT.replace("&amp;", "&")),)


def test_hanweb_asks_by_record_number_where_the_script_does() -> None:
    call = (
        "$('#2128').jpage({totalRecord:9,perPage:2,groupSize:2,proxyUrl:'/module/jslib/jquery/jpage/dataproxy.jsp',"
        "ajaxParam:{col:1,appid:'1',webid:60,path:'/',unitid:'2128',webname:'青禾县'}});"
    )
    asks = Hanweb().listing(_hanweb(call), HANWEB_COLUMN).next
    proxy = "http://www.example.cn/module/jslib/jquery/jpage/dataproxy.jsp"
    form = "col=1&appid=1&webid=60&path=%2F&unitid=2128&webname=%E9%9D%92%E7%A6%BE%E5%8E%BF"
    assert asks == (
        Ask(f"{proxy}?startrecord=3&endrecord=6&perpage=2", form),
        Ask(f"{proxy}?startrecord=7&endrecord=9&perpage=2", form),
    )


def test_hanweb_goes_on_from_a_proxy_answer() -> None:
    answer = (
        "<datastore><totalrecord>49</totalrecord>"
        '<nextgroup><![CDATA[<a href="./dataproxy.jsp?page=2&webid=1"></a>]]></nextgroup>'
        f"<recordset>{RECORD.format(12)}</recordset></datastore>"
    )
    proxy = "http://www.example.cn/module/web/jpage/dataproxy.jsp?page=1"
    listing = Hanweb().listing(page(proxy, answer.encode()), HANWEB_COLUMN)
    assert [row.url for row in listing.rows] == ["http://www.example.cn/art/2022/1/12/art_1_12.html"]
    assert listing.next == (Ask("http://www.example.cn/module/web/jpage/dataproxy.jsp?page=2&webid=1"),)
    assert listing.total == 49


def test_hanweb_says_when_there_is_no_datastore_or_nothing_in_it() -> None:
    bare = Hanweb().listing(page(HANWEB_COLUMN, b"<ul class='main_list'></ul>"), HANWEB_COLUMN)
    assert bare.signals == ("no datastore where a list is due",)
    empty = Hanweb().listing(
        page(HANWEB_COLUMN, b"<datastore><recordset></recordset></datastore>"), HANWEB_COLUMN
    )
    assert empty.signals == ("no records in the datastore where rows are due",)


def test_a_file_number_is_no_date() -> None:
    assert printed_date("2026-02-00018 2026-01-23") == "2026-01-23"
    assert printed_date("索引号 2026-02-00018") is None
    assert printed_date("(2024/1/5)") == "2024/1/5"


ARTICLE = """<html><body><div class="side"><a href="/x/申请表.doc">申请表</a></div>
<div class="article"><div id="zoom"><p>正文</p><a href="./P020220120.pdf">年报.pdf</a>
<a href="/module/download/downfile.jsp?classid=0&filename=abc.docx">附件下载</a>
<a href="./t20220120_2.htm">另一篇</a>
<iframe src="/generic/web/viewer.html?file=/files/qzb.ofd"></iframe>
<a href="./P020220120.pdf">又一次</a></div></div></body></html>"""


def test_attachments_are_those_of_the_article() -> None:
    found = Trs().article(page(COLUMN + "202201/t20220120_1.htm", ARTICLE.encode()))
    assert found == (
        Attachment(COLUMN + "202201/P020220120.pdf", "年报.pdf"),
        Attachment(
            "http://www.example.cn/module/download/downfile.jsp?classid=0&filename=abc.docx", "附件下载"
        ),
        Attachment("http://www.example.cn/files/qzb.ofd", "qzb.ofd"),
    )


def test_an_article_says_its_own_title() -> None:
    assert own_title(page("", b"<meta name='ArticleTitle' content='A  B'><title>C</title>")) == "A B"
    assert own_title(page("", b"<title> C </title>")) == "C"
    assert own_title(page("", b"<p>none</p>")) is None
