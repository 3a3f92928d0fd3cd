"""Made-up reports whose characters stand beside each other as they do in real ones.

Real reports say most things word for word alike and the rest in a few words of their own, some of which
are everywhere and most hardly anywhere. So here: sentences that all share, and between them a report's own
words, drawn by Zipf's law.
"""

import random
import re
from functools import cache
from itertools import accumulate

from samples import sentences

LENGTH = 3_000
_SHARED, _OWN = 0.65, 300
_WORDS, _SIGNS = 40_000, 3_500
_WORD_LENGTHS = {1: 3, 2: 75, 3: 14, 4: 8}
_POOL = tuple(
    re.sub(r"\{\w+\}", "{}", sentence)
    for name, those in vars(sentences).items()
    if name.isupper() and isinstance(those, tuple)
    for sentence in those
    if isinstance(sentence, str)
)


def report(number: int) -> str:
    """The text of the report of that number: at least LENGTH characters, always the same."""
    chance = random.Random(number)  # noqa: S311
    words, weights = _vocabulary()
    own = chance.choices(words, cum_weights=weights, k=_OWN)
    parts: list[str] = ["政府信息公开申请。"]
    length = 0
    while length < LENGTH:
        part = _shared(chance) if chance.random() < _SHARED else _sentence(chance, own)
        parts.append(part)
        length += len(part)
    return "".join(parts)


def _shared(chance: random.Random) -> str:
    return re.sub("{}", lambda _: str(chance.randrange(3000)), chance.choice(_POOL))


def _sentence(chance: random.Random, own: list[str]) -> str:
    words = chance.choices(own, cum_weights=_zipf(_OWN, 0.8, 5), k=chance.randint(6, 16))
    half = len(words) // 2
    between = chance.choice(("，", "，", "、", str(chance.randrange(2000))))
    return "".join((*words[:half], between, *words[half:], "。"))


@cache
def _vocabulary() -> tuple[tuple[str, ...], tuple[float, ...]]:
    chance = random.Random(0)  # noqa: S311
    signs = chance.sample([chr(code) for code in range(0x4E00, 0x9FA5)], _SIGNS)
    lengths = chance.choices(tuple(_WORD_LENGTHS), tuple(_WORD_LENGTHS.values()), k=2 * _WORDS)
    weights = _zipf(_SIGNS, 1.1, 8)
    words = ("".join(chance.choices(signs, cum_weights=weights, k=length)) for length in lengths)
    return tuple(dict.fromkeys(words))[:_WORDS], _zipf(_WORDS, 1.05, 3)


@cache
def _zipf(count: int, exponent: float, shift: int) -> tuple[float, ...]:
    return tuple(accumulate((rank + shift) ** -exponent for rank in range(count)))
