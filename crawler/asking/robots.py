"""What a robots.txt says, by RFC 9309, and in which of its lines."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

AGENT = "nianbao"

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Rule:
    """`line` counts from 1."""

    line: int
    allow: bool
    pattern: str

    def __str__(self) -> str:
        return f"line {self.line}, {'Allow' if self.allow else 'Disallow'}: {self.pattern}"

    def matches(self, path: str) -> bool:
        """`*` is anything, a `$` at the end is the end. Piece by piece: no pattern takes long."""
        pattern = _normal(self.pattern)
        ends = pattern.endswith("$")
        first, *rest = pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        if not rest:
            return not ends or path == first
        at = len(first)
        for piece in rest[:-1]:
            if (found := path.find(piece, at)) < 0:
                return False
            at = found + len(piece)
        return path.endswith(rest[-1], at) if ends else path.find(rest[-1], at) >= 0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for this crawler, and the seconds it is asked to leave between two requests."""

    rules: tuple[Rule, ...] = ()
    delay: float | None = None

    def rule(self, url: str) -> Rule | None:
        """The longest rule that fits; of two as long the one that allows. None: nothing is said of it."""
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = [rule for rule in self.rules if rule.matches(path)]
        return max(fitting, key=lambda rule: (len(_normal(rule.pattern)), rule.allow), default=None)


def robots(body: bytes) -> Robots:
    """The groups that name us, merged; where none does, those for everybody."""
    groups: dict[str, _Group] = {}
    current: list[_Group] = []
    naming = False
    for number, line in enumerate(body.decode("utf-8-sig", "replace").splitlines(), 1):
        found = _LINE.match(line)
        if found is None:
            continue
        key, value = found[1].lower(), found[2].strip()
        if key == "user-agent":
            current = [*(current if naming else ()), groups.setdefault(value.lower(), _Group([], []))]
            naming = True
        elif key in ("allow", "disallow", "crawl-delay"):
            naming = False
            for group in current:
                group.add(number, key, value)
    ours = groups.get(AGENT, groups.get("*"))
    return Robots() if ours is None else Robots(tuple(ours.rules), max(ours.delays, default=None))


@dataclass(frozen=True, slots=True)
class _Group:
    rules: list[Rule]
    delays: list[float]

    def add(self, number: int, key: str, value: str) -> None:
        if key == "crawl-delay":
            if re.fullmatch(r"\d{1,6}(\.\d+)?", value):
                self.delays.append(float(value))
        elif value:
            self.rules.append(Rule(number, key == "allow", value))


def _normal(text: str) -> str:
    """One spelling of each character: bytes beyond ASCII escaped, what need not be escaped is not."""
    return _ESCAPED.sub(_plain, quote(text, safe="%/?#[]@!$&'()*+,;=:~-._"))


def _plain(escaped: re.Match[str]) -> str:
    character = chr(int(escaped[1], 16))
    return character if character in _UNRESERVED else escaped[0].upper()
