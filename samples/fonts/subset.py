"""Where the subset of the font is."""

from pathlib import Path

PATH = Path(__file__).parent / "NotoSansSC-subset.ttf"
