"""Headers of every answer: nothing inline, nothing from elsewhere, no guessing of types."""

from collections.abc import Callable

from pluggy import HookimplMarker

from archive.asgi import Asgi, Message, Receive, Send

hookimpl = HookimplMarker("datasette")

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", _POLICY.encode()),
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
                message = {**message, "headers": [*message.get("headers", []), *_HEADERS]}
            await send(message)

        await application(scope, receive, sending)

    return answering
