"""Releases: archive.db in all the forms that people download, and what changed since the last."""

from archive.release.delta import NotApplied, apply
from archive.release.folder import SUMS, NoRelease, Release, Wanted, latest, release, releases
from archive.release.manifest import inputs
from archive.release.older import still_holding
from archive.release.pack import pack
from archive.release.parquet import Missing
from archive.release.provinces import NotParted
from archive.release.signature import WrongKey, secret_key

__all__ = [
    "SUMS",
    "Missing",
    "NoRelease",
    "NotApplied",
    "NotParted",
    "Release",
    "Wanted",
    "WrongKey",
    "apply",
    "inputs",
    "latest",
    "pack",
    "release",
    "releases",
    "secret_key",
    "still_holding",
]
