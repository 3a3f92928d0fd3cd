"""Which cells hold a figure, and whether it is certain: two looks at it, as many signs of ink as
characters, each shaped like the other digits of its kind in the document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod

from parsers.document import Alternative
from parsers.readers.scan.engine import Look
from parsers.readers.scan.glyphs import DIGITS, Alphabet, Glyph, alphabet

UNREAD = "\ufffd"
DOUBTFUL = 0.5
"""The confidence of a figure against which something speaks."""
_FIGURE = re.compile(r"[0-9.,，+\-—–―−─/一]+")
_NEAR = re.compile(
    r"[0-9a-zA-Z|〇○口日.,，+\- ]{1,14}|[^\d]{0,2}[\d., ]+(?:万元|元|件|条|个|宗|项|人|次|起)?"
)
_ROUND = str.maketrans("OoQDU〇○Il|", "0000000111")
"""Letters that only a digit can be where every sign around is one and its shape says so."""
_DASHES = frozenset("-—–―−─一")
_POINTS = frozenset(".,，")
_SURE = 0.95
_LIKELY = 0.8
_THINKABLE = 0.4
_LIKE, _MARGIN = 0.75, 0.05
_VERY_LIKE, _WIDE_MARGIN = 0.85, 0.12
_CONFUSED = 0.9
_LEAST, _MOST, _LONGEST = 0.01, 6, 6
"""Of alternatives: the smallest chance, how many of a cell, and how many digits they have at most."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A strip that may be a figure, looked at twice: in its greys and in black and white. `edged`
    says that it stands so close to a side of its cell that something of it may be cut off."""

    first: Look
    second: Look
    glyphs: tuple[Glyph, ...]
    edged: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """What the looks take it for, as far as that is a figure; one text where they agree."""
        read = (look.text.translate(_ROUND) for look in (self.first, self.second))
        texts = dict.fromkeys(text for text in read if _FIGURE.fullmatch(text))
        return tuple(text for text in texts if not self.is_stroke or set(text) <= _DASHES)

    @property
    def is_stroke(self) -> bool:
        """One long flat stroke and nothing else: a dash, whatever the engine makes of it."""
        first, *others = self.glyphs or (None,)
        return first is not None and not others and first.right - first.left > 3 * first.height

    @property
    def text(self) -> str:
        return self.texts[0] if self.texts else self.first.text

    @property
    def sure(self) -> tuple[float, float]:
        """How sure the looks are that take it for that text: the less and the more certain one."""
        looks = [_sure(k) for k in (self.first, self.second) if k.text.translate(_ROUND) == self.text]
        return min(looks) if len(looks) > 1 else 0.0, max(looks, default=0.0)

    @property
    def fits(self) -> bool:
        """As many signs as characters, and those that are no digits where they belong."""
        return len(self.glyphs) == len(self.text) and all(map(_fits, self.text, self.glyphs))

    @property
    def vouches(self) -> bool:
        """May its digits be shown to others as examples?"""
        return len(self.texts) == 1 and self.fits and self.sure[0] >= _SURE and not self.edged

    def digits(self) -> Iterator[tuple[str, Glyph]]:
        pairs = zip(self.text, self.glyphs, strict=True)
        return ((sign, glyph) for sign, glyph in pairs if sign in DIGITS)


def _sure(look: Look) -> float:
    """How sure it is of its least certain sign, a letter that looks like a digit counted as one."""
    if len(look.choices) != len(look.text):
        return look.sure
    pairs = zip(look.text.translate(_ROUND), look.choices, strict=True)
    chances = [sum(c for other, c in choices if other.translate(_ROUND) == sign) for sign, choices in pairs]
    return min(chances, default=0.0)


def may_be_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text) or _NEAR.fullmatch(text))


def known_digits(figures: Sequence[Figure]) -> Alphabet:
    return alphabet(pair for figure in figures if figure.vouches for pair in figure.digits())


def confidence(figure: Figure, known: Alphabet) -> float:
    """The engine's best where everything speaks for the figure, else DOUBTFUL at most."""
    less, more = figure.sure
    if figure.is_stroke and len(figure.texts) == 1:
        return max(more, _SURE)
    if len(figure.texts) == 1 and figure.fits and not figure.edged and not _dropped(figure):
        likeness = [_likeness(figure, sign, glyph, known) for sign, glyph in figure.digits()]
        worst = min(likeness, default=_PLAIN)
        if worst == _STRONG and (less >= _THINKABLE or more >= _SURE) and more >= _LIKELY:
            return more
        if worst == _PLAIN and less >= _SURE:
            return more
    return min(more, DOUBTFUL)


_NONE, _PLAIN, _STRONG = 0, 1, 2


def _likeness(figure: Figure, sign: str, glyph: Glyph, known: Alphabet) -> int:
    own, other = known.likeness(glyph, sign, itself=figure.vouches)
    if own is None:
        return _PLAIN if other < _CONFUSED else _NONE
    if own >= _VERY_LIKE and own >= other + _WIDE_MARGIN:
        return _STRONG
    return _PLAIN if own >= _LIKE and own >= other + _MARGIN else _NONE


def _fits(sign: str, glyph: Glyph) -> bool:
    if sign in _DASHES:
        return glyph.is_dash
    if sign in _POINTS:
        return glyph.is_point
    return not glyph.low


def _dropped(figure: Figure) -> bool:
    """Is there room between two digits in which one may have faded away?"""
    gaps = [right.left - left.right for left, right in pairwise(figure.glyphs)]
    return any(gap > 0.9 * figure.glyphs[0].tall for gap in gaps)


def alternatives(figure: Figure) -> tuple[Alternative, ...]:
    """Every number of as many signs as there is ink, with the mean of the chances that the looks give it,
    the likeliest first. Where signs may be lost or cut off there is no telling, and none."""
    if figure.edged or not figure.glyphs or _dropped(figure):
        return ()
    looks = [k for k in (figure.first, figure.second) if len(k.choices) == len(figure.glyphs)]
    found: dict[str, float] = {}
    for look in looks:
        for text, chance in _readings(look):
            found[text] = found.get(text, 0.0) + chance / len(looks)
    likely = sorted((Alternative(text, chance) for text, chance in found.items()), key=_unlikely)
    return tuple(one for one in likely if one.chance >= _LEAST)[:_MOST]


def _readings(look: Look) -> Iterator[tuple[str, float]]:
    """The texts of a look with their chances; a letter that looks like a digit counts as one."""
    if len(look.choices) > _LONGEST:
        return
    for signs in product(*look.choices):
        text = "".join(sign for sign, _ in signs).translate(_ROUND)
        if len(text) == len(signs) and set(text) <= set(DIGITS):
            yield text, prod(chance for _, chance in signs)


def _unlikely(one: Alternative) -> tuple[float, str]:
    return -one.chance, one.text
