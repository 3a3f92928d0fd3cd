"""What a page of a portal is to a crawl: a column of annual reports of one family, or a step on the way."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from crawler.cms import FAMILIES
from crawler.cms.family import Family, Lead, Listing, Row, is_link, link_title
from crawler.links import judge
from crawler.page import Page

GENERIC = "generic"
"""The family that any page can be, and is where nothing in the portal shows another."""

_FEW = 2
"""So many rows of reports make a column of a page whose name does not promise any."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page as one family lists it. `knows` is what shows that it is that family's; where nothing does,
    `readable` are the families that list the same."""

    family: str
    knows: str | None
    listing: Listing
    reports: tuple[Row, ...]
    alike: tuple[Row, ...]
    readable: frozenset[str] = frozenset()


def found(page: Page, family: str, own: Family | None = None) -> Found:
    """The page as this family reads it, or the portal's own adapter."""
    adapter = own or FAMILIES[family]
    listing = adapter.listing(page, page.url)
    reports, alike = [], []
    for row in listing.rows:
        verdict = "report" if row.sure else judge(row.title, row.url).verdict
        if verdict in ("report", "doubtful"):
            reports.append(row)
        elif verdict == "alike":
            alike.append(row)
    return Found(family, adapter.recognised(page), listing, tuple(reports), tuple(alike))


def column(page: Page, *, promised: bool, met: Container[str]) -> Found | None:
    """The page as a column of reports, by the family that knows it, else by the one that sees most in it; of
    those that see the same by one that sees the list go on, then by one `met` elsewhere in the portal.

    A page `promised` to be one by the link that led there needs a single report, or none where its rows
    come only with the next page of the list; any other needs two."""
    seen = [one for one in (found(page, family) for family in FAMILIES) if _is_column(one, promised)]
    best = max(seen, key=lambda one: _rank(one, met), default=None)
    if best is None or best.knows is not None:
        return best
    alike = (
        one.family
        for one in seen
        if len(one.reports) == len(best.reports)
        and _goes_on(one) == _goes_on(best)
        and not one.listing.signals
    )
    return replace(best, readable=frozenset(alike))


def _is_column(one: Found, promised: bool) -> bool:
    if not promised:
        return len(one.reports) >= _FEW
    return bool(one.reports or one.listing.columns or (one.knows and one.listing.next))


def is_blank(page: Page) -> bool:
    """Whether it shows next to nothing, and its scripts may show more."""
    return bool(page.root.css("script")) and not page.root.css("a[href], iframe[src], frame[src]")


def recognised(page: Page) -> Iterator[tuple[str, str]]:
    """The families that know this page as theirs, and by what."""
    for family, adapter in FAMILIES.items():
        if knows := adapter.recognised(page):
            yield family, knows


def ways(page: Page) -> Iterator[Lead]:
    """Every link of the page, those in its frames and those that only a family's script or tree names."""
    for link in page.root.css("a[href], area[href]"):
        if is_link(link.attrib["href"]):
            yield Lead(page.join(link.attrib["href"]), link_title(link))
    for frame in page.root.css("iframe[src], frame[src]"):
        if is_link(frame.attrib["src"]):
            yield Lead(page.join(frame.attrib["src"]), frame.attrib.get("title", ""))
    for adapter in FAMILIES.values():
        yield from adapter.leads(page)


def distinct(columns: Iterable[tuple[str, frozenset[str]]]) -> tuple[str, ...]:
    """The columns without those whose every report another one lists too: the newest few on a front page,
    or one list at two addresses (the shorter address stays)."""
    kept: list[tuple[str, frozenset[str]]] = []
    for url, reports in sorted(columns, key=lambda one: (-len(one[1]), len(one[0]), one[0])):
        if not any(reports <= others for _, others in kept):
            kept.append((url, reports))
    return tuple(url for url, _ in kept)


def _rank(one: Found, met: Container[str]) -> tuple[bool, int, bool, bool, bool, bool]:
    known, counted = one.knows is not None, len(one.reports)
    met_before = one.family in met
    return known, counted, not one.listing.signals, _goes_on(one), met_before, one.family == GENERIC


def _goes_on(one: Found) -> bool:
    return bool(one.listing.next or one.listing.columns)
