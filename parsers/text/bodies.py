"""Names of bodies: what kind of office a name ends in, and whether two names may be of one body."""

import re

KINDS = (
    ("government", ("人民政府",)),
    ("subdistrict", ("街道办事处", "街道")),
    ("office", ("办公室",)),
    ("committee", ("委员会", "委")),
    ("bureau", ("局",)),
    ("centre", ("中心",)),
)
NOT_A_NAME = re.compile(r"[各我本该其两级]|下属|所属|单位|部门")


def kind_of(name: str) -> str | None:
    """None where the name ends like no office, or speaks of several (各局)."""
    for kind, endings in KINDS:
        for ending in endings:
            if name.endswith(ending):
                subject = name.removesuffix(ending)[-3:]
                return kind if len(subject) >= 2 and not NOT_A_NAME.search(subject) else None
    return None


def same_body(one: str, other: str) -> bool:
    """May these be one body? Where the core of one runs through the other, as 住建局 does through
    住房和城乡建设局. Only what cannot be one body is told apart."""
    return _runs_through(_core(other), one) or _runs_through(_core(one), other)


def _core(name: str) -> str:
    """The ending with two characters of what it is for."""
    ending = next((e for _, endings in KINDS for e in endings if name.endswith(e)), "")
    return name[-len(ending) - 2 :]


def _runs_through(core: str, name: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in core)
