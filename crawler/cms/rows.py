"""The rows of a list that is written into its page as links."""

import re
from itertools import takewhile
from urllib.parse import urldefrag, urlsplit

from parsel import Selector

from crawler.cms.family import Row, is_link, link_title, printed_date
from crawler.page import Page, visible

_LINES = "ancestor::li | ancestor::tr | ancestor::dl | ancestor::dd | ancestor::p"


def article_rows(page: Page, article: re.Pattern[str]) -> tuple[Row, ...]:
    """Links whose address is shaped like an article of the family, and links that stand alone beside a
    date in their line; one a line and address."""
    rows: dict[tuple[str, object], Row] = {}
    for link in page.root.css("a[href]"):
        if not is_link(link.attrib["href"]):
            continue
        url = urldefrag(page.join(link.attrib["href"])).url
        lines, title = _lines(link), link_title(link)
        date = _date_beside(link, lines)
        if title and (date or article.search(urlsplit(url).path)):
            rows.setdefault((url, lines[0].root if lines else None), Row(url, title, date))
    return tuple(rows.values())


def _lines(link: Selector) -> list[Selector]:
    """What the link is a line of, the nearest first, as long as no other link is in it."""
    around = reversed(link.xpath(_LINES))
    return list(takewhile(lambda line: len(set(line.css("a::attr(href)").getall())) == 1, around))


def _date_beside(link: Selector, lines: list[Selector]) -> str | None:
    dates = (printed_date(visible(line).replace(visible(link), " ", 1)) for line in lines)
    return next((date for date in dates if date), None)
