"""ETag and Last-Modified of what a sample portal serves, and whether who asks has it already."""

import hashlib
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Validator:
    etag: str
    modified: datetime

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        return (("ETag", self.etag), ("Last-Modified", format_datetime(self.modified, usegmt=True)))

    def is_had(self, asked: Message) -> bool:
        """Where both conditions are sent, the tag alone decides, as the protocol has it."""
        if (tags := asked.get("If-None-Match")) is not None:
            return self.etag in [tag.strip() for tag in tags.split(",")]
        since = asked.get("If-Modified-Since")
        return since is not None and self.modified <= parsedate_to_datetime(since)


@dataclass(slots=True)
class Validators:
    """A page is as old as its content: what an address answers with anew is modified now, and at least a
    second later than what it answered with before, since the protocol knows no shorter time."""

    _seen: dict[str, Validator] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, path: str, body: bytes) -> Validator:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        with self._lock:
            before = self._seen.get(path)
            if before is None or before.etag != etag:
                now = datetime.now(UTC).replace(microsecond=0)
                later = max(now, before.modified + timedelta(seconds=1)) if before else now
                self._seen[path] = Validator(etag, later)
            return self._seen[path]
