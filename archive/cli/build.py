"""`nianbao build` and `nianbao check`: archive.db from captures, and whether it is sound."""

import json
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from archive.aside import NoRoom, room
from archive.batch import READER, documents
from archive.build import BuildResult
from archive.build import build as build_database
from archive.claims import candidates
from archive.cli.cluster import read_on
from archive.cli.codes import DONE, LOOK
from archive.corrections import WrongDecision, decisions
from archive.forked import Lost
from archive.inspection import Soundness, inspect
from archive.material import NothingToBuild
from archive.readings import DamagedReading, Readings, read_all
from archive.shares import Broken
from crawler.captures import Capture, Store
from parsers.reading import Refusal

data_option = click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), help="Folder of captures and archive.db."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.command()
@data_option
@json_option
@click.option("--cluster", metavar="ADDRESS", help="Read on the workers of this Dask scheduler.")
def build(data: Path, as_json: bool, cluster: str | None) -> int:
    """Read what is new among the captures and build archive.db anew."""
    if not (data / "captures").is_dir():
        raise click.ClickException(f"{data / 'captures'}: no captures there; crawl a portal first")
    try:
        decided = decisions(data / "corrections")
        with room(data):
            store, readings = Store(data / "captures"), Readings(data / "readings")
            new = read_new(data, store, readings, cluster)
            result = build_database(store, readings.kept, data / "archive.db", decided)
    except (NothingToBuild, Broken) as cause:
        raise click.ClickException(f"{data / 'captures'}: {cause}") from None
    except (Lost, NoRoom, DamagedReading, WrongDecision) as cause:
        raise click.ClickException(str(cause)) from None
    damage = store.damage()
    for item in damage:
        click.echo(f"nianbao: {item.file}: {item.says}", err=True)
    sound = inspect(result.file)
    for what, _ in sound.look:
        if what.startswith("outdated"):
            click.echo(f"nianbao: {data / 'corrections'}: {what}", err=True)
    click.echo(_as_json(result, new) if as_json else _summary(result, new))
    return LOOK if damage or sound.must_look else DONE


@click.command()
@data_option
@json_option
def check(data: Path, as_json: bool) -> int:
    """Is archive.db whole, and what in it must a person look at?"""
    file = data / "archive.db"
    if not file.is_file():
        raise click.ClickException(f"{file}: no archive there; run `nianbao build` first")
    try:
        sound = inspect(file)
    except sqlite3.DatabaseError as cause:
        raise click.ClickException(f"{file}: {cause}; build it again") from None
    click.echo(json.dumps(asdict(sound), ensure_ascii=False) if as_json else "\n".join(_told(file, sound)))
    return LOOK if sound.must_look else DONE


def read_new(data: Path, store: Store, readings: Readings, cluster: str | None) -> int:
    """Reads every document that has no reading yet and says how many there were."""
    captures: dict[str, Capture] = {}
    for capture in candidates(store.captures()):
        if capture.document in captures or readings.missing([capture.document]):
            captures[capture.document] = capture
    missing = [captures[sha256] for sha256 in sorted(captures)]
    if missing:
        with click.progressbar(length=len(missing), label=f"Reading {len(missing)}", file=sys.stderr) as bar:
            if cluster:
                read_on(cluster, data, missing, readings, bar.update)
                return len(missing)

            def lost(refusal: Refusal) -> None:
                click.echo(f"nianbao: {refusal.says.removesuffix('.')}", err=True)
                readings.put(refusal)

            for outcome in read_all(documents(store, missing, lost), READER):
                readings.put(outcome)
                bar.update(outcome.sha256 in captures)
    return len(missing)


def _summary(result: BuildResult, new: int) -> str:
    return (
        f"{result.file}: {result.reports} reports of {result.bodies} bodies ({result.versions} versions), "
        f"{result.documents} documents ({new} newly read, {result.refused} no report), "
        f"{result.findings} findings"
    )


def _as_json(result: BuildResult, new: int) -> str:
    return json.dumps({**asdict(result), "file": str(result.file), "newly_read": new}, ensure_ascii=False)


def _told(file: Path, sound: Soundness) -> Iterator[str]:
    counts = ", ".join(f"{number} {attribution}" for attribution, number in sound.findings) or "none"
    yield f"{file}: {sound.reports} reports; findings: {counts}"
    yield from (f"damaged: {damage}" for damage in sound.damage)
    yield from (f"look at: {number} × {what}" for what, number in sound.look)
