"""What a page says changes with its report and with nothing else."""

import pytest

from crawler.page import own_title, page
from crawler.wording import wording

TEXT = (
    "<p>2021年，青禾县民政局主动公开政府信息21条，网站访问量12345次。</p><table><tr><td>21</td></tr></table>"
)
FURNITURE = (
    "<div>发布时间：2022-01-20 来源：青禾县民政局 浏览次数：{count}次 【字体：大 中 小】 打印 关闭</div>"
    "<p>打印日期：{day}</p><p>今天是{day} 星期四</p><script>var hits={count}</script>"
    "<span>阅读：<b>{count}</b></span><p>下一篇：{day}的通知</p>"
)


def _page(
    text: str = TEXT, *, body: str = '<div class="TRS_Editor">{}</div>', count: int = 7, day: str = "1月2日"
) -> str:
    furniture = FURNITURE.format(count=count, day=day)
    article = f"<h1>年报</h1>{body.format(furniture + text)}"
    return f"<title>年报</title><nav>{day}</nav>{article}<footer>{count}</footer>"


def _says(html: str) -> str:
    shown = page("http://www.example.cn/t1.htm", html.encode())
    return wording(shown, own_title(shown))


@pytest.mark.parametrize("body", ['<div class="TRS_Editor">{}</div>', "<div>{}</div>"])
def test_counters_dates_of_the_day_and_scripts_say_nothing(body: str) -> None:
    assert _says(_page(body=body, count=99, day="3月4日")) == _says(_page(body=body))


@pytest.mark.parametrize("body", ['<div class="TRS_Editor">{}</div>', "<div>{}</div>"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("21条", "22条"),
        ("<td>21<", "<td>12<"),
        ("访问量12345次", "访问量12346次"),
        ("主动公开", "依申请公开"),
    ],
)
def test_a_changed_report_says_something_else(body: str, old: str, new: str) -> None:
    assert _says(_page(TEXT.replace(old, new), body=body)) != _says(_page(body=body))


def test_what_stands_around_a_known_body_says_nothing() -> None:
    around = '<div>最新：{}</div><div class="TRS_Editor">{}</div>'
    assert _says(around.format("一", TEXT)) == _says(around.format("二", TEXT))


def test_markup_and_blanks_say_nothing() -> None:
    other = TEXT.replace("主动", "<b>主</b>动 ").replace("<td>", "<td><!-- x -->")
    assert _says(f"<div id='zoom'>{TEXT}</div>") == _says(f"<div id='zoom'>\n <span>{other}</span></div>")


def test_a_page_nested_without_end_says_something() -> None:
    assert _says(f"{'<div>' * 50_000}一") == _says(f"{'<div>' * 60_000}一")


def test_a_changed_title_says_something_else() -> None:
    assert _says(f"<h1>2021</h1>{TEXT}") != _says(f"<h1>2020</h1>{TEXT}")
