"""The example for nginx, run by nginx; the unit, read by systemd."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from archive.pages.addresses import report_address
from archive.publish import served
from archive.release import Wanted, release

EXAMPLES = Path(__file__).parents[3] / "docs" / "deploy"
CONFIGURATION = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
    types {{ text/html html; text/plain md; }}
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {example}
}}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def nginx(folder: Path, data: Path, behind: str) -> Iterator[str]:
    """The address of the example before a site, with its own folders and ports put in."""
    port = free_port()
    example = (EXAMPLES / "nginx.conf").read_text("utf-8")
    for said, here in {
        "listen 80": f"listen 127.0.0.1:{port}",
        "server 127.0.0.1:8001": f"server {behind}",
        "/srv/nianbao/data": str(data),
        "/var/cache/nginx/nianbao": f"{folder}/cache",
    }.items():
        assert said in example
        example = example.replace(said, here)
    file = folder / "nginx.conf"
    file.write_text(CONFIGURATION.format(folder=folder, example=example), "utf-8")
    command = ["nginx", "-p", str(folder), "-c", str(file), "-e", str(folder / "error.log")]
    with subprocess.Popen(
        [*command, "-g", "daemon off; user root;" if os.getuid() == 0 else "daemon off;"]
    ) as run:
        try:
            _wait(port, run)
            yield f"http://127.0.0.1:{port}"
        finally:
            run.terminate()


def _wait(port: int, run: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and run.poll() is None:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx did not start")


@pytest.fixture(scope="module")
def online(archive_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    if not shutil.which("nginx"):
        pytest.skip("needs nginx: apt-get install nginx-light")
    folder, data = tmp_path_factory.mktemp("nginx"), tmp_path_factory.mktemp("data")
    shutil.copyfile(archive_db, data / "archive.db")
    release(data / "archive.db", data / "release", Wanted(), lambda _: None)
    with (
        served(data / "archive.db") as address,
        nginx(folder, data, address.removeprefix("http://").rstrip("/")) as front,
        httpx.Client(base_url=front) as client,
    ):
        yield client


def test_pages_are_compressed_and_kept(online: httpx.Client) -> None:
    page = report_address("999901-甲局-2023")
    first, second = (online.get(page) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.headers["content-encoding"] == "gzip"
    assert (first.headers["x-cache"], second.headers["x-cache"]) == ("MISS", "HIT")
    assert first.text == second.text
    assert second.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_release_comes_from_the_disk_in_parts_and_stays(online: httpx.Client, prefix: str) -> None:
    names = re.findall(r'href="/release/([^"]+)"', online.get("/data").text)
    assert len(names) > 40
    whole = online.get(f"{prefix}/release/{next(name for name in names if name.endswith('archive.db'))}")
    assert "immutable" in whole.headers["cache-control"]
    part = online.get(whole.url.path, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    download = online.get(f"{prefix}/archive.db", headers={"Range": "bytes=0-15"})
    assert (download.status_code, download.content) == (206, b"SQLite format 3\0")


@pytest.mark.parametrize(
    "path",
    ["/release/2024-01-01/.hidden", "/release/.lock", "/release/2024-01-01/%2e%2e/%2e%2e/archive.db.x"],
)
def test_nothing_else_comes_from_the_disk(online: httpx.Client, path: str) -> None:
    assert online.get(path).status_code in (302, 400, 403, 404)


def test_a_storm_of_questions_does_not_stop_readers(online: httpx.Client) -> None:
    with ThreadPoolExecutor(8) as crawlers:
        storm = crawlers.map(lambda n: online.get(f"/archive/reports?_size={n}").status_code, range(1, 80))
        pages = [online.get("/").status_code for _ in range(20)]
        answers = list(storm)
    assert set(pages) == {200}
    assert answers.count(429) > 20
    assert set(answers) == {200, 429}


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze: apt-get install systemd")
    text = (EXAMPLES / "nianbao-site.service").read_text("utf-8")
    program = Path(sys.executable).parent / "nianbao"
    unit = tmp_path / "nianbao-site.service"
    unit.write_text(text.replace("/srv/nianbao/.venv/bin/nianbao", str(program)), "utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
