import pytest

from crawler.cms.following import following
from crawler.page import page

COLUMN = "http://www.example.cn/xxgk/nb/"

GOES_ON = [
    ("", '<a href="list_2.html">下一页</a>', "list_2.html"),
    ("", '<a href="list_2.html"> 下页 &gt;&gt; </a>', "list_2.html"),
    ("", '<a href="?page=2" title="下一页"><i></i></a>', "?page=2"),
    ("", "<span onclick=\"location.href='./index_1.html'\">下一页</span>", "index_1.html"),
    ("", "<a href=\"javascript:jumpToDetail('./index_1.html')\">下一页</a>", "index_1.html"),
    ("", '<span>1</span><a href="?p=2">2</a><a href="?p=3">3</a>', "?p=2"),
    ("?p=2", '<a href="?p=1">1</a><span>2</span><a href="?p=3">3</a>', "?p=3"),
    ("?p=2", '<a href="?p=1">1</a><a href="?p=2">2</a><a href="?p=3">3</a>', "?p=3"),
    ("", '共13页 <a href="12.htm">2</a> <a href="11.htm">3</a>', "12.htm"),
    ("", '共13页 <a href="nb/1.htm">尾页</a>', "nb/12.htm"),
    ("nb/12.htm", '共13页 <a href="1.htm">尾页</a>', "nb/11.htm"),
    ("", '1/4页 <a href="list_4.html">末页</a>', "list_2.html"),
    ("list_2.html", '2/4页 <a href="list_4.html">末页</a>', "list_3.html"),
    ("", '共4页 <a href="index_3.html">尾页</a>', "index_1.html"),
    ("index_1.html", '共4页 <a href="index_3.html">尾页</a>', "index_2.html"),
    ("", '共2页 <a href="?page=2">尾页</a>', "?page=2"),
]
ENDS = [
    ("", "<p>没有更多</p>"),
    ("list_4.html", '<a href="list_4.html">下一页</a><a href="list_4.html">尾页</a>'),
    ("list_4.html", '<a href="javascript:;">下一页</a> 4/4页'),
    ("index_3.html", '共4页 <a href="index_3.html">尾页</a>'),
    ("nb/1.htm", '共13页 <a href="1.htm">尾页</a>'),
    ("?p=3", '<a href="?p=1">1</a><a href="?p=2">2</a><span>3</span>'),
    ("", '<a href="/2022/">2022</a><a href="#">下一页</a>'),
]
UNCLEAR = [
    ('<a href="list_4.html">尾页</a>', "neither the next one nor their count"),
    ('共9页 <a href="list_4.html">尾页</a>', "has the number 4, and it says that it has 9"),
    ('<a href="javascript:goto(2)">下一页</a>', "behind a script call"),
    ("<a href=\"javascript:__doPostBack('Pager','2')\">下一页</a>", "behind a script call"),
]


@pytest.mark.parametrize(("at", "html", "then"), GOES_ON)
def test_a_list_goes_on(at: str, html: str, then: str) -> None:
    shown = page(COLUMN + at, f"<html><body>{html}</body></html>".encode())
    assert following(shown, COLUMN) == (COLUMN + then, None)


@pytest.mark.parametrize(("at", "html"), ENDS)
def test_a_list_ends(at: str, html: str) -> None:
    assert following(page(COLUMN + at, f"<html><body>{html}</body></html>".encode()), COLUMN) == (None, None)


@pytest.mark.parametrize(("html", "says"), UNCLEAR)
def test_a_list_that_goes_on_unclearly_says_so(html: str, says: str) -> None:
    url, signal = following(page(COLUMN, f"<html><body>{html}</body></html>".encode()), COLUMN)
    assert url is None
    assert signal is not None
    assert says in signal
