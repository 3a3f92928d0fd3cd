"""One report of the made-up county, as it is printed: what the renderers show and the truth states."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from samples.county import COUNTY, Body

Status = Literal["read", "blank", "mark"]
Format = Literal["html", "pdf", "docx", "txt"]
FormId = Literal["2021", "2019", "2014", "free"]
MARKS = ("—", "/", "——", "-")


def plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as its cell shows it."""

    code: str
    text: str

    @property
    def status(self) -> Status:
        if not self.text:
            return "blank"
        return "mark" if self.text in MARKS else "read"

    @property
    def value(self) -> int | str | None:
        """The number meant: an integer, or the shortest plain decimal in 万元 of an amount."""
        if self.status != "read":
            return None
        if self.text.endswith("元"):
            return plain(Decimal(self.text.removesuffix("元")) / 10000)
        return plain(Decimal(self.text)) if self.code.endswith(".amount") else int(self.text)


@dataclass(frozen=True, slots=True)
class Section:
    """`number` is the statutory one, 0 in narratives from before the form."""

    number: int
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    body: Body
    year: int
    form: FormId
    title: str
    published: date
    format: Format
    scope: Literal["aggregate", "own"]
    sections: tuple[Section, ...]
    figures: tuple[Printed, ...]
    labels: tuple[tuple[str, str], ...] = ()
    """Labels of the form that are mistyped, and what is printed instead."""
    defects: tuple[str, ...] = ()
    """What is wrong with it as a publication."""
    traits: tuple[str, ...] = ()
    """What is peculiar in how it is rendered."""

    @property
    def id(self) -> str:
        return f"{self.body.id}-{self.year}"

    @property
    def publisher(self) -> str:
        return self.body.named(self.year)

    @property
    def named(self) -> str:
        """The publisher as the title names it: townships leave the county out at times."""
        return self.publisher if self.publisher in self.title else self.publisher.removeprefix(COUNTY)

    @property
    def texts(self) -> dict[str, str]:
        return {figure.code: figure.text for figure in self.figures}
