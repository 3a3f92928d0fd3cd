"""What a sweep met: the reports it took, and what stood where it met none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from crawler.captures import Capture, Role, Sweep, Taken, Unreached

Why = Literal["missing", "blocked", "unreachable", "left"]
"""`missing`: the portal says that there is no such page, or leads elsewhere. `left` proves nothing."""

_BLOCKED = ("challenge", "login", "robots")
_UNREACHABLE = ("dns", "connection", "timeout", "too-slow", "private", "parked", "error")
_ENDS = ("blocked", "network", "budget", "limit", "interrupted", "browser", "crawler")
"""Why a run left work to the next: said of a host or the portal, and no page's answer."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was met at an address where a report had been. `capture` is None where nothing answered."""

    run: str
    time: str
    url: str
    kind: str
    status: int | None
    capture: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A report as a sweep had it; `documents` are those of the files beside it, by address.

    `redirect` is the answer of its address where that only leads to another."""

    taken: Taken
    documents: Mapping[str, str]
    body_name: str | None
    redirect: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    url: str
    role: Role
    why: Why
    title: str | None
    evidence: Evidence


def by_run(captures: Iterable[Capture]) -> dict[str, list[Capture]]:
    """In the order in which they were had."""
    found: dict[str, list[Capture]] = {}
    for capture in sorted(captures, key=lambda capture: (capture.fetched, capture.id)):
        found.setdefault(capture.run, []).append(capture)
    return found


def reports(taken: Iterable[Taken], captures: Iterable[Capture]) -> dict[str, Seen]:
    """By address. `captures` are those of the sweep that took them."""
    captures = list(captures)
    articles = {capture.url: capture for capture in captures if capture.role == "article"}
    files: dict[str, dict[str, str]] = {}
    for capture in captures:
        if capture.role == "attachment" and capture.status in (200, 304) and not capture.refusal:
            files.setdefault(capture.parent or "", {})[capture.url] = capture.document
    return {one.url: _seen(one, articles, files) for one in taken}


def _seen(taken: Taken, articles: Mapping[str, Capture], files: Mapping[str, Mapping[str, str]]) -> Seen:
    page = articles.get(taken.url)
    if page is None:
        return Seen(taken, files.get(taken.url, {}), None)
    if not _leads_on(page):
        return Seen(taken, files.get(taken.url, {}), page.body_name)
    # Where a redirect ends is asked for with the same line of the same column, and its files hang there.
    ends = (c.url for c in articles.values() if (c.parent, c.title) == (page.parent, page.title))
    documents = {url: file for end in ends for url, file in files.get(end, {}).items()}
    return Seen(taken, documents, page.body_name, _evidence("elsewhere", page))


def _leads_on(capture: Capture) -> bool:
    return 300 <= capture.status < 400 and capture.status != 304


def absences(sweep: Sweep, captures: Iterable[Capture]) -> dict[str, Absent]:
    """By address, what was asked for and not had: the last word of the sweep on each."""
    answers = {capture.url: capture for capture in captures if capture.role != "robots"}
    taken = {one.url for one in sweep.taken}
    found = {
        one.url: _unreached(one, answers.get(one.url), sweep)
        for one in sweep.unreached
        if one.role != "robots" and one.kind not in _ENDS
    }
    for url, capture in answers.items():
        if url not in found and (kind := _refusal(capture)):
            evidence = _evidence(kind, capture)
            found[url] = Absent(url, capture.role, why(kind, capture.status), capture.title, evidence)
    return {url: absent for url, absent in found.items() if url not in taken}


def why(kind: str, status: int | None) -> Why:
    if kind in ("soft-404", "elsewhere") or (kind == "status" and status in (404, 410)):
        return "missing"
    if kind in _BLOCKED or (kind == "status" and status is not None and status < 500):
        return "blocked"
    return "unreachable" if kind in _UNREACHABLE or kind == "status" else "left"


def _refusal(capture: Capture) -> str | None:
    """A redirect is none; but an address that leads to no report has no report of its own."""
    if _leads_on(capture):
        return "elsewhere" if capture.role == "article" else None
    return capture.refusal or ("status" if capture.status >= 400 else None)


def _unreached(item: Unreached, answer: Capture | None, sweep: Sweep) -> Absent:
    """Where nothing answered, an older capture of the address in the same sweep is no evidence."""
    if answer is not None and (item.kind in ("soft-404", "status") or answer.refusal == item.kind):
        evidence = _evidence(item.kind, answer)
    else:
        last = sweep.runs[-1]
        evidence = Evidence(last.id, last.started, item.url, item.kind, None, None)
    return Absent(item.url, item.role, why(item.kind, evidence.status), item.title, evidence)


def _evidence(kind: str, capture: Capture) -> Evidence:
    return Evidence(capture.run, capture.fetched, capture.url, kind, capture.status, capture.id)
