"""What the store hands out: captures, and the runs that made them."""

import hashlib
from dataclasses import dataclass
from typing import Literal

Role = Literal["list", "article", "attachment", "robots"]

IMPORT = "import"
"""In place of a family of software, in the facts of a portal that others captured."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One exchange that ended in bytes.

    `title` and `listed` (a date) are as the column prints them. `document` is the sha256 and `length`
    the size of the content-decoded body. `refusal` says why these bytes are not what was asked for
    (`challenge`, `error`, `parked`, `hijacked`, `login`, `soft-404`, `empty`, `status`, `not-a-report`),
    and is None where they are. A `status` of 304 says that the document an earlier capture has is
    unchanged: it is this one's too; 0 that no HTTP answer is known, only what somebody saved of it
    or a browser made of it.
    """

    id: str
    url: str
    fetched: str
    status: int
    media_type: str
    role: Role
    portal: str
    title: str | None
    listed: str | None
    body_name: str | None
    parent: str | None
    document: str
    length: int
    warc: str
    offset: int
    run: str
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class PortalFacts:
    """The portal file a run used, as far as a reader of its captures needs it. `via` is from where the run
    looked: `direct`, or the host and port of the proxy it asked through; of an import, who captured.
    `division` is None where nothing proves one: at a host that no portal file names."""

    key: str
    division: str | None
    name: str
    home: str
    cms: str
    via: str = "direct"


@dataclass(frozen=True, slots=True)
class Unreached:
    """What was asked for and not had. `kind` is a word for programs, `says` a sentence for people."""

    url: str
    role: Role
    kind: str
    says: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """A page that did not look as its CMS family lets expect."""

    url: str
    says: str


@dataclass(frozen=True, slots=True)
class Note:
    """What the run met and kept to, and nobody need act on: what a robots.txt says, a certificate that
    proves nothing."""

    url: str
    says: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A title that looks like a report and was not taken for one."""

    url: str
    title: str
    listed: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A page or file that was taken for a report. `title` is the column's or, where that is cut short, the
    article's own; `listed` is the date beside it in the column. `unlisted` says that no column names it any
    more: it was asked for because an earlier run had it.

    `url` is what the column leads to, before any redirect. `text` is the sha256 of what it says, without
    the furniture of its page (of a file: of its bytes)."""

    url: str
    title: str | None
    year: int | None
    listed: str | None
    column: str
    text: str
    unlisted: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """`stopped` says in a word why work was left for the next run (`budget`, `blocked`, `network`,
    `limit`, `interrupted`, `browser`, `crawler`), and is None where everything there is to ask was asked."""

    finished: str
    requests: int
    bytes: int
    reports: int
    errors: tuple[tuple[str, int], ...]
    stopped: str | None = None


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of the store that cannot be read whole, and what is done about it."""

    file: str
    says: str


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl of one portal. `summary` is None where the crawl was cut off. `sweep` is the id of the run
    that began to ask for everything there is: the run itself, or an earlier one whose rest this one asks.
    `mended` are the torn ends that it found on the files of earlier runs, and cut back."""

    id: str
    sweep: str
    started: str
    agent: str
    portal: PortalFacts
    taken: tuple[Taken, ...]
    unreached: tuple[Unreached, ...]
    signals: tuple[Signal, ...]
    not_taken: tuple[NotTaken, ...]
    summary: Summary | None
    notes: tuple[Note, ...] = ()
    mended: tuple[Damage, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything there is to ask was asked."""
        return self.summary is not None and self.summary.stopped is None


@dataclass(frozen=True, slots=True)
class Sweep:
    """One asking for everything a portal has, in one run or more, oldest first.

    A run that continues a sweep works again through what that has already, so the last run of a complete
    sweep says everything. Of one that is not complete, it is what its runs say together."""

    id: str
    runs: tuple[Run, ...]
    taken: tuple[Taken, ...]
    unreached: tuple[Unreached, ...]
    signals: tuple[Signal, ...]
    not_taken: tuple[NotTaken, ...]
    complete: bool


class CaptureLost(Exception):
    """The bytes of a capture are no longer in the store as they were written."""


def capture_id(url: str, fetched: str, document: str) -> str:
    return hashlib.sha256(f"{url}\n{fetched}\n{document}".encode()).hexdigest()[:32]
