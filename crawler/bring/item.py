"""One answer that somebody else saved."""

from dataclasses import dataclass

from crawler.captures.warc import Headers


@dataclass(frozen=True, slots=True)
class Item:
    """`status` is None where no HTTP answer is known, only the bytes. `fetched` is in UTC, as in the store.
    `via` is the service that kept it, where that is not who captured it. `says` is what a reader of it has
    to know, such as that the service put something of its own into the page."""

    url: str
    fetched: str
    status: int | None
    headers: Headers
    payload: bytes
    title: str | None = None
    by: str | None = None
    via: str | None = None
    says: str | None = None


class Unusable(Exception):
    """What cannot be brought in: which file or line, what is wrong with it, what to do."""
