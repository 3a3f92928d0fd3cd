"""Which characters some bytes are. Headers and meta elements are not asked: they lie."""

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BEYOND_ASCII = bytes(range(0x80, 0x100))


@dataclass(frozen=True, slots=True)
class Decoded:
    """`replaced` counts the characters that stand for bytes nobody can read."""

    text: str
    encoding: str
    replaced: int


def decode(data: bytes) -> Decoded:
    """By the byte order mark, else strict UTF-8, else GB18030 with what cannot be read replaced.

    UTF-8 with a few damaged bytes stays UTF-8: read as GB18030 all of it would be nonsense."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        as_utf8 = _replacing(data, "utf-8")
    beyond_ascii = len(data) - len(data.translate(None, _BEYOND_ASCII))
    return as_utf8 if as_utf8.replaced * 50 <= beyond_ascii else _replacing(data, "gb18030")


def _replacing(data: bytes, encoding: str) -> Decoded:
    # U+FFFD that was in the bytes themselves is no replacement of ours.
    text = data.decode(encoding, "replace")
    kept = data.decode(encoding, "ignore")
    return Decoded(text, encoding, text.count("\ufffd") - kept.count("\ufffd"))
