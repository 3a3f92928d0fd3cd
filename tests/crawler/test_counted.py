from crawler.cms.counted import counted
from crawler.page import Page, page

COLUMN = "http://www.example.cn/zwgk/nb/"
SCRIPT = 'var countPage = 3//共多少页\nwrite("index" + "_" + nextPage + ".shtml")'


def _page(name: str, script: str) -> Page:
    return page(COLUMN + name, f"<html><body><script>{script}</script></body></html>".encode())


def test_the_name_is_the_pages_own_or_the_one_that_the_script_writes() -> None:
    assert counted(_page("list.htm", "var countPage = 2")) == (COLUMN + "list_1.htm", None)
    assert counted(_page("", SCRIPT)) == (COLUMN + "index_1.shtml", None)
    assert counted(_page("", SCRIPT.replace('" + "_"', '_"'))) == (COLUMN + "index_1.shtml", None)
    assert counted(_page("index_1.shtml", SCRIPT)) == (COLUMN + "index_2.shtml", None)


def test_the_last_page_is_the_last() -> None:
    assert counted(_page("index_2.shtml", SCRIPT)) == (None, None)
    assert counted(_page("", "var countPage = 1")) == (None, None)


def test_a_count_without_a_name_says_so_and_a_page_without_a_count_is_none_of_these() -> None:
    assert counted(_page("", "var countPage = 3")) == (None, "3 pages of rows, and no name to count on from")
    assert counted(_page("", "var pages = 3")) is None
