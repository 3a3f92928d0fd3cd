"""Ids under which an earlier archive may have published a body: they answer for ever."""

from collections.abc import Iterator

from archive.bodies import Body
from archive.material import Material
from parsers.register.divisions import Division, register
from parsers.register.likely import renamed
from parsers.register.names import squeezed

UNPROVED = "Its place was not proved then."
PRINTED = "It stood under the name that is printed."
RENAMED = "Its place had that name."


def former_ids(material: Material) -> Iterator[dict[str, str]]:
    """In order. An id that could be that of two bodies is nobody's: better no answer than a wrong one."""
    bodies = {body.id for _, _, body in material.named()}
    meant: dict[str, dict[str, str]] = {}
    for portal, named, body in material.named():
        for former, says in _of_body(portal, named, body):
            if former not in bodies:
                meant.setdefault(former, {}).setdefault(body.id, says)
    for former in sorted(meant):
        if len(meant[former]) == 1:
            ((id, says),) = meant[former].items()
            yield {"id": former, "body": id, "says": says}


def _of_body(portal: str, named: str, body: Body) -> Iterator[tuple[str, str]]:
    """A name that the register learns later gives its body another id than the printed name did."""
    if body.division is None:
        return
    yield Body(named, None, portal).id, UNPROVED
    yield Body(named, body.division, portal).id, PRINTED
    if body.type:
        yield from ((f"{body.division}-{name}", RENAMED) for name in _before(body))


def _before(body: Body) -> Iterator[str]:
    """Its name in the earlier names of its place and, of a township, of the county that it lies in."""
    name = squeezed(body.name)
    place = register().get(body.division or "")
    over = register().get(place.parent or "") if place and len(place.code) == 9 else None
    for one in (place, over):
        for was in _names(one) if one else ():
            yield name.replace(one.name if one else "", was, 1)


def _names(division: Division) -> Iterator[str]:
    its = (one for one in register().of_code(division.code) if renamed(one) == division)
    return (one.name for one in its if one != division)
