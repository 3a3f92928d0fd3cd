"""`nianbao serve`: the site over the archive that `nianbao build` made."""

from pathlib import Path

import click

from archive.publish import HOST, PORT, NotArchive, bound, check, serve_until_stopped


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path("data"),
    help="Where archive.db is.",
    show_default=True,
)
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True)
@click.option("--host", default=HOST, show_default=True, help="0.0.0.0 lets other machines in.")
@click.option(
    "--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="One a processor is best."
)
def serve(data: Path, port: int, host: str, processes: int) -> int:
    """Serve the archive as a web site, until you press Ctrl-C."""
    database = data / "archive.db"
    try:
        check(database)
    except NotArchive as cause:
        raise click.ClickException(str(cause)) from None
    try:
        with bound(host, port) as listening:
            click.echo(f"http://{host}:{listening.getsockname()[1]}/ (stop with Ctrl-C)")
            serve_until_stopped(database, listening, processes)
    except OSError as cause:
        raise click.ClickException(
            f"{host}:{port}: {cause.strerror}; choose another with --port or --host"
        ) from None
    return 0
