"""What a page says of its text outside it: title, date, source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from parsers.readers.html.tree import Element, remove, string
from parsers.text.headblock import Pair, date, is_telling, source, words
from parsers.text.headblock import published as published_beside

_NEAR_TOP = 60


@dataclass(frozen=True, slots=True)
class Head:
    title: str | None
    published: str | None
    source: str | None


def head(root: Element, main: Element) -> Head:
    """Cuts the main element out of its page, to tell what stands around it."""
    telling = list(root.iter("meta", "h1", "ucaptitle", "title", "publishtime"))
    pairs = [(element.get("name"), element.get("content")) for element in telling if element.tag == "meta"]
    meta = {(name or "").lower(): (content or "").strip() for name, content in pairs}
    title = _title(telling, meta.get("articletitle"))
    published = date(meta.get("pubdate")) or date(next(_tagged(telling, "publishtime"), None))
    said_source = meta.get("contentsource")
    if published and said_source:
        remove(main)
        return Head(title, published, said_source)
    labelled = _labelled(root, main)
    return Head(title, published or _published(labelled), said_source or source(labelled))


def _published(labelled: Sequence[Pair]) -> str | None:
    """Behind its label; or behind another one on the same line."""
    return published_beside(labelled) or published_beside(
        list(pairwise((*words([t for t, _ in labelled]), "")))
    )


def _title(telling: Sequence[Element], meta: str | None) -> str | None:
    tagged = (text for tag in ("ucaptitle", "h1", "title") for text in _tagged(telling, tag))
    return meta or next(tagged, None)


def _tagged(telling: Sequence[Element], tag: str) -> Iterator[str]:
    return (text for element in telling if element.tag == tag and (text := _text(element)))


def _text(element: Element) -> str:
    return " ".join(string(element).split())


def _labelled(root: Element, main: Element) -> list[Pair]:
    """Of the pieces of text outside the main element and the first ones inside it those that begin with
    a telling label, each with the next one."""
    first = list(islice(main.itertext(), _NEAR_TOP))
    remove(main)
    around = root.itertext() if main is not root else ()
    texts = [bare for text in (*around, *first) if (bare := text.strip())]
    return [pair for pair in pairwise((*texts, "")) if is_telling(pair[0])]
