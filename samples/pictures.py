"""The pictures in the README: pages of the site over the made-up county, taken by the machine's Chromium.

`./run screenshots` makes the county's archive where there is none (as `./run demo` does), and the pictures.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from archive.pages.addresses import body_address, report_address
from archive.publish import served
from crawler.asking.browser import chromium

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
DATABASE = ROOT / "data" / "demo" / "archive.db"
DESK, PHONE = {"width": 1180, "height": 860}, {"width": 400, "height": 860}


def main() -> int:
    if not DATABASE.is_file():
        print(f"{DATABASE}: there is no archive; run ./run demo --check first", file=sys.stderr)  # noqa: T201
        return 2
    PICTURES.mkdir(exist_ok=True)
    pages = list(_pages())
    with served(DATABASE) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for name, path, view, at in pages:
            _taken(browser, address.rstrip("/") + path, view, at, PICTURES / f"{name}.png")
        browser.close()
    return 0


def _pages() -> Iterator[tuple[str, str, dict[str, int], str | None]]:
    """Name, address, size, and what to scroll to."""
    with closing(sqlite3.connect(DATABASE)) as connection:
        (report,) = connection.execute(
            "SELECT report FROM findings WHERE rule = 'requests.balance' AND outcome = 'broken' ORDER BY 1"
        ).fetchone()
        (body,) = connection.execute("SELECT id FROM bodies WHERE kind = 'government' ORDER BY id").fetchone()
    yield "front", "/", DESK, None
    yield "report", f"/en{report_address(report)}", DESK, "table.requests"
    yield "body", body_address(body), PHONE, None


def _taken(browser: Any, url: str, view: dict[str, int], at: str | None, file: Path) -> None:
    page = browser.new_page(viewport=view)
    page.goto(url)
    if at:
        page.locator(at).scroll_into_view_if_needed()
        page.evaluate("selector => document.querySelector(selector).scrollIntoView()", at)
    page.screenshot(path=file)
    page.close()


if __name__ == "__main__":
    sys.exit(main())
