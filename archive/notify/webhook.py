"""A webhook: one POST of JSON for all events of a run."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from archive.notify.channel import NotTold, secret
from archive.notify.events import Event
from archive.notify.settings import Webhook

TIMEOUT = 60.0


class _Straight(HTTPRedirectHandler):
    """A redirected POST would become a GET without its content, and its token would go elsewhere."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def post(webhook: Webhook, events: Sequence[Event]) -> None:
    """Raises NotTold for any answer but 2xx."""
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "nianbao"}
    if token := secret(webhook.token):
        headers["Authorization"] = f"Bearer {token}"
    body = json.dumps({"events": [asdict(event) for event in events]}, ensure_ascii=False).encode()
    request = Request(webhook.url, body, headers, method="POST")  # noqa: S310 - settings.py lets http(s) alone in
    try:
        with build_opener(_Straight).open(request, timeout=TIMEOUT):
            return
    except HTTPError as problem:
        raise NotTold(f"webhook {webhook.url}: status {problem.code}") from problem
    except (OSError, HTTPException) as problem:
        says = " ".join(str(problem).split()) or type(problem).__name__
        raise NotTold(f"webhook {webhook.url}: {says}") from problem
