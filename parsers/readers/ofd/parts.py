"""The parts of an OFD package: its documents, their pages and the templates behind these."""

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from parsers.document import Unreadable
from parsers.readers.package import Element, Package, numbers

MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class PageParts:
    """`origin` is the top left corner in millimetres; `roots` hold the layers, templates first."""

    origin: tuple[float, float]
    roots: tuple[Element, ...]


def pages(package: Package) -> Iterator[PageParts]:
    for name in _texts(package.needed("OFD.xml"), "DocRoot"):
        path = _path("", name)
        yield from _pages(package, path, package.needed(path))


def _pages(package: Package, path: str, document: Element) -> Iterator[PageParts]:
    templates = {
        one.get("ID"): _path(path, one.get("BaseLoc", "")) for one in named(document, "TemplatePage")
    }
    found = list(named(document, "Page"))
    if len(found) > MOST_PAGES:
        says = f"The OFD document has {len(found)} pages; a report has at most {MOST_PAGES}."
        raise Unreadable("too-large", says)
    for page in found:
        root = package.needed(_path(path, page.get("BaseLoc", "")))
        behind = [
            templates[t.get("TemplateID")]
            for t in named(root, "Template")
            if t.get("TemplateID") in templates
        ]
        yield PageParts(_origin(root, document), (*map(package.needed, behind), root))


def _origin(page: Element, document: Element) -> tuple[float, float]:
    for text in (*_texts(page, "PhysicalBox"), *_texts(document, "PhysicalBox")):
        left, top, *_ = numbers(text)
        return left, top
    return 0.0, 0.0


def named(root: Element, name: str) -> Iterator[Element]:
    """Makers write different namespaces for the one language."""
    return root.iter(f"{{*}}{name}")


def _texts(root: Element, name: str) -> list[str]:
    return [(one.text or "").strip() for one in named(root, name)]


def _path(of: str, name: str) -> str:
    """A name in a part is meant from its folder, from the top where it begins with a stroke."""
    return normpath(name.lstrip("/") if name.startswith("/") else join(dirname(of), name))
