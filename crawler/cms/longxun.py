"""Anhui's 龙讯 and its copies in Sichuan: columns by year, whose page is the year's report itself."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from parsel import Selector

from crawler.cms.attachments import attachments
from crawler.cms.family import Ask, Attachment, Lead, Listing, Row, is_link, link_title
from crawler.cms.rows import article_rows
from crawler.page import Page, visible

_ARTICLE = re.compile(r"/public/\d+/\d+\.html$")
_NAMES = r"/(XxgkAnnualReport|Xxgknb|OpennessAnnualReport)"
_MODULE = re.compile(_NAMES + r"/(show|download)/\d+\.html$", re.IGNORECASE)
_YEAR_INDEX = re.compile(_NAMES + r"/year/(\d+/)?20\d\d\.html$", re.IGNORECASE)
_COLUMN = re.compile(r"/public/column/\d+")
# The script that fetches further rows: its address with a query, or with an object of parameters.
_LABEL = re.compile(r"""["']([\w/.-]*/site/label/\d+)(?:\?([^"']*))?["'](?:[^{}]{0,40}\{([^}]*)\})?""")
_PARAMETER = re.compile(r"""["']?(\w+)["']?\s*:\s*["']?([^,"'}]*)""")
_PAGES = re.compile(r"""\bpageCount["']?\s*[:=]\s*["']?(\d+)""")


class Longxun:
    def recognised(self, page: Page) -> str | None:
        if page.root.css("ul#timeFrame"):
            return "ul#timeFrame, the years of a column"
        for link in page.root.css("a::attr(href)").getall():
            path = urlsplit(link.strip()).path
            if _MODULE.search(path) or _YEAR_INDEX.search(path) or _COLUMN.search(path):
                return f"addresses such as {link.strip()}"
        return None

    def leads(self, page: Page) -> tuple[Lead, ...]:  # noqa: ARG002 - its columns are ordinary links
        return ()

    def listing(self, page: Page, column: str) -> Listing:
        links = [link for link in page.root.css("a[href]") if is_link(link.attrib["href"])]
        years = [link for link in links if link.xpath("ancestor::ul[@id='timeFrame']")]
        listed = (*_module_rows(page, links), *article_rows(page, _ARTICLE))
        columns = _below(page, years, links)
        pages, asked = _pages(page)
        next = _next(page, column, asked + 1) if asked < pages else ()
        signals = []
        if not listed and (_query(page.url).get("timeFrame") or not (years or columns or next)):
            signals.append("no rows where a list is due")
        if asked < pages and not next:
            signals.append(f"{pages} pages of rows, and no label to ask for them")
        return Listing((*_shown(page, years), *listed), next, None, tuple(signals), columns)

    def article(self, page: Page) -> tuple[Attachment, ...]:
        return attachments(page)


def _shown(page: Page, years: list[Selector]) -> tuple[Row, ...]:
    """The years whose report stands in the column's own page, under the address of that year."""
    return tuple(
        Row(page.join(year.attrib["href"]), visible(year), None, sure=True)
        for year in years
        if _has_content(year.attrib["href"])
    )


def _has_content(href: str) -> bool:
    return _query(href).get("hasContent") == "true"


def _module_rows(page: Page, links: list[Selector]) -> tuple[Row, ...]:
    """Of a report's page and its file the page; the module holds annual reports and nothing else."""
    rows: dict[str, Row] = {}
    for link in links:
        url = page.join(link.attrib["href"])
        title = link_title(link)
        if (kind := _MODULE.search(urlsplit(url).path)) and title:
            number = re.sub(r"\D+", "", url.rpartition("/")[2].partition(".")[0])
            if kind[2].lower() == "show" or number not in rows:
                rows[number] = Row(url, title, None, sure=True)
    return tuple(rows.values())


def _below(page: Page, years: list[Selector], links: list[Selector]) -> tuple[Lead, ...]:
    """Years with a list of their own, but for the one that this page is."""
    named = [year for year in years if not _has_content(year.attrib["href"])]
    named += [link for link in links if _YEAR_INDEX.search(urlsplit(page.join(link.attrib["href"])).path)]
    leads = {page.join(link.attrib["href"]): visible(link) for link in named}
    return tuple(Lead(url, title) for url, title in leads.items() if url != page.url)


def _pages(page: Page) -> tuple[int, int]:
    """How many pages the list has, as its script says, and which of them this is."""
    said, asked = _PAGES.search(page.text), _query(page.url).get("pageIndex", "1")
    return int(said[1]) if said else 1, int(asked) if asked.isdecimal() else 1


def _next(page: Page, column: str, number: int) -> tuple[Ask, ...]:
    """The rows behind the first ones come from the label that the column's script names."""
    address, values = page.url.partition("?")[0], _query(page.url)
    if "labelName" not in values:
        call = _LABEL.search(page.text)
        if call is None:
            return ()
        address = urljoin(column, call[1])
        values = _query(f"?{call[2] or ''}") or dict(_PARAMETER.findall(call[3] or ""))
    return (Ask(f"{address}?{urlencode(values | {'pageIndex': str(number)})}"),)


def _query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
