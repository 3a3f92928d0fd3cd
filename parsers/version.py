"""The reader's version: part of the key under which readings are kept.

It is a digest of everything a reading depends on but the document, so that no one has to remember to
raise it: this package's code and data, and the libraries that open documents. The register is not
asked when a document is read, only when the archive is built.
"""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

# What reads scans may be installed or not: a document refused without it is read again with it.
OPTIONAL = ("onnxruntime", "opencv-python-headless", "rapidocr")
LIBRARIES = ("libarchive-c", "lxml", "olefile", "pdfplumber", "pypdfium2", "pyyaml", "xlrd")


@cache
def reader_version() -> str:
    digest = hashlib.sha256()
    for name, data in sorted(_sources(files("parsers"), "")):
        digest.update(name.encode() + b"\0" + data + b"\0")
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    for library in OPTIONAL:
        digest.update(f"{library} {_version_or_none(library)}\n".encode())
    return digest.hexdigest()[:12]


def _version_or_none(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _sources(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for item in folder.iterdir():
        if item.is_dir() and item.name not in ("__pycache__", "register"):
            found += _sources(item, f"{path}{item.name}/")
        elif item.is_file():
            found.append((path + item.name, item.read_bytes()))
    return found
