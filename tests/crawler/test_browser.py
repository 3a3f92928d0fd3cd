"""Lists that a browser shows: without a network of its own, to their last page, and what is missing said."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from warcio.archiveiterator import ArchiveIterator

from crawler.asking.browser import Browser, NotShown
from crawler.asking.showing import PARTS, Part, Served, Shown
from crawler.captures import Store
from crawler.crawl import crawl
from crawler.discover.look import look
from crawler.discover.survey import portal_text
from crawler.portal import load
from samples.county import DIVISION
from samples.elsewhere import serve
from tests.crawler.browsers import at_hand
from tests.crawler.loopback import Reply, Site

KEY = "990101-qinghe"
URL = "http://www.example.cn/nb/"


class Asked:
    """What the pages of a browser ask for, and what they get."""

    def __init__(self, **answers: str) -> None:
        self.parts: list[Part] = []
        self.answers = answers

    async def answer(self, part: Part) -> Served | None:
        self.parts.append(part)
        text = self.answers.get(part.url.rpartition("/")[2])
        return None if text is None else Served(200, {"Content-Type": "text/plain"}, text.encode())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    at_hand()
    started = Browser("nianbao/0 (test)")
    yield started
    await started.close()


async def _shown(browser: Browser, asked: Asked, html: str, seconds: float = 60, most: int = 9) -> Shown:
    served = Served(200, {"Content-Type": "text/html; charset=utf-8"}, html.encode())
    return await browser.shown(URL, served, asked.answer, seconds, most)


@pytest.mark.asyncio(loop_scope="module")
async def test_a_browser_reaches_nothing_but_what_it_is_given(browser: Browser, site: Site) -> None:
    site.html("/a", "there")
    page = f"""<img src='{site.base}/a'><link rel=stylesheet href='{site.base}/a'><p id=p></p><script>
      new WebSocket('{site.base.replace("http", "ws")}/a'); navigator.sendBeacon('{site.base}/a');
      window.open('{site.base}/a'); fetch('{site.base}/a').catch(() => p.textContent = navigator.userAgent);
      setTimeout(() => location.href = '{site.base}/a', 50);
    </script>"""
    asked = Asked()
    shown = await _shown(browser, asked, page)
    assert [(part.kind, part.url) for part in asked.parts] == [("fetch", f"{site.base}/a")]
    assert '<p id="p">nianbao/0 (test)</p>' in shown.html
    assert site.asked == []


@pytest.mark.asyncio(loop_scope="module")
async def test_a_list_is_turned_to_its_end_by_its_own_button(browser: Browser) -> None:
    """Beside it slides a picture, a clock runs, and the button stays where the list has ended."""
    page = """<b id=clock></b><i class="slide next">&gt;</i><a href="/nb/all.html">下一页</a><ul id=rows></ul>
      <span id=on onclick="turn()">下一页</span><script>
      let at = 0; const turn = () => fetch("page" + Math.min(++at, 3)).then(said => said.text())
        .then(text => rows.innerHTML = `<li><a href="/nb/${text}.html">${text}</a></li>`);
      setInterval(() => clock.textContent = Date.now(), 20); turn();</script>"""
    asked = Asked(page1="一", page2="二", page3="三")
    whole = await _shown(browser, asked, page)
    cut = await _shown(browser, asked, page, most=2)
    assert [whole.html.count(f">{text}</a>") for text in "一二三"] == [1, 1, 1]
    assert (whole.more, cut.more) == (False, True)
    assert '<a href="/nb/all.html">下一页</a>' in whole.html
    assert 'turn()"' not in whole.html
    assert [cut.html.count(f">{text}</a>") for text in "一二三"] == [1, 1, 0]


@pytest.mark.asyncio(loop_scope="module")
async def test_scripts_without_end_are_cut_off_and_the_next_page_is_shown(browser: Browser) -> None:
    polls = (
        "<script>for (let i = 0; i < 150; i++) fetch('news'); setInterval(() => fetch('news'), 100)</script>"
    )
    asked = Asked(news="none")
    assert (await _shown(browser, asked, polls)).endless
    assert len(asked.parts) == PARTS
    with pytest.raises(NotShown, match=r"was not shown within 1 seconds \(limits.seconds\)"):
        await _shown(browser, asked, "<script>for (;;) {}</script>", seconds=1)
    assert "<p>well</p>" in (await _shown(browser, asked, "<p>well</p>")).html


def _scripted(data: Path, site: Site) -> None:
    """Its second list asks for what robots.txt forbids."""
    title = "青禾县民政局2022年政府信息公开工作年度报告"
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /shut/", "text/plain")
    row = json.dumps(f"<li><a href='/nb/t20230101_1.html'>{title}</a> 2023-01-01</li>")
    script = (
        f"{{{{ loading }}}}<script>fetch('/%s/rows').then(() => document.body.innerHTML = {row})</script>"
    )
    site.html("/nb/", script % "open")
    site.html("/shut/", "no")
    site.html("/nb2/", script % "shut")
    site.replies["/open/rows"] = Reply(b"{}", "application/json")
    site.html("/nb/t20230101_1.html", f"<title>{title}</title>" + "公开" * 300)
    site.portal_file(data, KEY, ["/nb/", "/nb2/"], cms="generic", browser=True)


def test_what_scripts_ask_for_is_asked_recorded_and_played_again_like_all_else(
    tmp_path: Path, site: Site
) -> None:
    at_hand()
    _scripted(tmp_path, site)
    (outcome,) = crawl([KEY], tmp_path, local=True, progress=lambda _line: None)
    assert outcome.reports == 1
    assert any(says.startswith(f"{site.base}/shut/rows (list, robots): ") for says in outcome.says)
    assert sorted(site.asked) == ["/nb/", "/nb/t20230101_1.html", "/nb2/", "/open/rows", "/robots.txt"]
    (warc,) = (tmp_path / "captures").glob("*.warc.gz")
    with warc.open("rb") as stream:
        kept = [(record.rec_type, record.content_stream().read()) for record in ArchiveIterator(stream)]
    assert ("response", site.replies["/nb/"].body) in kept
    assert {kind for kind, _ in kept} == {"warcinfo", "request", "response"}
    (again,) = crawl([KEY], tmp_path, local=True, replay=True, progress=lambda _line: None)
    assert again.reports == 1
    assert len(site.asked) == 5


def test_add_says_that_scripts_make_the_lists_and_finds_them_with_a_browser(tmp_path: Path) -> None:
    at_hand()
    with serve("browser") as served:
        home = served.bases["www"] + "/"
        blank = look(home, division=DIVISION, delay=0, local=True)
        found = look(home, division=DIVISION, delay=0, browser=True, local=True)
        truth = served.site.truth()
    assert blank.cms is None
    assert f"1 pages show nothing before their scripts have run, as {home}nb/; add --browser" in blank.says[1]
    assert {report.url for column in found.columns for report in column.reports} == set(truth.pages)
    (tmp_path / "990121-x.yaml").write_text(portal_text(found), encoding="utf-8")
    assert load(tmp_path / "990121-x.yaml").browser


def test_a_machine_without_a_browser_is_told_what_to_install(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_hand()
    monkeypatch.setenv("NIANBAO_CHROMIUM", "/nowhere/chromium")
    _scripted(tmp_path, site)
    (outcome,) = crawl([KEY], tmp_path, local=True, progress=lambda _line: None)
    missing = "/nowhere/chromium (NIANBAO_CHROMIUM) is no program; install it (Debian: apt install chromium)"
    assert [says for says in outcome.says if f"its pages need a browser: {missing}" in says]
    (run,) = Store(tmp_path / "captures").runs()
    assert run.summary is not None
    assert (run.summary.stopped, run.summary.reports) == ("browser", 0)
