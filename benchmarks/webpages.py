"""The county's reports as web pages: alone, as its portals serve them, and as large portals do, among
menus and scripts and in the markup of a word processor."""

import re
from collections.abc import Iterator, Sequence

from samples.publication import reports
from samples.render import web
from samples.report import Report
from samples.server import site
from samples.sites import placement
from samples.sites.page import Query

LINKS, RULES = 420, 240
LINK = '<li class="item"><a href="/zwgk/{0}/index.html" target="_blank" title="栏目{0}">栏目之{0}</a></li>\n'
RULE = ".menu-{0} li a:hover{{color:#c00;background:url(/images/{0}.png) no-repeat 0 0;line-height:2em}}\n"
SCRIPT = "function show{0}(node){{if(node){{node.style.display='none';node.className='item-{0}'}}}}\n"
PARAGRAPH = '<p class="MsoNormal" align="center" style="text-align:center;mso-pagination:widow-orphan"><span \
style="font-family:仿宋;mso-bidi-font-family:宋体;color:black;font-size:12pt;mso-font-kerning:0pt">'


def kinds(count: int) -> Iterator[tuple[str, Sequence[bytes]]]:
    chosen = [report for report in reports() if report.form in ("2019", "2021")]
    some = chosen[:: len(chosen) // count]
    served = [report for report in chosen if report.format == "html"]
    yield "of a report alone", [_page(report, web.article(report), "") for report in some]
    yield (
        "as the county's portals serve them",
        [_served(report) for report in served[:: len(served) // count]],
    )
    yield "among menus and scripts", [_page(report, web.article(report), _menus()) for report in some]
    word = [_page(report, _by_word(web.article(report)), _menus()) for report in some]
    yield "saved by a word processor, among menus and scripts", word


def _served(report: Report) -> bytes:
    return site(report.body.portal, 1).answer(Query(placement.address(report).article)).body


def _page(report: Report, article: str, menus: str) -> bytes:
    head = f"<html><head><meta charset=utf-8><title>{report.title}</title></head>"
    return f"{head}<body>{menus}<h1>{report.title}</h1><div id=zoom>{article}</div></body></html>".encode()


def _menus() -> str:
    styles = "".join(RULE.format(number) for number in range(RULES))
    scripts = "".join(SCRIPT.format(number) for number in range(RULES))
    links = "".join(LINK.format(number) for number in range(LINKS))
    return f"<style>{styles}</style><script>{scripts}</script><div class=menus><ul>{links}</ul></div>"


def _by_word(article: str) -> str:
    """A style on everything, and an empty element behind every paragraph."""
    return re.sub("<p[^>]*>", PARAGRAPH, article).replace("</p>", "</span><o:p></o:p></p>")
