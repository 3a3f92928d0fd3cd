"""What must outlive the machine."""

import os
from pathlib import Path
from typing import BinaryIO


def to_disk(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def folder_to_disk(folder: Path) -> None:
    """So that the name of a new file outlives the machine as its bytes do."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
