"""Captures carried to a store elsewhere, a real S3 server's protocol and a plain folder's, and from there."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.captures import Busy, Exchange, PortalFacts, Store
from crawler.captures.carry import Carried, pull, push
from crawler.captures.lock import lock
from crawler.captures.remote import NoRemote, Remote

FACTS = PortalFacts("990101-qinghe", "990101", "青禾县人民政府", "http://www.example.cn/", "trs")

# What the client of the store leaves open is its own.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::DeprecationWarning"
)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        while server.poll() is None:
            with socket.socket() as asked:
                if not asked.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
        server.kill()


@pytest.fixture(params=["s3", "file"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "file":
        return f"file://{tmp_path}/elsewhere/captures"
    import fsspec

    monkeypatch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("endpoint"))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    bucket = f"nianbao-{tmp_path.name.replace('_', '-').lower()[-40:]}"
    fsspec.filesystem("s3").mkdir(bucket)
    return f"s3://{bucket}/captures"


def _run(folder: Path, *names: str) -> str:
    recording = Store(folder).begin(FACTS, "test")
    for name in names:
        headers = [("content-type", "text/html")]
        asked = Exchange(
            f"http://www.example.cn/{name}", "GET", [], b"", 200, headers, name.encode(), "article"
        )
        recording.exchange(asked, None)
    recording.close(len(names))
    return recording.id


def _files(folder: Path) -> dict[str, bytes]:
    paths = (*folder.glob("*.warc.gz"), *(folder / "runs").glob("*.json*"), *(folder / "runs").glob("*.tsr"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_what_is_sent_is_fetched_byte_for_byte_and_each_run_once(tmp_path: Path, url: str) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    one, two = _run(here, "a", "b"), _run(here, "c")
    (here / "runs" / f"{one}.manifest.tsr").write_bytes(b"stamp")
    assert list(push(here, Remote(url))) == [Carried(one, new=True), Carried(two, new=True)]
    assert list(push(here, Remote(url))) == [Carried(one), Carried(two)]
    assert list(pull(Remote(url), there)) == [Carried(one, new=True), Carried(two, new=True)]
    assert list(pull(Remote(url), there)) == [Carried(one), Carried(two)]
    assert _files(there) == _files(here)
    assert list(Store(there).captures()) == list(Store(here).captures())
    three = _run(there, "d")
    assert list(push(there, Remote(url)))[-1] == Carried(three, new=True)
    assert list(pull(Remote(url), here))[-1] == Carried(three, new=True)
    assert len(list(Store(here).captures())) == 4


def test_a_push_that_was_cut_off_is_completed(tmp_path: Path, url: str) -> None:
    here = tmp_path / "here"
    one = _run(here, "a")
    remote = Remote(url)
    (warc,) = here.glob("*.warc.gz")
    torn = tmp_path / "torn"
    torn.write_bytes(warc.read_bytes()[:100])
    remote.put(torn, warc.name)
    assert list(pull(remote, tmp_path / "none")) == [], "without its manifest there is no run"
    assert list(push(here, remote)) == [Carried(one, new=True)]
    assert list(pull(remote, tmp_path / "there")) == [Carried(one, new=True)]
    assert _files(tmp_path / "there") == _files(here)


def test_a_file_that_differs_is_named_and_left(tmp_path: Path, url: str) -> None:
    here, other = tmp_path / "here", tmp_path / "other"
    one = _run(here, "a")
    shutil.copytree(here, other)
    (warc,) = other.glob("*.warc.gz")
    odd = tmp_path / "odd"
    odd.write_bytes(b"another")
    remote = Remote(url)
    remote.put(odd, warc.name)
    (carried,) = push(here, remote)
    assert carried.says == f"another {warc.name} is there; neither was touched; look which is right"
    assert remote.read(warc.name) == b"another"
    assert f"runs/{one}.manifest.json" not in remote.names()


def test_what_is_not_as_its_manifest_says_is_neither_sent_nor_kept(tmp_path: Path, url: str) -> None:
    here, there, remote = tmp_path / "here", tmp_path / "there", Remote(url)
    _run(here, "a")
    (warc,) = here.glob("*.warc.gz")
    sound = warc.read_bytes()
    warc.write_bytes(sound[:-1])
    assert [carried.says for carried in push(here, remote)] == [
        f"{warc.name} is not what its manifest says; get a sound copy of it"
    ]
    assert remote.names() == {}
    warc.write_bytes(sound)
    assert [carried.new for carried in push(here, remote)] == [True]
    torn = tmp_path / "torn"
    torn.write_bytes(sound[:-1])
    remote.put(torn, warc.name)
    assert [carried.says for carried in pull(remote, there)] == [
        f"{warc.name} there is not what its manifest says; get a sound copy of it"
    ]
    assert _files(there) == {}


def test_a_run_that_has_not_ended_waits(tmp_path: Path, url: str) -> None:
    recording = Store(tmp_path / "here").begin(FACTS, "test")
    (carried,) = push(tmp_path / "here", Remote(url))
    recording.close(0)
    assert carried.says is not None
    assert carried.says.startswith("is not ended")


def test_without_its_library_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.captures.remote.find_spec", lambda _name: None)
    with pytest.raises(NoRemote, match="its extra `store`"):
        Remote("s3://bucket/captures")


def test_one_import_or_pull_at_a_time(tmp_path: Path) -> None:
    held = lock(tmp_path / "captures" / "runs" / "import.lock", "says")
    with pytest.raises(Busy, match="another import is under way"):
        list(pull(Remote(f"file://{tmp_path}/elsewhere"), tmp_path / "captures"))
    held.close()


@pytest.mark.parametrize(
    ("address", "says"),
    [("nonsense://there", "Protocol not known"), ("s3://nowhere-there/x", "nowhere-there")],
)
def test_a_store_that_is_not_there_ends_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, endpoint: str, address: str, says: str
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    _run(tmp_path / "here", "a")
    with pytest.raises(NoRemote, match=says):
        list(push(tmp_path / "here", Remote(address)))
