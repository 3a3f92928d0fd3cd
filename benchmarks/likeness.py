"""What makes a search easy or hard, measured on real reports and on the made-up ones beside each other.

python -m benchmarks.likeness REPORT.txt... [--tsv docs/scale-likeness.tsv]

Of strings of a report, all of Chinese characters, `pairs` is the share of other reports that hold all their
pairs, `whole` of those that hold the string: what lies between is looked at in vain.
"""

import argparse
import random
import re
from collections.abc import Sequence, Set
from dataclasses import astuple, dataclass, fields
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from benchmarks.prose import report
from parsers.text.fold import fold

STRINGS = 1_000
_RUN = re.compile(r"(?:(?![0-9_])\w)+")


@dataclass(frozen=True, slots=True)
class Likeness:
    texts: str
    reports: int
    characters: int
    signs: int
    """Different ones in a report."""
    different: float
    """Share of a report's pairs of characters that are not a repetition."""
    shared: float
    """Share of a report's different pairs that stand in another."""
    pairs4: float
    whole4: float
    pairs8: float
    whole8: float


def likeness(name: str, texts: Sequence[str]) -> Likeness:
    pairs = [_pairs(text) for text in texts]
    sets = [frozenset(those) for those in pairs]
    others = [(one, other) for one in sets for other in sets if one is not other]
    return Likeness(
        name,
        len(texts),
        round(fmean(map(len, texts))),
        round(fmean(len(set("".join(those))) for those in pairs)),
        round(fmean(len(one) / len(those) for one, those in zip(sets, pairs, strict=True)), 3),
        round(fmean(len(one & other) / len(one) for one, other in others), 3),
        *_strings(texts, sets, 4),
        *_strings(texts, sets, 8),
    )


def _pairs(text: str) -> list[str]:
    return [one + other for run in _RUN.findall(text) for one, other in pairwise(run)]


def _strings(texts: Sequence[str], sets: Sequence[Set[str]], length: int) -> tuple[float, float]:
    chance = random.Random(length)  # noqa: S311
    by_pairs: list[bool] = []
    whole: list[bool] = []
    while len(whole) < STRINGS * (len(texts) - 1):
        one = chance.randrange(len(texts))
        at = chance.randrange(len(texts[one]) - length)
        word = texts[one][at : at + length]
        if re.fullmatch("[㐀-鿿]+", word):
            others = [n for n in range(len(texts)) if n != one]
            by_pairs += [{a + b for a, b in pairwise(word)} <= sets[n] for n in others]
            whole += [word in texts[n] for n in others]
    return round(fmean(by_pairs), 3), round(fmean(whole), 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--tsv", type=Path)
    asked = parser.parse_args()
    real = ["".join(fold(file.read_text("utf-8")).split()) for file in asked.texts]
    length = round(fmean(map(len, real)))
    made = [fold(report(number))[:length] for number in range(len(real))]
    rows = [astuple(likeness("real", real)), astuple(likeness("made up", made))]
    names = [field.name for field in fields(Likeness)]
    lines = ["\t".join(map(str, row)) for row in (names, *rows)]
    print("\n".join(lines))
    if asked.tsv:
        asked.tsv.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
