"""The delta: the old file becomes the new one byte for byte, or nothing is written."""

import random
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from archive.release import NotApplied, apply, delta
from archive.release.delta import write_delta


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """An old file, a new one that shares most of it and has pieces put in, and the delta."""
    rng = random.Random(7)
    parts = [rng.randbytes(700) for _ in range(300)]
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    old.write_bytes(b"".join(parts))
    new.write_bytes(
        b"".join(part + (rng.randbytes(40) if n % 50 == 0 else b"") for n, part in enumerate(parts))
    )
    write_delta(old, new, tmp_path / "delta.zip")
    return old, new, tmp_path / "delta.zip"


def test_it_is_small_and_makes_the_new_file(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    old, new, made = files
    apply(old, made, tmp_path / "made.db")
    assert (tmp_path / "made.db").read_bytes() == new.read_bytes()
    assert made.stat().st_size < new.stat().st_size / 20


def test_a_large_file_goes_in_pieces(
    files: tuple[Path, Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, _ = files
    monkeypatch.setattr(delta, "PIECE", 50_000)
    monkeypatch.setattr(delta, "MARGIN", 20_000)
    write_delta(old, new, tmp_path / "pieces.zip")
    assert len(zipfile.ZipFile(tmp_path / "pieces.zip").namelist()) == 6
    apply(old, tmp_path / "pieces.zip", tmp_path / "made.db")
    assert (tmp_path / "made.db").read_bytes() == new.read_bytes()
    assert (tmp_path / "pieces.zip").stat().st_size < new.stat().st_size / 10


def test_stock_zstd_does_it_too(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    if not shutil.which("zstd"):
        pytest.skip("needs the zstd program: apt-get install zstd")
    old, new, made = files
    with zipfile.ZipFile(made) as archive:
        archive.extract("1.zst", tmp_path)
    words = [
        "zstd",
        "-q",
        "-d",
        f"--patch-from={old}",
        "--long=30",
        tmp_path / "1.zst",
        "-o",
        tmp_path / "made.db",
    ]
    subprocess.run(list(map(str, words)), check=True)
    assert (tmp_path / "made.db").read_bytes() == new.read_bytes()


def test_another_old_file_is_named(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    old, _, made = files
    old.write_bytes(old.read_bytes() + b"x")
    with pytest.raises(NotApplied, match=r"old\.db: is not the file that .*delta\.zip begins from"):
        apply(old, made, tmp_path / "made.db")
    assert not (tmp_path / "made.db").exists()


@pytest.mark.parametrize("broken", ["cut", "other", "empty", "lies"])
def test_a_broken_delta_writes_nothing(files: tuple[Path, Path, Path], tmp_path: Path, broken: str) -> None:
    old, _, made = files
    content = made.read_bytes()
    if broken == "lies":
        _rewritten(made, content)
    else:
        made.write_bytes({"cut": content[:-200], "other": b"no zip at all", "empty": b""}[broken])
    with pytest.raises(NotApplied, match="fetch"):
        apply(old, made, tmp_path / "made.db")
    assert {path.name for path in tmp_path.iterdir()} == {"old.db", "new.db", "delta.zip"}


def _rewritten(made: Path, content: bytes) -> None:
    """A delta that is whole and makes something else than it says."""
    with zipfile.ZipFile(made) as archive:
        plan, piece = archive.read("plan.json"), archive.read("1.zst")
    made.unlink()
    assert content
    digest = plan.split(b'"new": "')[1][:8]
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("plan.json", plan.replace(digest, b"00000000"))
        archive.writestr("1.zst", piece)
