"""Telling over real sockets: what goes out, what waits, what is never told twice."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.notify.events import Event
from archive.notify.settings import Mail, Settings, Webhook
from archive.notify.tell import tell
from tests.archive.notify.smtp import PASSWORD, certificate, letterbox

NEW = Event(
    "id-1", "2026-02-01T00:00:00Z", "410305-jianxi", "r1", "new", "new: 涧西区民政局2025年报", "http://x/1"
)
ALERT = Event(
    "id-2", "2026-02-08T00:00:00Z", "410305-jianxi", "r2", "alert", "silent 2 runs in a row: none", None
)
OLD = replace(NEW, id="id-0", time="2025-01-01T00:00:00Z")


@dataclass
class Hook:
    url: str = ""
    status: int = 200
    posts: list[dict[str, object]] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)


@contextmanager
def hook() -> Iterator[Hook]:
    here = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            here.posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            here.tokens.append(self.headers["Authorization"])
            self.send_response(here.status)
            self.send_header("Location", here.url + "elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            here.posts.append({"got": self.path})

        def log_message(self, format: str, *args: object) -> None:
            """What came is in `posts`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.url = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield here
    server.shutdown()
    server.server_close()


def mail(port: int, **facts: object) -> Settings:
    plain = Mail(
        "127.0.0.1", "nianbao <archive@example.org>", ("a@example.org", "b@example.org"), port, "none"
    )
    return Settings(mail=replace(plain, **facts))  # type: ignore[arg-type]


def test_a_letter_has_all_events_and_chinese_words(tmp_path: Path) -> None:
    with letterbox() as box:
        assert tell([OLD, NEW, ALERT], mail(box.port), NEW.time, tmp_path / "sent.json") == []
    (letter,) = box.letters
    assert letter["Subject"] == "nianbao: 410305-jianxi silent 2 runs in a row; 1 new"
    assert (letter["From"], letter["To"]) == (
        "nianbao <archive@example.org>",
        "a@example.org, b@example.org",
    )
    assert box.recipients == ["a@example.org", "b@example.org"]
    assert letter.get_content().splitlines() == [
        "410305-jianxi",
        "  new: 涧西区民政局2025年报",
        "    http://x/1",
        "  silent 2 runs in a row: none",
    ]


def test_starttls_and_login_with_the_password_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path)
    secured = {"security": "starttls", "user": "archive", "password": "NIANBAO_TEST_PASSWORD"}
    file = tmp_path / "sent.json"
    with letterbox(pem) as box:
        (says,) = tell([NEW], mail(box.port, **secured), NEW.time, file)
        assert "NIANBAO_TEST_PASSWORD is not set" in says
        monkeypatch.setenv("NIANBAO_TEST_PASSWORD", PASSWORD)
        (says,) = tell([NEW], mail(box.port, **secured), NEW.time, file)
        assert "certificate" in says, "a server that cannot prove who it is gets no password"
        assert box.logins == []
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        assert tell([NEW], mail(box.port, **secured), NEW.time, file) == []
    assert (box.logins, box.secured, len(box.letters)) == ([("archive", PASSWORD)], [True], 1)


def test_a_server_without_starttls_gets_nothing_where_starttls_is_asked_for(tmp_path: Path) -> None:
    with letterbox() as box:
        (says,) = tell([NEW], mail(box.port, security="starttls"), NEW.time, tmp_path / "sent.json")
    assert "STARTTLS" in says
    assert box.letters == []


def test_a_wrong_password_is_said_and_the_notices_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    monkeypatch.setenv("NIANBAO_TEST_PASSWORD", "wrong")
    secured = {"security": "starttls", "user": "archive", "password": "NIANBAO_TEST_PASSWORD"}
    with letterbox(pem) as box:
        (says,) = tell([NEW], mail(box.port, **secured), NEW.time, tmp_path / "sent.json")
    assert "535" in says
    assert says.endswith("1 notices wait for the next run")


def test_an_address_that_is_refused_is_said_and_the_others_get_it(tmp_path: Path) -> None:
    with letterbox() as box:
        box.refuses = {"b@example.org"}
        says = tell([NEW], mail(box.port), NEW.time, tmp_path / "sent.json")
        assert says == ["mail: refused for b@example.org; check the addresses"]
        assert tell([NEW], mail(box.port), NEW.time, tmp_path / "sent.json") == []
    assert len(box.letters) == 1


def test_what_did_not_go_out_goes_with_the_next_run_and_the_other_way_is_not_held_up(tmp_path: Path) -> None:
    file = tmp_path / "sent.json"
    with hook() as here:
        with letterbox() as box:
            down = Settings(mail(box.port).mail, Webhook(here.url))
        (says,) = tell([NEW], down, NEW.time, file)
        assert says.startswith(f"mail by 127.0.0.1:{box.port}: ")
        assert says.endswith("; 1 notices wait for the next run")
        with letterbox(port=box.port) as box:
            assert tell([NEW, ALERT], down, ALERT.time, file) == []
            assert tell([NEW, ALERT], down, ALERT.time, file) == []
    assert [letter["Subject"] for letter in box.letters] == [
        "nianbao: 410305-jianxi silent 2 runs in a row; 1 new"
    ]
    ids = [[event["id"] for event in post["events"]] for post in here.posts]  # type: ignore[attr-defined]
    assert ids == [["id-1"], ["id-2"]]


def test_a_webhook_gets_json_and_the_token_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_TEST_TOKEN", "t0ken")
    with hook() as here:
        by = Settings(webhook=Webhook(here.url, "NIANBAO_TEST_TOKEN"))
        assert tell([NEW], by, NEW.time, tmp_path / "sent.json") == []
    assert here.tokens == ["Bearer t0ken"]
    assert here.posts == [
        {
            "events": [
                {
                    "id": "id-1",
                    "time": "2026-02-01T00:00:00Z",
                    "portal": "410305-jianxi",
                    "run": "r1",
                    "kind": "new",
                    "says": "new: 涧西区民政局2025年报",
                    "url": "http://x/1",
                }
            ]
        }
    ]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_any_other_answer_is_a_failure_and_no_redirect_is_followed(tmp_path: Path, status: int) -> None:
    with hook() as here:
        here.status = status
        by = Settings(webhook=Webhook(here.url))
        (says,) = tell([NEW], by, NEW.time, tmp_path / "sent.json")
        assert f"status {status}" in says
        assert len(here.posts) == 1
        here.status = 204
        assert tell([NEW], by, NEW.time, tmp_path / "sent.json") == []
    assert len(here.posts) == 2


@pytest.mark.parametrize("damage", ["delete", "not json", '{"webhook": 7}'])
def test_a_lost_sent_log_tells_nothing_old_again(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "sent.json"
    with hook() as here:
        by = Settings(webhook=Webhook(here.url))
        tell([NEW], by, NEW.time, file)
        file.unlink() if damage == "delete" else file.write_text(damage)
        assert tell([NEW, ALERT], by, ALERT.time, file) == []
    assert [len(post["events"]) for post in here.posts] == [1, 1]  # type: ignore[arg-type]


def test_nothing_to_tell_sends_nothing_and_the_log_stays_small(tmp_path: Path) -> None:
    file = tmp_path / "sent.json"
    with hook() as here:
        by = Settings(webhook=Webhook(here.url))
        tell([NEW], by, NEW.time, file)
        tell([NEW, ALERT], by, ALERT.time, file)
        tell([NEW, ALERT], by, "2026-02-15T00:00:00Z", file)
    assert len(here.posts) == 2
    assert json.loads(file.read_text()) == {"webhook": {"since": "2026-02-15T00:00:00Z", "ids": []}}
