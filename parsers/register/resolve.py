"""The one resolver of names: from what is known of a document to the body that published it."""

from dataclasses import dataclass, replace
from functools import lru_cache

from parsers.register.divisions import register
from parsers.register.evidence import Candidate, Evidence, Mention
from parsers.register.mentions import mentions
from parsers.register.offices import Type


@dataclass(frozen=True, slots=True)
class Resolution:
    """Either `body`, `id`, `division` and `type` are set, or none of them; then `candidates` is what it can
    be, as far as that can be listed, `decides` what would settle it, and `conflict` says what contradicts."""

    body: str | None = None
    id: str | None = None
    division: str | None = None
    type: Type | None = None
    function: str | None = None
    known_from: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    decides: str | None = None
    conflict: str | None = None


@lru_cache(maxsize=65536)
def resolve(evidence: Evidence) -> Resolution:
    """Where pieces of evidence contradict each other nothing is certain."""
    found = mentions(evidence)
    if contradicted := next((one for one in found if one.conflict), None):
        return _open(contradicted)
    if unknown := next((one for one in found if one.unknown), None):
        return _open(unknown)
    told = [mention for mention in found if mention.candidates]
    if not told:
        return next((_open(one) for one in found if one.decides), _NOTHING)
    joined = told[0]
    for other in told[1:]:
        joined = _joined(joined, other)
    return _resolution(joined) if joined.sure else _open(joined)


def publisher_division(evidence: Evidence) -> str | None:
    """What is proved; a portal whose division is in no register proves that of all it holds."""
    if evidence.portal and not known(evidence.portal):
        return evidence.portal
    return resolve(evidence).division


def known(division: str) -> bool:
    return bool(register().of_code(division))


_NOTHING = Resolution(decides="a title, text, column or attachment that names a body")


def _open(mention: Mention) -> Resolution:
    return Resolution(
        known_from=mention.known_from,
        candidates=mention.candidates,
        decides=mention.decides,
        conflict=mention.conflict,
    )


def _resolution(mention: Mention) -> Resolution:
    (only,) = mention.candidates
    office = only.office
    return Resolution(
        only.body,
        only.id,
        only.division,
        office.type,
        office.function,
        mention.known_from,
        mention.candidates,
    )


def _joined(one: Mention, other: Mention) -> Mention:
    """What both can mean, in the words of the first."""
    if one.conflict:
        return one
    common = tuple(c for c in one.candidates if any(_same(c, d) for d in other.candidates))
    known_from = (*one.known_from, *other.known_from)
    if common:
        sure = len(common) == 1 and (one.sure or other.sure)
        return replace(one, candidates=common, sure=sure, known_from=known_from)
    both = (*one.candidates, *other.candidates)
    says = f"the {one.source} says {one.text}, the {other.source} says {other.text}"
    decides = "a person who opens the document"
    return replace(one, candidates=both, sure=False, known_from=known_from, conflict=says, decides=decides)


def _same(one: Candidate, other: Candidate) -> bool:
    """A government's report is published by its office: naming either is no contradiction."""
    if one.division != other.division:
        return False
    return one.office == other.office or one.office.type == other.office.type == "government"
