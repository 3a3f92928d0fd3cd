"""One page in the browser: shown, turned to its end, and its parts handed to whoever answers."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

QUIET = 0.5
"""Seconds by the page's own clock in which it asks for nothing, after which it is taken for shown: on a slow
machine that clock goes slower than ours."""

_ON_ITS_WAY = 0.05
"""Seconds: what a page asks for may be told later than that its clock has gone on."""

PARTS = 100
"""A page whose scripts ask for more than this asks without end."""

# Other reasons put a page of the browser's own in the place of one that tried to go elsewhere.
_LEFT = "aborted"
_ANSWERED = frozenset({"document", "script", "xhr", "fetch"})
# Buttons to the next page that are no addresses: the list goes on in the page itself. Those that say so come
# before those that are only called so, as the arrows of what slides by itself are too.
_NEXTS = r"""(root) => {
  const says = /^((下一?[页頁]|后一?[页頁]|next( page)?)[\s>»›→]*|[>»›→]+)$/i;
  const called = "[class~=next], [class*=btn-next], [class*=page-next], [class*=pagination-next]";
  const opens = /^\s*(?!#|javascript:)\S/i, leads = /location|window\.open/;
  const all = [...root.querySelectorAll("a, button, input, li, span, div, i, [onclick]")].filter(one =>
    !opens.test(one.closest("a[href]")?.getAttribute("href") ?? "")
    && !one.querySelector("a[href]:not([href^='#'], [href^='javascript:' i])")
    && !leads.test(one.getAttribute("onclick") ?? ""));
  const said = all.filter(one => says.test((one.textContent || one.title || one.value || "").trim()));
  const found = [...said, ...all.filter(one => !said.includes(one) && one.matches(called))];
  return found.filter(one => !found.some(other => other !== one && one.contains(other)));
}"""
_TAKE = f"""(plain) => {{
  const copy = document.documentElement.cloneNode(true);
  for (const one of ({_NEXTS})(copy)) one.remove();
  if (plain) for (const one of copy.querySelectorAll("script, noscript, style, link, template")) one.remove();
  return [copy.querySelector("head")?.outerHTML ?? "", (copy.querySelector("body") ?? copy).innerHTML];
}}"""
_TURN = f"""(at) => {{
  const next = ({_NEXTS})(document).filter(one => one.getClientRects().length
    && !one.closest("[disabled], [aria-disabled='true'], [class*='disab']"))[at];
  next?.click();
  return Boolean(next);
}}"""
_PAUSE = "(seconds) => new Promise(done => setTimeout(done, seconds * 1000))"
# What of a page is a list: a clock in it is none, and would make every look another page.
_ROWS = """() => [...document.querySelectorAll("a, li, td, [onclick]")].map(
  one => one.textContent + (one.getAttribute("href") ?? "")).join("\\n")"""


class NoBrowser(Exception):
    """What is missing on this machine, and how it gets there."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a page asks for. `kind` is `document` (of a frame), `script`, `xhr` or `fetch`."""

    kind: str
    url: str
    method: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Served:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """`more` where there is a button to a further page, `endless` where scripts asked for too much."""

    html: str
    more: bool
    endless: bool


Answer = Callable[[Part], Awaitable[Served | None]]


class Showing:
    def __init__(self, page: Any, served: Served, answer: Answer, seconds: float) -> None:
        self._page = page
        self._first: Served | None = served
        self._answer = answer
        self._seconds = seconds
        self._limit = asyncio.timeout(seconds)
        self._waiting = 0
        self._asked = 0
        self._endless = False
        self._given = 0

    async def pages(self, url: str, most: int | None) -> Shown:
        async with self._limit:
            await self._page.route("**/*", self._route)
            await self._page.goto(url, wait_until="domcontentloaded", timeout=0)
            head, shown, more = await self._turned(most)
        html = f"<html>{head}<body><div>{'</div><div>'.join(shown)}</div></body></html>"
        return Shown(html, more, self._endless)

    async def _turned(self, most: int | None) -> tuple[str, list[str], bool]:
        """A button that shows nothing new is passed over for the one after it."""
        if most is None:
            await self._quiet()
            head, shown_once = await self._page.evaluate(_TAKE, True)
            return head, [shown_once], False
        head, shown, at = "", dict[str, str](), 0
        while True:
            await self._quiet()
            rows = await self._page.evaluate(_ROWS)
            if rows in shown:
                at += 1
            elif len(shown) == most:
                return head, list(shown.values()), True
            else:
                head, shown[rows] = await self._page.evaluate(_TAKE, False)
            if not await self._page.evaluate(_TURN, at):
                return head, list(shown.values()), False
            self._asked = 0

    async def _quiet(self) -> None:
        before = -1
        while self._waiting or self._given != before:
            before = self._given
            await self._page.evaluate(_PAUSE, QUIET)
            await asyncio.sleep(_ON_ITS_WAY)

    async def _route(self, route: Any, request: Any) -> None:
        with suppress(errors()):  # the page is gone, and nobody waits for this any more
            if (part := self._part(request)) is None:
                await route.abort(_LEFT)
                return
            self._waiting += 1
            self._until(None)
            try:
                served = part if isinstance(part, Served) else await self._answer(part)
                if served is None:
                    await route.abort(_LEFT)
                else:
                    await route.fulfill(status=served.status, headers=dict(served.headers), body=served.body)
            finally:
                self._waiting -= 1
                self._given += 1
                if not self._waiting:
                    self._until(asyncio.get_running_loop().time() + self._seconds)

    def _until(self, end: float | None) -> None:
        with suppress(RuntimeError):  # it ran out, or the page is shown
            self._limit.reschedule(end)

    def _part(self, request: Any) -> Part | Served | None:
        """A page that would go elsewhere stays: where that is, its links say."""
        kind = request.resource_type
        if kind == "document" and request.frame == self._page.main_frame:
            first, self._first = self._first, None
            return first
        if kind not in _ANSWERED or request.method not in ("GET", "POST"):
            return None
        self._asked += 1
        if self._asked > PARTS:
            self._endless = True
            return None
        return Part(kind, request.url, request.method, request.headers, request.post_data_buffer or b"")


def errors() -> type[Exception]:
    try:
        from playwright.async_api import Error
    except ImportError:
        says = "nothing here drives one; ./run browser adds what does, or pip install 'nianbao[browser]'"
        raise NoBrowser(says) from None
    error: type[Exception] = Error
    return error
