"""The departments' and townships' portal: jpage columns and their data proxy as Hanweb jcms writes them."""

from html import escape
from math import ceil
from urllib.parse import quote

from samples import render
from samples.county import BODIES, COUNTY, body
from samples.render.web import article
from samples.report import Report
from samples.sites import listing, placement
from samples.sites.page import MEDIA_TYPES, Answer, Query, Row, cut, template

PER_PAGE = 15
GROUP = 3
WEBID = 21
SITE = f"{COUNTY}政务公开网"
PROXY = "/module/web/jpage/dataproxy.jsp"
DOWNLOAD = "/module/download/downfile.jsp"
ROBOTS = "User-agent: *\nDisallow: /jcms/\nDisallow: /module/search/\n"

PAGE = template("hanweb-page")
COLUMN = template("hanweb-column")
RECORDS = template("hanweb-records")
ARTICLE = template("hanweb-article")
GONE = "<div class='error'><h3>您访问的页面不存在或已被删除</h3><p>请检查地址，或返回首页。</p></div>"


class Hanweb:
    """The portal in one phase."""

    def __init__(self, phase: int) -> None:
        self.rows = listing.columns("hanweb", phase)
        self.reports = listing.pages("hanweb", phase)
        self.decoys = listing.decoys("hanweb")
        self.files = {placement.address(r).attachment: r for r in self.reports.values()}

    def answer(self, query: Query) -> Answer:
        path = query.path
        if path == "/robots.txt":
            return Answer(ROBOTS.encode(), "text/plain; charset=utf-8")
        if path in ("/", "/index.html"):
            return _html(_page(SITE, self._columns()))
        if path in self.rows:
            return _html(_page("政府信息公开年报", _column(path, self.rows[path])))
        if path == PROXY:
            return self._proxy(query)
        if path == DOWNLOAD:
            return self._download(query.values.get("filename", ""))
        if path in self.reports:
            return self._article(self.reports[path])
        if path in self.decoys:
            decoy = self.decoys[path]
            text = "\n".join(f"<p>　　{escape(line)}</p>" for line in decoy.text)
            return _html(_shown(decoy.title, f"{decoy.published:%Y-%m-%d}", body(decoy.body).name, text))
        if path in self.files:
            report = self.files[path]
            type = "text/plain" if report.format == "txt" else MEDIA_TYPES[report.format]
            name = f"{report.title}.{report.format}"
            return Answer(render.file(report, "utf-8"), type, filename=name)
        return _html(_page("提示信息", GONE))

    def _columns(self) -> str:
        named = {placement.column(body): body for body in reversed(BODIES) if body.portal == "hanweb"}
        links = (
            f'<li><a href="{path}">{escape(body.name if placement.own_column(body) else "综合")}年报</a></li>'
            for path, body in reversed(named.items())
        )
        return "<ul>\n" + "\n".join(links) + "\n</ul>"

    def _proxy(self, query: Query) -> Answer:
        rows = self.rows.get(f"/col/col{query.values.get('columnid', '')}/index.html", ())
        try:
            start, end = (int(query.values[key]) for key in ("startrecord", "endrecord"))
        except (KeyError, ValueError):
            page = query.values.get("page", "1")
            first = (int(page) - 1 if page.isdecimal() else 0) * PER_PAGE
            start, end = first + 1, first + PER_PAGE
        shown = rows[max(start, 1) - 1 : min(end, start - 1 + GROUP * PER_PAGE)]
        text = RECORDS.substitute(
            total=len(rows), count=ceil(len(rows) / PER_PAGE), records=_records(shown, start)
        )
        return Answer(text.encode(), "text/html;charset=UTF-8")

    def _download(self, name: str) -> Answer:
        stored = f"/attach/0/{name}"
        return (
            Answer(b"", None, 302, location=stored)
            if stored in self.files
            else _html(_page("提示信息", GONE))
        )

    def _article(self, report: Report) -> Answer:
        body = article(report)
        if report.format != "html":
            name = escape(f"{report.title}.{report.format}")
            link = f"{DOWNLOAD}?classid=0&amp;filename={placement.stored_name(report)}"
            body = f'<p>附件下载：<a href="{link}" title="{name}">{name}</a></p>'
        return _html(_shown(report.title, f"{report.published:%Y-%m-%d}", report.publisher, body))


def _column(path: str, rows: tuple[Row, ...]) -> str:
    number = int(path.removeprefix("/col/col").split("/")[0])
    return COLUMN.substitute(
        unit=number * 6 + 97,
        number=number,
        proxy=PROXY,
        webid=WEBID,
        name=quote(SITE),
        total=len(rows),
        per_page=PER_PAGE,
        group=GROUP,
        records=_records(rows[:PER_PAGE], 1),
    )


def _records(rows: tuple[Row, ...], start: int) -> str:
    return "\n".join(
        f"<record><![CDATA[{_record(row, index)}]]></record>" for index, row in enumerate(rows, start)
    )


def _record(row: Row, index: int) -> str:
    """Every fourth has a stray tag in its text, every second writes its attributes in double quotes."""
    quote = '"' if index % 2 == 0 else "'"
    stray = "<li style=<br/>" if index % 4 == 0 else ""
    title = escape(row.title)
    link = f"<a href={quote}{row.path}{quote} target={quote}_blank{quote} title={quote}{title}{quote}>"
    return f"<li>{link}{stray}{escape(cut(row.title, 26))}</a><span>{row.published:%Y-%m-%d}</span></li>"


def _shown(title: str, day: str, source: str, body: str) -> str:
    content = ARTICLE.substitute(title=escape(title), day=day, source=escape(source), body=body)
    meta = (
        f'<meta name="ArticleTitle" content="{escape(title)}">\n<meta name="PubDate" content="{day}">\n'
        f'<meta name="ContentSource" content="{escape(source)}">\n'
        '<meta name="ColumnName" content="政府信息公开年报">'
    )
    return _page(title, content, meta)


def _page(title: str, content: str, meta: str = "") -> str:
    return PAGE.substitute(meta=meta, title=escape(title), site=SITE, content=content)


def _html(text: str) -> Answer:
    return Answer(text.encode(), "text/html;charset=UTF-8")
