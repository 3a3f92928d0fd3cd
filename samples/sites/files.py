"""The files of articles: beside the page, on the other server, with a Chinese name, behind a redirect."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from samples import render
from samples.figures import dice
from samples.report import Report
from samples.sites.items import Item
from samples.sites.page import MEDIA_TYPES, Answer, Host, Query
from samples.sites.site import Truth

WAYS = ("beside", "host", "chinese", "redirect")


@dataclass(frozen=True, slots=True)
class File:
    """`link` stands in the page. `path` on `host` answers with the file, and `asked`, where it is set, on
    the portal's own server with a redirect to it."""

    report: Report
    link: str
    host: Host
    path: str
    asked: str | None = None


class Files:
    """Of the items that are published as files. `place` gives the path of a file from the item and the
    name that the software would give it."""

    def __init__(
        self, bases: Mapping[Host, str], items: Iterable[Item], place: Callable[[Item], str]
    ) -> None:
        self._bases = bases
        made = {i.id: self._file(i, i.report, place(i)) for i in items if i.report and i.format != "html"}
        self.of: Mapping[str, File] = made
        self._stored = {(file.host, file.path): file for file in made.values()}
        self._moved = {file.asked: file for file in made.values() if file.asked}

    def answer(self, query: Query) -> Answer | None:
        if file := self._stored.get((query.host, query.path)):
            type = (
                "application/octet-stream" if file.report.format == "txt" else MEDIA_TYPES[file.report.format]
            )
            return Answer(render.file(file.report, "gb18030"), type)
        if query.host == "www" and (file := self._moved.get(query.path)):
            return Answer(b"", None, 302, location=self.url(file))
        return None

    def url(self, file: File) -> str:
        """The address that answers with the file, as a crawler writes it."""
        return self._bases[file.host] + quote(file.path)

    def truth(self, pages: Mapping[str, Item]) -> Truth:
        """`pages` are the articles by their paths."""
        www = self._bases["www"]
        reports = {www + path: item.report for path, item in pages.items() if item.report}
        files = {self.url(self.of[i.id]): www + path for path, i in pages.items() if i.id in self.of}
        return Truth(reports, files)

    def _file(self, item: Item, report: Report, path: str) -> File:
        folder, _, name = path.rpartition("/")
        way = dice(item.id, "way").choice(WAYS)
        if way == "host":
            return File(report, self._bases["files"] + path, "files", path)
        if way == "chinese":
            path = f"{folder}/{report.title}.{report.format}"
            return File(report, path, "www", path)
        if way == "redirect":
            return File(report, path, "files", f"/stored/{name}", path)
        return File(report, path, "www", path)
