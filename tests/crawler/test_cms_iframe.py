from crawler.cms.family import Ask, Lead, Listing, Row
from crawler.cms.iframe import Iframe
from crawler.page import Page, page

FOLDER = "http://www.example.cn/zfxxgk/mz/"
LIST = FOLDER + "nb/index_bm.shtml"
DIRECTORY = """<div class="mlList"><script>
document.write('<a href="./zn/index_bm.shtml" target="DataList">政府信息公开指南</a>');
document.write("<a href=\\"./nb/index_bm.shtml\\" target=\\"DataList\\">政府信息公开年报<\\/a>");
document.write('<a href="http://other.example.cn/" target="_blank">友情链接年报</a>');
</script></div><iframe name="DataList" src="./zn/index_bm.shtml"></iframe>"""
TREE = """<script>var zNodes=[{id:1,pId:0,name:"柳溪镇",open:true},
{ id:11, pId:1, name:"政府信息公开年报", url:"list.jsp?cid=7", target:"listFrame"}];</script>"""
SEARCH = """<li onclick="r.location='Search.aspx?columnName='+escape('命令 2')">命令</li>"""
ROW = """<tr class="odd"><td><script> var strLink = '{0}';
if (strLink != '') document.write('<a href="' + strLink + '" target="_blank">{1}</a>');
else document.write('<a href="./202001/t20200115_{2}.shtml" target="_blank">{1}</a>'); </script></td>
<td class="rq"><span>2020-01-{2}</span></td></tr>"""
ROWS = ROW.format("", "青禾县民政局2019年年报", 15) + ROW.format("http://x.example.cn/9.html", "旧年报", 16)


def _page(url: str, html: str) -> Page:
    return page(url, f"<html><body><a href='/'>首页</a>{html}</body></html>".encode("gb18030"))


def _listing(url: str, html: str) -> Listing:
    return Iframe().listing(_page(url, html), url)


def test_a_directory_written_by_script_leads_to_its_frame_only() -> None:
    assert Iframe().leads(_page(FOLDER, DIRECTORY)) == (
        Lead(FOLDER + "zn/index_bm.shtml", "政府信息公开指南"),
        Lead(LIST, "政府信息公开年报"),
    )


def test_a_tree_and_a_search_lead_to_columns_too() -> None:
    base = "http://www.example.cn/gpi/"
    assert Iframe().leads(_page(base, TREE)) == (Lead(base + "list.jsp?cid=7", "政府信息公开年报"),)
    assert Iframe().leads(_page(base, SEARCH)) == (
        Lead(base + "Search.aspx?columnName=%u547D%u4EE4%202", "命令 2"),
    )


def test_of_a_directory_the_annual_reports_are_the_column_below() -> None:
    listing = _listing(FOLDER, DIRECTORY)
    assert (listing.rows, listing.columns, listing.signals) == ((), (Lead(LIST, "政府信息公开年报"),), ())
    without = _listing(FOLDER, DIRECTORY.replace("公开年报", "公开制度"))
    assert without.signals == ("a directory in which no entry is named 年报 or 年度报告",)


def test_rows_are_script_text_and_may_lead_elsewhere() -> None:
    listing = _listing(LIST, f"<script>var countPage = 2//共多少页</script><table>{ROWS}</table>")
    assert listing.rows == (
        Row(FOLDER + "nb/202001/t20200115_15.shtml", "青禾县民政局2019年年报", "2020-01-15"),
        Row("http://x.example.cn/9.html", "旧年报", "2020-01-16"),
    )
    assert listing.next == (Ask(FOLDER + "nb/index_bm_1.shtml"),)
    assert listing.signals == ()
    last = _listing(FOLDER + "nb/index_bm_1.shtml", f"<script>var countPage=2</script><table>{ROWS}</table>")
    assert last.next == ()


def test_pages_that_lack_what_is_due_give_a_signal() -> None:
    assert _listing(LIST, "<script>var countPage = 1</script>").signals == ("no rows where a list is due",)
    nameless = _listing(FOLDER, f"<script>var countPage = 3</script><table>{ROWS}</table>")
    assert nameless.signals == ("3 pages of rows, and no name to count on from",)


def test_the_rows_of_a_search_go_on_behind_a_link() -> None:
    url = "http://www.example.cn/gpi/Search.aspx?columnName=%u547D"
    row = '<table><tr><td><a href="Detail.aspx?id=3">青禾县年报</a></td><td>2013-01-09</td></tr></table>'
    listing = _listing(url, row + '<a href="Search.aspx?columnName=%u547D&page=2">下一页</a>')
    assert listing.rows == (Row("http://www.example.cn/gpi/Detail.aspx?id=3", "青禾县年报", "2013-01-09"),)
    assert listing.next == (Ask(url + "&page=2"),)


def test_only_script_text_is_recognised() -> None:
    assert "青禾县民政局" in (Iframe().recognised(_page(LIST, f"<table>{ROWS}</table>")) or "")
    assert Iframe().recognised(_page(LIST, "<script>var countPage = 2</script>")) is None
    assert "政府信息公开指南" in (Iframe().recognised(_page(FOLDER, DIRECTORY)) or "")
    assert "columnName" in (Iframe().recognised(_page(FOLDER, SEARCH)) or "")
    plain = '<iframe name="DataList"></iframe><a href="/nb/" target="DataList">年报</a><script>1</script>'
    assert Iframe().recognised(_page(FOLDER, plain)) is None
