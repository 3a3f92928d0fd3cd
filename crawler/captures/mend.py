"""What a crawl that was killed left torn, cut back to its last whole record or line."""

import os
from collections.abc import Iterator
from pathlib import Path

from crawler.captures.capture import Damage
from crawler.captures.index import Begun, Index, Torn


def mend(folder: Path, index: Index, runs: list[Begun]) -> Iterator[Damage]:
    """`runs` are those of one portal, whose lock is held: none of them is still being written."""
    for run in runs:
        if run.finished is None:
            for torn in index.torn([run.file, *index.warcs(run.id)]):
                if _is_torn_end(folder, index, torn):
                    yield _cut(folder, torn)


def _is_torn_end(folder: Path, index: Index, torn: Torn) -> bool:
    """Damage before something whole is no torn end, and nothing is cut there."""
    if not torn.file.endswith(".jsonl"):
        return index.entered_to(torn.file) < torn.whole
    with (folder / torn.file).open("rb") as stream:
        stream.seek(torn.whole)
        return b"\n" not in stream.read()[:-1]


def _cut(folder: Path, torn: Torn) -> Damage:
    path = folder / torn.file
    lost = path.stat().st_size - torn.whole
    if not torn.whole:
        path.unlink()
        return Damage(
            torn.file, f"its {lost} bytes held nothing whole when a crawl was killed; it was removed"
        )
    with path.open("r+b") as stream:
        stream.truncate(torn.whole)
        os.fsync(stream.fileno())
    return Damage(torn.file, f"was cut back to byte {torn.whole}: the {lost} after it were torn by a kill")
