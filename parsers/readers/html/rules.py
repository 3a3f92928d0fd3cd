"""What the page's own style sheets hide, strike out or raise, written into the elements themselves.

Selectors are read as far as they name elements, classes and ids, and those around them. Of any other
(states, attributes, siblings, a medium that is not the screen) it is not known whether it holds: it
does nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import cast

from lxml import etree

_LOOKS = {
    "display": ("none",),
    "visibility": ("hidden", "collapse"),
    "text-decoration": ("line-through",),
    "vertical-align": ("super",),
}
_TELLING = tuple(value for values in _LOOKS.values() for value in values)
_DECISION = re.compile(rf"({'|'.join(_LOOKS)})(?:-line)?\s*:\s*([a-z -]+)(!\s*important)?", re.IGNORECASE)
_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)", re.IGNORECASE)
_MEDIA = re.compile(r"screen|all|^\s*$", re.IGNORECASE)
_BRACE = re.compile(r"[{};]")
_SIMPLE = re.compile(r"(\*|[A-Za-z][\w-]*)?((?:[.#][\w-]+)*)")
_NAME = re.compile(r"[.#][\w-]+")
_named = etree.XPath("descendant-or-self::*[@class or @id]")


@dataclass(frozen=True, slots=True)
class _Simple:
    """An element by its tag and its names, `.class` and `#id`; `child` of the next one in its path."""

    tag: str
    names: frozenset[str]
    child: bool

    def fits(self, element: etree._Element) -> bool:
        return self.tag in ("", element.tag) and self.names <= _names(element)


@dataclass(frozen=True, slots=True)
class _Rule:
    """`path` leads from the element outwards; of the rules for one look the heaviest decides."""

    look: str
    value: str
    """Empty where the rule says that the element does not look so."""
    weight: tuple[bool, int, int, int, int]
    path: tuple[_Simple, ...]

    @property
    def key(self) -> str:
        return min(self.path[0].names, default=self.path[0].tag or "*")


def hide(root: etree._Element) -> None:
    sheets = [style for style in root.iter("style") if _MEDIA.search(style.get("media", ""))]
    texts = [style.text or "" for style in sheets]
    # Plain search in small letters is twenty times a regular expression's, and most sheets hide nothing.
    small = "".join(texts).lower()
    if not any(value in small for value in _TELLING):
        return
    named = cast(list[etree._Element], _named(root))
    # Most rules are for what stands on other pages.
    names = frozenset(name for element in named for name in _names(element))
    rules: dict[str, list[_Rule]] = {}
    for order, (selectors, body) in enumerate(pair for text in texts for pair in _blocks(text)):
        for rule in _rules(selectors, body, order, names):
            rules.setdefault(rule.key, []).append(rule)
    telling = {key for key, ruled in rules.items() if any(rule.value for rule in ruled)}
    by_names = all(key[0] in ".#" for key in telling)
    for element in () if not telling else named if by_names else root.iter(etree.Element):
        if not telling.isdisjoint(_keys(element)):
            _decide(element, rules)


def _decide(element: etree._Element, rules: Mapping[str, Sequence[_Rule]]) -> None:
    style = element.get("style", "")
    fitting = [rule for key in _keys(element) for rule in rules.get(key, ()) if _fits(element, rule.path)]
    own = {look.lower() for look, _, _ in _DECISION.findall(style)}
    for look in _LOOKS:
        decisive = max((r for r in fitting if r.look == look), key=lambda r: r.weight, default=None)
        if decisive and decisive.value and (decisive.weight[0] or look not in own):
            style = f"{look}:{decisive.value};{style}"
            element.set("style", style)


def _fits(element: etree._Element, path: Sequence[_Simple]) -> bool:
    """Each part by the nearest element around the last one that fits it."""
    if not path[0].fits(element):
        return False
    for inner, outer in pairwise(path):
        around = islice(element.iterancestors(), 1 if inner.child else None)
        above = next((above for above in around if outer.fits(above)), None)
        if above is None:
            return False
        element = above
    return True


def _keys(element: etree._Element) -> set[str]:
    return {*_names(element), str(element.tag), "*"}


def _names(element: etree._Element) -> set[str]:
    names = {f".{name}" for name in element.get("class", "").split()}
    return names | {f"#{element.get('id')}"} if "id" in element.attrib else names


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors with what they declare, of rules that hold on a screen."""
    first, *others = sheet.replace("<!--", "").replace("-->", "").split("/*")
    text = first + "".join(other.partition("*/")[2] for other in others)
    heads: list[str] = []
    start = 0
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            heads.append(text[start : brace.start()].strip())
        elif brace[0] == "}" and heads:
            head = heads.pop()
            if not head.startswith("@") and all(_SCREEN.fullmatch(outer) for outer in heads):
                yield head, text[start : brace.start()]
        elif heads and not heads[-1].startswith("@"):
            continue
        start = brace.end()


def _rules(selectors: str, body: str, order: int, present: frozenset[str]) -> Iterator[_Rule]:
    """Those for elements of names that are present, and within such elements."""
    decisions = _DECISION.findall(body)
    for selector in selectors.split(",") if decisions else ():
        path = _path(selector)
        names = [one for simple in path for one in simple.names]
        for look, values, important in decisions if path and present.issuperset(names) else ():
            ids = sum(one[0] == "#" for one in names)
            tags = sum(bool(simple.tag) for simple in path)
            weight = (bool(important), ids, len(names) - ids, tags, order)
            telling = (value for value in values.lower().split() if value in _LOOKS[look.lower()])
            yield _Rule(look.lower(), next(telling, ""), weight, path)


def _path(selector: str) -> tuple[_Simple, ...]:
    """From the element outwards; none of a selector that says more than names."""
    path: list[_Simple] = []
    child = False
    for word in selector.replace(">", " > ").split():
        if word == ">":
            child = True
            continue
        parts = _SIMPLE.fullmatch(word)
        if not parts:
            return ()
        tag = (parts[1] or "").lower()
        path.append(_Simple("" if tag == "*" else tag, frozenset(_NAME.findall(parts[2])), child))
        child = False
    return tuple(reversed(path))
