"""The adapter of one odd portal: its lists are lines of text, whose numbers name the pages."""

import re

from crawler.cms.family import Ask, Listing, Row
from crawler.cms.generic import Generic
from crawler.page import Page

_LINE = re.compile(r"^(\d{4}-\d\d-\d\d) 〔(\d+)〕(.+)$", re.MULTILINE)
_VOLUME = re.compile(r"第(\d+)卷，共(\d+)卷")


class Gazette(Generic):
    def listing(self, page: Page, column: str) -> Listing:  # noqa: ARG002 - its pages have addresses of their own
        lines, volume = page.root.css("pre::text").get(""), _VOLUME.search(page.text)
        rows = tuple(
            Row(page.join(f"/gb/{number}.htm"), title, day) for day, number, title in _LINE.findall(lines)
        )
        if not rows or volume is None:
            return Listing(rows, signals=("no lines, or no number of volumes, where a list is due",))
        this, last = int(volume[1]), int(volume[2])
        return Listing(rows, (Ask(page.join(f"/gb/juan{this + 1}.htm")),) if this < last else ())


ADAPTER = Gazette()
