"""What the records of other crawlers say, in a file that `split` kept."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawler.captures.exchange import header
from crawler.captures.payload import is_chunked, unchunked
from crawler.captures.split import VERSION, Broken, Member, members
from crawler.captures.warc import Headers, http

_PACKED = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_USUAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_ANSWERS = ("response", "revisit", "resource")


@dataclass(frozen=True, slots=True)
class Record:
    """A response or a revisit, whose `status` is None where its head is not kept, or a resource, of which no
    HTTP answer is known (0). `payload` is before content decoding and after transfer decoding. `names` are
    those by which a revisit refers to it, `refers` those by which a revisit names what it repeats."""

    offset: int
    url: str
    fetched: str
    status: int | None
    headers: Headers
    payload: bytes
    method: str
    form: bytes
    by: str | None
    names: tuple[str, ...]
    refers: tuple[str, ...] | None


class Unsound(Exception):
    """A record that cannot be taken, and why."""


@dataclass(slots=True)
class Reader:
    """Reads a file more than once: what was asked for an answer may stand after it, and is known the second
    time."""

    path: Path
    _asked: dict[str, tuple[str, bytes]]

    def records(self) -> Iterator[Record | Broken]:
        by: str | None = None
        for member in members(self.path):
            if not isinstance(member, Member):
                continue
            if member.content is None:
                yield Broken(f"the record at byte {member.start} is too long to hold a report")
                continue
            if not VERSION.match(member.content):
                yield Broken(f"what is at byte {member.start} is no record")
                continue
            known, block = _split(member.content)
            kind = known.get("warc-type", "")
            if kind == "warcinfo":
                by = _crawled_by(block)
            elif kind == "request":
                self._request(known, block)
            elif kind in _ANSWERS and _of_the_web(known):
                try:
                    yield self._answer(member.start, known, block, by)
                except Unsound as problem:
                    yield Broken(f"{known['warc-target-uri'].strip('<>')}: {problem}")

    def _request(self, known: Mapping[str, str], block: bytes) -> None:
        first, _, form = http(block)
        method = first.partition(" ")[0].upper()
        if method != "GET":
            for name in ("warc-record-id", "warc-concurrent-to"):
                self._asked[known.get(name, "")] = (method, form)

    def _answer(self, offset: int, known: Mapping[str, str], block: bytes, by: str | None) -> Record:
        repeats = known["warc-type"] == "revisit"
        if not repeats:  # of a revisit wget gives the whole answer's digest, and says that it is cut short
            _whole(known, block)
        url, fetched = known["warc-target-uri"].strip("<>"), _moment(known.get("warc-date", ""))
        asked = self._asked.get(known.get("warc-record-id", ""))
        asked = asked or self._asked.get(known.get("warc-concurrent-to", "-"))
        method, form = asked or ("GET", b"")
        if known["warc-type"] == "resource":
            status: int | None = 0
            headers: Headers = (("Content-Type", known.get("content-type", "")),)
            payload = block
        else:
            status, headers, payload = _http(block, repeats=repeats, method=method)
        names, refers = _names(known, url), _refers(known) if repeats else None
        return Record(offset, url, fetched, status, headers, payload, method, form, by, names, refers)


def reader(path: Path) -> Reader:
    return Reader(path, {})


def _split(content: bytes) -> tuple[dict[str, str], bytes]:
    _, headers, block = http(content)
    known = {name.lower(): _in_utf8(value) for name, value in headers}
    said = known.get("content-length", "")
    return known, block[: int(said)] if said.isdigit() else block


def _in_utf8(value: str) -> str:
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return value


def _of_the_web(known: Mapping[str, str]) -> bool:
    """Names that were looked up and what a crawler notes for itself are recorded as answers too."""
    return known.get("warc-target-uri", "").strip("<>").lower().startswith(("http://", "https://"))


def _whole(known: Mapping[str, str], block: bytes) -> None:
    if cut := known.get("warc-truncated"):
        raise Unsound(f"was cut short when it was captured ({cut})")
    kind, _, said = known.get("warc-block-digest", "").partition(":")
    if kind.lower().replace("-", "") in ("sha1", "sha256", "md5"):
        found = hashlib.new(kind.lower().replace("-", ""), block, usedforsecurity=False)
        spelt = {found.hexdigest(), base64.b32encode(found.digest()).decode().lower()}
        if said.strip().lower() not in spelt:
            raise Unsound("is damaged: its bytes are not those that its digest names")


def _http(block: bytes, *, repeats: bool, method: str) -> tuple[int | None, Headers, bytes]:
    first, headers, payload = http(block)
    status = re.match(r"HTTP/\S+ (\d{3})\b", first)
    if repeats:
        return int(status[1]) if status else None, headers, b""
    if status is None:
        raise Unsound("holds no HTTP answer")
    if status[1] == "304":
        raise Unsound("says that something has not changed, and not what; import the file that has it")
    if is_chunked(headers):
        payload = _joined(payload)
    elif (said := header(headers, "content-length")).isdigit() and method != "HEAD":
        _long_enough(payload, int(said), headers)
    coded = {word.strip().lower() for word in header(headers, "content-encoding").split(",")}
    if strange := coded - _PACKED:
        raise Unsound(f"is packed as {', '.join(sorted(strange))}, which is not read; save it unpacked")
    return int(status[1]), headers, payload


def _joined(payload: bytes) -> bytes:
    """Crawlers that undo the chunks leave the header; a broken chain of chunks is an answer cut short."""
    if re.match(rb"[0-9A-Fa-f]{1,8}[ \t]*(;[^\r\n]*)?\r?\n", payload):
        joined = unchunked(payload)
        if joined is None:
            raise Unsound("was cut short: the chunks it was sent in do not come to an end")
        return joined
    return payload


def _long_enough(payload: bytes, length: int, headers: Headers) -> None:
    """A crawler that unpacks what it keeps may leave the length of what was packed."""
    unpacked = header(headers, "content-encoding") and not payload.startswith(b"\x1f\x8b")
    if len(payload) < length and not unpacked:
        raise Unsound(f"was cut short: {length - len(payload)} of its {length} bytes are missing")


def _moment(said: str) -> str:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise Unsound(f"does not say when it was captured ({said or 'no WARC-Date'})") from None
    if _USUAL.fullmatch(said):
        return said
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _names(known: Mapping[str, str], url: str) -> tuple[str, ...]:
    digest = known.get("warc-payload-digest")
    named = (known.get("warc-record-id"), f"{url} {known.get('warc-date')}", digest)
    return tuple(name for name in named if name)


def _refers(known: Mapping[str, str]) -> tuple[str, ...]:
    uri = known.get("warc-refers-to-target-uri", "").strip("<>")
    dated = f"{uri} {known.get('warc-refers-to-date')}" if uri else None
    named = (known.get("warc-refers-to"), dated, known.get("warc-payload-digest"))
    return tuple(name for name in named if name)


def _crawled_by(block: bytes) -> str | None:
    """Operator, software, host."""
    lines = (line.partition(":") for line in block.decode("utf-8", "replace").splitlines())
    said = {name.strip().lower(): value.strip() for name, _, value in lines}
    told = (said.get(word, "") for word in ("operator", "software", "hostname"))
    return ", ".join(word for word in told if word) or None
