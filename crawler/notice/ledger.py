"""The reports of a portal through its sweeps: which stand, which changed, moved, vanished, are gone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from crawler.notice.outcome import Changed, Moved, Report, Vanished
from crawler.notice.seen import Absent, Evidence, Seen

CONFIRMED = 3
"""A report that a complete sweep missed is gone when as many later ones have missed it too."""


@dataclass(slots=True)
class Known:
    """`seen` is as it was last had, `missing` what each complete sweep since met instead, and `unlisted`
    the complete sweeps in a row in which no column named it. `begun` is the sweep that first had it."""

    seen: Seen
    begun: str
    missing: tuple[Evidence, ...] = ()
    moved: str | None = None
    unlisted: int = 0

    @property
    def url(self) -> str:
        return self.seen.taken.url

    @property
    def stands(self) -> bool:
        return not self.missing and self.moved is None

    @property
    def gone(self) -> bool:
        return self.moved is None and len(self.missing) > CONFIRMED

    @property
    def report(self) -> Report:
        taken = self.seen.taken
        return Report(taken.url, taken.title, taken.listed, taken.year)

    def vanished(self) -> Vanished:
        return Vanished(self.report, len(self.missing) - 1, self.missing)


@dataclass(slots=True)
class Met:
    """What a run had."""

    new: list[Report] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    returned: list[Report] = field(default_factory=list)
    unchanged: list[Report] = field(default_factory=list)


@dataclass(slots=True)
class Lost:
    """What a complete sweep had no more. `gone` are those that it confirmed."""

    moved: list[Moved] = field(default_factory=list)
    vanished: list[Vanished] = field(default_factory=list)
    gone: list[Vanished] = field(default_factory=list)


@dataclass(slots=True)
class Ledger:
    """`files` has the document that each file beside a report last was, by address."""

    known: dict[str, Known] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def standing(self) -> Iterator[Known]:
        return (one for one in self.known.values() if one.stands)

    def meet(self, reports: Mapping[str, Seen], sweep: str) -> Met:
        met = Met()
        for url, seen in reports.items():
            before = self.known.get(url)
            if before is None:
                self.known[url] = Known(seen, sweep)
                met.new.append(self.known[url].report)
            elif not (before.moved and seen.redirect) and not _strayed(before.seen, seen):
                self._again(before, seen, met)
        for seen in reports.values():
            self.files.update(seen.documents)
        return met

    def close(self, taken: Mapping[str, Seen], absent: Mapping[str, Absent], sweep: str) -> Lost:
        """The end of a complete sweep, which took and missed these."""
        lost = Lost()
        own = [self.known[url] for url, seen in taken.items() if not seen.redirect]
        for one in self.known.values():
            seen = taken.get(one.url)
            if one.moved:
                continue
            if seen and seen.redirect and seen.taken.unlisted:
                self._led_on(one, seen, seen.redirect, own, lost)
            elif one.url in absent and not seen:
                self._missed(one, absent[one.url], own, sweep, lost)
        return lost

    def count_unlisted(self, taken: Mapping[str, Seen]) -> None:
        """After a complete sweep that read every column."""
        for one in self.known.values():
            listed = one.url in taken and not taken[one.url].taken.unlisted
            one.unlisted = 0 if listed else one.unlisted + 1

    def _again(self, before: Known, now: Seen, met: Met) -> None:
        change = self._change(before, now)
        if not before.stands:
            met.returned.append(before.report)
        if change:
            met.changed.append(change)
        if before.stands and not change:
            met.unchanged.append(before.report)
        before.seen, before.missing, before.moved = _kept(before.seen, now), (), None

    def _change(self, before: Known, now: Seen) -> Changed | None:
        """A file that is missing beside a report proves nothing: it may not have been asked for, or not
        had. A link to it that is gone shows in the text."""
        text = before.seen.taken.text != now.taken.text
        added = bool(before.seen.documents)
        documents = tuple(
            url
            for url, document in sorted(now.documents.items())
            if (self.files[url] != document if url in self.files else added)
        )
        return Changed(before.report, text, documents) if text or documents else None

    def _led_on(self, one: Known, now: Seen, evidence: Evidence, own: list[Known], lost: Lost) -> None:
        """An old address that leads to the new one, or away."""
        if to := next((other.url for other in own if _same(one.seen, other.seen)), None):
            one.moved = to
            lost.moved.append(Moved(one.report, to))
        elif _strayed(one.seen, now):
            self._missing(one, evidence, lost)

    def _missed(self, one: Known, absent: Absent, own: list[Known], sweep: str, lost: Lost) -> None:
        """One that is not answered may have a copy that was known before: only a new one is a move."""
        same = [other for other in own if _same(one.seen, other.seen)]
        new = [other for other in same if other.begun == sweep]
        if to := {"missing": same, "unreachable": new}.get(absent.why):
            one.moved = to[0].url
            lost.moved.append(Moved(one.report, one.moved))
        elif absent.why == "missing":
            self._missing(one, absent.evidence, lost)

    def _missing(self, one: Known, evidence: Evidence, lost: Lost) -> None:
        if one.gone:
            return
        one.missing = (*one.missing, evidence)
        confirmed = len(one.missing) > CONFIRMED
        (lost.gone if confirmed else lost.vanished).append(one.vanished())


def _strayed(before: Seen, now: Seen) -> bool:
    """It leads to something else than what it had: a page that is no longer there, whatever it says."""
    led = now.redirect is not None and before.redirect is None
    return led and now.taken.unlisted and now.taken.text != before.taken.text


def _kept(before: Seen, now: Seen) -> Seen:
    """What a later look did not say again is as it was: a title, the column, files not asked for."""
    taken = before.taken if now.taken.unlisted and before.taken.text == now.taken.text else now.taken
    return Seen(taken, {**before.documents, **now.documents}, now.body_name or before.body_name)


def _same(old: Seen, new: Seen) -> bool:
    """The same file, or the same text. Pages that only link to their files can read alike: then their
    files have to be the same."""
    if shared := set(old.documents.values()) & set(new.documents.values()):
        return bool(shared)
    if old.documents and new.documents:
        return False
    return old.taken.text == new.taken.text and old.taken.year == new.taken.year
