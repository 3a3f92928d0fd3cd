"""The parts of a Word package as XML trees, within limits."""

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from parsers.document import Unreadable

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MOST_BYTES = 24 << 20
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    NotImplementedError,  # a way of packing that zipfile does not know
    RuntimeError,  # a password
    OSError,
)


class Package:
    """Opens a package and its parts; whatever is wrong with them is `Unreadable`."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _DAMAGES as error:
            raise _damaged(error) from error

    def document(self) -> Element:
        root = self.part(self._main_name())
        if root is None:
            raise Unreadable(
                "damaged", "The Word file has no text part; open and save it again in Word or WPS."
            )
        return root

    def part(self, name: str) -> Element | None:
        try:
            packed = self._zip.getinfo(name)
        except KeyError:
            return None
        try:
            with self._zip.open(packed) as stream:
                content = stream.read(_MOST_BYTES + 1)
            if len(content) > _MOST_BYTES:
                raise Unreadable("too-large", f"{name} unpacks to more than 24 MiB; it is no report.")
            return etree.fromstring(content.replace(_STRICT, _TRANSITIONAL), _parser())
        except _DAMAGES as error:
            raise _damaged(error) from error

    def _main_name(self) -> str:
        relations = self.part("_rels/.rels")
        for relation in relations if relations is not None else ():
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
        return "word/document.xml"


def value(element: Element | None, child: str, attribute: str = "val") -> str | None:
    """The attribute of a child by its Word name; "" where the child stands without it."""
    found = None if element is None else element.find(W + child)
    return None if found is None else found.get(W + attribute, "")


def number(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.lstrip("-").isdecimal() else default


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)


def _damaged(error: Exception) -> Unreadable:
    return Unreadable("damaged", f"The Word file cannot be opened ({error}); get it again.")
