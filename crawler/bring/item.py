"""One answer that somebody else saved."""

from dataclasses import dataclass

from crawler.captures import Exchange
from crawler.captures.warc import Headers


@dataclass(frozen=True, slots=True)
class Item:
    """`status` is 0 where no HTTP answer is known, only the bytes. `fetched` is in UTC, as in the store.
    `via` is the service that kept it, where that is not who captured it. `says` is what a reader of it has
    to know, such as that the service put something of its own into the page. `listed`: a person names it as
    a report. `offset` is that of its record where that is kept as it is, `names` are those by which another
    record refers to it, and `refers` those of what it repeats."""

    url: str
    fetched: str
    status: int | None
    headers: Headers
    payload: bytes
    method: str = "GET"
    form: bytes = b""
    title: str | None = None
    by: str | None = None
    via: str | None = None
    says: str | None = None
    listed: bool = False
    offset: int | None = None
    names: tuple[str, ...] = ()
    refers: tuple[str, ...] | None = None

    @property
    def body(self) -> bytes:
        return Exchange(self.url, "GET", (), b"", 200, self.headers, self.payload, "list").document


class Unusable(Exception):
    """What cannot be brought in: which file or line, what is wrong with it, what to do."""
