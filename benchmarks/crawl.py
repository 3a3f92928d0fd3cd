"""Our crawl with its recording beside bare Scrapy and beside wget, on the same pages in one run.

python -m benchmarks.crawl [--pages 50000] [--hosts 200] [--rounds 1]

Each host of 127.0.x.y is a portal with a column of reports; politeness is off by the portal files. The
contenders take turns against one server process; bare Scrapy has none of our components and follows links, in
a second crawl writing each exchange as we do, and nothing else. Of several rounds the best counts. Processor
time is that of all the contender's processes.
"""

import argparse
import asyncio
import json
import multiprocessing
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from samples.render.web import article
from samples.truth import truth

PORT, ROWS = 8391, 40
OURS = """
import json, resource, sys
from pathlib import Path
from crawler.crawl import crawl
data, keys = Path(sys.argv[1]), json.loads(sys.argv[2])
outcomes = crawl(keys, data, local=True, progress=lambda line: None)
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([sum(o.run.summary.requests for o in outcomes), memory, sum(len(o.says) for o in outcomes)]))
"""
BARE = """
import json, resource, sys
import scrapy
from scrapy.crawler import CrawlerProcess
if sys.argv[3] == "writes":
    from crawler.captures import now
    from crawler.captures.warc import Stored, payload_digest, write_exchange
    out = open(sys.argv[1] + "/bare.warc.gz", "wb")
def headers(of):
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, all in of.items() for value in all]
def write(response):
    asked = ("GET", headers(response.request.headers), b"")
    answer = Stored(response.status, tuple(headers(response.headers)), response.body)
    write_exchange(out, response.url, now(), asked, answer, payload_digest(response.body), None)
class Bare(scrapy.Spider):
    name = "bare"
    start_urls = json.loads(sys.argv[2])
    def parse(self, response):
        if sys.argv[3] == "writes":
            write(response)
        yield from response.follow_all(css="a", callback=self.parse)
settings = {"CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": True, "WARN_ON_GENERATOR_RETURN_VALUE": False}
process = CrawlerProcess(settings)
crawler = process.create_crawler(Bare)
process.crawl(crawler)
process.start()
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([crawler.stats.get_value("response_received_count"), memory, 0]))
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """`pages` are answers had, `processor` seconds of it, `memory` the largest process in MB."""

    name: str
    pages: int
    seconds: float
    processor: float
    memory: float

    @property
    def speed(self) -> float:
        return self.pages / self.seconds

    @property
    def cost(self) -> float:
        """Milliseconds of processor time an answer, the start of the program included."""
        return self.processor / self.pages * 1000


Contender = Callable[[Path, list[str], int], Ran | None]


def hosts(count: int) -> list[str]:
    return [f"127.0.{number // 250 + 1}.{number % 250 + 1}" for number in range(count)]


def answer(path: str, host: str, reports: int) -> bytes | None:
    """Columns as TRS writes them, and a report of the made-up county under many names."""
    if path == "/robots.txt":
        return b"User-agent: *\nDisallow: /closed/\n"
    pages = -(-reports // ROWS)
    names = {"/nb/": 0, **{f"/nb/index_{number}.html": number for number in range(1, pages)}}
    if path in names:
        return _list(names[path], pages, reports)
    if path.startswith("/nb/202201/t20220120_"):
        return _PAGE.replace(b"@", f"{host} {path}".encode())
    return None


def _list(number: int, pages: int, reports: int) -> bytes:
    shown = range(number * ROWS, min((number + 1) * ROWS, reports))
    row = '<li><a href="/nb/202201/t20220120_{0}.html">第{0}街道办事处2021年政府信息公开工作年度报告</a></li>'
    after = "index.html" if number < 2 else f"index_{number - 1}.html"
    on = f'<a href="/nb/index_{number + 1}.html">下一页</a>' if number + 1 < pages else after
    pager = f'<script>createPageHTML({pages}, {number}, "index", "html");</script>'
    return f"<ul>{''.join(row.format(one) for one in shown)}</ul>{on}{pager}".encode()


def _page() -> bytes:
    report = next(e.report for e in truth().entries if e.report.format == "html" and e.report.form == "2021")
    return f'<title>@</title><div id="zoom">{article(report)}</div>'.encode()


_PAGE = _page()


def serve(addresses: list[str], reports: int) -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                host = writer.get_extra_info("sockname")[0]
                body = answer(path, host, reports)
                status = b"200 OK" if body is not None else b"404 Not Found"
                body = body or b"404 Not Found"
                kind = b"text/plain" if path.endswith(".txt") else b"text/html; charset=utf-8"
                writer.write(
                    b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                    % (status, kind, len(body), body)
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(handle, addresses, PORT, backlog=512)
        await server.serve_forever()

    asyncio.run(main())


def ours(folder: Path, addresses: list[str], pages: int) -> Ran:  # noqa: ARG001 - as the others
    keys = portal_files(folder, addresses)
    return _ran(
        "this project, with its recording", [sys.executable, "-c", OURS, str(folder), json.dumps(keys)]
    )


def portal_files(folder: Path, addresses: list[str]) -> list[str]:
    """The keys of the portals, whose files are in the folder now."""
    (folder / "portals").mkdir()
    keys = [f"p{number:03d}" for number in range(len(addresses))]
    for number, (key, host) in enumerate(zip(keys, addresses, strict=True)):
        base = f"http://{host}:{PORT}"
        entry = {
            "division": "990101",
            "name": f"portal {number}",
            "home": f"{base}/",
            "cms": "trs",
            "columns": [{"url": f"{base}/nb/"}],
            "pace": {"delay": 0.0},
            "tried": "never",
        }
        (folder / "portals" / f"{key}.yaml").write_text(yaml.safe_dump(entry, allow_unicode=True))
    return keys


def bare(folder: Path, addresses: list[str], pages: int, does: str = "nothing") -> Ran:  # noqa: ARG001
    starts = json.dumps([f"http://{host}:{PORT}/nb/" for host in addresses])
    name = "bare Scrapy" if does == "nothing" else "bare Scrapy that writes WARC records"
    return _ran(name, [sys.executable, "-c", BARE, str(folder), starts, does])


def writes(folder: Path, addresses: list[str], pages: int) -> Ran:
    return bare(folder, addresses, pages, "writes")


def wget(folder: Path, addresses: list[str], pages: int) -> Ran | None:
    program = shutil.which("wget")
    if program is None:
        sys.stderr.write("missing: wget (Debian: apt install wget)\n")
        return None
    (folder / "starts").write_text("".join(f"http://{host}:{PORT}/nb/\n" for host in addresses))
    command = [program, "--mirror", "--quiet", "--no-parent", "--warc-file", str(folder / "wget")]
    before, began, used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, time.monotonic(), _used()
    subprocess.run([*command, "-i", "starts"], cwd=folder, check=False)
    seconds, used = time.monotonic() - began, _used() - used
    had = sum(1 for path in folder.glob("127.*/**/*") if path.is_file())
    memory = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return Ran("wget --mirror --warc-file", min(had, pages), seconds, used, memory / 1024)


def _ran(name: str, command: list[str]) -> Ran:
    began, used = time.monotonic(), _used()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    seconds, used = time.monotonic() - began, _used() - used
    pages, memory, says = json.loads(done.stdout.splitlines()[-1])
    if says:
        sys.stderr.write(
            f"{name}: {says} things that a person must look at; the figures are not to be used\n"
        )
    return Ran(name, pages, seconds, used, memory / 1024)


def _used() -> float:
    """Seconds of processor time of all processes that this one waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--pages", type=int, default=50_000)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    addresses, reports = hosts(options.hosts), options.pages // options.hosts
    server = multiprocessing.Process(target=serve, args=(addresses, reports), daemon=True)
    server.start()
    time.sleep(1)
    rounds = [
        [_round(run, addresses, options.pages * 2) for run in CONTENDERS] for _ in range(options.rounds)
    ]
    server.terminate()
    _print([[one for one in ran if one] for ran in zip(*rounds, strict=True)])


CONTENDERS = (ours, bare, writes, wget)


def _round(run: Contender, addresses: list[str], pages: int) -> Ran | None:
    with tempfile.TemporaryDirectory() as folder:
        return run(Path(folder), addresses, pages)


def _print(contenders: list[list[Ran]]) -> None:
    """`contenders`: the rounds of each."""
    print(
        "| | answers | a second | times bare Scrapy | ms of processor time an answer | times bare Scrapy "
        "| largest process, MB |\n|---|---:|---:|---:|---:|---:|---:|"
    )
    bare_speed, bare_cost = _best(contenders[1])
    for ran in filter(None, contenders):
        speed, cost = _best(ran)
        print(
            f"| {ran[-1].name} | {ran[-1].pages} | {speed:.0f} | {speed / bare_speed:.2f} | {cost:.2f} "
            f"| {bare_cost / cost:.2f} | {max(one.memory for one in ran):.0f} |"
        )


def _best(rounds: list[Ran]) -> tuple[float, float]:
    return max(one.speed for one in rounds), min(one.cost for one in rounds)


if __name__ == "__main__":
    main()
