"""A portal's column of reports, as many as a test wants."""

from collections.abc import Sequence

from tests.crawler.loopback import Reply, Site


def column() -> str:
    return "/zwgk/nb/"


def title(number: int) -> str:
    return f"青禾县第{number}局{2008 + number % 16}年政府信息公开工作年度报告"


def article(number: int) -> str:
    return f"{column()}t20220120_{number}.htm"


def text(number: int, says: str = "主动公开政府信息") -> str:
    return f'<h1>{title(number)}</h1><div class="TRS_Editor"><p>{says}{number}条。{"公开。" * 200}</p></div>'


def list_page(numbers: Sequence[int], pages: int, this: int) -> str:
    rows = "".join(
        f'<li><a href="{article(number)}">{title(number)}</a><span>2022-01-20</span></li>'
        for number in numbers
    )
    return f'{rows}<script>createPageHTML({pages}, {this}, "index", "html");</script>'


def publish(site: Site, pages: int, each: int, *, etags: bool = False) -> None:
    """`pages` list pages of `each` reports, every fourth of which has a file."""
    for this in range(pages):
        numbers = range(this * each, (this + 1) * each)
        name = f"index_{this}.html" if this else ""
        _put(site, column() + name, list_page(numbers, pages, this), etags)
        for number in numbers:
            file = f"{column()}P{number}.pdf"
            link = f'<a href="{file}">年报.pdf</a></div>'
            body = text(number).replace("</div>", link) if number % 4 == 0 else text(number)
            _put(site, article(number), body, etags)
            if number % 4 == 0:
                site.replies[file] = Reply(b"%PDF-1.4 " + bytes([65 + number % 26]) * 5000, "application/pdf")


def _put(site: Site, path: str, html: str, etags: bool) -> None:
    headers = (("ETag", f'"{hash(html)}"'),) if etags else ()
    site.replies[path] = Reply(html.encode(), headers=headers)
