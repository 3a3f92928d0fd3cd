"""What the columns of samples.elsewhere list: reports, and what only stands among them."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from html import escape

from samples import defects
from samples.county import Body, body
from samples.figures import dice
from samples.render.web import article
from samples.report import Format, Report
from samples.sites.site import shown


@dataclass(frozen=True, slots=True)
class Item:
    """`report` is None for what is no report; `text` is what that says."""

    id: str
    title: str
    published: date
    body: Body
    report: Report | None = None
    text: tuple[str, ...] = ()

    @property
    def format(self) -> Format:
        return self.report.format if self.report else "html"

    @property
    def source(self) -> str:
        return self.report.publisher if self.report else self.body.name

    def content(self) -> str:
        """The text as a CMS keeps it, whatever format the report is published in."""
        if self.report:
            return article(self.report)
        return "\n".join(f"<p>　　{escape(line)}</p>" for line in self.text)


@cache
def items() -> tuple[Item, ...]:
    """Newest first, give or take a few weeks, each once."""
    made = [Item(r.id, r.title, r.published, r.body, r) for r in shown()]
    bodies = {item.body.id for item in made}
    made += [
        Item(f"decoy-{decoy.title}", decoy.title, decoy.published, body(decoy.body), None, decoy.text)
        for decoy in defects.DECOYS
        if decoy.body in bodies
    ]
    return tuple(sorted(made, key=_place, reverse=True))


def listed(*bodies: str) -> tuple[Item, ...]:
    """The rows of a column that these bodies share: some reports stand in it twice."""
    return tuple(
        item
        for item in items()
        if item.body.id in bodies
        for _ in range(2 if item.report and (item.body.id, item.report.year) in defects.LISTED_TWICE else 1)
    )


def bodies() -> tuple[Body, ...]:
    return tuple(dict.fromkeys(report.body for report in shown()))


def hexadecimal(*seed: object) -> str:
    """32 digits that stay the same for the same seed."""
    return sha256("/".join(map(str, seed)).encode()).hexdigest()[:32]


def uuid(*seed: object) -> str:
    digits = hexadecimal("uuid", *seed)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def serial(*seed: object) -> int:
    """Seven digits that stay the same for the same seed."""
    return dice("serial", *seed).randrange(1_000_000, 10_000_000)


def _place(item: Item) -> tuple[int, str]:
    return item.published.toordinal() + dice(item.id, "order").randint(0, 30), item.id
