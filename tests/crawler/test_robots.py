from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from crawler.asking.robots import Rule, robots

HOST = "http://www.example.cn"


def _said(text: str, path: str) -> Rule | None:
    return robots(text.encode()).rule(HOST + path)


def test_the_rule_that_decides_is_named_with_its_line() -> None:
    text = "# all\nUser-agent: *\nDisallow: /secret/\nAllow: /secret/nb/\nCrawl-delay: 7"
    assert str(_said(text, "/secret/a.htm")) == "line 3, Disallow: /secret/"
    assert str(_said(text, "/secret/nb/a.htm")) == "line 4, Allow: /secret/nb/"
    assert _said(text, "/a.htm") is None
    assert robots(text.encode()).delay == 7


def test_a_group_that_names_us_stands_before_that_for_all() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: Nianbao\nUser-agent: other\nDisallow: /x\n"
    assert _said(text, "/a") is None
    assert str(_said(text, "/x1")) == "line 6, Disallow: /x"


def test_a_rule_is_met_in_any_spelling_of_its_address() -> None:
    text = "User-agent: *\nDisallow: /年报/\nDisallow: /%7Ea/\nDisallow: /*.PDF$\nDisallow: /q?a=*&b"
    assert _said(text, "/%E5%B9%B4%E6%8A%A5/1") is not None
    assert _said(text, "/%e5%b9%b4%e6%8a%a5/1") is not None
    assert _said(text, "/~a/") is not None
    assert _said(text, "/x/y.PDF") is not None
    assert _said(text, "/x/y.PDF?z") is None
    assert _said(text, "/q?a=1&b=2") is not None


def test_what_is_no_robots_file_forbids_nothing() -> None:
    for body in (b"", b"<html>404 Disallow: /</html>", b"\x00\xff\xfe", b"Disallow: /", b"User-agent *"):
        assert robots(body).rule(HOST + "/") is None


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    text = "User-agent: *\nDisallow: /" + "*a" * 500 + "b$"
    assert _said(text, "/" + "a" * 5000) is None


PATTERN = st.text(st.sampled_from("/ab*$"), min_size=1, max_size=6).map(lambda text: "/" + text)
PATH = st.text(st.sampled_from("/abc"), max_size=6).map(lambda text: "/" + text)


@given(st.lists(st.tuples(st.booleans(), PATTERN), max_size=4), PATH)
def test_another_reader_of_robots_files_decides_the_same(rules: list[tuple[bool, str]], path: str) -> None:
    lines = [f"{'Allow' if allow else 'Disallow'}: {pattern}" for allow, pattern in rules]
    text = "\n".join(["User-agent: *", *lines])
    rule = _said(text, path)
    assert (rule is None or rule.allow) == Protego.parse(text).can_fetch(HOST + path, "nianbao")
