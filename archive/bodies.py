"""Publishers: their lasting ids, and their kind as far as the name tells it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parsers.text.fold import fold

_KINDS = (
    ("township", re.compile(r"街道办|(街道|[镇乡]|苏木)((人民)?政府)?((党政)?办公室|党政办)?$")),
    # Its office publishes the government's report, for which Article 49 gives it until 31 March.
    ("government", re.compile(r"(人民政府|[省市县区旗州盟]政府)(办公厅|办公室|办)?$")),
    ("department", re.compile(r"(局|委员会|委|厅|部|办公室|总队|支队|大队)$")),
)

_PLACE = re.compile(r"\w{1,12}[省市县区旗州盟]")


@dataclass(frozen=True, slots=True)
class Body:
    """`division` is None until something proves it; `portal` then keeps bodies of one name apart."""

    name: str
    division: str | None
    portal: str

    @property
    def id(self) -> str:
        return f"{self.division or f'unresolved-{self.portal}'}-{squeezed(self.name)}"

    @property
    def kind(self) -> str:
        name = squeezed(self.name)
        return next((kind for kind, pattern in _KINDS if pattern.search(name)), "other")


def squeezed(name: str) -> str:
    """A name as ids have it: folded, without white space, so that one body has one id."""
    return "".join(fold(name).split())


def one_spelling(bodies: Iterable[Body]) -> Mapping[Body, Body]:
    """From every body, once for each time it was met, to the one it is.

    Within a division 民政局 is the one body that is also printed with its place before it, 清源县民政局;
    where two are, it stays by itself. Of spellings that fold alike the commonest is kept.
    """
    counts = Counter(bodies)
    common: dict[str, Body] = {}
    for body in sorted(counts, key=lambda body: (-counts[body], body.name)):
        common.setdefault(body.id, body)
    return {body: _in_full(common[body.id], common) for body in counts}


def _in_full(body: Body, common: Mapping[str, Body]) -> Body:
    name = squeezed(body.name)
    longer = [
        other
        for other in common.values()
        if other.division == body.division
        and (place := squeezed(other.name).removesuffix(name)) != squeezed(other.name)
        and _PLACE.fullmatch(place)
    ]
    return longer[0] if len(longer) == 1 else body
