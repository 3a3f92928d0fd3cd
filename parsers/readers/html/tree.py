"""The page as a tree, and its text as it is shown: white space collapsed, a line for each break."""

import re
from typing import cast

from lxml import etree

from parsers.readers.html.rules import hide

Element = etree._Element

BREAK = "\u2028"
"""Stands in the tree wherever a browser begins a new line; in the source it is white space."""

_UNSEEN = ("script", "style", "noscript", "template", "select", "textarea", "iframe", "object", "rp", "rt")
_BLOCKS = (
    *("address", "article", "aside", "blockquote", "caption", "center", "dd", "div", "dl", "dt", "figure"),
    *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"),
    *("pre", "section", "table", "ul", "ucapcontent", "ucaptitle"),
)
_PARTS = ("tr", "td", "th")
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all"
    r"|position\s*:\s*(?:absolute|fixed)[^\"]*?(?:left|top)\s*:\s*-\d{4}",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(
    r"visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?(?![.\d])|text-indent\s*:\s*-\d{4}",
    re.IGNORECASE,
)
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?:\.0+)?(?![.\d])", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>", re.IGNORECASE)
_CONTROLS = bytes((*range(0x09), 0x0B, *range(0x0E, 0x20)))
_UNPRINTED = "\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff\ufffc\ufffe\uffff"
_WITHOUT_UNPRINTED = str.maketrans("", "", _UNPRINTED)
_CMS_PAGE_BREAK = "#PAGE_BREAK#"
_ESCAPED_COMMENT = "&lt;!--["
_WORD_COMMENT = re.compile(r"&lt;!--\[(?:if [^\]]{1,40}|endif)\]--&gt;")
# A CMS that escapes what is pasted shows Word's comments to the reader.
_WHITE = re.compile(r"[ \t\n\r\f]+")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_WRAPPED_SOURCE = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})")

_styles = etree.XPath(
    "set:distinct(descendant::*/@style)",
    namespaces={"set": "http://exslt.org/sets"},
    smart_strings=False,
)
_marked_hidden = etree.XPath("boolean(descendant::*/@hidden)")


def parsed(printed: str, source: bytes | None = None) -> Element:
    """The root element, without comments, scripts and whatever else is never shown. `source` is the same
    in UTF-8, where that is at hand."""
    text = _DECLARATION.sub("", printed)
    # Here and below: to look for each costs a tenth of looking at every character of the page.
    if any(character in text for character in _UNPRINTED):
        text = text.translate(_WITHOUT_UNPRINTED)
    text = text.replace(_CMS_PAGE_BREAK, "<br>")
    if _ESCAPED_COMMENT in text:
        text = _WORD_COMMENT.sub("", text)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    if source is None or text != printed:
        source = text.encode("utf-8", "replace")
    if any(control in source for control in _CONTROLS):
        source = source.translate(None, _CONTROLS)
    root = etree.fromstring(source, parser)
    if root is None:
        return etree.Element("html")
    hide(root)
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    return root


def string(element: Element) -> str:
    """All text inside, as it stands in the tree."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def shown_lines(text: str) -> list[str]:
    """Text of a broken tree as lines, blank ones left out."""
    return [_shown(line) for part in text.split(BREAK) if (line := part.strip())]


def _shown(line: str) -> str:
    return _WHITE.sub(" ", _WRAPPED_SOURCE.sub("", line) if "\n" in line else line)


def styles_in(element: Element) -> list[str]:
    """A word processor gives every element a style, and the whole page but a few different ones."""
    return cast(list[str], _styles(element))


def drop_hidden(element: Element, styles: list[str]) -> None:
    """Removes what is styled away inside an element; the element itself was chosen already. What is only
    invisible keeps its place."""
    if any(_INVISIBLE.search(style) or _NO_SIZE.search(style) for style in styles):
        _blank(element)
    if not _marked_hidden(element) and not any(_HIDDEN.search(style) for style in styles):
        return
    hidden = [
        inner
        for inner in element.iterdescendants()
        if "hidden" in inner.attrib or _HIDDEN.search(inner.get("style", ""))
    ]
    for inner in hidden:
        remove(inner)


def _blank(element: Element) -> None:
    for inner in element.iterdescendants():
        style = inner.get("style", "")
        # The size of a letter is often 0 for what lies around letters that have one.
        if _INVISIBLE.search(style) or (_NO_SIZE.search(style) and len(inner) == 0):
            for text in inner.iter():
                text.text = None
                if text is not inner:
                    text.tail = None


def break_lines(element: Element) -> None:
    """All but the parts of tables: of most tables a cell is read by itself."""
    for pre in element.iter("pre"):
        for text in pre.iter():
            text.text = text.text and text.text.replace("\n", BREAK)
            text.tail = text.tail and text.tail.replace("\n", BREAK)
    for end in element.iter("br"):
        end.tail = BREAK + (end.tail or "")
    _set_off(element, _BLOCKS)


def break_cells(element: Element) -> None:
    """Of tables that are there for the layout, and of rows and cells outside any table."""
    _set_off(element, _PARTS)


def _set_off(element: Element, tags: tuple[str, ...]) -> None:
    for block in element.iter(*tags):
        block.text = BREAK + (block.text or "")
        block.tail = BREAK + (block.tail or "")


def remove(element: Element, instead: str = "") -> None:
    """Takes an element out and leaves the text behind it where it was."""
    parent = element.getparent()
    if parent is None:
        return
    tail = instead + (element.tail or "")
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
