"""Excel workbooks since 2007 (.xlsx): a package of XML parts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import join, normpath

from parsers.readers.package import Element, Package
from parsers.readers.sheet.hidden import visible
from parsers.readers.sheet.pages import Sheet, Span, refuse_huge
from parsers.readers.sheet.shown import shown
from parsers.text.marks import marked

Look = tuple[str, Element | None]
"""The number format and the font of a cell."""

_COLUMNS = 16384
_SLOT = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_BUILT_IN = {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"} | {
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '#,##0;-#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"', 44: '#,##0.00;-#,##0.00;"-"',
}  # fmt: skip


def sheets(data: bytes) -> Iterator[Sheet]:
    package = Package(data, "Excel workbook")
    targets = _targets(package)
    strings = [_text(one) for one in _all(package.part("xl/sharedStrings.xml"), "si")]
    styles = package.part("xl/styles.xml")
    looks = list(zip(_formats(styles), _fonts(styles), strict=True))
    for listed in package.needed("xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
        target = targets.get(listed.get(_RELATION) or listed.get(_STRICT_RELATION) or "")
        root = package.part(target) if target else None
        if root is not None and listed.get("state", "visible") == "visible":
            yield _sheet(root, strings, looks)


def _targets(package: Package) -> dict[str, str]:
    relations = package.needed("xl/_rels/workbook.xml.rels")
    found = {one.get("Id", ""): one.get("Target", "") for one in relations}
    return {id: normpath(to[1:] if to.startswith("/") else join("xl", to)) for id, to in found.items()}


def _formats(styles: Element | None) -> list[str]:
    """The number format of each style of cells."""
    own = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in _all(styles, "numFmt")}
    used = () if styles is None else styles.iterfind("{*}cellXfs/{*}xf")
    ids = (int(one.get("numFmtId", "0")) for one in used)
    return [own.get(id) or _BUILT_IN.get(id, "General") for id in ids]


def _fonts(styles: Element | None) -> list[Element | None]:
    """The font of each style of cells."""
    if styles is None:
        return []
    fonts = styles.findall("{*}fonts/{*}font")
    ids = (int(one.get("fontId", "0")) for one in styles.iterfind("{*}cellXfs/{*}xf"))
    return [fonts[id] if id < len(fonts) else None for id in ids]


def _sheet(root: Element, strings: Sequence[str], looks: Sequence[Look]) -> Sheet:
    texts: dict[tuple[int, int], str] = {}
    hidden = set()
    for number, row in enumerate(_all(root, "row")):
        at = int(row.get("r", number + 1)) - 1
        if _is_on(row.get("hidden")):
            hidden.add(at)
        for place, cell in enumerate(row.iterfind("{*}c")):
            column = _slot(cell.get("r", ""))[1] if cell.get("r") else place
            texts[at, column] = _cell_text(cell, strings, looks)
        refuse_huge(len(texts))
    return visible(Sheet(texts, _spans(root)), hidden, set(_hidden_columns(root)))


def _hidden_columns(root: Element) -> Iterator[int]:
    for columns in root.iterfind("{*}cols/{*}col"):
        if _is_on(columns.get("hidden")):
            yield from range(int(columns.get("min", "1")) - 1, min(int(columns.get("max", "1")), _COLUMNS))


def _cell_text(cell: Element, strings: Sequence[str], looks: Sequence[Look]) -> str:
    style = int(cell.get("s", "0"))
    format, font = looks[style] if style < len(looks) else ("General", None)
    return _marked(_value_text(cell, strings, format), font)


def _value_text(cell: Element, strings: Sequence[str], format: str) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    value = cell.findtext("{*}v") or ""
    if kind == "s":
        return strings[int(value)] if value else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n" or not value:
        return value
    return shown(float(value), format)


def _text(root: Element) -> str:
    """Its runs together, without how they are pronounced."""
    inner = root.find("{*}is")
    whole = root if inner is None else inner
    runs = [_marked(run.findtext("{*}t") or "", run.find("{*}rPr")) for run in whole.iterfind("{*}r")]
    return "".join([*(plain.text or "" for plain in whole.iterfind("{*}t")), *runs])


def _marked(text: str, font: Element | None) -> str:
    if font is None:
        return text
    strike, align = font.find("{*}strike"), font.find("{*}vertAlign")
    struck_out = strike is not None and _is_on(strike.get("val", "1"))
    return marked(text, struck_out=struck_out, align=None if align is None else align.get("val"))


def _is_on(switch: str | None) -> bool:
    return switch in ("1", "true", "on")


def _spans(root: Element) -> Mapping[tuple[int, int], Span]:
    spans = {}
    for merged in _all(root, "mergeCell"):
        first, _, last = merged.get("ref", "").partition(":")
        (top, left), (bottom, right) = _slot(first), _slot(last or first)
        spans[top, left] = Span(top, left, bottom - top + 1, right - left + 1)
    return spans


def _slot(name: str) -> tuple[int, int]:
    found = _SLOT.fullmatch(name)
    if not found:
        raise ValueError(f"no cell is called {name!r}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _all(root: Element | None, name: str) -> Iterator[Element]:
    return iter(()) if root is None else root.iter(f"{{*}}{name}")
