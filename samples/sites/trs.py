"""The county government's portal: static pages as TRS WCM writes them, in GB18030."""

from html import escape
from math import ceil

from samples import render
from samples.county import BODIES, COUNTY, DIVISION
from samples.figures import dice
from samples.render.web import article
from samples.report import Report
from samples.sites import listing, placement
from samples.sites.page import MEDIA_TYPES, Answer, Query, Row, cut, template

PER_PAGE = 15
SITE = f"{COUNTY}人民政府"
ROBOTS = "User-agent: *\nDisallow: /was5/\nDisallow: /zwgk/nbwj/\n"

PAGE = template("trs-page")
LIST = template("trs-list")
ROW = template("trs-row")
ARTICLE = template("trs-article")


class Trs:
    """The portal in one phase."""

    def __init__(self, phase: int) -> None:
        self.rows = listing.columns("trs", phase)
        self.reports = listing.pages("trs", phase)
        self.decoys = listing.decoys("trs")
        self.files = {placement.address(r).attachment: r for r in self.reports.values()}

    def answer(self, query: Query) -> Answer:
        path = query.path
        if path == "/robots.txt":
            return Answer(ROBOTS.encode(), "text/plain")
        if path in ("/", "/index.html", "/zwgk/", "/zwgk/zfxxgk/"):
            return _html(path, _page(SITE, self._columns()))
        if path in self.reports:
            return self._article(path, self.reports[path])
        if path in self.decoys:
            decoy = self.decoys[path]
            text = "\n".join(f"<p>　　{escape(line)}</p>" for line in decoy.text)
            return _html(path, _shown(decoy.title, f"{decoy.published:%Y-%m-%d}", SITE, text))
        if path in self.files:
            report = self.files[path]
            return Answer(render.file(report, "gb18030"), MEDIA_TYPES[report.format])
        return self._column(path) or _html(path, _page("页面不存在", "<p>您访问的页面不存在。</p>"), 404)

    def _columns(self) -> str:
        named = {placement.column(body): body.name for body in reversed(BODIES) if body.portal == "trs"}
        links = (
            f'<li><a href="{path}">{escape(name)}政府信息公开年报</a></li>'
            for path, name in reversed(named.items())
        )
        inner = '<li><a href="/zwgk/nbwj/">内部文件</a></li>'
        return "<ul>\n" + "\n".join((*links, inner)) + "\n</ul>"

    def _article(self, path: str, report: Report) -> Answer:
        file = placement.address(report).attachment
        body = article(report)
        if file:
            name = f"{report.title}.{report.format}"
            body = f'<p><a href="{_relative(path, file)}" title="{escape(name)}">{escape(name)}</a></p>'
        return _html(path, _shown(report.title, f"{report.published:%Y-%m-%d}", report.publisher, body))

    def _column(self, path: str) -> Answer | None:
        column, _, name = path.rpartition("/")
        rows = self.rows.get(f"{column}/")
        if rows is None:
            return None
        count = ceil(len(rows) / PER_PAGE)
        names = ["index.html", *(f"index_{number}.html" for number in range(1, count))]
        if (name or "index.html") not in names:
            return None
        current = names.index(name or "index.html")
        shown = rows[current * PER_PAGE : (current + 1) * PER_PAGE]
        if f"{column}/" == placement.COUNTY_COLUMN:
            shown = (listing.pinned(rows), *shown)
        lines = "\n".join(_row(number, row, f"{column}/") for number, row in enumerate(shown))
        return _html(
            path, _page("政府信息公开年报", LIST.substitute(rows=lines, count=count, current=current))
        )


def _row(number: int, row: Row, column: str) -> str:
    gap = '<tr><td colspan="3" height="10"></td></tr>\n' if number and number % 5 == 0 else ""
    link = _relative(column, row.path)
    return gap + ROW.substitute(link=link, title=escape(cut(row.title, 22)), day=f"{row.published:%m-%d}")


def _relative(page: str, target: str) -> str:
    """`./` or `../` as TRS writes links: from the folder of one page to another page."""
    here, there = page.rsplit("/", 1)[0].split("/"), target.split("/")
    same = 0
    while same < min(len(here), len(there) - 1) and here[same] == there[same]:
        same += 1
    return ("../" * (len(here) - same) or "./") + "/".join(there[same:])


def _shown(title: str, day: str, source: str, body: str) -> str:
    content = ARTICLE.substitute(title=escape(title), day=day, source=escape(source), body=body)
    meta = (
        f'<meta name="ArticleTitle" content="{escape(title)}" />\n<meta name="PubDate" content="{day}" />\n'
        f'<meta name="ContentSource" content="{escape(source)}" />\n<meta name="SiteName" content="{SITE}" />'
    )
    return _page(title, content, meta)


def _page(title: str, content: str, meta: str = "") -> str:
    charset = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />\n'
    return PAGE.substitute(
        meta=charset + meta, title=escape(title), site=SITE, content=content, code=DIVISION
    )


def _html(path: str, text: str, status: int = 200) -> Answer:
    """The header names no charset, or a wrong one, or is not there at all."""
    types = (None, "text/html", "text/html; charset=ISO-8859-1")
    return Answer(text.encode("gb18030"), dice(path, "charset").choice(types), status)
