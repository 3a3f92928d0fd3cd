"""Word 97 binaries, .doc and .wps: text by the piece table, tables by what the ends of their rows say."""

from struct import error

from parsers.document import Block, Document, Unreadable
from parsers.readers.doc.body import blocks
from parsers.readers.doc.fib import opened
from parsers.readers.doc.formatting import lowered_runs, paragraph_runs, raised_runs, struck_runs, unseen_runs
from parsers.readers.doc.lists import Lists
from parsers.readers.doc.paragraphs import Looks, paragraphs
from parsers.readers.doc.pieces import characters

MEDIA_TYPE = "application/msword"


def read(data: bytes) -> Document:
    try:
        found = _blocks(data)
    except (error, IndexError) as cause:
        says = "The Word file is cut or its tables of contents lie; get it again, or save it as .docx."
        raise Unreadable("damaged", says) from cause
    if not found:
        raise Unreadable("empty", "The Word file holds no text; if it holds pictures of pages, it needs OCR.")
    return Document(MEDIA_TYPE, found)


def _blocks(data: bytes) -> tuple[Block, ...]:
    binary = opened(data)
    text, formatting = characters(binary), paragraph_runs(binary)
    looks = Looks(unseen_runs(binary), struck_runs(binary), raised_runs(binary), lowered_runs(binary))
    numbers = Lists(binary).printed
    stories = (paragraphs(text, story, formatting, looks, numbers) for story in binary.stories())
    return tuple(block for story in stories for block in blocks(story))
