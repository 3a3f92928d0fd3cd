"""A browser without a network: what its pages ask for, somebody else answers, or nobody.

Playwright drives the Chromium of the machine. Both are optional, and looked for when a page needs them."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from crawler.asking.showing import Answer, NoBrowser, Served, Showing, Shown, errors

_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)  # fmt: skip
_NAMED = "NIANBAO_CHROMIUM"
# What is not answered for it, a browser would ask by itself: it finds neither a name nor a way.
_NOWHERE = "http://127.0.0.1:9"
_ALONE = ("--host-resolver-rules=MAP * ~NOTFOUND", "--webrtc-ip-handling-policy=disable_non_proxied_udp")


class NotShown(Exception):
    """A page that the browser did not bring to an end."""


def chromium() -> str:
    named = os.environ.get(_NAMED)
    found = next(filter(None, map(shutil.which, (named,) if named else _NAMES)), None)
    if found is None:
        where = f"{named} ({_NAMED}) is no program" if named else "there is no Chromium on this machine"
        raise NoBrowser(f"{where}; install it (Debian: apt install chromium), or name it in {_NAMED}")
    return found


class Browser:
    """One page at a time. Started when the first is to be shown."""

    def __init__(self, agent: str) -> None:
        self._agent = agent
        self._playwright: Any = None
        self._started: Any = None

    async def shown(
        self, url: str, served: Served, answer: Answer, seconds: float, most: int | None
    ) -> Shown:
        """The page as it stands when its scripts have run, and in it what it shows after each button to the
        next page, up to `most` of them; with None no button is pressed, and scripts are left out. `answer` is
        asked for its parts; `seconds` is what it may take while it waits for none."""
        error = errors()
        try:
            async with self._page() as page:
                return await Showing(page, served, answer, seconds).pages(url, most)
        except TimeoutError:
            raise NotShown(f"was not shown within {seconds:g} seconds (limits.seconds)") from None
        except error as problem:
            raise NotShown(f"could not be shown ({_first_line(problem)})") from None

    async def close(self) -> None:
        if self._started is not None:
            await self._started.close()
        if self._playwright is not None:
            await self._playwright.stop()

    @asynccontextmanager
    async def _page(self) -> AsyncIterator[Any]:
        if self._started is None or not self._started.is_connected():
            await self._start()
        context = await self._started.new_context(
            user_agent=self._agent, locale="zh-CN", service_workers="block", accept_downloads=False
        )
        try:
            yield await context.new_page()
        finally:
            await context.close()

    async def _start(self) -> None:
        from playwright.async_api import async_playwright

        program, error = chromium(), errors()
        if self._playwright is None:
            self._playwright = await async_playwright().start()
        try:
            self._started = await self._playwright.chromium.launch(
                executable_path=program,
                args=_ALONE,
                proxy={"server": _NOWHERE},
                chromium_sandbox=os.geteuid() != 0,  # it refuses to be root in one
                handle_sigint=False,  # the crawl ends first, then the browser
            )
        except error as problem:
            raise NoBrowser(f"{program} does not start ({_first_line(problem)}); run it by hand") from None


def _first_line(problem: BaseException) -> str:
    return next(iter(str(problem).splitlines()), type(problem).__name__)
