"""Readings without what was taken down: whatever is made of them is without it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from archive.claims import Get, Outcome
from archive.corrections.decision import Takedown
from archive.kept import Kept, kept
from crawler.captures import Capture
from parsers.reading import Finding, Reading
from parsers.text.fold import fold

_QUOTED = re.compile("“.*”", re.DOTALL)
BLOT = "█"


@dataclass(frozen=True, slots=True)
class Seal:
    """`takedowns` are by document."""

    takedowns: Mapping[str, Takedown]

    def outcome(self, get: Get) -> Get:
        """What `get` gives, without what was taken down."""

        def withheld(sha256: str) -> Outcome | None:
            found = get(sha256)
            if sha256 not in self.takedowns or not isinstance(found, Kept):
                return found
            return kept(self.reading(found.told().whole()))

        return withheld

    def reading(self, reading: Reading) -> Reading:
        """The place where a document was found may say what the document does not, so this is asked again
        once that is known."""
        takedown = self.takedowns.get(reading.sha256)
        return _without(reading, takedown) if takedown else reading

    def capture(self, capture: Capture) -> Capture:
        """The column's title of a document may hold what its text must not say."""
        takedown = self.takedowns.get(capture.document)
        if takedown is None or capture.title is None:
            return capture
        whole = takedown.withhold == "everything"
        return replace(capture, title=None if whole else Blotter(takedown.phrases).blot(capture.title))


def seal(takedowns: Iterable[Takedown]) -> Seal:
    return Seal({one.document: one for one in takedowns})


@dataclass(frozen=True, slots=True)
class Blotter:
    phrases: tuple[str, ...]

    def blot(self, text: str) -> str:
        """Folding is one character to one, so what is found folded is blotted as printed."""
        folded, signs = fold(text), list(text)
        for phrase in map(fold, self.phrases):
            at = folded.find(phrase)
            while at >= 0:
                signs[at : at + len(phrase)] = BLOT * len(phrase)
                at = folded.find(phrase, at + 1)
        return "".join(signs)

    def maybe(self, text: str | None) -> str | None:
        return None if text is None else self.blot(text)


def _without(reading: Reading, takedown: Takedown) -> Reading:
    if takedown.withhold == "everything":
        return replace(
            reading, title=None, sections=(), figures=(), unplaced=(), findings=(), unchecked=(), claims=(),
            scope_says=None,
        )  # fmt: skip
    if takedown.withhold == "text":
        return _unquoted(replace(reading, sections=(), claims=(), scope_says=None))
    kept = tuple(section for section in reading.sections if section.number not in takedown.sections)
    claims = tuple(claim for claim in reading.claims if claim.section not in takedown.sections)
    rest = replace(reading, sections=kept, claims=claims)
    if takedown.sections:
        rest = _unquoted(replace(rest, scope_says=None))
    return _blotted(rest, Blotter(takedown.phrases))


def _unquoted(reading: Reading) -> Reading:
    """Findings quote sentences."""
    findings = tuple(replace(one, says=_QUOTED.sub(f"“{BLOT}”", one.says)) for one in reading.findings)
    return replace(reading, findings=findings)


def _blotted(reading: Reading, ink: Blotter) -> Reading:
    return replace(
        reading,
        title=ink.maybe(reading.title),
        scope_says=ink.maybe(reading.scope_says),
        sections=tuple(
            replace(s, heading=ink.blot(s.heading), text=ink.blot(s.text)) for s in reading.sections
        ),
        claims=tuple(replace(claim, sentence=ink.blot(claim.sentence)) for claim in reading.claims),
        unplaced=tuple(replace(piece, text=ink.blot(piece.text)) for piece in reading.unplaced),
        figures=tuple(replace(f, text=ink.maybe(f.text)) for f in reading.figures),
        findings=tuple(_blotted_finding(finding, ink) for finding in reading.findings),
    )


def _blotted_finding(finding: Finding, ink: Blotter) -> Finding:
    return replace(finding, says=ink.blot(finding.says))
