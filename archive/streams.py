"""A table as one CSV file is sent for so long and then cut: Datasette limits the time of each of its pages,
and a file of a view has hundreds, each dearer than the one before."""

from time import monotonic

from archive.asgi import Message, Send

SECONDS = 20.0


class Cut(Exception):
    """What the last line of the file says."""


def is_stream(scope: Message) -> bool:
    return str(scope.get("path", "")).endswith(".csv") and b"_stream=" in scope.get("query_string", b"")


def for_so_long(send: Send, says: str) -> Send:
    """Datasette ends a file at whatever is raised while it sends, and writes that as its last line."""
    began, cut = monotonic(), False

    async def sending(message: Message) -> None:
        nonlocal cut
        # What begins the file and what ends it is not sent from where Datasette catches.
        within = message["type"] == "http.response.body" and message.get("more_body")
        if within and not cut and monotonic() - began > SECONDS:
            cut = True
            raise Cut(says)
        await send(message)

    return sending
