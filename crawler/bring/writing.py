"""One file of answers being taken into the store: a run for each portal and each who captured."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from crawler.bring.item import Item, Unusable
from crawler.bring.judged import Judge, Judged
from crawler.bring.warcs import Kept
from crawler.bring.whose import Shared, facts, joined, place_of
from crawler.captures import Capture, Entered, Exchange, Found, Note, PortalFacts, Recording, Store
from crawler.captures.capture import capture_id
from crawler.captures.warc import Stored
from crawler.portal import Portal
from crawler.refuse import refusal

Came = Literal["new", "had", "other", "shared", "lost"]


@dataclass(frozen=True, slots=True)
class _Answer:
    """`original` is what it repeats; `body` that of an answer that repeats nothing."""

    item: Item
    judged: Judged
    original: Entered | None
    body: bytes

    @property
    def document(self) -> str:
        return self.original.capture.document if self.original else hashlib.sha256(self.body).hexdigest()

    @property
    def refusal(self) -> str | None:
        return self.original.capture.refusal if self.original else refusal(self.item.status or 200, self.body)


@dataclass(slots=True)
class Writing:
    """`only` is the portal where hosts do not decide. `source` names the file these answers came in, `kept`
    its records where they are kept as they are."""

    store: Store
    portals: Mapping[str, Portal]
    by: str | None
    only: str | None
    source: str
    kept: Kept | None
    counts: Counter[Came] = field(default_factory=Counter)
    _judge: Judge = field(default_factory=Judge)
    _recordings: dict[str, Recording] = field(default_factory=dict)
    _reports: Counter[str] = field(default_factory=Counter)
    _through: dict[str, bool] = field(default_factory=dict)
    _took: set[str] = field(default_factory=set)
    _places: dict[str, tuple[str, str]] = field(default_factory=dict)
    _entered: dict[tuple[str, str], Entered] = field(default_factory=dict)
    _waiting: list[Item] = field(default_factory=list)
    _shared: Counter[str] = field(default_factory=Counter)
    _lost: list[str] = field(default_factory=list)

    def look(self, items: Iterable[Item | Unusable]) -> None:
        for item in items:
            if isinstance(item, Item):
                self._judge.look(item)

    def write(self, item: Item) -> None:
        """What an answer repeats may stand after it."""
        if item.refers is not None and self._original(item.refers) is None:
            self._waiting.append(item)
        else:
            self.counts[self._write(item)] += 1

    def close(self) -> None:
        if self.kept and any(self._original(item.refers or ()) is None for item in self._waiting):
            self._look_elsewhere(self.kept)
        for item in self._waiting:
            self.counts[self._write(item)] += 1
        for key, recording in self._recordings.items():
            recording.close(self._reports[key])

    def abandon(self) -> None:
        """The same import, given again, completes what this leaves."""
        for recording in self._recordings.values():
            recording.abandon()

    def says(self) -> Iterator[str]:
        for host, count in sorted(self._shared.items()):
            shared = f"{count} answers of {host}, where portals of several divisions are, were left out"
            yield f"{shared}; use --portal KEY"
        for url in self._lost:
            yield f"{url}: repeats an answer that is not here; import the file with it, then this one again"

    def _write(self, item: Item) -> Came:
        original = self._original(item.refers) if item.refers is not None else None
        if item.refers is not None and original is None:
            self._lost.append(item.url)
            return "lost"
        body = b"" if original else item.body
        judged = _as(original.capture) if original else self._judge.judge(item, body)
        try:
            place = place_of(judged.parent or item.url, self.portals, self.only)
        except Shared as host:
            self._shared[str(host)] += 1
            return "shared"
        if place.key is None and judged.role == "list":
            return "other"
        known = facts(place, joined((self.by, item.by)), item.via)
        if original is None:
            self._places.update(dict.fromkeys(item.names, (item.url, item.fetched)))
        return self._once(_Answer(item, judged, original, body), known)

    def _once(self, answer: _Answer, known: PortalFacts) -> Came:
        what = (answer.item.url, answer.item.fetched, answer.document)
        id = capture_id(*what)
        if id in self._took:
            return "had"
        if self.store.has(*what):
            if not self._ended(known.key):
                self._recording(known)
            return "had"
        self._took.add(id)
        self._take(answer, self._recording(known))
        self._reports[known.key] += answer.judged.role == "article"
        return "new"

    def _take(self, answer: _Answer, recording: Recording) -> None:
        item, original = answer.item, answer.original
        if item.says:
            recording.note(Note(item.url, item.says))
        exchange = _exchange(item, answer.judged, original)
        if self.kept is None or item.offset is None:
            recording.exchange(exchange, answer.refusal, item.fetched)
            return
        stored = Stored(exchange.status, tuple(item.headers), item.payload)
        place = (self.kept.name, item.offset, item.url, item.fetched)
        found = Found(*place, item.method, (), item.form, stored, None)
        entered = recording.adopt(found, exchange, original, answer.refusal)
        if original is None:
            self._entered[item.url, item.fetched] = entered

    def _look_elsewhere(self, kept: Kept) -> None:
        for names, place in kept.elsewhere():
            for name in names:
                self._places.setdefault(name, place)

    def _original(self, refers: Iterable[str]) -> Entered | None:
        """What an answer repeats: of this file or, by address and moment, of one that is here already."""
        for name in refers:
            url, _, fetched = name.rpartition(" ")
            place = self._places.get(name, (url, fetched))
            if found := self._entered.get(place) or self.store.original(*place):
                return found
        return None

    def _ended(self, key: str) -> bool:
        """Whether no import of this portal was cut off before its end."""
        if key not in self._through:
            last = self.store.last_run(key)
            self._through[key] = last is None or last.summary is not None
        return self._through[key]

    def _recording(self, known: PortalFacts) -> Recording:
        if known.key not in self._recordings:
            if self.kept is not None:
                self.kept.settle()
            self._recordings[known.key] = recording = self.store.begin(known, known.via)
            how = "the file that these captures were imported from"
            if self.kept is not None:
                whole = "byte for byte" if self.kept.whole else "record by record"
                how = f"{how}, kept {whole} as {self.kept.name}"
            recording.note(Note(self.source, how))
        return self._recordings[known.key]


def _as(repeated: Capture) -> Judged:
    return Judged(repeated.role, repeated.title, repeated.parent)


def _exchange(item: Item, judged: Judged, original: Entered | None) -> Exchange:
    status = original.capture.status if item.status is None and original else item.status
    return Exchange(
        item.url,
        item.method,
        (),
        item.form,
        status or 0,
        tuple(item.headers),
        item.payload,
        judged.role,
        judged.title,
        parent=judged.parent,
    )
