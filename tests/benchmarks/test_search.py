import random

from benchmarks.likeness import likeness
from benchmarks.prose import LENGTH, report
from benchmarks.search import measured
from parsers.text.fold import fold


def test_the_search_that_is_built_finds_all_and_raw_unicode61_does_not() -> None:
    rows = list(measured(10, ("pairs", "phrases", "unicode61")))
    assert {row.length for row in rows} == {1, 2, 4, 8}
    recalls = {
        name: [row.recall for row in rows if (row.design, row.words) == (name, "any")]
        for name in ("pairs", "phrases", "unicode61")
    }
    assert recalls["pairs"] == recalls["phrases"] == [1.0] * 4
    assert max(recalls["unicode61"]) < 0.5


def test_a_made_up_report_is_always_the_same_and_its_own() -> None:
    assert report(7) == report(7) != report(8)
    assert len(report(7)) >= LENGTH


def test_likeness_tells_pairs_that_only_stand_apart() -> None:
    apart = likeness("apart", ["甲乙丙丁甲乙丙丁甲乙丙丁", "甲乙，乙丙，丙丁，丁甲，"])
    assert (apart.pairs4, apart.whole4) == (1.0, 0.0)
    assert (apart.different, apart.shared) == (round((4 / 11 + 1) / 2, 3), 1.0)


def test_the_made_up_repeat_themselves_as_real_ones_do_and_noise_does_not() -> None:
    made = likeness("made up", [fold(report(number)) for number in range(4)])
    chance = random.Random(0)
    noise = likeness(
        "noise", ["".join(chr(0x4E00 + chance.randrange(3500)) for _ in range(3000)) for _ in range(4)]
    )
    assert made.shared > 0.25 > noise.shared
    assert made.different < 0.65 < noise.different
