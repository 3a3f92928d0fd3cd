"""Answers that a killed run wrote and could not speak of any more: the next run of the portal does."""

from urllib.parse import urlsplit

from crawler.captures import Answer, CaptureLost, Entered, Exchange, Found, Note, Recording, Role, Store
from crawler.refuse import refusal

Known = tuple[Role, str | None, str | None, str | None, str | None]
"""What the crawl knows of a request: role, title, date, body and parent."""


def adopt(store: Store, recording: Recording, found: Found, known: Known) -> Entered:
    """Entered where it stands, as this run's. OSError where the run cannot be written."""
    refers = found.original
    original = store.original(refers.url, refers.fetched) if refers else None
    exchange = _exchange(found, known)
    answer = answer_of(store, original) if original else None
    why = refusal(answer.status, answer.document) if answer else refusal(exchange.status, exchange.document)
    entered = recording.adopt(found, exchange, original, why)
    says = f"was answered at byte {found.offset} of {found.warc}, whose run was cut off; entered here"
    recording.note(Note(found.url, says))
    return entered


def adopt_left(store: Store, recording: Recording) -> None:
    """What was not asked for again. Nobody knows any more what it was asked for as, so it is no report."""
    for found in recording.rest.left():
        role: Role = "robots" if urlsplit(found.url).path == "/robots.txt" else "list"
        adopt(store, recording, found, (role, None, None, None, None))


def answer_of(store: Store, entered: Entered) -> Answer | None:
    try:
        return store.served(entered)
    except CaptureLost:  # the store says so to whoever asks; here it is as if it had never been
        return None


def _exchange(found: Found, known: Known) -> Exchange:
    answer = found.answer
    return Exchange(
        found.url,
        found.method,
        found.sent,
        found.form,
        answer.status,
        answer.headers,
        answer.payload,
        *known,
    )
