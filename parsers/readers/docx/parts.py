"""The parts of a Word package as XML trees, within limits."""

from parsers.document import Unreadable
from parsers.readers import package
from parsers.readers.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Package(package.Package):
    """A Word file; the strict kind's names are read as the usual ones."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data, "Word file")

    def document(self) -> Element:
        root = self.part(self._main_name())
        if root is None:
            raise Unreadable(
                "damaged", "The Word file has no text part; open and save it again in Word or WPS."
            )
        return root

    def xml(self, content: bytes) -> bytes:
        return content.replace(_STRICT, _TRANSITIONAL)

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
