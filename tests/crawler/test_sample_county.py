"""The whole made-up county, crawled twice and compared with what is true of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from crawler.captures import Capture, Run, Store
from crawler.captures.sweeps import sweeps
from crawler.crawl import Outcome, crawl
from crawler.notice import notices
from samples import render
from samples.county import Family
from samples.portals import yaml_files
from samples.report import Report
from samples.server import serve
from samples.truth import Entry, truth

KEYS = ("sample-trs", "sample-hanweb")


def _file(report: Report, *_: object) -> bytes:
    """Making real files takes most of a minute, and no crawl opens them."""
    return b"%PDF-1.4 " + report.id.encode()


@dataclass(frozen=True, slots=True)
class County:
    bases: Mapping[Family, str]
    outcomes: list[Outcome]
    first: list[Capture]
    both: list[Capture]
    runs: list[Run]
    sent: list[int]

    def url(self, entry: Entry, path: str) -> str:
        return self.bases[entry.address.portal] + path


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    data = tmp_path_factory.mktemp("county")
    with pytest.MonkeyPatch.context() as patch, serve() as portals:
        patch.setattr(render, "file", _file)
        (data / "portals").mkdir()
        for name, text in yaml_files(portals.bases).items():
            (data / "portals" / name).write_text(text, encoding="utf-8")
        outcomes = crawl(KEYS, data, local=True, progress=lambda _line: None)
        first, sent = list(Store(data / "captures").captures()), [portals.sent]
        crawl(KEYS, data, local=True, progress=lambda _line: None)
        sent.append(portals.sent - sent[0])
        store = Store(data / "captures")
        yield County(dict(portals.bases), outcomes, first, list(store.captures()), list(store.runs()), sent)


def _had(captures: list[Capture], role: str) -> set[str]:
    return {c.url for c in captures if c.role == role and c.status == 200 and c.refusal is None}


def _shown() -> list[Entry]:
    entries = [entry for entry in truth().entries if 1 in entry.phases]
    assert len(entries) > 400
    return entries


def test_every_report_is_found_and_nothing_else(county: County) -> None:
    reports = {county.url(entry, entry.address.article) for entry in _shown()}
    mirrors = {county.url(entry, entry.address.mirror) for entry in _shown() if entry.address.mirror}
    assert _had(county.first, "article") == reports | mirrors


def test_every_file_is_found_and_nothing_else(county: County) -> None:
    files = {county.url(entry, entry.address.attachment) for entry in _shown() if entry.address.attachment}
    assert _had(county.first, "attachment") == files


def test_each_report_comes_from_its_own_column(county: County) -> None:
    owners = {c.url: c.body_name for c in county.first if c.role == "article" and c.body_name}
    bodies = {county.url(entry, entry.address.article): entry.report.body.name for entry in _shown()}
    assert owners
    assert owners == {url: bodies[url] for url in owners}


def test_what_the_crawl_could_not_have_is_only_what_the_portal_took_away(county: County) -> None:
    for outcome in county.outcomes:
        assert outcome.run is not None
        assert outcome.run.signals == ()
        assert {item.kind for item in outcome.run.unreached} <= {"soft-404"}


def test_crawled_again_unchanged_it_sends_a_twentieth(county: County) -> None:
    first, again = county.sent
    assert 0 < again <= first * 0.05, county.sent


def test_crawled_twice_there_is_one_set_of_documents(county: County) -> None:
    assert len(county.runs) == 4
    assert {(c.url, c.document) for c in county.both} == {(c.url, c.document) for c in county.first}


def test_what_was_taken_is_named_in_full_though_its_column_cuts_titles_short(county: County) -> None:
    titles = [taken.title or "" for run in county.runs for taken in run.taken]
    assert any(c.title and c.title.endswith("...") for c in county.first)
    assert len(titles) > 400
    assert not [title for title in titles if title.endswith("...")]


def test_no_portal_of_the_county_is_called_silent_that_published(county: County) -> None:
    for key in KEYS:
        (*_, last) = notices(sweeps(run for run in county.runs if run.portal.key == key), county.both)
        assert last.state in ("ok", "nothing new"), (key, last.because)
