"""Headers of every answer: nothing inline, nothing from elsewhere, no guessing of types; and what no robot
is to index: answers to questions, tables, exports."""

from collections.abc import Callable

from pluggy import HookimplMarker

from archive.asgi import Asgi, Message, Receive, Send

hookimpl = HookimplMarker("datasette")

_NAME = b"content-security-policy"
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_NOT_INDEXED = (b"x-robots-tag", b"noindex")
_EXPORTS = (".json", ".csv", ".db")
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
]


@hookimpl
def asgi_wrapper() -> Callable[[Asgi], Asgi]:
    return _with_headers


def _with_headers(application: Asgi) -> Asgi:
    async def answering(scope: Message, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message.get("headers", [])
                # What was captured is shown under a stricter policy of its own; two would both hold.
                policy = [] if any(name == _NAME for name, _ in own) else [(_NAME, _POLICY.encode())]
                hidden = [_NOT_INDEXED] if _asks(scope) else []
                message = {**message, "headers": [*own, *policy, *hidden, *_HEADERS]}
            await send(message)

        await application(scope, receive, sending)

    return answering


def _asks(scope: Message) -> bool:
    path = str(scope["path"])
    return bool(scope.get("query_string")) or path.startswith("/archive") or path.endswith(_EXPORTS)
