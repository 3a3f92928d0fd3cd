"""A portal file in its typed form. What the file may say is what the classes here have fields for."""

import re
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml

from crawler.captures import IMPORT
from crawler.cms import FAMILIES
from crawler.cms.family import Family
from crawler.cms.own import OWN, NoAdapter, own

SHIPPED = Path(__file__).parent / "portals"
"""The portal files that come with the program."""


class WrongPortal(Exception):
    """A portal file that cannot be used: which file, which key, what to do."""


@dataclass(frozen=True, slots=True)
class Column:
    """`body` is the publishing body where the whole column belongs to one."""

    url: str
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a portal is asked. A slow host is by itself asked more slowly."""

    delay: Annotated[float, "seconds from the end of an answer to the next request to the host"] = 5.0
    timeout: Annotated[float, "seconds until an answer begins"] = 60.0


@dataclass(frozen=True, slots=True)
class Budget:
    """What one run may take; what is left is asked by the next."""

    requests: Annotated[int, "requests, those for robots.txt and repeated ones among them"] = 10_000
    bytes: Annotated[int, "bytes of answers, as they come over the wire"] = 4 * 1024**3
    minutes: Annotated[int, "minutes"] = 720


@dataclass(frozen=True, slots=True)
class Limits:
    """What no portal is followed beyond."""

    answer: Annotated[int, "bytes of one answer, as announced and as it comes"] = 64 * 1024**2
    decoded: Annotated[int, "bytes of one answer once it is unpacked"] = 128 * 1024**2
    seconds: Annotated[int, "seconds until an answer is whole"] = 600
    redirects: Annotated[int, "redirects one after another"] = 5
    pages: Annotated[int, "pages of one list"] = 500
    lists: Annotated[int, "pages of all lists together"] = 5_000
    rows: Annotated[int, "rows of all lists together"] = 100_000
    depth: Annotated[int, "steps from a column's first page"] = 600
    links: Annotated[int, "links on one page; those after are left out"] = 5_000


@dataclass(frozen=True, slots=True)
class Expected:
    """What a person counted in the portal's columns. Finding fewer is something to look at."""

    reports: int | None = None


@dataclass(frozen=True, slots=True)
class Portal:
    """`key` is the file's name. `hosts` may be asked besides those of home and columns. `tried` is the
    day on which a person last saw the crawl of this portal end well, and None for never. `own` is the Python
    file beside the portal's, where `cms` is `own`."""

    key: str
    division: str
    name: str
    home: str
    cms: str
    columns: tuple[Column, ...]
    hosts: tuple[str, ...] = ()
    pace: Pace = field(default_factory=Pace)
    budget: Budget = field(default_factory=Budget)
    limits: Limits = field(default_factory=Limits)
    expected: Expected = field(default_factory=Expected)
    tried: date | None = None
    proxy: str | None = None
    browser: bool = False
    own: str | None = None

    @property
    def family(self) -> Family:
        """Raises NoAdapter where the portal's own is missing or broken."""
        return own(Path(self.own)) if self.own else FAMILIES[self.cms]


def load(path: Path) -> Portal:
    try:
        entry = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WrongPortal(f"{path}: there is no such portal file; check the name") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        says = " ".join(str(problem).split())
        raise WrongPortal(f"{path}: cannot be read as YAML in UTF-8 ({says}); mend or remove it") from None
    if f"{path.stem}-".startswith(f"{IMPORT}-"):
        raise WrongPortal(f"{path}: its name is that of an import; give the file another")
    return _Reader(path).portal(entry)


def own_file(path: Path) -> Path:
    """The Python file that an odd portal may have beside its own."""
    return path.with_suffix(".py")


def portal_files(folders: Iterable[Path]) -> dict[str, Path]:
    """The portal files of these folders by key, in key order; a later folder wins."""
    paths = {path.stem: path for folder in folders for path in sorted(folder.glob("*.yaml"))}
    return dict(sorted(paths.items()))


def portals(folders: Iterable[Path]) -> dict[str, Portal]:
    return {key: load(path) for key, path in portal_files(folders).items()}


@dataclass(frozen=True, slots=True)
class _Reader:
    path: Path

    def portal(self, entry: Any) -> Portal:
        known = self._mapping("the file", entry, Portal, besides={"key", "own"})
        columns = [self._column(number, item) for number, item in enumerate(self._list("columns", known), 1)]
        if not columns:
            raise self._wrong("columns", "is empty; list at least one column with its url")
        portal = Portal(
            key=self.path.stem,
            division=self._matching("division", known, r"\d{6}(\d{3})?", "a quoted code of 6 or 9 digits"),
            name=self._text("name", known),
            home=self._url("home", known),
            cms=self._text("cms", known),
            columns=tuple(columns),
            hosts=tuple(self._host(item) for item in self._list("hosts", known)),
            pace=self._pace(known.get("pace", {})),
            budget=Budget(**self._counts("budget", known, Budget)),
            limits=Limits(**self._counts("limits", known, Limits)),
            expected=Expected(**self._counts("expected", known, Expected)),
            tried=self._tried(known.get("tried")),
            proxy=self._url("proxy", known) if known.get("proxy") is not None else None,
            browser=self._flag("browser", known),
            own=str(own_file(self.path)) if known["cms"] == OWN else None,
        )
        if portal.cms not in (*FAMILIES, OWN):
            families = ", ".join(sorted(FAMILIES))
            raise self._wrong("cms", f"names no family; write one of: {families}; or {OWN}")
        try:
            _ = portal.family
        except NoAdapter as problem:
            raise WrongPortal(str(problem)) from None
        return portal

    def _column(self, number: int, entry: Any) -> Column:
        where = f"columns[{number}]"
        known = self._mapping(where, entry, Column)
        url = self._url("url", known, where)
        return Column(url, self._text("body", known, where) if known.get("body") is not None else None)

    def _pace(self, entry: Any) -> Pace:
        known = self._mapping("pace", entry, Pace)
        seconds = {key: self._number(f"pace.{key}", value, (int, float)) for key, value in known.items()}
        return Pace(**seconds)

    def _counts(self, where: str, known: dict[str, Any], kind: type) -> dict[str, int]:
        entry = self._mapping(where, known.get(where, {}), kind)
        return {key: int(self._number(f"{where}.{key}", value, (int,))) for key, value in entry.items()}

    def _flag(self, key: str, known: dict[str, Any]) -> bool:
        value = known.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key, "must be true or false")
        return value

    def _tried(self, value: Any) -> date | None:
        if value == "never" or value is None:
            return None
        if type(value) is date:
            return value
        raise self._wrong("tried", "must be a date such as 2026-03-01, or never")

    def _mapping(self, where: str, entry: Any, kind: type, besides: Iterable[str] = ()) -> dict[str, Any]:
        """`entry` as a mapping that has every key `kind` demands and none it does not know."""
        if not isinstance(entry, dict):
            raise self._wrong(where, "must be a mapping of keys to values")
        known = {item.name: item for item in fields(kind) if item.name not in besides}
        for key in entry:
            if key not in known:
                raise self._wrong(
                    f"unknown key {key!r} in {where}", f"use one of: {', '.join(known)}", verb=False
                )
        for key, item in known.items():
            if item.default is MISSING and item.default_factory is MISSING and key not in entry:
                raise self._wrong(f"missing key {key!r} in {where}", "add it", verb=False)
        return entry

    def _text(self, key: str, known: dict[str, Any], where: str = "") -> str:
        value = known[key]
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(f"{where}{'.' if where else ''}{key}", "must be a text; put it in quotes")
        return value

    def _matching(self, key: str, known: dict[str, Any], pattern: str, what: str) -> str:
        value = known[key]
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise self._wrong(key, f"must be {what}")
        return value

    def _url(self, key: str, known: dict[str, Any], where: str = "") -> str:
        value = self._text(key, known, where)
        if not re.match(r"https?://[^/\s]+", value):
            raise self._wrong(
                f"{where}{'.' if where else ''}{key}",
                "must be an address that begins with http:// or https://",
            )
        return value

    def _host(self, value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"[^/\s]+", value):
            raise self._wrong(
                "hosts", "must list host names such as www.example.cn, with a port if it has one"
            )
        return value.lower()

    def _list(self, key: str, known: dict[str, Any]) -> list[Any]:
        value = known.get(key, [])
        if not isinstance(value, list):
            raise self._wrong(key, "must be a list; begin each item with a dash")
        return value

    def _number(self, key: str, value: Any, kinds: tuple[type[int] | type[float], ...]) -> float:
        if isinstance(value, bool) or not isinstance(value, kinds) or value < 0:
            raise self._wrong(key, "must be a number that is not negative")
        return float(value)

    def _wrong(self, key: str, says: str, *, verb: bool = True) -> WrongPortal:
        return WrongPortal(f"{self.path}: {key}{' ' if verb else '; '}{says}")
