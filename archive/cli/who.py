"""`nianbao who`: from addresses and titles to bodies and years, as far as they are certain."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

import click

from archive.cli.codes import DONE
from archive.cli.context import host_divisions
from parsers.register.evidence import Evidence
from parsers.register.resolve import Resolution, resolve
from parsers.text.titles import report_in_title, report_title

MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Answer:
    url: str
    title: str
    annual_report: bool
    year: int | None
    resolution: Resolution


@click.command()
@click.argument("files", nargs=-1, default=["-"], type=click.File(encoding="utf-8"))
@click.option("--json", "as_lines", is_flag=True, help="One JSON object a line.")
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), help="Folder of your portal files."
)
def who(files: tuple[TextIO, ...], as_lines: bool, data: Path) -> int:
    """Tell whose reports they are: lines of address TAB title, from files or standard input.

    What is not certain is left open, with the candidates and what would decide between them."""
    divisions = host_divisions(data)
    for url, title in _pairs(files):
        answer = _answer(url, title, divisions)
        click.echo(_as_json(answer) if as_lines else _as_line(answer))
    return DONE


def _pairs(files: Iterable[TextIO]) -> Iterator[tuple[str, str]]:
    for file in files:
        for number, line in enumerate(file, 1):
            url, tab, rest = line.lstrip("\ufeff").rstrip("\r\n").partition("\t")
            if tab:
                yield url.strip(), rest.partition("\t")[0]
            elif url.strip():
                says = f"{file.name}, line {number}: no TAB; write the address, a TAB and the title"
                raise click.ClickException(says)


def _answer(url: str, title: str, divisions: Mapping[str, str]) -> Answer:
    own, about = report_title(title), report_in_title(title)
    told = own or about
    evidence = Evidence(
        title=title if own else None,
        heading=about.body if about and not own else None,
        portal=divisions.get(_host(url)),
        address=url,
        year=told.year if told else None,
    )
    return Answer(url, title, own is not None, evidence.year, resolve(evidence))


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _as_json(answer: Answer) -> str:
    found = answer.resolution
    candidates = [
        {"body": one.body, "division": one.division, "place": one.place}
        for one in found.candidates[:MOST_CANDIDATES]
    ]
    entry = {
        "url": answer.url,
        "title": answer.title,
        "body": found.body,
        "id": found.id,
        "division": found.division,
        "type": found.type,
        "function": found.function,
        "year": answer.year,
        "annual_report": answer.annual_report,
        "known_from": list(found.known_from) if found.body else [],
        "candidates": [] if found.body else candidates,
        "decides": found.decides,
        "conflict": found.conflict,
    }
    return json.dumps(entry, ensure_ascii=False)


def _as_line(answer: Answer) -> str:
    found = answer.resolution
    kind = "report" if answer.annual_report else "no report"
    name = f"{found.body} ({found.division})" if found.body else "unresolved"
    open_question = f" · {found.conflict or found.decides}" if not found.body else ""
    return f"{name} · {answer.year or 'year unknown'} · {kind}{open_question} · {answer.title}"
