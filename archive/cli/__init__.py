"""The verbs of `nianbao`. Exit 0: done. 1: done, and a person must look at something. 2: could not."""

import sys
from importlib import import_module
from keyword import iskeyword

import click


class Verbs(click.Group):
    """Each verb is imported when it is asked for: Scrapy and Datasette take a second to load, and
    `nianbao read` needs neither."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in VERBS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        verb = getattr(import_module(f"archive.cli.{VERBS[cmd_name]}"), name)
        return verb if isinstance(verb, click.Command) else None


@click.group(cls=Verbs)
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


VERBS = {
    "demo": "demo",
    "portals": "portals",
    "add": "add",
    "import": "bring",
    "crawl": "crawl",
    "captures": "captures",
    "read": "read",
    "who": "who",
    "build": "build",
    "check": "build",
    "serve": "serve",
    "release": "release",
    "apply": "release",
    "evidence": "evidence",
    "review": "review",
    "run": "run",
}
"""Verbs to the modules of this package that hold them."""
