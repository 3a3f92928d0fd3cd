"""How each portal was found by each of its runs: what the build keeps of the notices."""

from collections.abc import Iterator

from archive.material import Material
from crawler.captures import IMPORT
from crawler.captures.sweeps import sweeps
from crawler.notice import Notice, notices


def portal_run_rows(material: Material) -> Iterator[dict[str, object]]:
    """In key order. What others captured is no run of ours: it tells nothing of how a portal is."""
    for key in sorted(material.portals):
        runs = [run for run in material.gathered.runs_of(key) if run.portal.cms != IMPORT]
        via = {run.id: run.portal.via for run in runs}
        for notice in sorted(notices(sweeps(runs), material.captures_of(key)), key=lambda one: one.run):
            yield _row(notice, via[notice.run])


def _row(notice: Notice, via: str) -> dict[str, object]:
    return {
        "portal": notice.portal,
        "run": notice.run,
        "started": notice.started,
        "via": via,
        "state": notice.state,
        "conclusive": int(notice.conclusive),
        "because": "\n".join(notice.because),
        "reports": notice.reports,
        "new": len(notice.new),
        "changed": len(notice.changed),
        "gone": len(notice.gone),
        "refused": notice.refused,
        "requests": notice.requests,
        "bytes": notice.bytes,
        "stopped": notice.stopped,
    }
