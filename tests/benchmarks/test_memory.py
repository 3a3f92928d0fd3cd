import subprocess
import sys

from benchmarks import memory


def test_a_process_that_holds_more_than_the_limit_is_told() -> None:
    assert _measured("--limit", "1").returncode == 1
    held = _measured()
    assert held.returncode == 0
    assert held.stdout.splitlines()[-1].startswith("| 2 | 2 | ")


def test_what_another_program_held_in_this_process_does_not_count() -> None:
    """As a test runner that has grown large starts it."""
    words = [sys.executable, "-m", "benchmarks.memory", "--documents", "2"]
    grown = f"import os; held = b'x' * (500 * 2**20); os.execv({sys.executable!r}, {words!r})"
    measured = subprocess.run([sys.executable, "-c", grown], capture_output=True, text=True, check=False)
    assert measured.returncode == 0, measured.stdout


def _measured(*words: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own: this one may hold more by now than the limit."""
    command = [sys.executable, "-m", "benchmarks.memory", "--documents", "2", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_pages_and_texts_are_never_the_same_document_twice() -> None:
    made = [memory.document(number) for number in range(6 * 3) if number % 6 in (0, 3)]
    assert len(set(made)) == len(made) == 6
