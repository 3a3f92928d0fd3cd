"""Labels of lines as a person wrote them, and whether an answer is what a label says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from parsers.register.aliases import called
from parsers.register.divisions import Division, register
from parsers.register.names import brief, named
from parsers.register.offices import type_by_name
from parsers.register.zones import joined_with, zones_over

_REMARK = re.compile(r"[(（][^()（）]*[)）]")
_NOBODY = re.compile(r"[某?？/]|待定|^无$|^$")
_NO_REPORT = ("interpretation", "not-a-report")
_KINDS = {"street": "subdistrict", "community": "other", "township": "township"}


@dataclass(frozen=True, slots=True)
class Said:
    """An answer; `why` is what would settle an open one."""

    id: str | None
    body: str | None
    division: str | None
    type: str | None
    year: int | None
    annual_report: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """`body` in the words of a person, with every place or some; `division` where the list has codes."""

    title: str
    body: str
    division: str = ""
    kind: str = ""
    year: int | None = None
    annual_report: bool = True
    government: bool = False

    @classmethod
    def of_row(cls, row: Mapping[str, str]) -> "Label":
        body = _REMARK.sub("", row["body"])
        level = row["level"].split("-")
        kind = next((_KINDS[word] for word in level if word in _KINDS), type_by_name(body))
        return cls(
            row["title"],
            "" if _NOBODY.search(body) or _NOBODY.search(row["body"].partition(")")[0]) else body,
            kind=kind,
            year=int(row["year"]) if row["year"].isdecimal() else None,
            annual_report=not row["level"].endswith(_NO_REPORT),
            government=".gov.cn" in row["url"].split("/")[2] if "//" in row["url"] else False,
        )

    @property
    def names_one(self) -> bool:
        return bool(self.body)

    @property
    def tells_whose(self) -> bool:
        """区统计局 does not, and 丰收乡人民政府 does not where several places are called so: the page did not
        tell its reader either."""
        if self.division or not self.names_one:
            return self.names_one
        return any(
            not name.level and (name.places != 1 or len(name.divisions) == 1) for name in named(self.body)
        )

    @property
    def placed(self) -> bool:
        """Does it name a place that the register has? Many zones are in no list, and 区统计局 has none."""
        return bool(self.division) or any(name.divisions for name in named(self.body))


def judged(label: Label, said: Said) -> str:
    """right, wrong, missed, or open where nobody can be named."""
    if said.body is None or said.division is None:
        return "missed" if label.names_one else "open"
    if label.division:
        same = (said.body, said.division) == (label.body, label.division)
    else:
        same = label.names_one and _is_named(label.body, said.body, said.division)
    return "right" if same else "wrong"


def _is_named(label: str, body: str, code: str) -> bool:
    """Is the label the office behind the last place, and before it places that this one lies in, from the
    outermost in, with the zone that runs it? A report of a government is that of its office: the titles of
    such reports name either."""
    division = register().get(code)
    if division is None:
        return False
    office = _office(body, division)
    offices = {office, f"{office}办公室"} if office == "人民政府" else {office}
    places = "".join(f"(?:{'|'.join(map(re.escape, _called(one)))})?" for one in _above(division))
    own = "|".join(map(re.escape, _called(division)))
    zones = "|".join(re.escape(name) for one in zones_over(code) for name in one.names)
    return any(re.fullmatch(f"{places}(?:{zones})?(?:{own}){re.escape(its)}", label) for its in offices)


def _office(body: str, division: Division) -> str:
    return body[body.rindex(division.name) + len(division.name) :]


def _above(division: Division) -> list[Division]:
    found: list[Division] = []
    code = division.parent
    while code and (one := register().get(code)):
        found.insert(0, one)
        code = one.parent
    return found


def _called(division: Division) -> tuple[str, ...]:
    """In full and in short, and by its other names; 杨梅彝族苗族回族乡 is 杨梅乡."""
    short = brief(division.name)
    joined = (name for zone in joined_with(division.code) for name in zone.names)
    names = (division.name, short, short + division.name[-1]) if short != division.name else (division.name,)
    return (*names, *called(division.code), *joined)
