"""The verbs of `nianbao`. Exit 0: done. 1: done, and a person must look at something. 2: could not."""

import sys

import click

from archive.cli.build import build, check
from archive.cli.crawl import crawl, portals
from archive.cli.demo import demo
from archive.cli.read import read
from archive.cli.serve import serve


@click.group()
@click.version_option(package_name="nianbao")
def nianbao() -> None:
    """An archive of the yearly disclosure reports of China's counties, districts and townships."""


def main() -> None:
    try:
        sys.exit(nianbao(standalone_mode=False) or 0)
    except click.ClickException as cause:
        click.echo(f"nianbao: {cause.format_message()}", err=True)
        sys.exit(2)
    except click.Abort:
        click.echo("nianbao: stopped", err=True)
        sys.exit(2)


VERBS = (demo, portals, crawl, read, build, check, serve)
for verb in VERBS:
    nianbao.add_command(verb)
