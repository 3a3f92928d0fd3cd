"""Calls of list scripts that say how many pages a list has; the pages' names follow from them."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from crawler.cms.family import Ask

# The call, not the function of that name that stands in the page too: the place it writes to, pages,
# this one counted from 1, name, ending, and often the rows of the whole list.
_FROM_ONE = re.compile(
    r"""createPageHTML\(\s*['"]([\w-]+)['"]\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*['"]([\w-]+)['"]\s*,"""
    r"""\s*['"](\w+)['"](?:\s*,\s*(\d+))?\s*\)"""
)


@dataclass(frozen=True, slots=True)
class Pager:
    """`call` is as it stands in the page, `next` the name of the page after this one."""

    call: str
    place: str
    next: str | None
    total: int | None = None

    def asks(self, column: str) -> tuple[Ask, ...]:
        return (Ask(urljoin(column, self.next)),) if self.next else ()


def from_one(text: str) -> Pager | None:
    """`createPageHTML('page_div',10,1,'list','shtml',149)`: the second page is `list_2.shtml`."""
    call = _FROM_ONE.search(text)
    if call is None:
        return None
    pages, this = int(call[2]), int(call[3])
    following = f"{call[4]}_{this + 1}.{call[5]}" if this < pages else None
    return Pager(call[0], call[1], following, int(call[6]) if call[6] else None)
