"""The ready-made questions: what reporters ask first, as SQL with parameters that may be left empty."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from parsers.facts import facts

LATEST = "latest"
"""Stands for the latest report year of the archive."""

_ASKED = {
    "year": "CAST(coalesce(nullif(trim(:year), ''), {default}) AS INTEGER) AS year",
    "scope": "coalesce(nullif(trim(:scope), ''), '{default}') AS scope",
    # A province and a prefecture are asked for by six digits, and hold what begins with the first of them.
    "place": "CASE WHEN trim(:place) LIKE '__0000' THEN substr(trim(:place), 1, 2)"
    " WHEN trim(:place) LIKE '____00' THEN substr(trim(:place), 1, 4) ELSE trim(:place) END AS place",
    "least": "CAST(coalesce(nullif(trim(:least), ''), {default}) AS INTEGER) AS least",
}
_WITHIN = "substr(coalesce(bodies.division, ''), 1, length(asked.place)) = asked.place"
_OBLIGED = """, obliged AS (
  SELECT count(*) AS bodies
  FROM asked CROSS JOIN expected JOIN bodies ON bodies.id = expected.body
    AND {within}
  WHERE expected.year = asked.year AND expected.outcome NOT IN ('not_due', 'not_obliged')
)"""


@dataclass(frozen=True, slots=True)
class Question:
    """`asks` has what stands for each parameter that is left empty."""

    name: str
    group: str
    asks: Mapping[str, str]
    sql: str


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    questions: tuple[Question, ...]


@cache
def questions() -> Mapping[str, Question]:
    return {name: _question(name, **told) for name, told in facts("archive.pages", "questions.yaml").items()}


def groups() -> tuple[Group, ...]:
    """In the order of the file."""
    names = dict.fromkeys(question.group for question in questions().values())
    return tuple(Group(name, tuple(_of(name))) for name in names)


def _of(group: str) -> Iterator[Question]:
    return (question for question in questions().values() if question.group == group)


def _question(name: str, group: str, asks: Mapping[str, str | int], sql: str) -> Question:
    defaults = {parameter: str(default) for parameter, default in asks.items()}
    columns = ",\n  ".join(_asked(parameter, default) for parameter, default in defaults.items())
    obliged = _OBLIGED if "obliged.bodies" in sql else ""
    whole = f"WITH asked AS (\n  SELECT {columns}\n){obliged}\n{sql}"
    return Question(name, group, defaults, whole.replace("{within}", _WITHIN))


def _asked(parameter: str, default: str) -> str:
    stands = "(SELECT max(year) FROM reports)" if default == LATEST else default
    return _ASKED[parameter].format(default=stands)
