"""Where a list goes on, for a pager that is written as links."""

import re
from urllib.parse import urljoin

from parsel import Selector

from crawler.cms.family import is_link
from crawler.page import Page, visible

_NEXT = re.compile(r"(下一?[页頁]|后一?[页頁]|next( page)?)?[\s>»›→]*", re.IGNORECASE)
_LAST = re.compile(r"(尾页|末页|最后一?页|last( page)?)[\s>»›→]*", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:jumpToDetail|window\.open|location\.href\s*=|location\.(?:assign|replace)|goTo?(?:Page|Url))"
    r"\s*\(?\s*['\"]([^'\"]+)['\"]",
    re.IGNORECASE,
)
_CALLS = re.compile(r"javascript:\s*(?!void\b|;|history)[\w.$]+\s*\(\s*[^\s)]|__doPostBack", re.IGNORECASE)
_COUNT = re.compile(r"共\s*(\d+)\s*页|\b\d+\s*/\s*(\d+)\s*页?\b|页次[:：]?\s*\d+\s*/\s*(\d+)")
_NUMBER = re.compile(r"\d+(?=\D*$)")


def address_of(element: Selector) -> str | None:
    """Where an element leads: by its href, or by what its script opens; None for nowhere."""
    href = element.attrib.get("href", "")
    if is_link(href):
        return href.strip()
    opened = _OPENS.search(element.attrib.get("onclick", "")) or _OPENS.search(href)
    return opened[1] if opened and is_link(opened[1]) else None


def following(page: Page, column: str) -> tuple[str | None, str | None]:
    """The address of the list's next page, or why there is one that cannot be asked for."""
    links = page.root.css("a[href], [onclick]")
    buttons = [link for link in links if _says(_NEXT, link)]
    for button in buttons:
        if address := address_of(button):
            url = page.join(address)
            return (None if url in (page.url, column) else url), None
    if numbered := _numbered(page, links):
        return numbered, None
    lasts = [link for link in links if _says(_LAST, link) and address_of(link)]
    if lasts:
        return _towards(page, column, page.join(address_of(lasts[0]) or ""))
    if any(_CALLS.match(button.attrib.get("href", "").strip()) for button in buttons):
        return None, "its next page is behind a script call that is no address"
    return None, None


def _says(words: re.Pattern[str], link: Selector) -> bool:
    """By its text, or where it is an icon by its title."""
    text = visible(link) or link.attrib.get("title", "")
    return bool(text) and words.fullmatch(text) is not None


def _numbered(page: Page, links: list[Selector]) -> str | None:
    """Of links that are numbers, the one after this page, which is not linked or links to itself."""
    numbers: dict[int, str] = {}
    for link in links:
        text, address = visible(link), address_of(link)
        if text.isdecimal() and len(text) < 4 and address:
            numbers.setdefault(int(text), page.join(address))
    if not numbers:
        return None
    own = [number for number, url in numbers.items() if url == page.url]
    this = own[0] if own else next(n for n in range(1, max(numbers) + 2) if n not in numbers)
    return numbers.get(this + 1)


def _towards(page: Page, column: str, last: str) -> tuple[str | None, str | None]:
    """From the last page's address and the count: numbers go up from one or nought, or down to one."""
    number, said = _NUMBER.search(last), _COUNT.search(visible(page.root))
    if number is None or last == page.url:
        return None, None
    if said is None:
        return None, "its last page is linked, and neither the next one nor their count"
    count, end = int(next(filter(None, said.groups()))), int(number[0])
    here = _NUMBER.search(page.url)
    shaped = here is not None and _bare(page.url, here) == _bare(last, number)
    at = int(here[0]) if here and shaped else None
    if end == 1:
        then = count - 1 if at is None else at - 1
    elif end in (count, count - 1):
        then = (2 if end == count else 1) if at is None else at + 1
    else:
        return None, f"its last page has the number {end}, and it says that it has {count}"
    if not 0 < then <= max(end, count - 1) or page.url == last:
        return None, None
    return urljoin(column, f"{last[: number.start()]}{then}{last[number.end() :]}"), None


def _bare(url: str, number: re.Match[str]) -> str:
    return f"{url[: number.start()]}#{url[number.end() :]}"
