"""E-mail: one message for all events of a run."""

import smtplib
import ssl
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from archive.notify.channel import NotTold, secret
from archive.notify.events import Event
from archive.notify.settings import Mail

TIMEOUT = 60.0


def send(mail: Mail, events: Sequence[Event]) -> str | None:
    """Raises NotTold where it reached nobody; says whom it did not reach."""
    password = secret(mail.password)
    try:
        with _connected(mail) as server:
            if mail.user and password:
                server.login(mail.user, password)
            refused = server.send_message(message(mail, events))
    except OSError as problem:
        raise NotTold(f"mail by {mail.host}:{mail.port}: {' '.join(str(problem).split())}") from problem
    return f"mail: refused for {', '.join(sorted(refused))}; check the addresses" if refused else None


def message(mail: Mail, events: Sequence[Event]) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = f"nianbao: {_subject(events)}"
    made["From"] = mail.sender
    made["To"] = ", ".join(mail.to)
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Message-ID"] = make_msgid("nianbao", domain=mail.sender.rpartition("@")[2].strip("<> ") or None)
    made.set_content("\n".join(_lines(events)) + "\n")
    return made


def _connected(mail: Mail) -> smtplib.SMTP:
    secured = ssl.create_default_context()
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=TIMEOUT, context=secured)
    server = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT)
    if mail.security == "starttls":
        try:
            server.starttls(context=secured)
        except OSError:
            server.close()
            raise
    return server


def _subject(events: Sequence[Event]) -> str:
    alerts = [f"{one.portal} {one.says.partition(':')[0]}" for one in events if one.kind == "alert"]
    counts = Counter(one.kind for one in events if one.kind != "alert")
    return "; ".join((*alerts, *(f"{number} {kind}" for kind, number in counts.items())))


def _lines(events: Sequence[Event]) -> Iterator[str]:
    portal = None
    for event in sorted(events, key=lambda event: event.portal):
        if event.portal != portal:
            yield from ([] if portal is None else [""])
            yield event.portal
        portal = event.portal
        yield f"  {event.says}"
        if event.url:
            yield f"    {event.url}"
