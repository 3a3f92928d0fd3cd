"""`nianbao release` and `nianbao apply`: what people download, and the old file made the new one."""

import json
import os
from functools import partial
from pathlib import Path

import click

from archive.cli.codes import DONE, LOOK
from archive.corrections import WrongDecision, decisions
from archive.release import (
    Missing,
    NoRelease,
    NotApplied,
    NotParted,
    Wanted,
    WrongKey,
    inputs,
    pack,
    releases,
    secret_key,
    still_holding,
)
from archive.release import apply as apply_delta
from archive.release import release as make_release
from crawler.captures import CaptureLost

_folder = click.Path(file_okay=False, path_type=Path)
_file = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--data", type=_folder, default=Path("data"), show_default=True, help="Where archive.db is.")
@click.option("--out", type=_folder, help="Where releases are kept, instead of DATA/release.")
@click.option("--evidence", is_flag=True, help="Pack the originals and WARC records it stands on.")
@click.option("--by", type=click.Choice(["province"]), help="Add the archive in parts, one a province.")
@click.option("--sign", type=_file, metavar="KEY", help="Sign SHA256SUMS with a secret key of minisign.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def release(
    data: Path, out: Path | None, evidence: bool, by: str | None, sign: Path | None, as_json: bool
) -> int:
    """Make a folder for download of archive.db: CSV, JSON Lines, Parquet, a delta from the release before.

    It is named for the day up to which was captured. It appears when it is complete. Where the last release
    holds the same archive.db already, nothing is made. The password of KEY is taken from
    NIANBAO_SIGN_PASSWORD, else asked. Exit 1: an older release still holds what was taken down.
    """
    kept = out or data / "release"
    try:
        up_to_date(data)
        key = secret_key(sign, _password) if sign else None
        packed = partial(pack, data / "captures") if evidence else None
        wanted = Wanted(packed, key.sign if key else None, by_province=by is not None)
        made = make_release(data / "archive.db", kept, wanted, _say)
    except (NoRelease, NotParted, Missing, WrongDecision, WrongKey, CaptureLost) as cause:
        raise click.ClickException(str(cause)) from None
    except OSError as cause:
        raise click.ClickException(f"{cause.filename}: {cause.strerror}; nothing was released") from None
    if as_json:
        click.echo(json.dumps({"folder": str(made.folder), "new": made.new}, ensure_ascii=False))
    else:
        click.echo(f"{made.folder}: " + ("released" if made.new else "holds this archive.db already"))
    older = list(still_holding(made.folder / "archive.db", releases(kept)))
    for folder in older:
        click.echo(
            f"nianbao: {folder}: still holds what was taken down; take it offline and delete it", err=True
        )
    return LOOK if older else DONE


def up_to_date(data: Path) -> None:
    """Raises NoRelease where people decided something since archive.db was built."""
    file = data / "archive.db"
    if file.is_file() and inputs(file).get("decisions") != decisions(data / "corrections").digest:
        raise NoRelease(f"{data / 'corrections'}: not what {file} was built with; run `nianbao build` first")


def _password() -> str:
    given = os.environ.get("NIANBAO_SIGN_PASSWORD")
    return given if given is not None else str(click.prompt("Password of the key", hide_input=True, err=True))


@click.command()
@click.argument("old", type=_file)
@click.argument("delta", type=_file)
@click.argument("new", type=_file, required=False)
def apply(old: Path, delta: Path, new: Path | None) -> int:
    """Make the new archive.db of an OLD one and a DELTA: byte for byte the file that was released.

    Without NEW it is written beside the delta as archive.db.
    """
    target = new or delta.with_name("archive.db")
    if new is None and target.exists():
        raise click.ClickException(f"{target}: is there already; say behind {delta} what to write instead")
    try:
        apply_delta(old, delta, target)
    except NotApplied as cause:
        raise click.ClickException(str(cause)) from None
    except OSError as cause:
        raise click.ClickException(f"{cause.filename}: {cause.strerror}; nothing was written") from None
    click.echo(f"{target}: made, and its SHA-256 is that of the release")
    return DONE


def _say(what: str) -> None:
    click.echo(f"  {what}", err=True)
