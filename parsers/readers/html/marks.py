"""What a browser shows besides the characters: raised, struck out, or standing in a box to type in."""

import re
from collections.abc import Callable, Collection

from parsers.readers.html.tree import Element
from parsers.text.marks import lowered, raised, struck

_STRUCK = ("s", "strike", "del")
_MARKS: dict[str, Callable[[str], str]] = {"sup": raised, "small": raised, "sub": lowered}
_LINE_THROUGH = "line-through"
_SUPER = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_NOT_TYPED = frozenset(
    ("hidden", "button", "submit", "reset", "image", "checkbox", "radio", "file", "password")
)


def show_marks(main: Element, styles: Collection[str]) -> None:
    """Puts them into the text. `styles` are those that stand in the element."""
    for element in main.iter("sup", "sub", "small", "input", *_STRUCK):
        if element.tag == "input":
            _type_in(element)
        elif element.tag != "small" or _follows_digit(element):
            _each(element, _MARKS.get(element.tag, struck))
    if any(_LINE_THROUGH in style for style in styles):
        for element in main.iter():
            if element.tag not in _STRUCK and _LINE_THROUGH in element.get("style", ""):
                _each(element, struck)
    if any(_SUPER.search(style) for style in styles):
        for element in main.iter("span", "font", "a", "b", "em", "i", "small", "strong", "u"):
            if _SUPER.search(element.get("style", "")):
                _each(element, raised)


def _follows_digit(element: Element) -> bool:
    """A number in small type is a number; behind another one it is the sign of a note."""
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else None
    return (text or "")[-1:].isdecimal()


def _type_in(element: Element) -> None:
    if element.get("type", "text").lower() not in _NOT_TYPED:
        element.text = element.get("value", "")


def _each(element: Element, mark: Callable[[str], str]) -> None:
    for inner in element.iter():
        inner.text = inner.text and mark(inner.text)
        if inner is not element:
            inner.tail = inner.tail and mark(inner.tail)
