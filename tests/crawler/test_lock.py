"""Leases: who lives on this machine the kernel knows, who on another by the time it renews."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.captures import beats, lock
from crawler.captures.lock import Busy, alive, lease, patiently


def _elsewhere(path: Path, heard: float) -> None:
    """Somebody on another machine took the lease, and renewed it last so many seconds ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": "other", "host": "two", "process": 7}) + "\n", "ascii")
    os.utime(path, (time.time() - heard, time.time() - heard))


def test_hosts_are_leased_all_or_none_and_the_refusal_names_lock_and_holder(tmp_path: Path) -> None:
    with lease(tmp_path, ["a.cn", "b.cn"]):
        with pytest.raises(Busy, match=rf"b.cn: .*process {os.getpid()} on .* holds .*hosts/b.cn.lock"):
            lease(tmp_path, ["0.cn", "b.cn"])
        lease(tmp_path, ["0.cn"]).close()
        assert alive(tmp_path / "hosts" / "b.cn.lock")
    assert not alive(tmp_path / "hosts" / "b.cn.lock")
    lease(tmp_path, ["a.cn", "b.cn"]).close()


def test_the_lease_of_a_killed_process_of_this_machine_is_free_at_once(tmp_path: Path) -> None:
    path = tmp_path / "one.lock"
    takes = (
        f"import os, pathlib, crawler.captures.lock as l;l.lock(pathlib.Path({str(path)!r}), ''); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", takes], check=False).returncode == 9
    assert path.read_bytes()
    lock.lock(path, "busy").close()


def test_another_machines_lease_lasts_while_it_is_renewed(tmp_path: Path) -> None:
    path = tmp_path / "one.lock"
    _elsewhere(path, heard=beats.LASTS / 2)
    with pytest.raises(Busy, match=r"says \(process 7 on two holds .*one.lock\); wait"):
        lock.lock(path, "says")
    _elsewhere(path, heard=beats.LASTS + 1)
    taken = lock.lock(path, "says")
    assert b'"two"' not in path.read_bytes()
    taken.close()


def test_who_is_silent_elsewhere_is_waited_for_and_who_is_heard_of_is_not(tmp_path: Path) -> None:
    path = tmp_path / "one.lock"
    _elsewhere(path, heard=beats.LASTS - 0.3)
    patiently(lambda: lock.lock(path, "says")).close()
    _elsewhere(path, heard=5)

    def renewed() -> lock.Lease:
        taken = lock.lock
        try:
            return taken(path, "says")
        finally:
            _elsewhere(path, heard=4)

    with pytest.raises(Busy):
        patiently(renewed)


def test_a_lease_is_renewed_and_one_that_was_taken_away_says_so(tmp_path: Path) -> None:
    path = tmp_path / "one.lock"
    held = lock.lock(path, "says")
    os.utime(path, (0, 0))
    assert held.renew()
    assert time.time() - path.stat().st_mtime < 60
    _elsewhere(path, heard=0)
    assert not held.renew()
    held.close()
    assert path.read_bytes(), "another's lease is not ended with one's own"


def test_a_process_whose_lease_was_taken_away_ends(tmp_path: Path) -> None:
    path = tmp_path / "one.lock"
    takes = (
        "import pathlib, time, crawler.captures.beats as b, crawler.captures.lock as l; b.BEAT = 0.05;"
        f"l.lock(pathlib.Path({str(path)!r}), ''); print('held', flush=True); time.sleep(60)"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", takes], stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "held\n"
        _elsewhere(path, heard=0)
        assert process.wait(timeout=60) == 1
        assert process.stderr.read() == f"{path}: the lease is lost; this process ends here\n"
