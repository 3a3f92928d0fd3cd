"""`nianbao demo`: the whole way on a made-up county, from its portals to a page in a browser."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import click

from archive.cli.build import build
from archive.cli.codes import COULD_NOT, DONE
from archive.cli.crawl import crawl
from archive.cli.serve import serve
from archive.publish import served

PORTALS, SITE = 8021, 8001
"""Ports: of the first of the county's two portals (the second takes the next), and of the site."""

WHAT_TO_TRY = """
The site: http://127.0.0.1:{port}/   (Ctrl-C stops it)
  http://127.0.0.1:{port}/search?q=公开       every report that says 公开
  http://127.0.0.1:{port}/archive/findings    what does not add up
Or without the site:
  sqlite3 {database} 'SELECT form, count(*) FROM reports GROUP BY form'
"""


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("data"),
    show_default=True,
    help="The demo keeps to the folder demo/ in it.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=SITE, show_default=True)
@click.option("--fresh", is_flag=True, help="Begin anew instead of using what an earlier demo left.")
@click.option("--check", "only_check", is_flag=True, help="Ask the site for five pages and stop.")
@click.pass_context
def demo(ctx: click.Context, data: Path, port: int, fresh: bool, only_check: bool) -> int:
    """Crawl a made-up county on this machine, read its reports, build archive.db and serve it."""
    folder = data / "demo"
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    if (folder / "archive.db").exists():
        click.echo(f"{folder}: using the archive of an earlier demo (--fresh begins anew)")
    else:
        _made(ctx, folder)
    if only_check:
        return _checked(folder / "archive.db")
    click.echo(WHAT_TO_TRY.format(port=port, database=folder / "archive.db"))
    return int(ctx.invoke(serve, data=folder, port=port) or DONE)


def _made(ctx: click.Context, folder: Path) -> None:
    began = time.monotonic()
    with _portals(folder) as keys:
        click.echo("1/3 crawling the two portals of the county, on loopback")
        _stage(ctx.invoke(crawl, keys=keys, data=folder, local=True), "crawl")
    click.echo("2/3 reading what was found, 3/3 building archive.db")
    _stage(ctx.invoke(build, data=folder), "build")
    click.echo(f"done in {time.monotonic() - began:.0f} s")


def _stage(code: int | None, name: str) -> None:
    if code == COULD_NOT:
        raise click.ClickException(f"the demo stopped at {name}; the lines above say why")


@contextmanager
def _portals(folder: Path) -> Iterator[tuple[str, ...]]:
    """The county's portals running, their files where the crawl looks for them; yields their keys."""
    try:
        from samples.portals import yaml_files
        from samples.server import serve as serve_portals
    except ImportError as cause:
        says = f"the sample county cannot be made ({cause}); run this from a checkout by ./run demo"
        raise click.ClickException(says) from None
    try:
        with serve_portals(port=PORTALS) as portals:
            files = yaml_files(portals.bases)
            (folder / "portals").mkdir(parents=True, exist_ok=True)
            for name, text in files.items():
                (folder / "portals" / name).write_text(text, encoding="utf-8")
            yield tuple(Path(name).stem for name in files)
    except OSError as cause:
        says = f"ports {PORTALS} and {PORTALS + 1} of 127.0.0.1: {cause.strerror}; stop what uses them"
        raise click.ClickException(says) from None


def _checked(database: Path) -> int:
    """Five pages of the served site, each asked for something that must stand on it."""
    with served(database) as base:
        for path, wanted in _errands(base):
            with urlopen(base + path[1:], timeout=60) as answer:  # noqa: S310 - loopback, served just above
                text = answer.read().decode("utf-8")
            if wanted not in text:
                click.echo(f"{path}: does not show {wanted}", err=True)
                return COULD_NOT
            click.echo(f"{path}: {len(text)} characters, shows {wanted}")
    return DONE


def _errands(base: str) -> Iterator[tuple[str, str]]:
    with urlopen(f"{base}archive/reports.json?_shape=array&_size=1&form=2021&_sort=id", timeout=60) as answer:  # noqa: S310
        (report,) = json.load(answer)
    yield "/", "archive.db"
    yield f"/search?q={quote('公开')}", "公开"
    yield f"/report/{quote(report['id'])}", "本年新收政府信息公开申请数量"
    yield f"/body/{quote(report['body'])}", report["body"]
    yield "/archive/figures?code__startswith=requests.&_size=5", "requests.new."
