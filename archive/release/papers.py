"""What a release says of itself to people: README, licence, how to cite it."""

from importlib import resources
from pathlib import Path

_PAPERS = {"README.md": "README.txt", "LICENSE.md": "LICENSE.txt", "CITATION.cff": "CITATION.txt"}
"""From the name in a release to the text here, which has blanks to be filled in."""


def write_papers(folder: Path, name: str, until: str, reports: int, bodies: int, sha256: str) -> None:
    """`sha256` is that of archive.db."""
    facts = {"name": name, "until": until[:10], "reports": reports, "bodies": bodies, "sha256": sha256}
    for paper, text in _PAPERS.items():
        filled = resources.files("archive.release").joinpath(text).read_text("utf-8").format(**facts)
        (folder / paper).write_text(filled, "utf-8")
