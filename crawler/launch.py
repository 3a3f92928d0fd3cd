"""Starting the process that crawls, and hearing it to its end."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path


def launch(work: Mapping[str, object], log: Path, progress: Callable[[str], None]) -> int:
    """Its exit code. Its input stays open while this process lives: it ends by itself when that closes."""
    with log.open("wb") as written:
        command = [sys.executable, "-m", "crawler.process"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=written, text=True) as child:  # noqa: S603
            if child.stdin is None or child.stdout is None:
                raise RuntimeError("a child process came without its pipes")
            child.stdin.write(json.dumps(work) + "\n")
            child.stdin.flush()
            for line in child.stdout:
                progress(line.rstrip("\n"))
        return child.returncode
