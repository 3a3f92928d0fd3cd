"""Releases: archive.db in all the forms that people download, and what changed since the last."""

from archive.release.delta import NotApplied, apply
from archive.release.folder import SUMS, NoRelease, Release, Wanted, latest, release
from archive.release.parquet import Missing

__all__ = ["SUMS", "Missing", "NoRelease", "NotApplied", "Release", "Wanted", "apply", "latest", "release"]
