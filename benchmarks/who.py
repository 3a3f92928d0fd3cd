"""How `nianbao who` fares on labelled lines: found, wrong, left open; recall and precision.

    python -m benchmarks.who LABELLED.tsv [--list]

Takes lists of two kinds: lines of url, title, body, level and year under such a header, the body as a person
names it, which are put to the command; and lists as tests/parsers/register/labelled.tsv, whose evidence no
command line holds and which are put to the resolver. `--list` prints each line that is wrong or open. Exit 1
where one is wrong.
"""

import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.labels import Label, Said, judged
from parsers.register.evidence import Evidence
from parsers.register.resolve import resolve
from parsers.text.titles import report_title

FIELDS = ("title", "heading", "attachment", "column", "portal", "address")


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled line and what was said of it."""

    label: Label
    said: Said

    @property
    def verdict(self) -> str:
        return judged(self.label, self.said)


@dataclass(frozen=True, slots=True)
class Measured:
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / ((self.right + self.wrong) or 1)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + self.missed) or 1)


def lines(file: Path) -> list[Line]:
    text = file.read_text("utf-8-sig")
    found = list(_asked(text.splitlines()) if text.startswith("url\t") else _resolved(text.splitlines()))
    if not found:
        raise SystemExit(f"{file}: no labelled line; give a list of lines with their bodies")
    return found


def measured(found: Iterable[Line]) -> Measured:
    counts = Counter(line.verdict for line in found)
    return Measured(counts["right"], counts["wrong"], counts["missed"])


def report(file: Path, found: Sequence[Line]) -> Iterator[str]:
    one = measured(found)
    others = sum(line.verdict == "open" for line in found)
    yield f"{file.name}: {len(found)} lines, {_about(found)} of them about one body by their label"
    yield f"  right {one.right}, wrong {one.wrong}, left open {one.missed}; of the others open {others}"
    yield f"  precision {one.precision:.1%}, recall {one.recall:.1%}"
    telling = [line for line in found if line.label.tells_whose]
    if len(telling) < _about(found):
        yield f"  whose label tells whose it is: recall {measured(telling).recall:.1%} of {_about(telling)}"
    placed = [line for line in found if line.label.placed]
    served = [line for line in placed if line.label.government]
    if served:
        yield f"  whose place the register has: recall {measured(placed).recall:.1%} of {_about(placed)}"
        yield f"  those on a government's host: recall {measured(served).recall:.1%} of {_about(served)}"
    for kind in sorted({line.label.kind for line in found if line.label.kind}):
        those = [line for line in found if line.label.kind == kind]
        kinds = sum(line.said.type in (None, kind) for line in those)
        yield f"  {kind}: {measured(those).right} of {_about(those)}; type right {kinds} of {len(those)}"
    yield from _dates(found)


def _dates(found: Sequence[Line]) -> Iterator[str]:
    dated = [line for line in found if line.label.year]
    if not dated:
        return
    right = sum(line.said.year == line.label.year for line in dated)
    unsaid = sum(line.said.year is None for line in dated)
    made_up = sum(line.said.year is not None for line in found if not line.label.year)
    wrong = len(dated) - right - unsaid
    yield f"  year: right {right}, wrong {wrong}, open {unsaid} of {len(dated)}; made up {made_up}"
    told = sum(line.said.annual_report == line.label.annual_report for line in found)
    yield f"  annual report or not: right {told} of {len(found)}"


def each(found: Iterable[Line]) -> Iterator[str]:
    for line in found:
        if line.verdict in ("wrong", "missed"):
            yield f"{line.verdict}: {line.label.title} · {line.label.body} · {line.said.id} · {line.said.why}"


def _about(found: Iterable[Line]) -> int:
    return sum(bool(line.label.names_one) for line in found)


def _asked(text: Sequence[str]) -> Iterator[Line]:
    rows = list(csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE))
    put = "".join(f"{row['url']}\t{row['title']}\n" for row in rows)
    command = [str(Path(sys.executable).with_name("nianbao")), "who", "--json"]
    done = subprocess.run(command, input=put, capture_output=True, text=True, encoding="utf-8", check=True)
    for row, line in zip(rows, done.stdout.splitlines(), strict=True):
        told = json.loads(line)
        why = told["conflict"] or told["decides"] or ""
        fields = ("id", "body", "division", "type", "year", "annual_report")
        said = Said(why=why, **{field: told[field] for field in fields})
        yield Line(Label.of_row(row), said)


def _resolved(text: Sequence[str]) -> Iterator[Line]:
    for line in text:
        if line.startswith("#"):
            continue
        *texts, body, division, _ = line.split("\t")
        known = {field: text for field, text in zip(FIELDS, texts, strict=True) if text}
        title = report_title(known["title"])
        found = resolve(Evidence(**known, year=title.year if title else None))
        why = found.conflict or found.decides or ""
        said = Said(found.id, found.body, found.division, found.type, None, annual_report=True, why=why)
        yield Line(Label(known["title"], body, division), said)


def main(arguments: Sequence[str]) -> int:
    files = [Path(argument) for argument in arguments if argument != "--list"]
    if not files:
        raise SystemExit(__doc__)
    wrong = 0
    for file in files:
        found = lines(file)
        sys.stdout.writelines(f"{text}\n" for text in report(file, found))
        if "--list" in arguments:
            sys.stdout.writelines(f"{text}\n" for text in each(found))
        wrong += measured(found).wrong
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
