"""Calls of list scripts that say how many pages a list has; the pages' names follow from them."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from crawler.cms.family import Ask

# The calls, not the function of that name that stands in the page too. The place it writes to, pages, this
# one counted from 1, name, ending, and often the rows of the whole list:
_FROM_ONE = re.compile(
    r"""createPageHTML\(\s*['"]([\w-]+)['"]\s*,\s*(\d{1,9})\s*,\s*(\d{1,9})\s*,\s*['"]([\w-]+)['"]\s*,"""
    r"""\s*['"](\w+)['"](?:\s*,\s*(\d{1,9}))?\s*\)"""
)
# Pages, this one counted from 0, name, ending:
_FROM_NOUGHT = re.compile(
    r"""createPageHTML\(\s*(\d{1,9})\s*,\s*(\d{1,9})\s*,\s*['"]([\w-]+)['"]\s*,\s*['"](\w+)['"][^)]*\)"""
)
# The same as fields of an object, `size` being the pages:
_OBJECT = re.compile(r"\bPager\(\s*\{([^}]*)\}\s*\)")
_FIELD = re.compile(r"""['"]?(\w+)['"]?\s*:\s*['"]?([\w-]+)""")
_ANY = re.compile(r"""createPageHTML\(\s*(?:\d|['"])[^)]{0,60}|\bPager\(\s*\{[^}]{0,60}""")


@dataclass(frozen=True, slots=True)
class Pager:
    """`call` as it stands in the page, `place` the element that it writes to, where it names one. `this` is
    the number in the name of this page, `last` that of the last one; the first has the number `first` or
    none at all."""

    call: str
    place: str
    name: str
    ending: str
    first: int
    this: int
    last: int
    total: int | None = None

    def asks(self, column: str) -> tuple[Ask, ...]:
        """The page after this one."""
        following = f"{self.name}_{self.this + 1}.{self.ending}"
        return (Ask(urljoin(column, following)),) if self.this < self.last else ()

    def asked(self, url: str) -> int:
        """The number of the page that this address asks for."""
        name = urlsplit(url).path.rpartition("/")[2]
        number = name.removeprefix(f"{self.name}_").removesuffix(f".{self.ending}")
        return int(number) if number.isdecimal() and name != number else self.first


def from_one(text: str) -> Pager | None:
    """`createPageHTML('page_div',10,1,'list','shtml',149)`: the second page is `list_2.shtml`."""
    call = _FROM_ONE.search(text)
    if call is None:
        return None
    total = int(call[6]) if call[6] else None
    return Pager(call[0], call[1], call[4], call[5], 1, int(call[3]), int(call[2]), total)


def from_nought(text: str) -> Pager | None:
    """`createPageHTML(10,0,"list","html")` or `Pager({size:10,…})`: the second page is `list_1.html`."""
    if call := _FROM_NOUGHT.search(text):
        return Pager(call[0], "", call[3], call[4], 0, int(call[2]), int(call[1]) - 1)
    for said in _OBJECT.finditer(text):
        fields = dict(_FIELD.findall(said[1]))
        pages = next((fields[name] for name in ("size", "pageCount", "count") if name in fields), "")
        this, name, ending = (fields.get(name, "") for name in ("current", "prefix", "suffix"))
        if pages.isdecimal() and this.isdecimal() and name and ending:
            return Pager(said[0], "", name, ending, 0, int(this), int(pages) - 1)
    return None


def any_call(text: str) -> str | None:
    """The beginning of a pager's call, of whatever dialect."""
    call = _ANY.search(text)
    return call[0] if call else None
