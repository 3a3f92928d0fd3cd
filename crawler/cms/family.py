"""What an adapter of a CMS family gives: the rows of a list page and where the list goes on."""

import re
from dataclasses import dataclass
from typing import Protocol

from parsel import Selector

from crawler.page import Page, visible

_DATE = re.compile(r"(?<![\d-])((?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d\d-\d\d)(?![\d-])")

MOST = 10_000
"""Pages of a list that one answer can call for, whatever count it claims. Where that was too few, fewer rows
were read than the list says it has, which the run says."""

_NO_LINK = re.compile(r"\s*(#|javascript:|mailto:|tel:|data:)|.*(\{\{|\$\{)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attachment:
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a column. `date` is as printed, which may be without a year. `sure` where the column
    holds annual reports and nothing else by its making (a module of them), so that no title need say so.
    `files` are those that the list itself names, whether the article links to them or not."""

    url: str
    title: str
    date: str | None
    sure: bool = False
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A further page of a list; with `form`, it is posted."""

    url: str
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """A link to a column, as it stands in a tree, a script or a menu of the portal."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Listing:
    """`total` is how many rows the page says the whole column has; `signals` what it lacks.

    `columns` are those one level below, by year or by body, each a list of its own."""

    rows: tuple[Row, ...]
    next: tuple[Ask, ...] = ()
    total: int | None = None
    signals: tuple[str, ...] = ()
    columns: tuple[Lead, ...] = ()


class Family(Protocol):
    def recognised(self, page: Page) -> str | None:
        """What in this page only this family writes, in words for a person; None where nothing does."""

    def leads(self, page: Page) -> tuple[Lead, ...]:
        """Columns that the page names where a walk along its ordinary links would not meet them."""

    def listing(self, page: Page, column: str) -> Listing:
        """`column` is the address of the column's first page, which links in later parts start from."""

    def article(self, page: Page) -> tuple[Attachment, ...]: ...


def link_title(link: Selector) -> str:
    """The title attribute, where the visible text is only its beginning."""
    text, title = visible(link), " ".join((link.attrib.get("title") or "").split())
    return title if len(title) >= len(text.rstrip(".… ")) else text


def printed_date(text: str) -> str | None:
    """The last date in the text of a row, without the title: numbers of files come first."""
    found = _DATE.findall(text)
    return found[-1] if found else None


def is_link(href: str) -> bool:
    """Whether this leads to another page: `{{…}}` and `${…}` are templates that no script filled in."""
    return bool(href.strip()) and not _NO_LINK.match(href)
