"""Lists whose script says how many pages there are, in a variable, and makes the links by itself."""

import re
from urllib.parse import urljoin, urlsplit

from crawler.page import Page

_PAGES = re.compile(r"\bvar\s+countPage\s*=\s*(\d{1,9})")
_NAME = re.compile(r"/([\w-]+?)(?:_(\d+))?(\.s?html?)$")
_MADE = re.compile(r"""["']([\w-]+)(?:_["']|["']\s*\+\s*["']_["'])\s*\+\s*\w+\s*\+\s*["'](\.s?html?)""")


def counted(page: Page) -> tuple[str | None, str | None] | None:
    """Where `var countPage` says how many pages a list has: the next, or why it cannot be asked for.

    Page n is `name_(n-1)`, by this page's name or, where that is a folder, the one that the script writes."""
    pages = _PAGES.search(page.text)
    if pages is None:
        return None
    here, made = _NAME.search(urlsplit(page.url).path), _MADE.search(page.text)
    this = int(here[2] or 0) if here else 0
    if this + 1 >= int(pages[1]):
        return None, None
    name, ending = (here[1], here[3]) if here else (made[1], made[2]) if made else (None, None)
    if name is None:
        return None, f"{pages[1]} pages of rows, and no name to count on from"
    return urljoin(page.url, f"{name}_{this + 1}{ending}"), None
