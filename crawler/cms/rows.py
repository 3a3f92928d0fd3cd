"""The rows of a list that is written into its page as links."""

import re
from urllib.parse import urldefrag, urlsplit

from scrapy import Selector

from crawler.cms.family import Row, is_link, link_title, printed_date
from crawler.page import Page, visible

_ROW = "(ancestor::li | ancestor::tr | ancestor::dl | ancestor::dd | ancestor::p)[last()]"


def article_rows(page: Page, article: re.Pattern[str]) -> tuple[Row, ...]:
    """Links whose address is shaped like an article of the family, and links that stand alone beside a
    date in their line; one a line and address."""
    rows: dict[tuple[str, object], Row] = {}
    for link in page.root.css("a[href]"):
        if not is_link(link.attrib["href"]):
            continue
        url = urldefrag(page.join(link.attrib["href"])).url
        line, title = _line(link), link_title(link)
        date = _date_beside(link, line)
        if title and (date or article.search(urlsplit(url).path)):
            rows.setdefault((url, line.root if line else None), Row(url, title, date))
    return tuple(rows.values())


def _line(link: Selector) -> Selector | None:
    around = link.xpath(_ROW)
    return around[0] if around else None


def _date_beside(link: Selector, line: Selector | None) -> str | None:
    if line is None or len(set(line.css("a::attr(href)").getall())) != 1:
        return None
    return printed_date(visible(line).replace(visible(link), " ", 1))
