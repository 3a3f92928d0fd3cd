"""A report whose page only scripts fill is in the archive, with what a browser made of it as evidence."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner

from archive.cli.build import build
from crawler.captures import Store
from crawler.crawl import crawl
from samples.render.web import article
from samples.truth import truth
from tests.crawler.browsers import at_hand
from tests.crawler.loopback import Reply, serving

KEY = "990121-yanlan"
ASKED = """
SELECT figures.value, captures.url, captures.status, captures.document
FROM figures JOIN reports ON reports.id = figures.report JOIN captures ON captures.id = reports.capture
WHERE code = 'requests.new.total' AND figures.status = 'read'
"""


def test_a_report_that_only_scripts_write_is_read_from_what_they_wrote(tmp_path: Path) -> None:
    at_hand()
    report = next(e.report for e in truth().entries if e.report.format == "html" and e.report.form == "2021")
    fill = "fetch('/text').then(said => said.json()).then(said => document.body.innerHTML = said.text)"
    with serving() as site:
        site.html("/nb/", f"<ul><li><a href='/nb/t20240101_1.html'>{report.title}</a> 2024-01-01</ul>")
        site.html(
            "/nb/t20240101_1.html", f"<title>门户</title><body>{{{{ loading }}}}<script>{fill}</script>"
        )
        site.replies["/text"] = Reply(json.dumps({"text": article(report)}).encode(), "application/json")
        site.portal_file(tmp_path, KEY, ["/nb/"], division="990121", cms="generic", browser=True)
        crawl([KEY], tmp_path, local=True, progress=lambda _line: None)
    assert CliRunner().invoke(build, ["--data", str(tmp_path)], standalone_mode=False).exception is None
    with closing(sqlite3.connect(tmp_path / "archive.db")) as database:
        ((value, url, status, document),) = database.execute(ASKED).fetchall()
    assert str(value) == report.texts["requests.new.total"]
    assert (url, status) == (f"{site.base}/nb/t20240101_1.html#shown", 0)
    store = Store(tmp_path / "captures")
    made = next(capture for capture in store.captures() if capture.document == document)
    assert b"<script" not in store.body(made)
    assert made.parent == f"{site.base}/nb/t20240101_1.html"
