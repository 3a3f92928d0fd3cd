"""Zip packages of XML parts, within limits: what OFD, Word files and Excel workbooks have in common."""

import zipfile
import zlib
from collections.abc import Collection
from io import BytesIO

from lxml import etree

from parsers.document import Unreadable

Element = etree._Element

_MOST_BYTES = 24 << 20
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    NotImplementedError,  # a way of packing that zipfile does not know
    RuntimeError,  # a password
    OSError,
    ValueError,
)


class Package:
    """Opens a package and its parts; whatever is wrong with them is `Unreadable`. `what` names it."""

    def __init__(self, data: bytes, what: str) -> None:
        self._what = what
        self._left = 4 * _MOST_BYTES
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _DAMAGES as error:
            raise self._damaged(error) from error

    def names(self) -> Collection[str]:
        return self._zip.namelist()

    def needed(self, name: str) -> Element:
        found = self.part(name)
        if found is None:
            raise Unreadable("damaged", f"The {self._what} has no part {name}; get it again.")
        return found

    def part(self, name: str) -> Element | None:
        """The root of a part, from the top of the package; None where there is none of that name."""
        try:
            packed = self._zip.getinfo(name)
        except KeyError:
            return None
        try:
            with self._zip.open(packed) as stream:
                content = stream.read(_MOST_BYTES + 1)
            self._left -= len(content)
            if len(content) > _MOST_BYTES:
                raise Unreadable("too-large", f"{name} unpacks to more than 24 MiB; it is no report.")
            if self._left < 0:
                raise Unreadable("too-large", f"The {self._what} unpacks to more than a report is ({name}).")
            return etree.fromstring(self.xml(content), _parser())
        except _DAMAGES as error:
            raise self._damaged(error) from error

    def xml(self, content: bytes) -> bytes:
        """The bytes of a part as they are to be parsed."""
        return content

    def _damaged(self, error: Exception) -> Unreadable:
        return Unreadable("damaged", f"The {self._what} cannot be opened ({error}); get it again.")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)


def numbers(text: str | None) -> list[float]:
    """The numbers in an attribute, a blank between them."""
    return [float(one) for one in (text or "").split()]
