"""Where a portal of samples.elsewhere keeps its items, and what their pages and files show."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from samples import render
from samples.figures import dice
from samples.sites.items import Item, items
from samples.sites.page import MEDIA_TYPES, Answer, Host, Query
from samples.sites.site import Truth


@dataclass(frozen=True, slots=True)
class Shelf:
    """Items by the path of their page, which may have a query, and by the host and path of their file."""

    pages: Mapping[str, Item]
    files: Mapping[tuple[Host, str], Item]

    def file_of(self, item: Item) -> tuple[Host, str] | None:
        return next((place for place, kept in self.files.items() if kept.id == item.id), None)

    def truth(self, bases: Mapping[Host, str]) -> Truth:
        where = {item.id: bases["www"] + quote(path, safe="/?=&") for path, item in self.pages.items()}
        pages = {where[item.id]: item.report for item in self.pages.values() if item.report}
        files = {bases[host] + quote(path): where[item.id] for (host, path), item in self.files.items()}
        return Truth(pages, files)

    def file(self, query: Query, encoding: str = "utf-8") -> Answer | None:
        item = self.files.get((query.host, query.path))
        if item is None or item.report is None:
            return None
        return Answer(render.file(item.report, encoding), MEDIA_TYPES[item.report.format])


def shelf(
    page: Callable[[Item], str], file: Callable[[Item], tuple[Host, str]], of: Container[str] | None = None
) -> Shelf:
    """`of` are the bodies whose items it has, where not all are."""
    own = [item for item in items() if of is None or item.body.id in of]
    return Shelf(
        {page(item): item for item in own}, {file(item): item for item in own if item.format != "html"}
    )


def text(item: Item, link: str | None) -> str:
    """What its page shows: the text, or nothing but the link to the file."""
    if link is None:
        return item.content()
    name = escape(f"{item.title}.{item.format}")
    says = dice(item.id, "link").choice((name, "附件下载", "点击下载", f"附件：{name}"))
    return f'<p><a href="{escape(link)}">{says}</a></p>'


def menu(*links: tuple[str, str]) -> str:
    """Names and addresses."""
    return "<ul>" + "".join(f'<li><a href="{to}">{escape(name)}</a></li>' for name, to in links) + "</ul>"
