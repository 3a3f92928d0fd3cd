"""What an address asks of the search: words, filters, an order and a page. All that is kept is in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from archive.pages.words import words
from archive.search import Term, terms
from parsers.form import form

MOST = 100
"""Characters of a query."""
PAGES = 50
"""Pages that are shown; the tables that can be taken away hold more."""

LEVELS = ("province", "prefecture", "county", "zone", "township", "office")
KINDS = ("government", "department", "township", "subdistrict", "other")
FORMS = ("2021", "2019", "2014", "free", "none")
SECTIONS = ("1", "2", "3", "4", "5", "6")
SEVERITIES = ("error", "warning", "note")
SORTS = ("relevance", "newest", "oldest", "place")
RULES = tuple(key.removeprefix("rule.") for key in words("zh") if key.startswith("rule."))
"""A language has a name for every rule."""

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Asked:
    """`filters` are in the order of the registry. `ignored` is what was in the address and means nothing."""

    query: str
    filters: Mapping[str, str]
    sort: str = SORTS[0]
    page: int = 1
    ignored: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        return terms(self.query)

    @property
    def searchable(self) -> bool:
        """Is there a word to search, or are filters alone asked for?"""
        return bool(self.terms) or (bool(self.filters) and not self.query)

    @property
    def empty(self) -> bool:
        """Is nothing asked at all?"""
        return not self.query and not self.filters

    def without(self, name: str) -> "Asked":
        kept = {key: value for key, value in self.filters.items() if key != name}
        return replace(self, filters=kept, page=1, ignored=())

    def having(self, name: str, value: str) -> "Asked":
        """With this filter, in place of another value of it."""
        chosen = {**self.filters, name: value}
        ordered = {key: chosen[key] for key in FILTERS if key in chosen}
        return replace(self, filters=ordered, page=1, ignored=())

    def of(self, query: str) -> "Asked":
        return replace(self, query=query, page=1, ignored=())

    def at(self, page: int) -> "Asked":
        return replace(self, page=page, ignored=())

    def sorted_by(self, sort: str) -> "Asked":
        return replace(self, sort=sort, page=1, ignored=())

    @property
    def parameters(self) -> Sequence[tuple[str, str]]:
        """As few as say the same, always in one order: one question has one address."""
        rest = (("sort", self.sort, self.sort != SORTS[0]), ("page", str(self.page), self.page > 1))
        return (
            *((("q", self.query),) if self.query else ()),
            *self.filters.items(),
            *((name, value) for name, value, said in rest if said),
        )

    @property
    def string(self) -> str:
        """What stands behind the question mark, empty where nothing does."""
        return urlencode(self.parameters)


def asked(arguments: Mapping[str, str]) -> Asked:
    query = _SPACES.sub(" ", arguments.get("q", "")).strip()[:MOST].strip()
    given = {name: value.strip() for name, value in arguments.items() if name != "q" and value.strip()}
    filters = {
        name: given[name] for name in FILTERS if name in given and FILTERS[name].fullmatch(given[name])
    }
    sort, page = given.get("sort", SORTS[0]), given.get("page", "1")
    right_sort, right_page = sort in SORTS, page.isascii() and page.isdecimal() and 0 < len(page) < 4
    number = int(page) if right_page else 0
    return Asked(
        query,
        filters,
        sort if right_sort else SORTS[0],
        number if 1 <= number <= PAGES else 1,
        tuple(_ignored(given, filters, right_sort, 1 <= number <= PAGES)),
    )


def _ignored(given: Mapping[str, str], filters: Mapping[str, str], sort: bool, page: bool) -> Iterator[str]:
    understood = {*filters, *(["sort"] if sort else ()), *(["page"] if page else ())}
    known = {*FILTERS, "sort", "page"}
    yield from (f"{name}={value[:MOST]}" for name, value in given.items() if name in known - understood)


def section_label(number: str) -> str:
    """As the form of 2021 prints it."""
    return form("2021").sections[int(number) - 1]


def _one_of(values: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, values)))


FILTERS: Mapping[str, re.Pattern[str]] = {
    "place": re.compile(r"(?:\d\d){1,3}|\d{9}|unresolved", re.ASCII),
    "level": _one_of(LEVELS),
    "kind": _one_of(KINDS),
    "from": re.compile(r"2[01]\d\d", re.ASCII),
    "to": re.compile(r"2[01]\d\d", re.ASCII),
    "form": _one_of(FORMS),
    "section": _one_of(SECTIONS),
    "severity": _one_of(SEVERITIES),
    "rule": _one_of(RULES),
}
"""What can be filtered by, and what its values look like."""
