"""Which characters some bytes are. Headers and meta elements are not asked: they lie."""

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_REPLACEMENT = "\ufffd".encode()
_PIECE = 512


@dataclass(frozen=True, slots=True)
class Decoded:
    """`replaced` counts the characters that stand for bytes nobody can read."""

    text: str
    encoding: str
    replaced: int
    as_is: bool = False
    """Are the bytes the text in UTF-8 and nothing else?"""


def decode(data: bytes) -> Decoded:
    """By the byte order mark, else strict UTF-8, else GB18030 with what cannot be read replaced.

    UTF-8 with a few damaged bytes stays UTF-8: read as GB18030 all of it would be nonsense."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0, as_is=True)
    except UnicodeDecodeError:
        beyond_ascii = len(data) - len(data.translate(None, _BEYOND_ASCII))
        return _replacing(data, "utf-8" if _damaged_utf8(data, beyond_ascii // 50) else "gb18030")


def _damaged_utf8(data: bytes, most: int) -> bool:
    """Are at most so many characters of it damaged? Of a page in GBK a few hundred bytes say no."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    found = -data.count(_REPLACEMENT)
    for start in range(0, len(data), _PIECE):
        found += decoder.decode(data[start : start + _PIECE], start + _PIECE >= len(data)).count("\ufffd")
        if found > most:
            return False
    return True


def _replacing(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    replaced = text.count("\ufffd")
    if replaced:  # U+FFFD that was in the bytes themselves is no replacement of ours
        replaced -= data.decode(encoding, "ignore").count("\ufffd")
    return Decoded(text, encoding, replaced)
