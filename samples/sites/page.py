"""What a portal answers, and what its pages have in common."""

from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from string import Template
from typing import Literal

from samples.report import Format

Host = Literal["www", "files"]
"""A portal's own server, or the other one that some of its files lie on."""

MEDIA_TYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
    "html": "text/html",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """`type` is the Content-Type sent, None for no such header."""

    body: bytes
    type: str | None
    status: int = 200
    location: str | None = None
    filename: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a column: `file` is the path of the attachment that the article consists of."""

    title: str
    published: date
    path: str
    key: str
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """One request as a site sees it: path, parameters of address and form together."""

    path: str
    values: dict[str, str] = field(default_factory=dict)
    host: Host = "www"


def cut(title: str, length: int) -> str:
    return title if len(title) <= length else title[:length] + "..."


def template(name: str) -> Template:
    """The page of that name in pages/, where `$word` is filled in and `$$` is a dollar."""
    folder = resources.files("samples.sites").joinpath("pages")
    return Template(folder.joinpath(f"{name}.html").read_text(encoding="utf-8"))
