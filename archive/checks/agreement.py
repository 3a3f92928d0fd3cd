"""Do the documents that stand for one report at the same time print the same figures?"""

from collections.abc import Iterator, Mapping, Sequence

from archive.claims import Claim, Get
from archive.versions import Version
from parsers.reading import Finding, Reading


def disagreements(reading: Reading, versions: Sequence[Version], get: Get) -> Iterator[Finding]:
    """`reading` is that of the current version. One finding for each other version still standing at its
    own address that prints another number for a figure; parsers.combine does so for the documents of one."""
    for claim in _others(versions):
        codes = _differing(reading, claim.reading(get))
        if codes:
            says = (
                f"{len(codes)} figures differ from those of {claim.capture.url}, "
                "which is published for the same report."
            )
            yield Finding("report.conflict", "warning", "publisher", says, codes)


def _others(versions: Sequence[Version]) -> list[Claim]:
    return [version.last for version in versions if not version.current and version.last.stands]


def _differing(left: Reading, right: Reading) -> tuple[str, ...]:
    values: Mapping[str, object] = {f.code: f.value for f in right.figures if f.status == "read"}
    return tuple(
        figure.code
        for figure in left.figures
        if figure.status == "read" and figure.code in values and values[figure.code] != figure.value
    )
