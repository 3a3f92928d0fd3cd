"""Pages of portals: the report among the furniture of the page, its tables with their spans."""

from parsers.document import Document, Unreadable
from parsers.readers.html.body import blocks
from parsers.readers.html.head import head
from parsers.readers.html.main import main_content
from parsers.readers.html.tree import parsed
from parsers.text.charset import decode
from parsers.text.scripted import article_in_script

MEDIA_TYPE = "text/html"


def read(data: bytes) -> Document:
    decoded = decode(data)
    root = parsed(decoded.text, data if decoded.as_is else None)
    scripted = article_in_script(decoded.text)
    main = main_content(root if scripted is None else parsed(scripted))
    said = head(root, main)
    found = blocks(main)
    if not found:
        raise Unreadable("empty", "The page shows no text; its text may be put there by a script.")
    doubt = f"{decoded.replaced} places of the page are not {decoded.encoding} and could not be decoded."
    return Document(
        MEDIA_TYPE,
        found,
        title=said.title,
        published=said.published,
        source=said.source,
        doubts=(doubt,) if decoded.replaced else (),
        damaged=bool(decoded.replaced),
    )
