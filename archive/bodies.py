"""Publishers: their lasting ids, and the one spelling of their names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from parsers.reading import Publisher
from parsers.register.evidence import Evidence
from parsers.register.names import squeezed
from parsers.register.offices import Type, type_by_name
from parsers.register.resolve import resolve

_PLACE = re.compile(r"\w{1,12}[省市县区旗州盟]")
_PLACE_LENGTH = 13


@dataclass(frozen=True, slots=True)
class Body:
    """`division` is None until something proves it; `portal` then keeps bodies of one name apart. `type`
    is None where the register does not know the body: its name has to tell."""

    name: str
    division: str | None
    portal: str
    type: Type | None = None

    @property
    def where(self) -> str:
        return self.division or f"unresolved-{self.portal}"

    @property
    def id(self) -> str:
        return f"{self.where}-{squeezed(self.name)}"

    @property
    def kind(self) -> Type:
        return self.type or type_by_name(squeezed(self.name))


@dataclass(frozen=True, slots=True)
class Known:
    """A body and how it is known. `decides` is what would settle whose name it is, None where it is sure."""

    body: Body
    known_from: str
    decides: str | None = None


def known_body(publisher: Publisher, evidence: Evidence, portal: str) -> Known:
    """The body that the register finds, under its canonical name, or the publisher as it is printed."""
    found = resolve(evidence)
    known_from = "; ".join(dict.fromkeys(found.known_from))
    if found.body and found.division:
        return Known(Body(found.body, found.division, portal, found.type), known_from)
    body = Body(publisher.name or "", publisher.division, portal)
    if body.division:
        return Known(body, f"the portal is that of {body.division}, and its name is {squeezed(body.name)}")
    return Known(
        body, known_from, found.conflict or found.decides or "a portal or a text that names the place"
    )


def one_spelling(bodies: Iterable[Body]) -> Mapping[Body, Body]:
    """From every body, once for each time it was met or counted, to the one it is.

    Within a division 民政局 is the one body that is also printed with its place before it, 清源县民政局;
    where two are, it stays by itself. Of spellings that fold alike the commonest is kept.
    """
    counts = Counter(bodies)
    common: dict[str, Body] = {}
    for body in sorted(counts, key=lambda body: (-counts[body], body.name)):
        common.setdefault(body.id, body)
    placed: dict[tuple[str, str], list[Body]] = {}
    for body in common.values():
        for rest in _behind_places(squeezed(body.name)):
            placed.setdefault((body.where, rest), []).append(body)
    return {body: _in_full(common[body.id], placed) for body in counts}


def _in_full(body: Body, placed: Mapping[tuple[str, str], list[Body]]) -> Body:
    if body.type:
        return body
    longer = placed.get((body.where, squeezed(body.name)), ())
    return longer[0] if len(longer) == 1 else body


def _behind_places(name: str) -> Iterator[str]:
    """What is left of a name behind each place that it may begin with."""
    for end in range(2, min(len(name), _PLACE_LENGTH + 1)):
        if _PLACE.fullmatch(name[:end]):
            yield name[end:]
