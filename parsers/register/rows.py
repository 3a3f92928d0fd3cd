"""A line of divisions.tsv.gz while it is made."""

from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Row:
    """`successors` are codes, `code[year]` where only a part went there in that year."""

    code: str
    name: str
    first: int | None = None
    last: int | None = None
    successors: tuple[str, ...] = ()

    def line(self) -> str:
        years = (str(year or "") for year in (self.first, self.last))
        return "\t".join((self.code, self.name, *years, ";".join(self.successors), self.sound()))

    def sound(self) -> str:
        if len(self.code) > 6:
            return ""
        syllables = import_module("pypinyin").lazy_pinyin(self.name, errors="ignore")
        return " ".join(syllable.replace("ü", "v") for syllable in syllables)
