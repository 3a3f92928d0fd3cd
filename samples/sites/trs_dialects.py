"""The county on TRS in the dialects of other provinces: five pagers, years below a column, in GB18030."""

from collections.abc import Mapping
from html import escape
from math import ceil
from string import Template

from samples.county import COUNTY, Body
from samples.figures import dice
from samples.sites.files import Files
from samples.sites.items import Item, bodies, items, listed, serial
from samples.sites.page import Answer, Host, Query, cut, template
from samples.sites.site import Column, Truth

PER_PAGE = 8
SHARED = ("government", "office")
BY_YEAR = "urban"
COUNTY_COLUMN = "/zwgk/zfxxgk/zfxxgknb/"
ROBOTS = "User-agent: *\nDisallow: /was5/\n"

PAGE, ARTICLE = template("trs-dialects-page"), template("trs-article")

# Pages, this one counted from 0 and from 1, and all rows.
CALLS = {
    "county": 'createPageHTML($pages, $nought, "index", "html");',
    "development": "createPageHTML('paging',$pages,$one,'index','html',$total);",
    "education": "createPageHTML('paging',$pages,$one,'index','html',$total);",
    "civil": "Pager({prefix:'index',suffix:'html',size:$pages,current:$nought});",
    "finance": "Pager({size:$pages, current:$nought, prefix:'index', suffix:'html'});",
    "market": "createPageHTML($pages, $nought, 'index', 'html',$total);",
}
FROM_ONE = ("development", "education")
ONE_TOO_MANY = ("county", "civil")
"""Columns whose pager counts a page that shows the last one again."""


class TrsDialects:
    def __init__(self, bases: Mapping[Host, str]) -> None:
        self.bases = bases
        self.files = Files(bases, items(), _stored)
        self.pages = {_path(item): item for item in items()}
        self.lists = {_column(body): (body.id, listed(body.id)) for body in bodies() if body.id not in SHARED}
        self.lists[COUNTY_COLUMN] = ("county", listed(*SHARED))
        _, rows = self.lists.pop(_column(_years_body()))
        for item in rows:
            year = _folder(item)
            self.lists[year] = ("year", (*self.lists.get(year, ("", ()))[1], item))

    def columns(self) -> tuple[Column, ...]:
        www = self.bases["www"]
        own = (Column(www + _column(body), body.name) for body in bodies() if body.id not in SHARED)
        return (Column(www + COUNTY_COLUMN), *own)

    def truth(self) -> Truth:
        return self.files.truth(self.pages)

    def answer(self, query: Query) -> Answer:
        if file := self.files.answer(query):
            return file
        if query.host == "files":
            return Answer(b"", None, 404)
        if query.path == "/robots.txt":
            return Answer(ROBOTS.encode(), "text/plain")
        if query.path in self.pages:
            return self._article(self.pages[query.path])
        return self._menu(query.path) or self._list(query.path) or _page("页面不存在", "", 404)

    def _menu(self, path: str) -> Answer | None:
        """From the home page over 政务公开 and 政府信息公开 to the columns."""
        own = [(body.name, _column(body)) for body in bodies() if body.id not in SHARED]
        pages = {
            "/": [("县情概况", "./xqgk/"), ("政务公开", "./zwgk/")],
            "/zwgk/": [("政策文件", "./zcwj/"), ("政府信息公开", "./zfxxgk/")],
            "/zwgk/zfxxgk/": [("政府信息公开年报", "./zfxxgknb/"), *own],
            _column(_years_body()): [
                (f"{_said(p)}年", p) for p, (who, _) in self.lists.items() if who == "year"
            ],
        }
        path = path.removesuffix("index.html")
        if path not in pages:
            return None
        links = "\n".join(f'<li><a href="{to}">{escape(name)}</a></li>' for name, to in pages[path])
        return _page(f"{COUNTY}人民政府", f"<ul>{links}</ul>")

    def _list(self, path: str) -> Answer | None:
        column, _, name = path.rpartition("/")
        if f"{column}/" not in self.lists:
            return None
        who, rows = self.lists[f"{column}/"]
        if who not in CALLS:
            return (
                _page("政府信息公开年报", _rows(rows, f"{column}/", who))
                if name in ("", "index.html")
                else None
            )
        count, first = ceil(len(rows) / PER_PAGE), 1 if who in FROM_ONE else 0
        names = ["index.html", *(f"index_{number + first}.html" for number in range(1, count + 1))]
        if (name or "index.html") not in names[: count + (who in ONE_TOO_MANY)]:
            return None
        this = min(names.index(name or "index.html"), count - 1)
        pinned = rows[:1] if who == "county" and this else ()
        shown = (*pinned, *rows[this * PER_PAGE : (this + 1) * PER_PAGE])
        pages = count + (who in ONE_TOO_MANY)
        call = Template(CALLS[who]).substitute(pages=pages, nought=this, one=this + 1, total=len(rows))
        script = f'<div id="paging"></div><script>\n<!--\n{call}\n//-->\n</script>'
        return _page("政府信息公开年报", _rows(shown, f"{column}/", who) + script)

    def _article(self, item: Item) -> Answer:
        file, content = self.files.of.get(item.id), item.content()
        if file:
            folder = _path(item).rpartition("/")[0]
            link = file.link.replace(folder, ".", 1) if file.link.startswith(folder) else file.link
            content = f'<p><a href="{link}">{escape(item.title)}.{item.format}</a></p>'
        day = f"{item.published:%Y-%m-%d}"
        text = ARTICLE.substitute(title=escape(item.title), day=day, source=item.source, body=content)
        return _page(item.title, f'<meta name="ArticleTitle" content="{escape(item.title)}">{text}')


def _rows(rows: tuple[Item, ...], column: str, who: str) -> str:
    """Titles are cut in the county's list, days have no year in the departments'."""
    lines = []
    for item in rows:
        title = cut(item.title, 22) if who == "county" else item.title
        day = f"{item.published:%m-%d}" if who in CALLS and who != "county" else f"{item.published:%Y-%m-%d}"
        link = "./" + _path(item).removeprefix(column)
        lines.append(f'<li><a href="{link}" target="_blank">{escape(title)}</a><span>{day}</span></li>')
    return f'<ul class="list">{"".join(lines)}</ul>'


def _years_body() -> Body:
    return next(body for body in bodies() if body.id == BY_YEAR)


def _column(body: Body) -> str:
    if body.id in SHARED:
        return COUNTY_COLUMN
    return f"/{'zfbm' if body.office else 'xzjd'}/{body.id}/xxgk/zfxxgknb/"


def _folder(item: Item) -> str:
    """The column of the item, which for one body is that of its year."""
    year = f"{item.published.year - 1}n/" if item.body.id == BY_YEAR else ""
    return _column(item.body) + year


def _said(column: str) -> str:
    return column.rstrip("/").rpartition("/")[2].removesuffix("n")


def _path(item: Item) -> str:
    """Townships' articles have lost their day in one way or another."""
    day = f"{item.published:%Y%m%d}"
    if not item.body.office and item.published.year < 2018:
        day = dice(item.id, "day").choice(("null", "19700101"))
    ending = "shtml" if day == "19700101" else "html"
    return f"{_folder(item)}{item.published:%Y%m}/t{day}_{serial(item.id)}.{ending}"


def _stored(item: Item) -> str:
    letter = "W" if item.format == "docx" else "P"
    name = f"{letter}0{item.published:%Y%m%d}{dice(item.id, 'file').randrange(10**9, 10**10)}"
    return f"{_path(item).rpartition('/')[0]}/{name}.{item.format}"


def _page(title: str, content: str, status: int = 200) -> Answer:
    text = PAGE.substitute(title=escape(title), site=f"{COUNTY}人民政府", content=content)
    return Answer(text.encode("gb18030"), "text/html", status)
