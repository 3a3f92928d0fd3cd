"""What others saved, into the store: whose it is, what each answer was for, and each but once."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crawler.asking.reach import host_of, hosts_of
from crawler.bring.item import Item, Unusable
from crawler.bring.merge import is_store, merge
from crawler.bring.saved import LISTED, from_csv, from_folder
from crawler.bring.wayback import ADDED, kept
from crawler.captures import IMPORT, Exchange, Note, PortalFacts, Recording, Role, Store
from crawler.captures.foreign import NotWarc, crawled_by, is_wacz, is_warc, records, warcs
from crawler.cms.attachments import attachments
from crawler.links import judge
from crawler.page import is_page, own_title, page
from crawler.portal import Portal
from crawler.refuse import refusal

_NOBODY = "unknown; it does not say"

Items = Callable[[], Iterator[Item | Unusable]]


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one path: captures or, of another store, runs that are new here, and those that were here
    already. `says` has a line for everything that a person must look at."""

    path: str
    new: int
    had: int
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A file that a report's page hands out."""

    parent: str
    title: str


@dataclass(slots=True)
class Bringer:
    """`by` is who captured, as the person who imports says; `only` the portal where hosts do not decide."""

    folder: Path
    portals: Mapping[str, Portal]
    by: str | None = None
    only: str | None = None
    _counts: Counter[str] = field(default_factory=Counter)
    _says: list[str] = field(default_factory=list)
    _strange: Counter[str] = field(default_factory=Counter)

    def bring(self, path: Path) -> Brought:
        self._counts, self._says, self._strange = Counter(), [], Counter()
        if path.is_dir() and is_store(path):
            self._merge(path)
        elif path.is_dir() and not (path / LISTED).exists():
            self._items(path, lambda: from_folder(path), None)
        elif path.is_dir() or path.suffix.lower() == ".csv":
            listed = path / LISTED if path.is_dir() else path
            self._items(listed, lambda: from_csv(listed), None)
        elif is_warc(path) or is_wacz(path):
            self._warc(path)
        else:
            self._says.append(f"{path}: is no WARC, WACZ, CSV of files or captures folder; list it in a CSV")
        for host, count in sorted(self._strange.items()):
            says = f"{count} answers of {host}, which no portal file names, were left out; use --portal KEY"
            self._says.append(f"{path}: {says}")
        return Brought(str(path), self._counts["new"], self._counts["had"], tuple(self._says))

    def _merge(self, other: Path) -> None:
        for merged in merge(other, self.folder):
            if merged.says:
                self._says.append(f"{other}: run {merged.run}: {merged.says}")
            else:
                self._counts["new" if merged.new else "had"] += 1

    def _warc(self, path: Path) -> None:
        with warcs(path) as members:
            who = next((found for _, stream in members if (found := crawled_by(stream))), None)
        self._items(path, lambda: _of_warc(path), who)

    def _items(self, path: Path, items: Items, who: str | None) -> None:
        """Twice over: a file is a report's where the page that links to it is one."""
        linked: dict[str, Linked] = {}
        for item in items():
            if isinstance(item, Item):
                linked.update(_links(item))
        store, source = Store(self.folder), f"{path.name}, sha256 {_digest(path)}"
        recordings: dict[str, Recording] = {}
        try:
            for item in items():
                if isinstance(item, Unusable):
                    self._says.append(str(item))
                else:
                    self._item(item, linked.get(item.url), store, recordings, (who, source))
        finally:
            for recording in recordings.values():
                recording.close(0)

    def _item(
        self,
        item: Item,
        linked: Linked | None,
        store: Store,
        recordings: dict[str, Recording],
        told: tuple[str | None, str],
    ) -> None:
        portal = self._portal(item.url)
        if portal is None:
            self._strange[host_of(item.url)] += 1
            return
        body = _body(item)
        if store.has(item.url, item.fetched, hashlib.sha256(body).hexdigest()):
            self._counts["had"] += 1
            return
        who, source = told
        by = "; ".join(dict.fromkeys(filter(None, (self.by, item.by, who)))) or _NOBODY
        facts = _facts(portal, by, item.via)
        if facts.key not in recordings:
            recordings[facts.key] = store.begin(facts, by)
            recordings[facts.key].note(Note(source, "the file that these captures were imported from"))
        recording = recordings[facts.key]
        if item.says:
            recording.note(Note(item.url, item.says))
        exchange = _exchange(item, body, linked)
        recording.exchange(exchange, refusal(item.status or 200, body), item.fetched)
        self._counts["new"] += 1

    def _portal(self, url: str) -> Portal | None:
        if self.only is not None:
            return self.portals[self.only]
        host = host_of(url)
        return next((portal for portal in self.portals.values() if host in hosts_of(portal)), None)


def _facts(portal: Portal, by: str, via: str | None) -> PortalFacts:
    """Of captures that are no crawl of ours: under a key of their own, so that none takes them for a look at
    the whole portal. One for each who captured."""
    whose = hashlib.sha256(f"{by}\n{via}".encode()).hexdigest()[:8]
    key = f"{IMPORT}-{portal.key}-{whose}"
    kept_by = f" (kept by {via})" if via else ""
    return PortalFacts(key, portal.division, portal.name, portal.home, IMPORT, f"{by}{kept_by}")


def _exchange(item: Item, body: bytes, linked: Linked | None) -> Exchange:
    role, title = _role(item, body, linked)
    parent = linked.parent if linked and role == "attachment" else None
    status, received = item.status or 0, tuple(item.headers)
    return Exchange(item.url, "GET", (), b"", status, received, item.payload, role, title, parent=parent)


def _role(item: Item, body: bytes, linked: Linked | None) -> tuple[Role, str | None]:
    """A person who lists a file says that it is a report; of a crawl's answers each has to look like one."""
    if linked is not None and not is_page(item.payload):
        return "attachment", item.title or linked.title
    title = item.title or (own_title(page(item.url, body)) if is_page(body) else None)
    if item.status is None or judge(title or "", item.url).verdict == "report":
        return "article", title
    return "list", title


def _links(item: Item) -> dict[str, Linked]:
    body = _body(item)
    if not is_page(body) or _role(item, body, None)[0] != "article":
        return {}
    shown = page(item.url, body)
    return {found.url: Linked(item.url, found.title) for found in attachments(shown)}


def _body(item: Item) -> bytes:
    return Exchange(item.url, "GET", (), b"", 200, item.headers, item.payload, "list").document


def _of_warc(path: Path) -> Iterator[Item | Unusable]:
    with warcs(path) as members:
        for name, stream in members:
            try:
                for record in records(stream):
                    known = kept(record.url)
                    says = ADDED if known and not known.plain else None
                    url, when = (known.url, known.fetched) if known else (record.url, record.fetched)
                    via = known.service if known else None
                    yield Item(url, when, record.status, record.headers, record.payload, via=via, says=says)
            except NotWarc as problem:
                yield Unusable(f"{name}: {problem}; get a sound copy of it")


def _digest(path: Path) -> str:
    """Of a folder that of nothing: its files are known by their own."""
    if path.is_dir():
        return hashlib.sha256(b"").hexdigest()
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
