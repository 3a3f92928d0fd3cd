"""Tables whose cells are filled boxes without lines: pdfplumber's table finder, fed with pdfium's boxes.

Its steps are free functions over edges, so no page is parsed a second time.
"""

from collections.abc import Iterator
from typing import Any

from parsers.document import Box
from parsers.readers.ruled.drawing import Drawing
from parsers.readers.ruled.frames import Frame, frame_of_cells

_LEAST_BOXES = 6
_SNAP = 3.0
_EDGE = {"object_type": "rect_edge"}


def boxed_frames(drawing: Drawing) -> list[Frame]:
    """The tables on a page that rules none; none either where it draws but a few boxes."""
    if len(drawing.filled) < _LEAST_BOXES:
        return []
    # It brings pdfminer along, a third of a second that most documents need not pay.
    from pdfplumber import table as finder

    edges = finder.merge_edges([edge for box in drawing.filled for edge in _edges(box)], *[_SNAP] * 4)
    crossings = finder.edges_to_intersections(edges, _SNAP, _SNAP)
    tables = finder.cells_to_tables(finder.intersections_to_cells(crossings))
    found = [frame_of_cells([Box(*cell) for cell in cells]) for cells in tables if len(cells) >= _LEAST_BOXES]
    return [frame for frame in found if frame.is_table]


def _edges(box: Box) -> Iterator[dict[str, Any]]:
    for y in (box.top, box.bottom):
        yield _edge(box.left, box.right, y, y, "h")
    for x in (box.left, box.right):
        yield _edge(x, x, box.top, box.bottom, "v")


def _edge(x0: float, x1: float, top: float, bottom: float, orientation: str) -> dict[str, Any]:
    size = {"width": x1 - x0, "height": bottom - top}
    return {**_EDGE, **size, "x0": x0, "x1": x1, "top": top, "bottom": bottom, "orientation": orientation}
