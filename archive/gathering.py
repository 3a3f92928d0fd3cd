"""What a build gathers goes into a file beside the archive: runs, captures and claims do not fit memory."""

import pickle
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from operator import attrgetter, itemgetter
from pathlib import Path

from archive.bodies import Body, one_spelling
from archive.claimed import Claimed
from archive.claims import Met
from archive.gathered import CAPTURE, CLAIM, Gathered
from archive.inserted import insert_named
from archive.versions import versions
from crawler.captures import Capture, PortalFacts, Run

_SCHEMA = f"""
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;
CREATE TABLE runs (id, sweep, portal, started, said);
CREATE TABLE captures (key INTEGER PRIMARY KEY, {", ".join(CAPTURE)});
CREATE TABLE opened (sha256 PRIMARY KEY, outcome, media_type, refusal, says) WITHOUT ROWID;
CREATE TABLE members (bundle, position, name, document, length, refusal, says,
  PRIMARY KEY (bundle, position)) WITHOUT ROWID;
CREATE TABLE unclaimed (document, lacks, PRIMARY KEY (document, lacks)) WITHOUT ROWID;
CREATE TABLE claims (key INTEGER PRIMARY KEY, capture, page, spelling, {", ".join(CLAIM)});
CREATE TABLE spellings (key INTEGER PRIMARY KEY, body, name, division, portal, type);
"""

# Made when the rows are there, which is faster. Which article a file hung on is asked of articles alone: a
# column is captured again and again under one address.
_INDEXES = """
CREATE INDEX by_id ON captures (id);
CREATE INDEX by_time ON captures (fetched, id);
CREATE INDEX by_portal ON captures (portal, id);
CREATE INDEX by_document ON captures (document, id);
CREATE INDEX articles ON captures (url, fetched, id) WHERE role = 'article';
CREATE INDEX asked ON captures (url, fetched, id, document) WHERE role IN ('article', 'attachment');
"""

_RUN_INDEXES = """
CREATE INDEX run_by_id ON runs (id);
CREATE INDEX run_by_portal ON runs (portal, started, id);
"""
_STARTED = """
SELECT one.id, coalesce(first.started, one.started)
FROM runs AS one LEFT JOIN runs AS first ON first.id = one.sweep
"""

_MAY = """
{0}.role IN ('article', 'attachment') AND {0}.status IN (0, 200, 304) AND coalesce({0}.refusal, '') = ''
"""

_ARTICLE = "SELECT key FROM captures a WHERE a.role = 'article' AND a.url = coalesce(c.parent, '')"

# The article a file was linked from as it was last seen then, for a crawl may take several runs.
_MET = f"""
SELECT c.key AS capture, coalesce(
    ({_ARTICLE} AND a.fetched <= c.fetched ORDER BY a.fetched DESC, a.id DESC LIMIT 1),
    ({_ARTICLE} ORDER BY a.fetched, a.id LIMIT 1),
    c.key) AS page,
  c.document = (SELECT s.document FROM captures s WHERE s.url = c.url AND s.role IN ('article', 'attachment')
    ORDER BY s.fetched DESC, s.id DESC LIMIT 1) AS stands
FROM captures c WHERE {_MAY.format("c")} ORDER BY c.fetched, c.id
"""  # noqa: S608 - words of ours
_CAPTURE = f"SELECT {', '.join(CAPTURE)} FROM captures WHERE key = ?"  # noqa: S608 - words of ours
_READ = f"SELECT 1 FROM captures o WHERE o.document = ? AND {_MAY.format('o')} LIMIT 1"  # noqa: S608

# One row a name, a portal and a way to know; `earliest` is the first of its claims.
_EVIDENCE = """
CREATE INDEX spelt ON spellings (body);
CREATE TABLE evidence AS
SELECT body, named, printed, captures.portal AS portal, known_from, min(nullif(decides, '')) AS decides,
  min(year) AS first_year, max(year) AS last_year, count(*) AS documents, min(claims.key) AS earliest
FROM claims JOIN spellings ON spellings.key = spelling JOIN captures ON captures.key = capture
GROUP BY body, named, printed, captures.portal, known_from ORDER BY body, earliest;
"""
_REPORTED = """
CREATE TABLE reported (number INTEGER PRIMARY KEY, report, claim);
INSERT INTO reported (report, claim) SELECT body || '-' || year AS report, claims.key
FROM claims JOIN spellings ON spellings.key = spelling ORDER BY report, claims.key;
CREATE TABLE reports (number INTEGER PRIMARY KEY, first, versions, last);
"""
_REPORT = "INSERT INTO reports VALUES (?, ?, ?, ?)"


@contextmanager
def gathering(file: Path) -> Iterator["Gathering"]:
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        yield Gathering(connection)
        connection.execute("COMMIT")


class Gathering:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._spellings: dict[Body, int] = {}
        self._counts: Counter[Body] = Counter()

    def runs(self, runs: Iterable[Run]) -> dict[str, PortalFacts]:
        """Each portal as its latest run knew it."""
        latest: dict[str, tuple[str, str, PortalFacts]] = {}
        for run in runs:
            row = (run.id, run.sweep, run.portal.key, run.started, pickle.dumps(run))
            self._connection.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?)", row)
            told = (run.started, run.id, run.portal)
            latest[run.portal.key] = max(told, latest.get(run.portal.key, told), key=itemgetter(0, 1))
        self._all(_RUN_INDEXES)
        return {key: facts for key, (_, _, facts) in latest.items()}

    def started(self) -> dict[str, str]:
        """When the sweep of each run began: its runs saw one state of the portal."""
        return dict(self._connection.execute(_STARTED))

    def captures(self, captures: Iterable[Capture]) -> int:
        """How many there are."""
        insert_named(self._connection, "captures", CAPTURE, map(attrgetter(*CAPTURE), captures))
        self._all(_INDEXES)
        return int(self._connection.execute("SELECT count(*) FROM captures").fetchone()[0])

    def met(self) -> Iterator[Met]:
        """Captures that may hold a report, oldest first whatever order they came in."""
        for key, page, stands in self._connection.execute(_MET):
            capture = self._capture(key)
            article = capture if page == key else self._capture(page)
            leads = page != key and self._may_be_read(article.document)
            yield Met(key, capture, page, article, leads, bool(stands))

    def _capture(self, key: int) -> Capture:
        return Capture(*self._connection.execute(_CAPTURE, (key,)).fetchone())

    def _may_be_read(self, document: str) -> bool:
        return self._connection.execute(_READ, (document,)).fetchone() is not None

    def take(self, claimed: Claimed) -> None:
        """A document may come more than once: of several captures, or read again."""
        many = self._connection.executemany
        many("INSERT OR REPLACE INTO opened VALUES (?, ?, ?, ?, ?)", claimed.opened)
        many("INSERT OR REPLACE INTO members VALUES (?, ?, ?, ?, ?, ?, ?)", claimed.members)
        many("INSERT OR IGNORE INTO unclaimed VALUES (?, ?)", claimed.unclaimed)
        rows = ((self._spelling(body), *row) for body, row in claimed.claims)
        insert_named(self._connection, "claims", ("spelling", "capture", "page", *CLAIM), rows)

    def _spelling(self, body: Body) -> int:
        self._counts[body] += 1
        return self._spellings.setdefault(body, len(self._spellings))

    def spelt(self) -> Counter[Body]:
        """One body for all spellings of its name, and how many claims each has."""
        known = one_spelling(self._counts)
        rows = ((self._spellings[one], *_body(known[one])) for one in self._spellings)
        self._connection.executemany("INSERT INTO spellings VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._all(_EVIDENCE + _REPORTED)
        bodies: Counter[Body] = Counter()
        for one, count in self._counts.items():
            bodies[known[one]] += count
        return bodies

    def _all(self, statements: str) -> None:
        """Within the transaction, which `executescript` would end."""
        for statement in statements.strip().split(";\n"):
            self._connection.execute(statement)


def number_reports(file: Path, started: Mapping[str, str]) -> None:
    """Keeps which claims are of which report, how many versions it has and what stands in it."""
    first = 1
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN")
        for number, (id, claims) in enumerate(Gathered(file).claims(connection)):
            found = versions(id, [claim for _, claim in claims], started)
            current = next(version.last for version in found if version.current)
            last = next(key for key, claim in claims if claim is current)
            connection.execute(_REPORT, (number, first, len(found), last))
            first += len(claims)
        connection.execute("COMMIT")


def _body(body: Body) -> tuple[str | None, ...]:
    return body.id, body.name, body.division, body.portal, body.type
