"""A text object's characters with loose boxes: from a little below the base line to one em above."""

from collections.abc import Iterator
from math import inf

from parsers.readers.package import Element, numbers
from parsers.readers.ruled import UNKNOWN, Char
from parsers.readers.ruled.turn import Matrix

_DESCENT = 0.12
_NAMELESS = "¤"
"""Stands for a character where the file knows only its shape."""
_MOST_STEPS = 100_000


def chars(one: Element, matrix: Matrix) -> Iterator[Char]:
    size = (numbers(one.get("Size")) or [0.0])[0]
    stretch = (numbers(one.get("HScale")) or [1.0])[0]
    shaped = one.find("{*}CGTransform") is not None
    x = y = 0.0
    for code in one.iterfind("{*}TextCode"):
        # A second run goes on where the first began unless it says where it stands.
        x, y = (numbers(code.get("X")) or [x])[0], (numbers(code.get("Y")) or [y])[0]
        text = code.text or ""
        for sign, left, base, room in _placed(
            text.strip() if "\n" in text else text, (x, y), size * stretch, code
        ):
            width = min(_advance(sign) * size * stretch, room)
            if not sign.isspace():
                known = UNKNOWN if shaped and sign == _NAMELESS else sign
                box = (left, base + _DESCENT * size, left + width, base - (1 - _DESCENT) * size)
                yield Char(known, *matrix.box(*box))


def _placed(
    text: str, start: tuple[float, float], size: float, code: Element
) -> Iterator[tuple[str, float, float, float]]:
    """Each character, its place, and how far on the next one stands."""
    across, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
    if not across and not down:
        across = [_advance(sign) * size for sign in text]
    x, y = start
    for index, sign in enumerate(text):
        step = across[min(index, len(across) - 1)] if across else 0.0
        yield sign, x, y, step if step > 0 and index + 1 < len(text) else inf
        x += step
        y += down[min(index, len(down) - 1)] if down else 0.0


def _advance(sign: str) -> float:
    """In parts of an em, as Chinese fonts have it."""
    return 0.5 if sign.isascii() else 1.0


def _steps(text: str | None) -> list[float]:
    """`g 3 4.5` is short for 4.5 three times."""
    steps: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if word == "g":
            count, step = int(next(words, "0")), float(next(words, "0"))
            steps += [step] * min(count, _MOST_STEPS)
        else:
            steps.append(float(word))
    return steps
