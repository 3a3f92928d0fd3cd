"""What runs look like by their style of characters, written into the runs themselves."""

from copy import deepcopy

from parsers.readers.docx.parts import W, value
from parsers.readers.package import Element

_LOOKS = ("vanish", "strike", "dstrike", "vertAlign")


def dress(document: Element, styles: Element | None) -> None:
    looks = {} if styles is None else _looks(styles)
    if not looks:
        return
    for properties in document.iter(W + "rPr"):
        for look in looks.get(value(properties, "rStyle") or "", ()):
            if properties.find(look.tag) is None:
                properties.append(deepcopy(look))


def _looks(styles: Element) -> dict[str, list[Element]]:
    found = {}
    for style in styles.iter(W + "style"):
        properties = style.find(W + "rPr")
        shown = (
            [] if properties is None else [look for name in _LOOKS for look in properties.iterfind(W + name)]
        )
        if shown and style.get(W + "type") == "character":
            found[style.get(W + "styleId", "")] = shown
    return found
