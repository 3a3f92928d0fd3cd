"""Each family's made-up portal, crawled and held against what is true of it."""

from pathlib import Path

import pytest

from crawler.captures import Store
from crawler.crawl import crawl
from samples import render
from samples.elsewhere import SITES, portal_file, serve
from samples.report import Report


def _file(report: Report, *_: object) -> bytes:
    """Making real files takes most of a minute, and no crawl opens them."""
    return b"%PDF-1.4 " + report.id.encode()


@pytest.mark.parametrize("family", sorted(SITES))
def test_every_report_and_file_is_found_and_nothing_else(
    family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "file", _file)
    with serve(family) as served:
        truth = served.site.truth()
        assert len(truth.pages) > 50
        assert truth.files
        (tmp_path / "portals").mkdir()
        text = portal_file(family, served)
        (tmp_path / "portals" / f"{family}.yaml").write_text(text, encoding="utf-8")
        (outcome,) = crawl([family], tmp_path, local=True, progress=lambda _line: None)
    assert outcome.run is not None
    assert outcome.run.signals == ()
    captures = [c for c in Store(tmp_path / "captures").captures() if c.status == 200 and c.refusal is None]
    assert {c.url for c in captures if c.role == "article"} == set(truth.pages)
    assert {c.url for c in captures if c.role == "attachment"} == set(truth.files)
