"""Cuts the subset out of a full Noto Sans SC in TrueType outlines. Run again when a test says that a
character is missing:

    npm pack @expo-google-fonts/noto-sans-sc && tar xzf expo-google-fonts-noto-sans-sc-*.tgz
    python -m samples.fonts.make package/400Regular/NotoSansSC_400Regular.ttf
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from samples.fonts.characters import characters
from samples.fonts.subset import PATH


def make(source: Path, target: Path) -> None:
    """The same source and characters give the same bytes."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 5, 13, 14])
    cutter = Subsetter(options)
    cutter.populate(unicodes=map(ord, characters()))
    cutter.subset(font)
    for table in ("vhea", "vmtx", "BASE", "STAT", "GPOS", "GSUB", "GDEF", "DSIG"):
        if table in font:
            del font[table]
    font.save(target)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        sys.stderr.write("samples.fonts.make: name the full NotoSansSC TTF file as the one argument\n")
        return 2
    make(Path(arguments[0]), PATH)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
