"""Publishers: their lasting ids, and their kind as far as the name tells it."""

import re
from dataclasses import dataclass

from parsers.text.fold import fold

_KINDS = (
    ("township", re.compile(r"街道办|(街道|[镇乡]|苏木)((人民)?政府)?((党政)?办公室|党政办)?$")),
    # Its office publishes the government's report, for which Article 49 gives it until 31 March.
    ("government", re.compile(r"(人民政府|[省市县区旗州盟]政府)(办公厅|办公室|办)?$")),
    ("department", re.compile(r"(局|委员会|委|厅|部|办公室|总队|支队|大队)$")),
)


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
