"""What a request that ended in an exception is called."""

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError
from twisted.internet.error import ConnectionLost

from crawler.failure import failed


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (DownloadTimeoutError("late"), "timeout"),
        (DownloadFailedError("reset"), "connection"),
        (ConnectionLost(), "connection"),
        (ConnectionResetError("reset"), "connection"),
        (KeyError("asked"), "unexpected"),
        (RuntimeError("no such turn"), "unexpected"),
    ],
)
def test_only_what_the_network_did_is_called_after_it(problem: Exception, kind: str) -> None:
    unreached = failed(Request("http://www.example.cn/"), problem)
    assert unreached.kind == kind
    if kind == "unexpected":
        assert unreached.says.startswith(f"{type(problem).__name__}: ")
        assert "report it as a bug" in unreached.says
