"""Guangdong's gkmlpt (NFCMS): a tree of categories in a script, each one's list asked for as JSON."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from crawler.cms.attachments import attachments
from crawler.cms.family import MOST, Ask, Attachment, Lead, Listing, Row, is_link, printed_date
from crawler.cms.jsons import answered, entries, number, words
from crawler.cms.rows import article_rows
from crawler.page import Page
from crawler.page import page as page_of
from parsers.text.scripted import article_in_script

_ARTICLE = re.compile(r"/content/(\d+/)*post_\d+\.html$")
_SID = re.compile(r"\bSID['\"]?\s*:\s*['\"]?(\d+)")
_TREE = re.compile(r"\bTREE['\"]?\s*[:=]\s*(?=\[)")
_LIST = re.compile(r"/gkmlpt/api/all/\d+$")
_REPORTS = re.compile(r"年报|年度报告")


class Gkmlpt:
    def recognised(self, page: Page) -> str | None:
        if "_CONFIG" in page.text and (_TREE.search(page.text) or article_in_script(page.text)):
            return "a script that sets _CONFIG with a TREE of categories or the DETAIL of an article"
        links = page.root.css("a::attr(href)").getall()
        told = [link for link in links if "/gkmlpt/index" in link] or _articles(links)
        return f"addresses such as {told[0]}" if told else None

    def leads(self, page: Page) -> tuple[Lead, ...]:
        """Every category that lists articles, under the names of those above it."""
        tree, sid = _tree(page), _SID.search(page.text)
        return tuple(_leaves(page, tree, sid[1], "")) if tree is not None and sid else ()

    def listing(self, page: Page, column: str) -> Listing:
        if _LIST.search(urlsplit(page.url).path):
            return _answer(page, column)
        if "_CONFIG" in page.text and "TREE" in page.text:
            return _index(self.leads(page), urlsplit(column).fragment)
        rows = article_rows(page, _ARTICLE)
        return Listing(rows, signals=() if rows else ("no rows where a list is due",))

    def article(self, page: Page) -> tuple[Attachment, ...]:
        """Of the text in the script, where the visible page has none."""
        content = article_in_script(page.text)
        return attachments(
            page if content is None else page_of(page.base, content.encode("utf-8", "replace"))
        )


def _articles(links: list[str]) -> list[str]:
    found = [link for link in links if _ARTICLE.search(urlsplit(link).path)]
    return found if len(found) >= 2 else []


def _tree(page: Page) -> list[Any] | None:
    start = _TREE.search(page.text)
    if start is None:
        return None
    try:
        found = json.JSONDecoder().raw_decode(page.text, start.end())[0]
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None


def _leaves(page: Page, nodes: list[Any], sid: str, above: str) -> Iterator[Lead]:
    for node in nodes:
        name, id, elsewhere = words(node, "name"), number(node, "id"), words(node, "jump_url")
        title = f"{above} > {name}" if above else name
        if below := entries(node, "children"):
            yield from _leaves(page, below, sid, title)
        elif elsewhere:
            if is_link(elsewhere):
                yield Lead(page.join(elsewhere), title)
        elif id is not None:
            folder = urldefrag(page.url).url.partition("/gkmlpt/")[0]
            yield Lead(f"{folder}/gkmlpt/api/all/{id}?page=1&sid={sid}", title)


def _index(leads: tuple[Lead, ...], category: str) -> Listing:
    """The tree given as a column means the category in its fragment, else all that are named for reports."""
    if not leads:
        return Listing((), signals=("no TREE of categories and no SID in the script where they are due",))
    if category:
        asked = [lead for lead in leads if f"/api/all/{category}?" in lead.url]
        says = f"no category {category} in the tree"
        return Listing((), tuple(Ask(lead.url) for lead in asked), signals=() if asked else (says,))
    named = tuple(lead for lead in leads if _REPORTS.search(lead.title))
    return Listing((), columns=named, signals=() if named else ("no category of annual reports in the tree",))


def _answer(page: Page, column: str) -> Listing:
    said = answered(page)
    articles, total = entries(said, "articles"), number(said, "classify", "post_count")
    if articles is None or total is None:
        return Listing((), signals=("no articles and classify.post_count in the JSON where a list is due",))
    rows = tuple(row for article in articles if (row := _row(article, column)))
    signals = []
    if len(rows) < len(articles):
        signals.append(f"{len(articles) - len(rows)} of {len(articles)} articles have no title or no address")
    if lost := sum(len(entries(a, "attachment") or ()) for a in articles) - sum(len(r.files) for r in rows):
        signals.append(f"{lost} attachments that the list names have no address")
    if not rows:
        signals.append(f"no rows on a page of a list of {total}")
    return Listing(rows, tuple(_next(page, len(articles), total)), total, tuple(signals))


def _next(page: Page, each: int, total: int) -> Iterator[Ask]:
    """The first page tells how many rows one has: all others are asked for from there."""
    this = parse_qs(urlsplit(page.url).query).get("page", ["1"])[0]
    if this == "1" and each:
        for following in range(2, -(-total // each) + 1)[:MOST]:
            yield Ask(re.sub(r"([?&]page=)\d+", rf"\g<1>{following}", page.url))


def _row(article: object, column: str) -> Row | None:
    url, title = words(article, "url") or words(article, "post_url"), words(article, "title")
    if not title or not is_link(url):
        return None
    dates = (words(article, key) for key in ("date", "display_publish_time", "created_at"))
    date = next((found for said in dates if (found := printed_date(said))), None)
    return Row(urldefrag(urljoin(column, url)).url, title, date, files=tuple(_files(article, column)))


def _files(article: object, column: str) -> Iterator[Attachment]:
    for file in entries(article, "attachment") or ():
        url = words(file, "url") or words(file, "path")
        if is_link(url):
            yield Attachment(urljoin(column, url), words(file, "name") or words(file, "title") or url)
