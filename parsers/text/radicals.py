"""The map from radicals to unified ideographs, cut from Unicode's EquivalentUnifiedIdeograph data.

Made anew from Debian's unicode-data by

    python -m parsers.text.radicals < /usr/share/unicode/EquivalentUnifiedIdeograph.txt
"""

import re
import sys
from collections.abc import Iterable, Iterator
from importlib import resources

LICENCE = """\
# CJK radicals and the unified ideographs they stand for, two characters a word.
# Cut by `python -m parsers.text.radicals` from EquivalentUnifiedIdeograph-15.0.0.txt: of its 348 code
# points those of U+2E80-2EF3 and U+2F00-2FD5, strokes left out. This file is a modified Data File.
#
# Copyright © 1991-2022 Unicode, Inc. All rights reserved.
# Distributed under the Terms of Use in https://www.unicode.org/copyright.html.
# Permission is hereby granted, free of charge, to any person obtaining a copy of the Unicode data files
# and any associated documentation (the "Data Files") or Unicode software and any associated
# documentation (the "Software") to deal in the Data Files or Software without restriction, including
# without limitation the rights to use, copy, modify, merge, publish, distribute, and/or sell copies of
# the Data Files or Software, and to permit persons to whom the Data Files or Software are furnished to
# do so, provided that either (a) this copyright and permission notice appear with all copies of the
# Data Files or Software, or (b) this copyright and permission notice appear in associated Documentation.
# THE DATA FILES AND SOFTWARE ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED,
# INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
# NONINFRINGEMENT OF THIRD PARTY RIGHTS. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR HOLDERS INCLUDED IN
# THIS NOTICE BE LIABLE FOR ANY CLAIM, OR ANY SPECIAL INDIRECT OR CONSEQUENTIAL DAMAGES, OR ANY DAMAGES
# WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR
# OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THE DATA FILES OR
# SOFTWARE. Except as contained in this notice, the name of a copyright holder shall not be used in
# advertising or otherwise to promote the sale, use or other dealings in these Data Files or Software
# without prior written authorization of the copyright holder.
"""

_ENTRY = re.compile(r"([0-9A-F]{4,6})(?:\.\.([0-9A-F]{4,6}))?\s*;\s*([0-9A-F]{4,6})")
_BLOCKS = (range(0x2E80, 0x2EF4), range(0x2F00, 0x2FD6))


def radicals() -> dict[str, str]:
    """Radical to ideograph, as Unicode has it."""
    text = resources.files("parsers.text").joinpath("radicals.txt").read_text("utf-8")
    words = (word for line in text.splitlines() if not line.startswith("#") for word in line.split())
    return {word[0]: word[1] for word in words}


def cut(lines: Iterable[str]) -> str:
    """The text of radicals.txt from the lines of Unicode's file."""
    words = list(_words(lines))
    rows = [" ".join(words[start : start + 20]) for start in range(0, len(words), 20)]
    return LICENCE + "\n".join(rows) + "\n"


def _words(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if entry := _ENTRY.match(line):
            first, last, ideograph = (int(part or entry[1], 16) for part in entry.groups())
            for code in range(first, last + 1):
                if any(code in block for block in _BLOCKS):
                    yield chr(code) + chr(ideograph)


if __name__ == "__main__":
    sys.stdout.write(cut(sys.stdin))
