"""The numbers that Word prints before paragraphs and does not keep in their text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.readers.docx.parts import W, number, value
from parsers.readers.package import Element

_HAN = "〇一二三四五六七八九"
_PLACE = re.compile(r"%(\d)")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Level:
    start: int
    format: str
    text: str


@dataclass(frozen=True, slots=True)
class List:
    """A numbered list: those with the same `abstract` count on together, unless restarted."""

    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int]


class Numbering:
    """Counts while it is asked, so ask once a paragraph and in order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._lists = {} if numbering is None else dict(_lists(numbering))
        self._styles = {} if styles is None else _style_numbers(styles)
        self._counts: dict[tuple[str, int], int] = {}
        self._restarted: set[tuple[str, int]] = set()

    def before(self, paragraph: Element) -> str:
        """What is printed before the text, "" where nothing or only a bullet is."""
        properties = paragraph.find(W + "pPr")
        own = None if properties is None else properties.find(W + "numPr")
        id, depth = value(own, "numId"), value(own, "ilvl")
        if id is None:
            id, depth = self._styles.get(value(properties, "pStyle") or "", ("0", "0"))
        found = self._lists.get(id)
        level = number(depth, 0)
        if found is None or level not in found.levels:
            return ""
        self._count(id, found, level)
        return self._printed(found, level)

    def _count(self, id: str, found: List, level: int) -> None:
        key = (found.abstract, level)
        if level in found.restarts and (id, level) not in self._restarted:
            self._restarted.add((id, level))
            self._counts[key] = found.restarts[level]
        else:
            self._counts[key] = self._counts.get(key, found.levels[level].start - 1) + 1
        for deeper in range(level + 1, 10):
            self._counts.pop((found.abstract, deeper), None)

    def _printed(self, found: List, level: int) -> str:
        def one(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            of = found.levels.get(index)
            return _spelt(self._counts.get((found.abstract, index), of.start), of.format) if of else ""

        if found.levels[level].format in ("bullet", "none"):
            return ""
        text = _PLACE.sub(one, found.levels[level].text)
        return text + " " if text[-1:].isalnum() and text[-1:].isascii() else text


def _lists(numbering: Element) -> Iterator[tuple[str, List]]:
    abstracts = {a.get(W + "abstractNumId", ""): dict(_levels(a)) for a in numbering.iter(W + "abstractNum")}
    for num in numbering.iter(W + "num"):
        abstract = value(num, "abstractNumId") or ""
        levels = dict(abstracts.get(abstract, {}))
        restarts = {}
        for override in num.iter(W + "lvlOverride"):
            depth = number(override.get(W + "ilvl"), 0)
            levels.update(_levels(override))
            start = value(override, "startOverride")
            if start is not None:
                restarts[depth] = number(start, 1)
        yield num.get(W + "numId", ""), List(abstract, levels, restarts)


def _levels(parent: Element) -> Iterator[tuple[int, Level]]:
    for level in parent.iter(W + "lvl"):
        yield (
            number(level.get(W + "ilvl"), 0),
            Level(
                number(value(level, "start"), 1),
                value(level, "numFmt") or "decimal",
                value(level, "lvlText") or "",
            ),
        )


def _style_numbers(styles: Element) -> dict[str, tuple[str, str]]:
    """Numbers that a paragraph has from its style, inherited from the style it is based on."""
    own: dict[str, tuple[str, str]] = {}
    based: dict[str, str] = {}
    for style in styles.iter(W + "style"):
        name = style.get(W + "styleId", "")
        numbers = style.find(f"{W}pPr/{W}numPr")
        if numbers is not None and value(numbers, "numId") is not None:
            own[name] = (value(numbers, "numId") or "0", value(numbers, "ilvl") or "0")
        elif parent := value(style, "basedOn"):
            based[name] = parent
    for name in based:
        ancestor, seen = name, {name}
        while ancestor not in own and based.get(ancestor) not in (None, *seen):
            ancestor = based[ancestor]
            seen.add(ancestor)
        if ancestor in own:
            own[name] = own[ancestor]
    return own


def _spelt(count: int, format: str) -> str:
    if format in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"):
        return _han(count)
    if format == "ideographDigital":
        return "".join(_HAN[int(digit)] for digit in str(count))
    if format == "decimalEnclosedCircle" and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if format in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        return chr(ord("a" if format == "lowerLetter" else "A") + count - 1)
    if format in ("lowerRoman", "upperRoman") and 1 <= count < 40:
        return _roman(count) if format == "lowerRoman" else _roman(count).upper()
    return str(count)


def _han(count: int) -> str:
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    return ("" if tens < 2 else _HAN[tens]) + ("十" if tens else "") + (_HAN[ones] if ones else "")


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        while count >= worth:
            text, count = text + letters, count - worth
    return text
