"""What was asked and what came back."""

from dataclasses import dataclass

from crawler.captures.capture import Role
from crawler.captures.payload import decoded
from crawler.captures.warc import Headers


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked and what came back, before content decoding, and what the crawl knows of it."""

    url: str
    method: str
    sent: Headers
    form: bytes
    status: int
    received: Headers
    payload: bytes
    role: Role
    title: str | None = None
    listed: str | None = None
    body_name: str | None = None
    parent: str | None = None

    @property
    def document(self) -> bytes:
        return decoded(self.payload, header(self.received, "content-encoding"))

    @property
    def media_type(self) -> str:
        return header(self.received, "content-type").split(";")[0].strip().lower()

    @property
    def etag(self) -> str | None:
        return header(self.received, "etag") or None

    @property
    def modified(self) -> str | None:
        return header(self.received, "last-modified") or None


def header(headers: Headers, name: str) -> str:
    return ",".join(value for key, value in headers if key.lower() == name)
