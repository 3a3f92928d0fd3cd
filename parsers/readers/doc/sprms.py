"""Changes of properties ("sprms"): a code, which says how long its operand is, and the operand."""

from collections.abc import Iterator
from struct import unpack_from

_LENGTHS = (1, 1, 2, 4, 2, 2, 0, 3)
_VARIABLE = 6
T_DEFINITION, _TABS = 0xD608, 0xC615
P_IN_TABLE, P_ROW_END, P_DEPTH = 0x2416, 0x2417, 0x6649
P_INNER_CELL_END, P_INNER_ROW_END = 0x244B, 0x244C
P_LEVEL, P_LIST = 0x260A, 0x460B
P_HUGE = (0x6645, 0x6646)
C_DELETED, C_HIDDEN = 0x0800, 0x083C
C_STRUCK, C_STRUCK_TWICE, C_RAISED, C_STYLE = 0x0837, 0x2A53, 0x2A48, 0x4A30
T_MERGE, T_SPLIT, T_MERGE_DOWN = 0x5624, 0x5625, 0xD62B


def sprms(changes: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 3 <= len(changes):
        (code,) = unpack_from("<H", changes, at)
        at += 2
        length = _LENGTHS[code >> 13]
        if code == T_DEFINITION:
            length = int(unpack_from("<H", changes, at)[0]) - 1
            at += 2
        elif code >> 13 == _VARIABLE:
            length = changes[at]
            at += 1
            if code == _TABS and length == 255:
                return  # longer than its length can say; nothing that is asked for stands behind it
        yield code, changes[at : at + length]
        at += length
