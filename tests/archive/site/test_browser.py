"""Every page as a browser shows it: without a violation of WCAG 2.2 AA, a word on the console, or a
request to anyone else; and what a reporter does here, from the front page to a number that can be cited."""

import csv
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from archive.pages.addresses import (
    body_address,
    compare_address,
    figure_address,
    place_address,
    portal_address,
    report_address,
    rule_address,
    search_address,
    versions_address,
)
from archive.pages.questions import questions
from archive.publish import served

POLICE = "砚澜县公安局"
OFFICE, TOWN, UNRESOLVED = "999901-甲局-2023", "999901-乙镇-2020", "unresolved-丙/办-2023"
PAGES = [
    "/",
    search_address("门户"),
    f"{search_address('查无此语')}&kind=township&level=county",
    f"{search_address('甲局')}&kind=department&from=2020&section=1",
    "/search?from=2000",
    *map(report_address, (OFFICE, TOWN, UNRESOLVED)),
    versions_address(OFFICE),
    body_address("999901-甲局"),
    place_address("999901"),
    compare_address([OFFICE, TOWN]),
    "/findings",
    figure_address(OFFICE, "requests.new.person"),
    rule_address("disputes.total"),
    "/portals",
    portal_address("yangxian"),
    "/data",
    "/archive",
    "/archive/reports?_facet=scope",
    "/questions",
    "/archive/refusals?year=2023&scope=own",
    "/archive/failing_portals",
    "/archive?sql=select+nonsense",
    "/nowhere",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
# Chromium looks for the world when it starts: each of these keeps it at home.
ALONE = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


BOTH = pytest.mark.parametrize(("prefix", "view"), [("", PHONE), ("/en", DESK)], ids=["zh-phone", "en-desk"])
"""A reporter's errands, each from the front page on."""
NOTHING_IN_THE_COUNTY = {"edited", "failing_portals"}
"""Questions to which the sample county is no answer."""
KEPT = Path("data/errands")
"""What each errand came to, as pictures for people to look at."""


@pytest.fixture(scope="module")
def browser(home: str) -> Iterator[Any]:  # noqa: ARG001 - its event loop must not run while a site starts
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra pages: ./run ocr")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("needs a browser: apt-get install chromium")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=program, args=ALONE)
        yield started
        started.close()


@pytest.fixture(scope="module")
def home(archive_db: Path) -> Iterator[str]:
    with served(archive_db) as address:
        yield address.rstrip("/")


@pytest.fixture(scope="module")
def county(county_data: Path) -> Iterator[str]:
    """The made-up county, crawled and built, with its captures."""
    with served(county_data / "archive.db") as address:
        yield address.rstrip("/")


@contextmanager
def looking(browser: Any, home: str, view: dict[str, int], scheme: str = "light") -> Iterator[Any]:
    """A page in which nothing may be said on the console and nobody else be asked."""
    context = browser.new_context(viewport=view, color_scheme=scheme)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not _at(home, request.url) else None)
    yield page
    page.screenshot(path=KEPT / f"{os.environ['PYTEST_CURRENT_TEST'].rpartition('::')[2].split(' ')[0]}.png")
    context.close()
    # A page that is not there is one of those that are looked at, and a browser says so.
    assert [text for text in said if "status of 4" not in text] == []


def search(page: Any, front: str, query: str) -> None:
    """As everybody does, from the front page on."""
    page.goto(front)
    page.fill("input[name=q]", query)
    page.keyboard.press("Enter")


def _at(home: str, url: str) -> bool:
    return urlsplit(url).netloc == urlsplit(home).netloc


@pytest.mark.parametrize(
    ("prefix", "view", "scheme"),
    [("", PHONE, "dark"), ("/en", DESK, "light")],
    ids=["zh-phone-dark", "en-desk"],
)
def test_no_page_bars_anyone(browser: Any, home: str, prefix: str, view: dict[str, int], scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = []
    with looking(browser, home, view, scheme) as page:
        for address in PAGES:
            page.goto(f"{home}{prefix}{address}")
            violations = axe.run(page, options={"runOnly": WCAG}).response["violations"]
            found += [(address, one["id"], node["html"][:200]) for one in violations for node in one["nodes"]]
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > view["width"]:
                found.append((address, "wider than the screen", str(wide)))
    assert found == []


def test_a_page_that_bars_someone_is_found(browser: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page()
    page.set_content("<html><body><img src='data:,x'><p style='color:#ccc'>pale</p></body></html>")
    found = {one["id"] for one in axe.run(page, options={"runOnly": WCAG}).response["violations"]}
    page.close()
    assert {"image-alt", "color-contrast", "html-has-lang", "document-title"} <= found


@BOTH
def test_a_reporter_finds_a_number_and_where_it_is_printed(
    browser: Any, home: str, prefix: str, view: dict[str, int]
) -> None:
    with looking(browser, home, view) as page:
        search(page, f"{home}{prefix}/", "门户网站")
        assert page.locator("mark").first.inner_text() == "⻔⼾⽹站"
        page.locator("ol.hits a").first.click()
        cell = page.locator("td[id='disputes.review.total']")
        assert cell.inner_text().startswith("11")
        assert re.search("[0-9a-f]{64}", page.locator("#cite + blockquote").inner_text())
        cell.locator("a.read").click()
        assert page.locator("p.figure").inner_text() == "11"
        page.go_back()
        page.locator("a[href$='.json']").first.click()
        assert '"disputes.review.total"' in page.locator("body").inner_text()


@BOTH
def test_a_reporter_finds_what_does_not_add_up_and_what_changed(
    browser: Any, home: str, prefix: str, view: dict[str, int]
) -> None:
    with looking(browser, home, view) as page:
        page.goto(f"{home}{prefix}/")
        page.locator("header a[href$='/findings']").click()
        page.locator("a[href$='disputes.total']").click()
        page.select_option("select[name=year]", "2023")
        page.locator("form.filters button").click()
        page.locator("ul.findings a").first.click()
        assert page.url.endswith("#findings")
        page.locator("a[href*='/versions/']").click()
        assert page.locator("table.changed ins").first.inner_text() != ""


@BOTH
def test_a_reporter_finds_who_is_late_and_which_portal_is_shut(
    browser: Any, home: str, prefix: str, view: dict[str, int]
) -> None:
    with looking(browser, home, view) as page:
        page.goto(f"{home}{prefix}/")
        page.locator("table a[href$='/place/999901']").first.click()
        page.wait_for_load_state()  # to count does not wait
        assert page.locator("td.late").count() == 1
        page.locator("a[href$='/portals/yangxian']").click()
        page.wait_for_load_state()  # to count does not wait
        assert page.locator(".failing").count() >= 2


@BOTH
def test_a_reporter_takes_a_table_and_the_archive_away(
    browser: Any, home: str, prefix: str, view: dict[str, int], archive_db: Path
) -> None:
    with looking(browser, home, view) as page:
        page.goto(f"{home}{prefix}/")
        page.locator("header a[href$='/archive']").click()
        page.locator("a[href$='/archive/punctuality']").click()
        answer = page.request.get(page.locator("a[href*='.csv']").first.evaluate("link => link.href"))
        assert answer.text().splitlines()[0].startswith("year,kind,expected")
        page.locator("header a[href$='/data']").click()
        with page.expect_download() as downloading:
            page.locator("main a[href$='/archive.db']").first.click()
        assert downloading.value.path().read_bytes() == archive_db.read_bytes()


@BOTH
def test_a_reporter_finds_a_body_by_its_name_and_what_it_received_over_the_years(
    browser: Any, county: str, prefix: str, view: dict[str, int]
) -> None:
    with looking(browser, county, view) as page:
        search(page, f"{county}{prefix}/", POLICE)
        page.locator("section.named a[href*='/body/']").first.click()
        assert page.locator("h1").inner_text() == POLICE
        page.locator("section.charted summary").first.click()
        page.wait_for_load_state()  # to count does not wait
        assert page.locator("section.charted table").first.locator("tbody tr").count() > 5


@BOTH
def test_a_reporter_narrows_a_search_and_takes_what_answers_away(
    browser: Any, county: str, prefix: str, view: dict[str, int]
) -> None:
    with looking(browser, county, view) as page:
        search(page, f"{county}{prefix}/", "公开")
        page.fill("aside input[name=from]", "2021")
        page.fill("aside input[name=to]", "2021")
        page.locator("aside button").click()
        page.wait_for_load_state()  # to count does not wait
        found = page.locator("ol.hits h3").all_inner_texts()
        assert found
        assert all(title.endswith("2021") for title in found)
        assert page.locator("ul.chips li").count() >= 2
        answer = page.request.get(page.locator("a[href*='search.csv']").evaluate("link => link.href"))
        rows = list(csv.DictReader(StringIO(answer.body().decode("utf-8-sig"))))
        assert len(rows) > 20
        assert {row["year"] for row in rows} == {"2021"}


@BOTH
def test_a_reporter_asks_a_ready_made_question(
    browser: Any, county: str, prefix: str, view: dict[str, int]
) -> None:
    with looking(browser, county, view) as page:
        page.goto(f"{county}{prefix}/")
        page.locator("main a[href$='/questions']").first.click()
        page.locator("a[href$='/archive/refusals']").click()
        page.locator("main form summary").click()
        page.fill("input[name=year]", "2021")
        page.locator("main form button").first.click()
        most = page.locator("table.data tbody tr").first
        decided = most.locator("td").nth(3).inner_text()
        most.locator("a[href*='/report/']").click()
        assert page.locator("td[id='requests.processed.total']").inner_text().startswith(decided)


@pytest.mark.parametrize("name", questions())
def test_the_first_numbers_of_an_answer_fit_a_phone(browser: Any, county: str, name: str) -> None:
    with looking(browser, county, PHONE) as page:
        page.goto(f"{county}/archive/{name}")
        table = page.locator("table.answer")
        if not table.count():
            assert name in NOTHING_IN_THE_COUNTY
            return
        numbers = table.locator("tbody tr").first.locator("td.n").all()
        edges = [number.evaluate("cell => cell.getBoundingClientRect().right") for number in numbers[:2]]
        assert edges
        assert max(edges) <= PHONE["width"]


@BOTH
def test_a_reporter_lays_two_reports_side_by_side_and_opens_the_page_a_number_is_printed_on(
    browser: Any, county: str, prefix: str, view: dict[str, int]
) -> None:
    with looking(browser, county, view) as page:
        search(page, f"{county}{prefix}/", POLICE)
        page.locator("section.named a[href*='/body/']").first.click()
        page.wait_for_load_state()  # to count does not wait
        for box in page.locator("input[name=r]").all()[:2]:
            box.check()
        page.locator("main form button").first.click()
        assert urlsplit(page.url).path.endswith("/compare")
        page.locator("main table a[href*='/report/']").first.click()
        page.locator("td[id='requests.new.total'] a.read").click()
        shown = page.locator("main iframe, main img").first.get_attribute("src")
        assert page.request.get(f"{county}{shown}").status == 200


@BOTH
def test_a_reporter_subscribes_to_what_is_new_of_a_place(
    browser: Any, home: str, prefix: str, view: dict[str, int]
) -> None:
    with looking(browser, home, view) as page:
        page.goto(f"{home}{prefix}/")
        page.locator("table a[href$='/place/999901']").first.click()
        link = page.locator("footer a[href*='/feeds/reports.atom']")
        feed = page.request.get(link.evaluate("link => link.href"))
        assert feed.headers["content-type"].startswith("application/atom+xml")
        assert "甲局" in feed.text()
        assert "丙/办" not in feed.text()


@BOTH
def test_a_reporter_cites_the_archive_by_its_digest(
    browser: Any, home: str, prefix: str, view: dict[str, int], archive_db: Path
) -> None:
    with looking(browser, home, view) as page:
        page.goto(f"{home}{prefix}/")
        page.locator("header a[href$='/data']").click()
        said = page.locator("main blockquote").inner_text()
        assert hashlib.sha256(archive_db.read_bytes()).hexdigest() in said


def test_a_reader_changes_the_language_and_stays_where_they_are(browser: Any, home: str) -> None:
    with looking(browser, home, DESK) as page:
        page.goto(f"{home}{report_address(OFFICE)}")
        page.locator("header a[hreflang=en]").click()
        assert urlsplit(page.url).path == f"/en{report_address(OFFICE)}"
        assert page.locator("html").get_attribute("lang") == "en"


def test_the_keyboard_reaches_the_content_first(browser: Any, home: str) -> None:
    with looking(browser, home, DESK) as page:
        page.goto(f"{home}/findings")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{home}/findings#content")
