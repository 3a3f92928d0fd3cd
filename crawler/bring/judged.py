"""What an answer that somebody else saved was for: a report, a file of one, or a list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag

from w3lib.url import safe_url_string

from crawler.bring.item import Item
from crawler.bring.wayback import kept
from crawler.captures import Role
from crawler.cms.attachments import attachments
from crawler.cms.family import is_link, link_title
from crawler.links import is_other_file, judge
from crawler.page import Page, is_page, own_title, page


@dataclass(frozen=True, slots=True)
class Judged:
    """`parent` is the report's page that hands out a file."""

    role: Role
    title: str | None = None
    parent: str | None = None


@dataclass(slots=True)
class Judge:
    """Looks through all pages first: a file is a report's where the page that links to it is one, and a page
    is a report where a list says so, whatever it calls itself."""

    _named: dict[str, str] = field(default_factory=dict)
    _files: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _reports: set[str] = field(default_factory=set)

    def look(self, item: Item) -> None:
        if item.refers is not None or not is_page(body := item.body):
            return
        shown = page(item.url, body)
        files = [(address(found.url), found.title) for found in attachments(shown)]
        for url, title in files:
            if not is_other_file(title):
                self._files.setdefault(url, []).append((item.url, title))
        if item.listed or _is_report(item.title or own_title(shown), item.url):
            self._reports.add(address(item.url))
            return
        for url, title in _links(shown):
            if _is_report(title, url):
                self._named.setdefault(url, title)

    def judge(self, item: Item, body: bytes) -> Judged:
        url = address(item.url)
        named, shown = self._named.get(url), is_page(body)
        if not shown:
            for parent, title in self._files.get(url, ()):
                if address(parent) in self._reports or address(parent) in self._named:
                    return Judged("attachment", item.title or title, parent)
        own = own_title(page(item.url, body)) if shown else None
        if item.title or _is_report(own, item.url):
            named = item.title or own
        if item.listed or _is_report(named, item.url):
            return Judged("article", named or own)
        return Judged("list", named or own)


def address(url: str) -> str:
    """An address however it is written, without the web archive that a rewritten link leads to."""
    known = kept(url)
    bare = urldefrag(known.url if known else url).url
    try:
        return safe_url_string(bare)
    except ValueError:  # no address that anybody can be asked for
        return bare


def _is_report(title: str | None, url: str) -> bool:
    return judge(title or "", url).verdict == "report"


def _links(shown: Page) -> Iterator[tuple[str, str]]:
    for link in shown.root.css("a[href]"):
        if is_link(link.attrib["href"]):
            yield address(shown.join(link.attrib["href"])), link_title(link)
