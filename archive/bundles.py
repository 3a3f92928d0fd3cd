"""Archives of documents as a build knows them: what each holds, in its order."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from archive.parts import Found
from parsers.reading import Reading, Refusal


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive. `document` is its digest; None, with the reason, where it could not be
    unpacked."""

    name: str
    document: str | None
    length: int
    refusal: str | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """`refusal` and `says` are why it could not be unpacked to its end, where that is so."""

    sha256: str
    members: tuple[Member, ...]
    refusal: str | None = None
    says: str | None = None

    def documents(self) -> dict[str, str]:
        """From the digest of each of its documents to the name it first has there."""
        return {member.document: member.name for member in reversed(self.members) if member.document}


def member_of(part: Found) -> Member:
    """`part` is named by the digest of its bundle, `!` and its own name."""
    name, outcome = part.source.partition("!")[2], part.outcome
    if outcome.sha256 or not isinstance(outcome, Refusal):
        return Member(name, outcome.sha256, part.length)
    return Member(name, None, 0, outcome.kind, outcome.says)


def bundle_of(sha256: str, members: Sequence[Member], end: Reading | Refusal | None) -> Bundle:
    """`end` is what came of the bundle under its own name: why it could not be unpacked further."""
    why = (end.kind, end.says) if isinstance(end, Refusal) else (None, None)
    return Bundle(sha256, tuple(members), *why)


def bundle_as_json(bundle: Bundle) -> str:
    return json.dumps(asdict(bundle), ensure_ascii=False)


def bundle_from_json(line: str) -> Bundle:
    entry = json.loads(line)
    members = tuple(Member(**member) for member in entry["members"])
    return Bundle(entry["sha256"], members, entry["refusal"], entry["says"])
