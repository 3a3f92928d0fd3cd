"""Which element of the page is the report."""

from collections.abc import Callable
from functools import lru_cache

from parsers.readers.html.tables import grid, has_long_cell
from parsers.readers.html.tree import Element, string
from parsers.text.fold import fold

_FIRST = "总体情况"
_LAST = ("其他需要报告的事项", "其他需要报告事项", "需要报告的其他事项")
_LEAST = 300
"""Characters of the shortest report: a list of links to its six sections is shorter."""
_MOST_OF = 0.6

_CONTAINER_IDS = frozenset(("zoom", "zoomcon", "UCAP-CONTENT", "vsb_content"))
_CONTAINER_CLASSES = frozenset(
    ("TRS_Editor", "trs_editor_view", "article_content", "v_news_content", "Custom_UnionStyle")
)


def main_content(root: Element) -> Element:
    """The smallest element with the first and the last section of the form; else a container that a
    known CMS puts texts into; else the one that most of the text is in."""
    body = root.find("body")
    return _with_whole_table(_chosen(root if body is None else body))


def _chosen(body: Element) -> Element:
    whole = string(body)
    if _holds_report(whole):
        return _smallest(body, _holds_report)
    if _folded_holds_report(whole):  # radicals in the headings: slower, so it is asked second
        return _smallest(body, _folded_holds_report)
    known = [element for element in body.iter() if _is_container(element) and string(element).strip()]
    if known:
        return max(known, key=lambda element: len(_compact(element)))
    return _densest(body)


def _is_container(element: Element) -> bool:
    return (
        element.tag == "ucapcontent"
        or element.get("id") in _CONTAINER_IDS
        or _is_container_class(element.get("class", ""))
    )


@lru_cache(maxsize=1024)
def _is_container_class(classes: str) -> bool:
    return not _CONTAINER_CLASSES.isdisjoint(classes.split())


def _with_whole_table(element: Element) -> Element:
    """A report may stand in one table with its headings: then what holds the table is taken."""
    for table in [element, *element.iterancestors()]:
        if table.tag != "table" or next(table.iterdescendants("table"), None) is not None:
            continue
        parent = table.getparent()
        if parent is not None and grid(table):
            element = parent
    return element


def _smallest(element: Element, holds_report: Callable[[str], bool]) -> Element:
    while True:
        element = _within_wrappers(element)
        long = [(text, child) for child in _elements(element) if len(text := string(child)) >= _LEAST]
        inner = [(text, child) for text, child in long if holds_report(text)]
        if not inner:
            return element
        element = inner[0][1] if len(inner) == 1 else max(inner, key=lambda pair: len(_bare(pair[0])))[1]


def _within_wrappers(element: Element) -> Element:
    """Past elements that hold one other and no text: half of what a page has around its report."""
    while (
        len(element) == 1
        and len(element[0])
        and not _has_text(element.text)
        and not _has_text(element[0].tail)
    ):
        element = element[0]
    return element


def _has_text(text: str | None) -> bool:
    return bool(text and text.strip())


def _holds_report(text: str) -> bool:
    """Between the headings that the form begins and ends with, however they are spaced."""
    return (_begins_and_ends(text) and len(_bare(text[: 4 * _LEAST])) >= _LEAST) or _bare_holds(_bare(text))


def _folded_holds_report(text: str) -> bool:
    return _bare_holds(fold(_bare(text)))


def _bare_holds(bare: str) -> bool:
    return len(bare) >= _LEAST and _begins_and_ends(bare)


def _begins_and_ends(text: str) -> bool:
    first = text.find(_FIRST)
    return first >= 0 and any(text.rfind(last) > first for last in _LAST)


def _densest(element: Element) -> Element:
    """Down the tree while one child holds most of the text that is no link."""
    whole = _weight(element)
    while children := _elements(element):
        weight, child = max(((_weight(child), child) for child in children), key=lambda pair: pair[0])
        if weight < _MOST_OF * whole or (child.tag == "table" and not has_long_cell(child)):
            break
        element = child
    return element


def _weight(element: Element) -> int:
    links = sum(len(_compact(link)) for link in element.iter("a"))
    return len(_compact(element)) - links


def _elements(element: Element) -> list[Element]:
    return [child for child in element if len(child)]


def _compact(element: Element) -> str:
    return _bare(string(element))


def _bare(text: str) -> str:
    return "".join(text.split())
