"""The shapes of article addresses met at portals: data, with an example of each."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_HEX32 = "[0-9a-f]{32}"
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True, slots=True)
class Dialect:
    """`shape` is searched for in path and query."""

    name: str
    shape: re.Pattern[str]
    example: str


def _dialect(name: str, shape: str, example: str) -> Dialect:
    return Dialect(name, re.compile(shape, re.IGNORECASE), example)


def dialect(url: str) -> str | None:
    """The first shape that this address has."""
    parts = urlsplit(url)
    asked = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return next((known.name for known in DIALECTS if known.shape.search(asked)), None)


DIALECTS = (
    _dialect("t-date", r"/t(\d{8}|null)_\d+(\.s?html?)?$", "/zwgk/202202/t20220208_80613.htm"),
    _dialect(
        "art", r"/art/\d{4}/(\d+/\d+/art_\d+_\d+|art_[0-9a-f-]{32,36})(\.html)?$", "/art/2022/1/9/art_1_4"
    ),
    _dialect("year-month", r"/\d{4}-\d\d/\d\d/(content|c)_\d+", "/zwgk/2023-01/18/content_4471.htm"),
    _dialect("c.html", r"/\d{8}/[0-9a-f]+/c\.html$", "/gk/20230118/4f2a9c01/c.html"),
    _dialect("web", r"/web/.+/\d{12,}/index\.shtml$", "/web/gk/nb/1674012345678/index.shtml"),
    _dialect("ARTI", r"/ARTI\w{10,}", "/2023/01/18/ARTI1674012345678901.shtml"),
    _dialect("c-content", r"/c\d+/content\.html$", "/gk/nb/c104455/content.html"),
    _dialect("digits-index", r"/\d{5,9}/index\.html?$", "/gk/nb/104455/index.html"),
    _dialect("long-index", r"/\d{12,}/index", "/gk/nb/1674012345678/index"),
    _dialect("month-hex", rf"/\d{{6}}/{_HEX32}\.s?html$", f"/gk/202106/{'0f' * 16}.shtml"),
    _dialect("pnidpv", r"pnidpv\d+", "/site/pnidpv4471.html"),
    _dialect("portal", r"/portal/article/\w+/\d+", "/portal/article/12/4471"),
    _dialect("p1", r"/p1/.+/\d+\.html$", "/p1/gk/nb/4471.html"),
    _dialect("fabu", r"/fabu/xiangqing/\d+", "/fabu/xiangqing/4471"),
    _dialect("day", r"/\d{4}-\d\d-\d\d/\d+", "/gk/2023-01-18/4471.html"),
    _dialect("safe", r"/safe/\d{4}/\d{4}/\d+", "/safe/2023/0118/4471.html"),
    _dialect("eight-digits", r"/\d{8}/\d+(\.s?html?)?$", "/zfxxgkndbg8282/20180123/707615.html"),
    _dialect("day-hex", rf"/\d{{4}}/\d{{1,2}}/\d{{1,2}}/{_HEX32}", f"/2023/1/18/{'0f' * 16}.html"),
    _dialect(
        "columns", rf"/columns/{_UUID}/\d{{6}}/\d\d/{_UUID}",
        "/columns/0f0f0f0f-1a2b-3c4d-5e6f-0123456789ab/202302/17/0f0f0f0f-1a2b-3c4d-5e6f-0123456789ac.html",
    ),
    _dialect("date-hex", rf"/\d{{8}}/{_HEX32}", f"/gk/20230118/{'0f' * 16}.html"),
    _dialect("info", r"/info/\d+/\d+\.htm$", "/info/1025/61695.htm"),
    _dialect(
        "two-numbers", r"/(single|article|contents?|html)/(\w+/)?\d{3,}\.html$", "/contents/341/3859.html"
    ),
    _dialect("path of numbers", r"/html/(\d*/)+\d{3,}\.html$", "/html/1//2/151/164/4471.html"),
    _dialect("month-day", r"/\d{4}/\d\d-\d\d/\d+\.html$", "/2021/02-01/4471.html"),
    _dialect("serial", r"/show/\d{14}[\d-]*\.html$", "/xxgk/show/20160111120015-4471-00-000.html"),
    _dialect("post", r"/post_\d+\.html$", "/zfxxgknb/content/post_9472698.html"),
    _dialect("named number", r"/content[-_/](\w+_)?\d+\.html$", "/gkb/content/gk_4471.html"),
    _dialect("object", r"\bobjectId=\d+", "/site/toPage?newsClassId=6&objectId=4471"),
    _dialect("show", rf"/xxgk-show-\d+\.html$|/show/{_HEX32}\.html$", "/xxgk-show-202494.html"),
    _dialect("content", r"/content_\d+(\.\w+)?$", "/gk/zfxxgknb/2022/content_184762"),
    _dialect("content-uuid", rf"/content/{_UUID}", "/gk/content/0f0f0f0f-1a2b-3c4d-5e6f-0123456789ab.html"),
    _dialect("snowflake", r"/(\d{19}|[0-9a-f]{24})\.html$", "/zfxxgknb/xj/1753311688616128514.html"),
    _dialect("sixteen", r"/\d{6}/\d{16}\.html$", "/html/ASTDQ/202601/0176818022879518.html"),
    _dialect("jhtml", r"/\d+\.jhtml$", "/D42Y/4678298.jhtml"),
    _dialect("doc", r"/doc/\d{4}/\d\d/\d\d/\d+\.shtml$", "/doc/2026/01/23/4722822.shtml"),
    _dialect("c-number", r"/\d{6}/c\d+_\d+\.s?html$", "/tyx/c102059/202301/c04_274952.shtml"),
    _dialect(
        "by id", r"(show|details?|view|info|news|article)\w*\.(aspx?|jsp|php|do)\?(.*&)?id=\w+",
        "/e/action/ShowInfo.php?classid=174&id=7841&tempid=14",
    ),
)  # fmt: skip
