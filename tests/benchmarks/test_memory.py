import pytest

from benchmarks import memory


def test_a_process_that_holds_more_than_the_limit_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert memory.main(["--documents", "2", "--limit", "1"]) == 1
    assert memory.main(["--documents", "2"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("| 2 | 2 | ")


def test_pages_and_texts_are_never_the_same_document_twice() -> None:
    made = [memory.document(number) for number in range(6 * 3) if number % 6 in (0, 3)]
    assert len(set(made)) == len(made) == 6
