"""Headers of every answer: nothing inline, nothing from elsewhere, no guessing of types."""

from collections.abc import Callable

from pluggy import HookimplMarker

from archive.asgi import Asgi, Message, Receive, Send

hookimpl = HookimplMarker("datasette")

_NAME = b"content-security-policy"
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
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
                message = {**message, "headers": [*own, *policy, *_HEADERS]}
            await send(message)

        await application(scope, receive, sending)

    return answering
