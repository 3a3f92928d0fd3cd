"""A document by itself, out of what was captured."""

import hashlib

from crawler.captures import CaptureLost
from parsers.read import parts


def original(captured: bytes, document: str, member: str | None, said: str) -> bytes:
    """What was captured or, with `member`, that file of the archive that has the digest. `said` names the
    capture where neither has it."""
    candidates = [captured] if not member else [part for _, part in parts("", captured)]
    for content in candidates:
        if isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == document:
            return content
    raise CaptureLost(f"{said} does not hold {document}; build again")


def suffix(media_type: str) -> str:
    return SUFFIXES.get(media_type, ".bin")


SUFFIXES = {
    "application/pdf": ".pdf",
    "application/ofd": ".ofd",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "message/rfc822": ".mht",
    "multipart/related": ".mht",
    "text/html": ".html",
    "text/plain": ".txt",
}
