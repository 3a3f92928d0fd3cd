"""Pages saved whole as mail (.mht), as Word and WPS do under the name .doc: the page in them is read."""

from email import message_from_bytes, policy

from parsers.document import Document, Unreadable
from parsers.readers import html


def read(data: bytes) -> Document:
    message = message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return html.read(content)
    raise Unreadable("empty", "The saved page holds no page; save it as .docx or HTML.")
