"""Directories of 政府信息公开 in frames: the tree and the rows are text of scripts in their pages."""

import re

from parsel import Selector

from crawler.cms.attachments import attachments
from crawler.cms.counted import counted
from crawler.cms.family import Ask, Attachment, Lead, Listing, Row, is_link, link_title, printed_date
from crawler.cms.following import following
from crawler.cms.rows import article_rows
from crawler.page import Page, visible

_EXTERNAL = re.compile(r"\bstrLink\s*=\s*['\"]([^'\"]+)['\"]")
_NODES = re.compile(r"\bzNodes\s*=\s*\[(.*?)\]\s*;?\s*(?:\n|</script|$)", re.DOTALL)
_NODE = re.compile(r"\{([^{}]*)\}")
_FIELD = re.compile(r"""["']?(\w+)["']?\s*:\s*(?:"([^"]*)"|'([^']*)')""")
_SEARCH = re.compile(
    r"""(Search\.aspx\?columnName=)['"]?\s*\+\s*escape\(\s*['"]([^'"]+)['"]\s*\)""", re.IGNORECASE
)
_SEARCHED = re.compile(r"Search\.aspx\?columnName=%u[0-9A-F]{4}", re.IGNORECASE)
_ARTICLE = re.compile(r"/Detail\.aspx$", re.IGNORECASE)
_REPORTS = re.compile(r"年报|年度报告")
_FRAME = "//iframe/@name | //frame/@name | //iframe/@id | //frame/@id"


class Iframe:
    def recognised(self, page: Page) -> str | None:
        if rows := _script_rows(page):
            return f"rows that are script text, with “{rows[0].title}”"
        if search := _SEARCH.search(page.text) or _SEARCHED.search(page.text):
            return f"the column search {search[0]}"
        leads = self.leads(page)
        return f"a directory in script text, with “{leads[0].title}”" if leads else None

    def leads(self, page: Page) -> tuple[Lead, ...]:
        found = {page.join(address): title for address, title in _entries(page) if is_link(address)}
        return tuple(Lead(url, title) for url, title in found.items())

    def listing(self, page: Page, column: str) -> Listing:
        rows = (*_script_rows(page), *article_rows(page, _ARTICLE))
        if not rows and (leads := self.leads(page)):
            reports = tuple(lead for lead in leads if _REPORTS.search(lead.title))
            says = () if reports else ("a directory in which no entry is named 年报 or 年度报告",)
            return Listing((), signals=says, columns=reports)
        next, signal = _next(page, column)
        signals = [] if rows else ["no rows where a list is due"]
        return Listing(rows, next, None, (*signals, *filter(None, [signal])))

    def article(self, page: Page) -> tuple[Attachment, ...]:
        return attachments(page)


def _entries(page: Page) -> list[tuple[str, str]]:
    """Addresses and titles in the scripts of a directory, of three makes."""
    frames = set(page.root.xpath(_FRAME).getall())
    written = [
        (link.attrib["href"], link_title(link))
        for script in _scripts(page.root)
        for link in _written(script)
        if link.attrib.get("target") in frames
    ]
    nodes = [_fields(node) for tree in _NODES.findall(page.text) for node in _NODE.findall(tree)]
    tree = [(node["url"], node["name"]) for node in nodes if {"url", "name", "target"} <= node.keys()]
    search = [(start + _escaped(words), words) for start, words in _SEARCH.findall(page.text)]
    return [*written, *tree, *search]


def _scripts(root: Selector) -> list[str]:
    return [script for script in root.xpath(".//script/text()").getall() if "<a" in script]


def _written(script: str) -> list[Selector]:
    """The links that a script writes into its page; in its strings quotes and slashes may be escaped."""
    return list(Selector(text=re.sub(r"\\([\"'/])", r"\1", script), type="html").css("a[href]"))


def _fields(node: str) -> dict[str, str]:
    return {name: double or single for name, double, single in _FIELD.findall(node)}


def _escaped(words: str) -> str:
    """As the `escape` of browsers writes it, which is no percent-encoding of any charset."""
    return "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "@*_+-./")
        else f"%u{ord(sign):04X}" if ord(sign) > 0xFF else f"%{ord(sign):02X}"
        for sign in words
    )  # fmt: skip


def _script_rows(page: Page) -> tuple[Row, ...]:
    lines = page.root.xpath("//tr[.//script] | //li[.//script]")
    rows = (_script_row(page, line, script) for line in lines for script in _scripts(line))
    return tuple(row for row in rows if row is not None)


def _script_row(page: Page, line: Selector, script: str) -> Row | None:
    """Where strLink says something the row leads there, else where the link leads that is written whole."""
    whole = [link for link in _written(script) if "strLink" not in link.attrib["href"]]
    external = _EXTERNAL.search(script)
    for link in whole:
        address = external[1] if external else link.attrib["href"]
        if is_link(address) and (title := link_title(link)):
            return Row(page.join(address), title, printed_date(visible(line)))
    return None


def _next(page: Page, column: str) -> tuple[tuple[Ask, ...], str | None]:
    url, signal = counted(page) or following(page, column)
    return ((Ask(url),) if url else ()), signal
