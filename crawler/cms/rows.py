"""The rows of a list that is written into its page as links."""

import re
from urllib.parse import urlsplit

from scrapy import Selector

from crawler.cms.family import Row, is_link, link_title, printed_date
from crawler.page import Page, visible

_ROW = "(ancestor::li | ancestor::tr | ancestor::dl | ancestor::dd | ancestor::p)[last()]"


def article_rows(page: Page, article: re.Pattern[str]) -> tuple[Row, ...]:
    """Links whose address is shaped like an article of the family, and links that stand alone beside a
    date in their line; the first of each address."""
    rows: dict[str, Row] = {}
    for link in page.root.css("a[href]"):
        row = _row(page, link, article)
        if row is not None:
            rows.setdefault(row.url, row)
    return tuple(rows.values())


def _row(page: Page, link: Selector, article: re.Pattern[str]) -> Row | None:
    if not is_link(link.attrib["href"]):
        return None
    url = page.join(link.attrib["href"])
    date = _date_beside(link)
    if date is None and not article.search(urlsplit(url).path):
        return None
    title = link_title(link)
    return Row(url, title, date) if title else None


def _date_beside(link: Selector) -> str | None:
    around = link.xpath(_ROW)
    if not around or len(set(around.css("a::attr(href)").getall())) != 1:
        return None
    return printed_date(visible(around[0]).replace(visible(link), " ", 1))
